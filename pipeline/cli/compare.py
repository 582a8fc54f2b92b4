"""`svar compare`: what differs between two outputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import _console
from pipeline.cli._options import Choices, extraction_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from models.report import Report
    from pipeline.checking.comparison import Change, Comparison, ReportChange

EXISTING = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("old", metavar="A", type=EXISTING)
@click.argument("new", metavar="B", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON.")
@click.option("--pager/--no-pager", default=True, help="A pager on a terminal.  [default: on]")
@extraction_options
def command(*, old: Path, new: Path, as_json: bool, pager: bool, choices: Choices) -> None:
    """Show what differs between two outputs.

    \b
    Examples:
      svar compare first.json data/raw/board-109-pdf-shaded.pdf --reader plumber
      svar compare data/last-year data/this-year
      svar compare data/last-year data/this-year --json > changes.json

    A and B are output folders of `svar run` (two versions, two readers, two years), or a report
    file or its JSON each. Comments are compared word by word: [-only in A-]{+only in B+}.
    """
    from pipeline.checking.comparison import compare
    from pipeline.checking.inputs import InputError
    from pipeline.checking.stored import NoDatasetsError

    try:
        comparison = compare(_reports(old, choices), _reports(new, choices))
    except (InputError, NoDatasetsError) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        _print_json(comparison)
    else:
        _console.show(_console.render(*_page(comparison)), pager=pager)


def _reports(path: Path, choices: Choices) -> list[Report]:
    from pipeline.checking.inputs import open_inputs

    return [one.report for one in open_inputs([path], choices.everything)]


def _print_json(comparison: Comparison) -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps(asdict(comparison), ensure_ascii=False, indent=1))


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
        yield Text("\nCodes that changed", style="bold")
        for codes, count in moved.items():
            yield Text(f"  {codes.replace('>', ' → ')}: {count}")
    names = sorted({*comparison.themes_old, *comparison.themes_new})
    counts = [(n, comparison.themes_old.get(n, 0), comparison.themes_new.get(n, 0)) for n in names]
    if any(a != b for _, a, b in counts):
        yield Text("\nThemes whose number changed", style="bold")
        yield from (Text(f"  {name}: {a} → {b}") for name, a, b in counts if a != b)
    yield Text(_closing(comparison))


def _closing(comparison: Comparison) -> str:
    only_old = sum(not report.source_new for report in comparison.reports)
    only_new = sum(not report.source_old for report in comparison.reports)
    changed = len(comparison.reports) - only_old - only_new
    return (
        f"\n{comparison.reports_old} reports in A, {comparison.reports_new} in B: "
        f"{comparison.same} alike, {changed} changed, {only_old} only in A, {only_new} only in B."
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
    """A text that both have, without its middle where it is long."""
    return text if len(text) <= 160 else f"{text[:70]} … {text[-70:]}"
