"""Grids of the tables marked up in the source (Word, ODT, HTML)."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.suggesting.grids import Grid, GridCell, GridRow
from extractors.suggesting.looks import chosen
from models.document import Document, SourceTable, TableCell

_FEWEST_ROWS = 2


def source_grids(document: Document) -> list[Grid]:
    """Returns the tables of a document, including nested ones."""
    return [grid for table in document.tables for grid in _grids(table)]


def _grids(table: SourceTable) -> Iterator[Grid]:
    rows = tuple(GridRow(tuple(_cells(row)), _page(row)) for row in table.rows)
    width = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    if len(rows) >= _FEWEST_ROWS and width > 1:
        yield Grid(rows, width, after=table.first_line - 1)
    for row in table.rows:
        for cell in row:
            for inner in cell.tables:
                yield from _grids(inner)


def _cells(row: tuple[TableCell, ...]) -> Iterator[GridCell]:
    column = 0
    for cell in row:
        at = column if cell.column is None else cell.column
        lines = [line for line in cell.lines if line.text.strip()]
        yield GridCell(
            "\n".join(line.text.strip() for line in lines),
            at,
            cell.span,
            bold=bool(lines) and all(line.bold for line in lines),
            merged=cell.continues,
            looks="" if lines else chosen(cell.looks),
            opening=lines[0].text.strip() if lines else "",
        )
        column = at + cell.span


def _page(row: tuple[TableCell, ...]) -> int | None:
    return next((line.page for cell in row for line in cell.lines), None)
