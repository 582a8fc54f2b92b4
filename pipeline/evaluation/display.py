"""Scores as tables for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from pipeline.evaluation.scores import Count, Found, Miss, Scores

COLUMNS = (
    "report", "rows", "recall", "precision", "exact", "false_rows", "misses", "misses_flagged",
)  # fmt: skip

LONGEST = 60
"""Maximum characters of a value in a table of misses."""


def as_json(by_report: Mapping[str, Scores], total: Scores) -> str:
    """Returns the scores by report and in total as JSON, with every miss."""
    content = {
        "total": _record(total),
        "reports": {source: _record(scores) for source, scores in by_report.items()},
        "misses": [asdict(miss) for miss in total.misses],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _record(scores: Scores) -> dict[str, Any]:
    record = asdict(scores)
    del record["misses"]
    for name in ("recall", "precision", "exact", "false_rows", "misses_flagged"):
        record[name] = getattr(scores, name)
    for group in ("themes", "assertions"):
        for name, found in getattr(scores, group).items():
            record[group][name] |= {"precision": found.precision, "recall": found.recall}
    return record


def rows_of(by_report: Mapping[str, Scores], total: Scores) -> Iterator[tuple[object, ...]]:
    """Yields what `COLUMNS` say of each report, and last of all reports."""
    for source, scores in (*by_report.items(), ("all reports", total)):
        shares = (scores.recall, scores.precision, scores.exact)
        yield source, scores.rows, *shares, scores.false_rows, scores.inexact, scores.doubted


def row_table(by_report: Mapping[str, Scores], total: Scores) -> Table:
    """Rows by report and in total."""
    table = Table(title="Rows", title_justify="left")
    table.add_column("report", overflow="fold")
    for head in ("rows", "recall", "precision", "whole, exact", "false", "misses flagged"):
        table.add_column(head, justify="right")
    for source, scores in by_report.items():
        table.add_row(source, *_row_cells(scores))
    table.add_section()
    table.add_row("all reports", *_row_cells(total), style="bold")
    return table


def _row_cells(scores: Scores) -> Sequence[str]:
    flagged = f"{scores.doubted} of {scores.inexact}" if scores.inexact else "no misses"
    return (
        str(scores.rows),
        percent(scores.recall),
        percent(scores.precision),
        percent(scores.exact),
        str(scores.false_rows),
        flagged,
    )


def field_table(total: Scores) -> Table:
    """Fields of the rows and of the report, in total."""
    table = Table(title="Fields", title_justify="left")
    table.add_column("field")
    for head in ("in gold", "exact", "nearly"):
        table.add_column(head, justify="right")
    _add_fields(table, total.row_fields)
    table.add_section()
    _add_fields(table, total.report_fields)
    return table


def _add_fields(table: Table, fields: Mapping[str, Count]) -> None:
    for name, count in fields.items():
        if count.support:
            exact, near = (percent(n / count.support) for n in (count.strict, count.soft))
            table.add_row(name, str(count.support), exact, near)


def theme_table(total: Scores) -> Table:
    """Themes and classes of assertion, in total."""
    table = Table(title="Themes", title_justify="left")
    table.add_column("theme or assertion")
    for head in ("in gold", "precision", "recall"):
        table.add_column(head, justify="right")
    for theme, found in sorted(total.themes.items()):
        table.add_row(theme, *_found_cells(found))
    table.add_row("all themes", *_found_cells(total.all_themes), style="bold")
    table.add_section()
    for name, found in total.assertions.items():
        table.add_row(name, *_found_cells(found))
    return table


def _found_cells(found: Found) -> Sequence[str]:
    return (str(found.right + found.missed), percent(found.precision), percent(found.recall))


def miss_table(misses: Sequence[Miss]) -> Table:
    """The values not found exactly, around the point where they differ from the gold."""
    table = Table(title="Misses", title_justify="left")
    for head in ("report", "key", "field", "gold", "found", "flagged"):
        table.add_column(head, overflow="fold")
    for miss in misses:
        expected, found = differing_excerpts(miss.expected, miss.found)
        flagged = "yes" if miss.flagged else ""
        table.add_row(miss.source, miss.key, miss.field, expected, found, flagged)
    return table


def differing_excerpts(expected: str, found: str) -> tuple[str, str]:
    """Two texts from shortly before the point where they differ, cut to a readable length."""
    place = 0
    while place < min(len(expected), len(found)) and expected[place] == found[place]:
        place += 1
    start = max(0, place - 15)
    lead = "…" if start else ""
    return _cut(expected, start, lead), _cut(found, start, lead)


def _cut(text: str, start: int, lead: str) -> str:
    shown = text[start : start + LONGEST].replace("\n", "¶")
    return lead + shown + ("…" if len(text) > start + LONGEST else "")


def percent(share: float | None) -> str:
    """A share in per cent, never rounded up to 100."""
    if share is None:
        return "–"
    return f"{int(share * 1000) / 10:.1f} %"
