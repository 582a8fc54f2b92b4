"""`svar check`: find inconsistencies across boards, and personal data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices
from pipeline.cli._output import output_options
from pipeline.cli._places import PLACE
from pipeline.exit_codes import ExitCode
from pipeline.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from models.report import Report
    from pipeline.checking.consistency import Finding
    from pipeline.checking.coverage import Coverage
    from pipeline.checking.names import Aliases
    from pipeline.cli._output import Output

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 8
"""Places listed per finding; `--json` has all of them."""


HEAD = ("kind", "message", "board", "key", "at")
"""Columns of a table of findings."""


@click.command()
@click.argument("out", metavar="DIR", type=PLACE)
@click.option(
    "--expected",
    type=FILE,
    help="File with the boards that should answer, one per line; alternative names of a board "
    "follow it, separated by semicolons.",
)
@click.option(
    "--coverage",
    "table",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file to write the coverage matrix to: questions by board.",
)
@click.option("--strict", is_flag=True, help="Exit with code 6 if anything is found.")
@click.option(
    "--form", "forms", type=FILE, multiple=True, help="Form file to take answer words from."
)
@click.option("--phrases", type=FILE, help="File with phrases that carry no content of their own.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@output_options(page=True)
@click.option("--pager/--no-pager", default=True, help="Use a pager on a terminal.  [default: on]")
def command(
    *,
    out: str,
    expected: Path | None,
    table: Path | None,
    strict: bool,
    forms: tuple[Path, ...],
    phrases: Path | None,
    as_json: bool,
    output: Output,
    pager: bool,
) -> int:
    """Check the datasets for inconsistencies across boards, and for personal data.

    \b
    Examples:
      svar check data/processed
      svar check data/processed --expected boards.txt
      svar check data/processed --coverage coverage.csv
      svar check data/processed --json > findings.json

    DIR is the output folder of `svar run`. Reported are: personal identity numbers, phone numbers
    and e-mail addresses (check before you share; names of people are not detected), failed
    reports, boards that are missing or answered twice, questions that most boards have but one
    lacks, the same question worded differently, answers that are not among the form's answer
    words, near-identical comments from several boards, and comments that only refer elsewhere
    ("se ovan").
    """
    from models.rules_file import RuleFileError
    from pipeline.checking.coverage import coverage
    from pipeline.checking.names import Aliases, BoardsFileError, read_boards
    from pipeline.checking.stored import read_reports
    from pipeline.errors import NoDatasetsError

    try:
        boards = read_boards(expected) if expected else None
        reports = list(read_reports(out))
        found = list(_findings(reports, boards, forms, phrases))
    except (BoardsFileError, NoDatasetsError, RuleFileError) as error:
        raise click.UsageError(str(error)) from error
    covered = coverage(reports, boards or Aliases())
    if table is not None:
        _write_coverage(table, covered)
    if as_json or output.format == "json":
        output.write(_json(found))
    elif output.format != "text":
        output.write(output.table(HEAD, _rows(found)))
    elif output.file is not None:
        output.write(_page(reports, found, covered))
    else:
        _console.show(_page(reports, found, covered), pager=pager)
    return ExitCode.FINDINGS if strict and found else ExitCode.OK


def _findings(
    reports: list[Report],
    expected: Aliases | None,
    forms: tuple[Path, ...],
    phrases: Path | None,
) -> Iterator[Finding]:
    from pipeline.checking import consistency
    from pipeline.checking.near_identical import same_comments
    from pipeline.checking.personal import personal_data
    from pipeline.checking.phrases import BUILT_IN, load_phrases

    yield from personal_data(reports)
    yield from consistency.failed_reports(reports)
    yield from consistency.boards(reports, expected)
    for own in consistency.by_form(reports):
        yield from consistency.lacking(own)
        yield from consistency.wording(own)
    yield from consistency.answer_words(reports, Choices(forms).load_forms())
    for own in consistency.by_form(reports):
        yield from same_comments(own)
    yield from consistency.empty_comments(reports, load_phrases(phrases or BUILT_IN))


def _write_coverage(path: Path, covered: Coverage) -> None:
    import csv

    from pipeline.checking.coverage import rows

    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows(covered))
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written ({error.strerror}).") from error
    click.echo(f"Wrote {path}.", err=True)


def _json(found: list[Finding]) -> str:
    import json
    from dataclasses import asdict

    content = [asdict(finding) for finding in found]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _rows(found: list[Finding]) -> Iterator[tuple[str, ...]]:
    """Each place of each finding; a finding without a place is a row, too."""
    for finding in found:
        yield from (
            (str(finding.kind), finding.message, place.board, place.key, place.at)
            for place in finding.places
        )
        if not finding.places:
            yield (str(finding.kind), finding.message, "", "", "")


def _page(reports: list[Report], found: list[Finding], covered: Coverage) -> str:
    from rich.text import Text

    from pipeline.checking.consistency import Kind
    from pipeline.checking.shown import visible

    items: list[RenderableType] = []
    for kind in Kind:
        own = [finding for finding in found if finding.kind == kind]
        if own:
            items.append(Text(f"{kind} ({len(own)})", style="bold"))
        for finding in own:
            items.append(Text(f"  {visible(finding.message)}"))
            for place in finding.places[:SHOWN]:
                facts = (place.board, place.key, place.at)
                items.append(Text("    " + visible(" · ".join(fact for fact in facts if fact))))
            if len(finding.places) > SHOWN:
                items.append(Text(f"    and {len(finding.places) - SHOWN} more"))
    items += _coverage(covered)
    answers = sum(len(report.answers) for report in reports)
    items.append(
        Text(
            f"{counted(len(found), 'finding')} in {counted(len(reports), 'report')}, "
            f"{counted(answers, 'answer')}."
        )
    )
    return _console.render(*items)


def _coverage(covered: Coverage) -> Iterator[RenderableType]:
    """The boards that did not answer everything they were asked, with counts."""
    from rich import box
    from rich.table import Table

    from pipeline.checking.coverage import Cover
    from pipeline.checking.shown import visible

    table = Table(box=box.SIMPLE, pad_edge=False, title="Boards with unanswered questions")
    table.add_column("board")
    for cover in Cover:
        table.add_column(str(cover), justify="right")
    for board in covered.boards:
        counts = covered.counts(board)
        if counts[Cover.ANSWERED] + counts[Cover.NOT_ASKED] < len(covered.keys):
            table.add_row(visible(board), *(str(counts[cover]) for cover in Cover))
    if table.row_count:
        yield table
