"""`svar compare`: show the differences between two outputs or two years."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, extraction_options
from pipeline.cli._output import output_options
from pipeline.cli._places import PLACE
from pipeline.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from models.report import Report
    from pipeline.checking.comparison import Change, Comparison, ReportChange
    from pipeline.checking.years import Years
    from pipeline.cli._output import Output


@click.command()
@click.argument("old", metavar="A", type=PLACE)
@click.argument("new", metavar="B", type=PLACE)
@click.option(
    "--years",
    is_flag=True,
    help="Compare two years: match questions by wording, and report comments that were "
    "carried over unchanged.",
)
@click.option(
    "--boards",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --years: CSV file with one board per line, followed by its alternative names.",
)
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@output_options(page=True)
@click.option("--pager/--no-pager", default=True, help="Use a pager on a terminal.  [default: on]")
@extraction_options
def command(
    *,
    old: str,
    new: str,
    years: bool,
    boards: Path | None,
    output: Output,
    as_json: bool,
    pager: bool,
    choices: Choices,
) -> None:
    """Show the differences between two outputs or two years.

    \b
    Examples:
      svar compare first.json data/raw/board-109-pdf-shaded.pdf --reader plumber
      svar compare data/last-year data/this-year --years
      svar compare data/last-year data/this-year --years --format csv -o years.csv

    A and B are output folders of `svar run` (two versions, two readers, two years), or single
    report files or their JSON. Comments are compared word by word: [-only in A-]{+only in B+}.
    Themes are counted over the boards that are in both.
    """
    from pipeline.checking.inputs import InputError
    from pipeline.checking.names import BoardsFileError
    from pipeline.errors import NoDatasetsError

    if boards and not years:
        raise click.UsageError("--boards can only be used with --years.")
    if as_json:
        output = replace(output, format="json")
    try:
        a, b = _reports(old, choices), _reports(new, choices)
        text = _years(a, b, boards, output) if years else _outputs(a, b, output)
    except (BoardsFileError, InputError, NoDatasetsError) as error:
        raise click.UsageError(str(error)) from error
    if output.file is None and output.format == "text":
        _console.show(text, pager=pager)
    else:
        output.write(text)


def _reports(path: str, choices: Choices) -> list[Report]:
    from pipeline.checking.inputs import open_inputs

    return [one.report for one in open_inputs([path], choices.everything)]


def _outputs(old: Sequence[Report], new: Sequence[Report], output: Output) -> str:
    from pipeline.checking.comparison import HEAD, compare, rows

    comparison = compare(old, new)
    if output.format == "text":
        return _console.render(*_page(comparison))
    return _json(comparison) if output.format == "json" else output.table(HEAD, rows(comparison))


def _years(
    old: Sequence[Report], new: Sequence[Report], boards: Path | None, output: Output
) -> str:
    from pipeline.checking.names import Aliases, read_boards
    from pipeline.checking.years import compare_years
    from pipeline.checking.years.display import page
    from pipeline.checking.years.table import HEAD, rows

    years = compare_years(old, new, read_boards(boards) if boards else Aliases())
    if output.format == "text":
        return _console.render(*page(years))
    return _json_years(years) if output.format == "json" else output.table(HEAD, rows(years))


def _json(found: Comparison) -> str:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n"


def _json_years(years: Years) -> str:
    """Everything except the reports themselves, which are in the datasets."""
    import json
    from dataclasses import asdict

    from pipeline.checking.years.table import HEAD, rows

    boards = asdict(years.boards) | {"pairs": [pair.board for pair in years.boards.pairs]}
    content = {
        "boards": boards,
        "questions": [asdict(match) for match in years.questions],
        "answers": [dict(zip(HEAD, row, strict=True)) for row in rows(years)],
        "themes": [asdict(change) for change in years.themes],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _page(comparison: Comparison) -> Iterator[RenderableType]:
    from rich.text import Text

    for report in comparison.reports:
        yield from _report(report)
    moved = {
        codes: count
        for codes, count in comparison.codes.items()
        if codes.split(">")[0] != codes.split(">")[1]
    }
    if moved:
        yield Text("\nChanged codes", style="bold")
        for codes, count in moved.items():
            yield Text(f"  {codes.replace('>', ' → ')}: {count}")
    names = sorted({*comparison.themes_old, *comparison.themes_new})
    counts = [(n, comparison.themes_old.get(n, 0), comparison.themes_new.get(n, 0)) for n in names]
    if any(a != b for _, a, b in counts):
        yield Text("\nChanged theme counts", style="bold")
        yield from (Text(f"  {name}: {a} → {b}") for name, a, b in counts if a != b)
    yield Text(_closing(comparison))


def _closing(comparison: Comparison) -> str:
    only_old = sum(not report.source_new for report in comparison.reports)
    only_new = sum(not report.source_old for report in comparison.reports)
    changed = len(comparison.reports) - only_old - only_new
    return (
        f"\n{counted(comparison.reports_old, 'report')} in A, {comparison.reports_new} in B: "
        f"{comparison.same} identical, {changed} changed, "
        f"{only_old} only in A, {only_new} only in B."
    )


def _report(report: ReportChange) -> Iterator[RenderableType]:
    from rich.text import Text

    from pipeline.checking.shown import visible

    only = "" if report.source_old and report.source_new else "  only in "
    only += "A" if only and report.source_old else "B" if only else ""
    sources = dict.fromkeys(filter(None, (report.source_old, report.source_new)))
    yield Text(f"\n{visible(report.board)} ({visible(', '.join(sources))}){only}", style="bold")
    for change in report.changes:
        yield _change(change, "  ")
    for answer in report.answers:
        kinds = {"old": "  only in A", "new": "  only in B"}
        yield Text(f"  {visible(answer.key)}{kinds.get(answer.kind, '')}", style="bold cyan")
        for change in answer.changes:
            yield _change(change, "    ")
        for sign, themes in (("-", answer.themes_old), ("+", answer.themes_new)):
            if themes:
                yield Text(f"    theme {sign} {visible('; '.join(themes))}")


def _change(change: Change, indent: str) -> RenderableType:
    from rich.text import Text

    from pipeline.checking.shown import visible

    text = Text(f"{indent}{change.field}: ")
    for edit in change.edits:
        shown = visible(edit.text)
        if edit.kind == "old":
            text.append(f"[-{shown}-]", style="red")
        elif edit.kind == "new":
            text.append(f"{{+{shown}+}}", style="green")
        else:
            text.append(_shortened(shown))
    return text


def _shortened(text: str) -> str:
    """A text that is in both; if it is long, without its middle."""
    return text if len(text) <= 160 else f"{text[:70]} … {text[-70:]}"
