"""`svar show`: what was read from reports, as a page, as JSON or as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, extraction_options, selection_options

if TYPE_CHECKING:
    from models.report import Report
    from pipeline.checking.inputs import Opened
    from pipeline.checking.selection import Selection
    from pipeline.checking.source_lines import SourceLine

    Lines = dict[tuple[str, int], list[SourceLine]]


@click.command()
@click.argument("reports", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@selection_options
@click.option("--source", is_flag=True, help="The source lines beside what was read from them.")
@click.option("--json", "as_json", is_flag=True, help="The whole Report as JSON, one a line.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="As a page, or the answers as JSON lines or CSV.",
)
@click.option(
    "--input",
    "inputs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that the reports of datasets were read from, for --source.",
)
@click.option("--pager/--no-pager", default=True, help="A pager on a terminal.  [default: on]")
@extraction_options
def command(
    *,
    reports: tuple[Path, ...],
    selection: Selection,
    source: bool,
    as_json: bool,
    output: str,
    inputs: Path | None,
    pager: bool,
    choices: Choices,
) -> int:
    """Show what was read from reports.

    \b
    Examples:
      svar show data/raw/board-104-pdf-ruled.pdf --section 1.1
      svar show data/raw/board-101-dump.txt --question 2.2/2:4 --source
      svar show data/processed --flagged
      svar show data/processed --theme sspf --format csv

    REPORTS are PDF, Word or text files or folders of them, JSON of `svar show --json`, or the
    output folder of `svar run`. With --flagged the worst come first. Theme mentions are marked
    with their colour, or in brackets where there is none: [surface]{theme, assertion: the words
    that decided}.
    """
    from pipeline.checking.inputs import InputError, open_inputs
    from pipeline.checking.selection import UnknownNameError, select
    from pipeline.checking.stored import NoDatasetsError

    try:
        opened = list(open_inputs(reports, choices.everything, inputs))
        chosen = select((one.report for one in opened), selection)
    except (InputError, NoDatasetsError, UnknownNameError) as error:
        raise click.UsageError(str(error)) from error
    if as_json or output != "text":
        click.echo(_records(chosen, selection, "json" if as_json else output), nl=False)
    else:
        lines = _source_lines(chosen, opened, choices) if source else {}
        _console.show(_page(chosen, selection, lines), pager=pager)
    return _console.exit_code([one.report for one in opened])


def _records(reports: list[Report], selection: Selection, output: str) -> str:
    from models.report import to_json
    from pipeline.checking.export import as_csv, json_lines
    from pipeline.checking.selection import answers

    if output == "json":
        return "".join(to_json(report) + "\n" for report in reports)
    pairs = answers(reports, selection)
    return json_lines(pairs) if output == "jsonl" else as_csv(pairs)


def _source_lines(reports: list[Report], opened: list[Opened], choices: Choices) -> Lines:
    """Source lines by report id and position, of the answers that are shown."""
    from pipeline.checking.source_lines import source_lines

    passwords = choices.options().passwords
    wanted = {report.report_id: report for report in reports}
    lines: Lines = {}
    for one in opened:
        chosen = wanted.get(one.report.report_id)
        if chosen is None or not chosen.answers:
            continue
        document = one.document(passwords)
        if document is None:
            click.echo(
                f"{one.report.source}: the file was not found, so its lines are not shown. Name "
                "the folder that it was read from with --input.",
                err=True,
            )
            continue
        for answer in chosen.answers:
            lines[one.report.report_id, answer.position] = source_lines(
                document, one.report, answer
            )
    return lines


def _page(reports: list[Report], selection: Selection, lines: Lines) -> str:
    from pipeline.checking.display import flagged_page, report_page

    colour = _console.wants_colour()
    if selection.flagged:
        return _console.render(*flagged_page(reports, lines, colour=colour))
    whole = selection.question is None and selection.theme is None
    return _console.render(
        *(
            item
            for report in reports
            for item in report_page(report, lines, instructions=whole, colour=colour)
        )
    )
