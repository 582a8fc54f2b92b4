"""Rows as text: a table for the terminal, Markdown, CSV, TSV or JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "markdown")
"""The formats of `as_text`."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a CSV field for a formula (OWASP)."""

BOM = "\ufeff"
"""Makes Excel read a CSV file as UTF-8."""


def as_text(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    output: str,
    *,
    excel: bool = False,
    width: int = 100,
) -> str:
    """Returns rows in one of `FORMATS`.

    Args:
        columns: Names of the columns.
        rows: Rows of values, one per column.
        output: The format.
        excel: CSV that Swedish Excel opens with a double click: a byte order mark, semicolons,
            decimal commas, and an apostrophe before text that it would take for a formula.
        width: Columns of the terminal, for `table`.
    """
    if output == "json":
        records = [_record(columns, row) for row in rows]
        return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    if output == "jsonl":
        lines = (json.dumps(_record(columns, row), ensure_ascii=False) for row in rows)
        return "".join(f"{line}\n" for line in lines)
    if output == "markdown":
        return _markdown(columns, rows)
    if output == "table":
        return _table(columns, rows, width)
    return _separated(columns, rows, "\t" if output == "tsv" else ";" if excel else ",", excel)


def excel_text(value: object) -> str:
    """Returns a value in Swedish Excel's format, never taken for a formula."""
    if isinstance(value, float):
        return _flat(value).replace(".", ",")
    text = _flat(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _separated(
    columns: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str, excel: bool
) -> str:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n" if excel else "\n")
    writer.writerow(columns)
    plain = excel_text if excel else _flat
    writer.writerows([plain(value) for value in row] for row in rows)
    return (BOM if excel else "") + buffer.getvalue()


def _markdown(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    def cell(value: object) -> str:
        text = _flat(value).replace("\\", "\\\\").replace("|", "\\|")
        return "<br>".join(text.splitlines())

    head = line(map(cell, columns)) + line("---" for _ in columns)
    return head + "".join(line(map(cell, row)) for row in rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]], width: int) -> str:
    from rich import box  # noqa: PLC0415 - only this format needs it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from pipeline.checking.shown import visible  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(visible(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(_flat(value))) for value in row))
    buffer = StringIO()
    Console(file=buffer, width=width, color_system=None, highlight=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())


def _record(columns: Sequence[str], row: Sequence[object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in zip(columns, row, strict=True)
    }


def _flat(value: object) -> str:
    """A value as text; list items are separated by `;`."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ";".join(map(_flat, value))
    return str(value)
