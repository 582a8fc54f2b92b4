"""`svar sample`: draw a random sample of answers, to read or to pass on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import read_passwords
from pipeline.cli._output import output_options
from pipeline.cli._sampling import Drawing, sampling_options, source_options
from pipeline.exit_codes import ExitCode
from pipeline.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

    from models.report import Answer
    from pipeline.checking.inputs import Opened
    from pipeline.checking.sampling import Sample, Unit
    from pipeline.cli._output import Output

    Drawn = list[tuple[Unit, Opened, Answer]]


@click.command()
@sampling_options
@click.option("--json", "as_json", is_flag=True, help="Print the sample as JSON.")
@output_options(page=True)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one self-contained file that shows each answer next to its source.",
)
@click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help="Language of the HTML file.",
)
@click.option("--pager/--no-pager", default=True, help="Use a pager on a terminal.  [default: on]")
@source_options
def command(
    *,
    drawing: Drawing,
    as_json: bool,
    output: Output,
    html: Path | None,
    language: str,
    pager: bool,
    inputs: str | None,
    password_file: Path | None,
) -> int:
    """Draw a random sample of answers.

    \b
    Examples:
      svar sample data/processed -n 20 --seed 7 --html sample.html
      svar sample data/processed -n 60 --seed 7 --by code
      svar sample data/processed -n 60 --seed 7 --json > sample.json

    DIR is the output folder of `svar run`. The same seed draws the same answers on every machine.
    With --by, the sample is spread as evenly as possible over the boards, answer codes, flag
    combinations or themes; `svar accuracy` weights it back to the whole.
    """
    from pipeline.checking.sampled import open_units

    sample = drawing.sample()
    drawn = open_units(drawing.out, sample.units, inputs)
    without = 0
    if html:
        without = _write_sheet(html, sample, drawn, language, read_passwords(password_file))
    if as_json:
        output.write(_as_json(sample, drawn))
    elif output.format != "text":
        output.write(_rows(drawn, output))
    elif output.file is not None:
        output.write(_page(sample, drawn))
    elif not html:
        _console.show(_page(sample, drawn), pager=pager)
    return ExitCode.SOME_FAILED if without else ExitCode.OK


def _rows(drawn: Drawn, output: Output) -> str:
    from extractors.themes import builtin_taxonomy
    from pipeline.checking.export import answer_rows

    pairs = [(one.report, answer) for _, one, answer in drawn]
    return output.table(*answer_rows(pairs, builtin_taxonomy(), output.format))


def _as_json(sample: Sample, drawn: Drawn) -> str:
    import json

    from pipeline.checking.sampled import as_record

    return json.dumps(as_record(sample, drawn), ensure_ascii=False, indent=1) + "\n"


def _write_sheet(
    path: Path, sample: Sample, drawn: Drawn, language: str, passwords: tuple[str, ...]
) -> int:
    """Writes the sheet; returns how many of its answers are shown without their source."""
    from extractors.themes import builtin_taxonomy
    from pipeline.checking.sampled import entries
    from pipeline.checking.sheet import sheet

    found = list(entries(drawn, passwords))
    titles = {
        theme.id: theme.sv if language == "sv" else theme.en for theme in builtin_taxonomy().themes
    }
    text = sheet(sample, found, language, titles)
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written ({error.strerror}).") from error
    click.echo(f"Wrote {path} with {counted(len(drawn), 'answer')}.", err=True)
    without = sum(not entry.pictures and not entry.lines for entry in found)
    if without:
        click.echo(
            f"{without} of them are shown without their source, which was not found. Give the "
            "folder the reports were read from with --input.",
            err=True,
        )
    return without


def _page(sample: Sample, drawn: Drawn) -> str:
    from rich.text import Text

    from pipeline.checking.display import answer_page
    from pipeline.checking.shown import visible

    items: list[RenderableType] = []
    for _, one, answer in drawn:
        board = visible(one.report.organisation or one.report.source)
        items.append(Text(f"\n{board}", style="bold"))
        items.append(answer_page(one.report, answer, colour=_console.wants_colour()))
    items.append(Text(f"\n{len(drawn)} of {sample.population} answers, seed {sample.seed}."))
    return _console.render(*items)
