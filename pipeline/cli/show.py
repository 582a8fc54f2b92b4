"""`svar show`: show what was read from reports, as a page, JSON or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, extraction_options, selection_options
from pipeline.cli._output import output_options
from pipeline.cli._places import FOLDER, PLACE

if TYPE_CHECKING:
    from models.report import Report
    from pipeline.checking.inputs import Opened
    from pipeline.checking.selection import Selection
    from pipeline.checking.source_lines import SourceLine
    from pipeline.cli._output import Output

    Lines = dict[tuple[str, int], list[SourceLine]]


@click.command()
@click.argument("reports", nargs=-1, required=True, type=PLACE)
@selection_options
@click.option("--source", is_flag=True, help="Show the source lines next to what was read.")
@click.option("--why", is_flag=True, help="Explain how each row and its cells were segmented.")
@click.option("--json", "as_json", is_flag=True, help="Print each Report as JSON, one per line.")
@output_options(page=True)
@click.option(
    "--input",
    "inputs",
    type=FOLDER,
    help="Folder the reports of the datasets were read from, for --source.",
)
@click.option("--pager/--no-pager", default=True, help="Use a pager on a terminal.  [default: on]")
@extraction_options
def command(
    *,
    reports: tuple[str, ...],
    selection: Selection,
    source: bool,
    why: bool,
    as_json: bool,
    output: Output,
    inputs: str | None,
    pager: bool,
    choices: Choices,
) -> int:
    """Show what was read from reports.

    \b
    Examples:
      svar show data/raw/board-104-pdf-ruled.pdf --section 1.1
      svar show data/raw/board-101-dump.txt --question 2.2/2:4 --source
      svar show data/raw/board-101-dump.txt --question 2.2/2:4 --why
      svar show data/processed --needs-eyes
      svar show data/processed --theme sspf --format csv

    REPORTS are PDF, Word or text files or folders of them, JSON from `svar show --json`, or the
    output folder of `svar run`. With --needs-eyes (or --flagged), the most doubtful answers come
    first. Theme mentions are marked by colour or, without colour, in brackets: [surface]{theme,
    assertion: the words that decided it}.
    """
    from pipeline.checking.inputs import InputError, open_inputs
    from pipeline.checking.selection import UnknownNameError, select, with_theme_id
    from pipeline.errors import NoDatasetsError

    if selection.theme is not None:
        selection = with_theme_id(selection, choices.taxonomy())
    try:
        opened = list(open_inputs(reports, choices.everything, inputs))
        chosen = select((one.report for one in opened), selection)
    except (InputError, NoDatasetsError, UnknownNameError) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        output.write(_whole(chosen))
    elif output.format != "text":
        output.write(_rows(chosen, selection, output, choices))
    else:
        lines = _source_lines(chosen, opened, choices) if source else {}
        page = _page(chosen, selection, lines)
        page += _why(chosen, opened, choices) if why else ""
        if output.file is None:
            _console.show(page, pager=pager)
        else:
            output.write(page)
    return _console.exit_code([one.report for one in opened])


def _whole(reports: list[Report]) -> str:
    from models.report import to_json

    return "".join(to_json(report) + "\n" for report in reports)


def _rows(reports: list[Report], selection: Selection, output: Output, choices: Choices) -> str:
    from pipeline.checking.export import answer_rows, json_lines, records
    from pipeline.checking.selection import answers
    from pipeline.tabular import as_text

    pairs = answers(reports, selection)
    if output.format == "jsonl":
        return json_lines(pairs)
    if output.format == "json":
        found = list(records(pairs))
        return as_text(list(found[0]) if found else [], [list(r.values()) for r in found], "json")
    return output.table(*answer_rows(pairs, choices.taxonomy(), output.format))


def _source_lines(reports: list[Report], opened: list[Opened], choices: Choices) -> Lines:
    """Source lines of the shown answers, by report id and position."""
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
                f"{one.report.source}: the file was not found, so its lines are not shown. Give "
                "the folder it was read from with --input.",
                err=True,
            )
            continue
        for answer in chosen.answers:
            lines[one.report.report_id, answer.position] = source_lines(
                document, one.report, answer
            )
    return lines


def _why(reports: list[Report], opened: list[Opened], choices: Choices) -> str:
    """What decided the segmentation of the shown answers, as lines of text."""
    from extractors.layout.arrange import arrange
    from extractors.layout.decisions import decisions
    from extractors.sheets.two_up import as_pages
    from extractors.structure.build import seen_rows
    from pipeline.checking.why import why_lines

    forms = {form.id: form for form in choices.rules()[0]}
    documents = {one.report.report_id: one for one in opened}
    lines: list[str] = []
    for report in reports:
        document = documents[report.report_id].document(choices.options().passwords)
        form = forms.get(report.form)
        found, seen = None, []
        if document is not None and form is not None:
            document = as_pages(document)
            found = decisions(document, form)
            seen = seen_rows(document, arrange(document, form), form)
        by_position = dict(enumerate(seen, 1))
        for answer in report.answers:
            lines += ["", *why_lines(answer, found, by_position.get(answer.position))]
    return "\n".join(lines) + "\n"


def _page(reports: list[Report], selection: Selection, lines: Lines) -> str:
    from pipeline.checking.display import flagged_page, report_page

    colour = _console.wants_colour()
    if selection.flagged:
        return _console.render(*flagged_page(reports, lines, colour=colour))
    whole = selection.everything or selection.section is not None
    return _console.render(
        *(
            item
            for report in reports
            for item in report_page(report, lines, instructions=whole, colour=colour)
        )
    )
