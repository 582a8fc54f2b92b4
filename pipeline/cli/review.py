"""`svar review`: judge a sample on the terminal, one answer per screen."""

from __future__ import annotations

import getpass
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import read_passwords
from pipeline.cli._sampling import Drawing, sampling_options, source_options
from pipeline.cli._screen import ask
from pipeline.wording import counted

if TYPE_CHECKING:
    from pipeline.checking.session import Session

KEYS = {
    "s": "section",
    "q": "question",
    "d": "detail",
    "a": "answer",
    "c": "comment",
    "t": "themes",
}
HELP = "r right · w wrong · u unsure · p picture · b back · n next · q stop"


@click.command()
@sampling_options
@click.option(
    "--reviewer", metavar="NAME", help="Name of the reviewer.  [default: the user's name]"
)
@click.option(
    "--merge",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Merge a colleague's verdict file and exit.",
)
@source_options
def command(
    *,
    drawing: Drawing,
    reviewer: str | None,
    merge: tuple[Path, ...],
    inputs: str | None,
    password_file: Path | None,
) -> None:
    """Judge a random sample, one answer per screen.

    \b
    Examples:
      svar review data/processed -n 20 --seed 7 --reviewer Kim
      svar review data/processed -n 60 --seed 7 --by code
      svar review data/processed --merge colleague.jsonl

    Each answer is shown next to its source. Press one key for right, wrong or unsure; for wrong,
    say which fields are wrong and, if you like, give the correct text. Each verdict is saved at
    once in DIR/verdicts/NAME.jsonl: stop whenever you like, and the same command resumes. A
    colleague can merge that file with --merge. `svar accuracy` computes the figures.
    """
    from pipeline.checking.verdicts import VerdictError

    try:
        if merge:
            _merge(drawing.out, merge)
            return
        if not sys.stdin.isatty():
            raise click.UsageError(
                "A review needs a terminal. To print a sample, use `svar sample`."
            )
        session = _session(drawing, reviewer or _user(), inputs)
        _run(session, read_passwords(password_file))
    except VerdictError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(
            f"{drawing.out}/verdicts cannot be written ({error.strerror})."
        ) from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:  # no name for this user
        raise click.UsageError("Name the reviewer with --reviewer NAME.") from error


def _merge(out: str, files: tuple[Path, ...]) -> None:
    from pipeline.checking.verdicts import merge

    for path in files:
        click.echo(f"{path}: {counted(merge(out, path), 'new verdict')}.")


def _session(drawing: Drawing, reviewer: str, inputs: str | None) -> Session:
    from pipeline.checking.sampled import open_units
    from pipeline.checking.session import resume

    sample = drawing.sample()
    drawn = open_units(drawing.out, sample.units, inputs)
    return resume(drawing.out, reviewer, sample, drawn)


def _run(session: Session, passwords: tuple[str, ...]) -> None:
    """Shows one answer after another until all have a verdict or the reviewer stops."""
    from pipeline.checking.verdicts import Judgement, verdict_file

    while not session.finished:
        key = ask(lambda: _screen(session, passwords), HELP, "rwupbnq")
        if key == "q":
            break
        if key == "p":
            _open_picture(session, passwords)
        elif key == "b":
            session.back()
        elif key == "n":
            session.forward()
        elif key == "w":
            session.judge(Judgement.WRONG, _wrong_fields(session))
        else:
            session.judge(Judgement.RIGHT if key == "r" else Judgement.UNSURE)
    done, count = len(session.given), len(session.items)
    kept = f"{str(session.out).rstrip('/')}/{verdict_file(session.reviewer)}"
    click.echo(f"\n{done} of {count} answers judged, saved in {kept}.")
    if not session.finished:
        click.echo("Run the same command again to resume.")
    click.echo(f"See the figures: svar accuracy {session.out}")


def _open_picture(session: Session, passwords: tuple[str, ...]) -> None:
    """Opens the pages of the answer, or its source lines, in the system's image viewer."""
    from tempfile import NamedTemporaryFile

    from pipeline.checking.page_picture import PictureError
    from pipeline.checking.source_picture import source_picture

    _, one, answer = session.item
    try:
        picture = source_picture(one, answer, passwords=passwords)
    except PictureError as error:
        click.echo(str(error))
    else:
        with NamedTemporaryFile(prefix="svar-", suffix=".png", delete=False) as file:
            file.write(picture.png)
        click.echo(f"The image is {file.name}.")
        click.launch(file.name)
    click.pause()


def _screen(session: Session, passwords: tuple[str, ...]) -> str:
    from rich.text import Text

    from pipeline.checking.display import answer_page
    from pipeline.checking.sampled import lines_of
    from pipeline.checking.shown import visible

    _, one, answer = session.item
    lines = lines_of(one, answer, passwords)
    board = visible(one.report.organisation or one.report.source)
    place = f"{session.at + 1} of {len(session.items)} · {len(session.given)} judged · {board}"
    before = session.given.get((one.report.report_id, answer.position))
    colour = _console.wants_colour()
    items = [Text(place, style="bold"), answer_page(one.report, answer, lines, colour=colour)]
    if not lines:
        items.append(Text("The source file was not found. Give its folder with --input."))
    if before:
        items.append(Text(f"Your verdict: {before.judgement} {', '.join(before.wrong)}"))
    return _console.render(*items)


def _wrong_fields(session: Session) -> dict[str, str | None]:
    """Asks which fields are wrong and for their correct text."""
    answer = session.item[2]
    wrong: dict[str, str | None] = {}
    names = " · ".join(f"{key} {name}" for key, name in KEYS.items())
    while True:
        done = " · Enter done" if wrong else ""
        key = _key(f"Wrong field: {names}{done}", "".join(KEYS) + ("\r\n" if wrong else ""))
        if key in "\r\n":
            return wrong
        name = KEYS[key]
        wrong[name] = None if name == "themes" else _correct_text(getattr(answer, name), name)


def _correct_text(read: str, name: str) -> str | None:
    """Asks for a field's correct text: typed, edited, or skipped."""
    typed: str = click.prompt(
        f"Correct {name} (e to edit, - for blank, Enter to skip)",
        default="",
        show_default=False,
    )
    if typed == "e":
        edited = click.edit(read)
        return None if edited is None else _paragraphs(edited)
    return {"": None, "-": ""}.get(typed, typed)


def _paragraphs(text: str) -> str:
    """A text as stored in fields: whitespace collapsed, a blank line between paragraphs."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part for part in paragraphs if part)


def _key(prompt: str, allowed: str) -> str:
    """Waits for one of the given keys; Ctrl-C and Ctrl-D stop the command."""
    click.echo(prompt)
    while True:
        key = click.getchar().lower()
        if not key:  # the terminal is gone
            raise click.Abort
        if key in allowed:
            return key
