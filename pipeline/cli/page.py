"""`svar page`: show where an answer is in its source, as an image."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, extraction_options
from pipeline.cli._places import FOLDER, PLACE
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from models.report import Answer
    from pipeline.checking.inputs import Opened
    from pipeline.checking.source_lines import SourceLine


@click.command()
@click.argument("report", type=PLACE)
@click.option("--question", required=True, metavar="KEY", help="The question, e.g. 1.2.3/5:2.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="PNG file to write."
)
@click.option("--board", metavar="NAME", help="Report in a dataset, by board, file or id.")
@click.option("--crop", is_flag=True, help="Crop each page to the area around the answer.")
@click.option("--dpi", type=click.IntRange(36, 300), default=120, show_default=True)
@click.option(
    "--input",
    "inputs",
    type=FOLDER,
    help="Folder the reports of a dataset were read from.",
)
@extraction_options
def command(
    *,
    report: str,
    question: str,
    output: Path | None,
    board: str | None,
    crop: bool,
    dpi: int,
    inputs: str | None,
    choices: Choices,
) -> None:
    """Show where an answer is in its source.

    \b
    Examples:
      svar page data/raw/board-104-pdf-ruled.pdf --question 3.1/1:4 -o answer.png
      svar page data/raw/board-101-dump.txt --question 2.2/2:4
      svar page data/processed --board äldrenämnden --question 2.2/2:4 -o lines.png

    For a PDF, write the pages as an image (KEY.png, or the file given by -o) with boxes around
    question, answer and comment, and with theme mentions marked. For other files, print the
    source lines with line numbers, coloured by role; with -o, write them as an image.
    """
    from pipeline.checking.inputs import InputError, open_inputs
    from pipeline.checking.page_picture import PictureError
    from pipeline.checking.selection import UnknownNameError, one_answer
    from pipeline.errors import NoDatasetsError

    try:
        opened = list(open_inputs([report], choices.everything, inputs))
        _end_if_failed(opened)
        one, answer = one_answer(opened, question, board)
        _draw(one, answer, output, choices, crop=crop, dpi=dpi)
    except (InputError, NoDatasetsError, UnknownNameError, PictureError) as error:
        raise click.UsageError(str(error)) from error


def _end_if_failed(opened: list[Opened]) -> None:
    """Ends the command if the one report was not read, with the reason."""
    if [one.report.status for one in opened] == ["failed"]:
        for problem in opened[0].report.problems:
            click.echo(f"Error: {problem.message} {problem.advice}".rstrip(), err=True)
        raise click.exceptions.Exit(ExitCode.NOTHING)


def _draw(
    one: Opened,
    answer: Answer,
    output: Path | None,
    choices: Choices,
    *,
    crop: bool,
    dpi: int,
) -> None:
    from pipeline.checking.page_picture import DRAWN
    from pipeline.checking.source_lines import source_lines
    from pipeline.checking.source_picture import source_picture

    passwords = choices.options().passwords
    if output is None and one.report.format not in DRAWN:
        document = one.document(passwords)
        if document is not None:
            _print_lines(source_lines(document, one.report, answer))
            return
    picture = source_picture(one, answer, passwords=passwords, dpi=dpi, crop=crop)
    output = output or Path(f"{re.sub(r'[^0-9A-Za-z.]+', '-', answer.key)}.png")
    _write(output, picture.png)
    click.echo(f"Wrote {output} ({picture.width} × {picture.height}).")


def _print_lines(lines: list[SourceLine]) -> None:
    from pipeline.checking.display import source_text

    if lines:
        click.echo(_console.render(source_text(lines)), nl=False, color=_console.wants_colour())
    else:
        click.echo("The source lines of this answer are not known.", err=True)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written ({error.strerror}).") from error
