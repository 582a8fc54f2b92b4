"""Which cell of a row is under which column header of its table.

Rows need not have the same cells as their headers: there are empty spacer columns, cells merged
across and down, and rows that begin further right. The table's grid shows what is under what.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.blocks import Cell
from extractors.layout.marked.columns import (
    Columns,
    Option,
    PageCell,
    SourceRow,
    Span,
    cell_of,
    overlap,
    spans_of,
    stands_under,
)
from extractors.layout.rows.row_cells import RowCells
from models.form_tables import Column, TableForm


def place(row: SourceRow, columns: Columns) -> RowCells:
    """Returns a row's cells under the columns of its table."""
    options = {_under(row, at, columns): cell_of(cell) for at, cell in enumerate(row)}
    ticks = tuple(
        (options[option], option.words) for option in columns.options if options.get(option)
    )
    before: Cell = ()
    cells: list[Cell] = [()] * len(columns.cells)
    continues: set[int] = set()
    covers = doubtful = False
    texts = [cell_of(cell) for cell in row]
    for at, (cell, text, span) in enumerate(zip(row, texts, spans_of(row), strict=True)):
        if _under(row, at, columns) or not (text or cell.continues):
            continue
        if columns.table.is_plain and len(row) == columns.width:
            under = [index for index, own in enumerate(columns.cells) if own == at]
            is_left = at < columns.cells[0]
        else:
            under = [index for index, own in enumerate(columns.spans) if stands_under(span, own)]
            is_left = columns.table.is_plain and span[1] <= columns.spans[0][0]
        if cell.continues:
            continues.update(under)
        elif is_left and not under:
            before += text
        else:
            best = _best(under, span, columns)
            is_covering = len(under) > 1 and _is_answer(best, columns.table)
            doubtful = doubtful or not under or (len(under) > 1 and not is_covering)
            covers = covers or is_covering
            cells[best] += text
    filled = [index for index, text in enumerate(texts) if text]
    full = len(filled) == 1 and (
        len(row) == 1 or _covers_all(spans_of(row)[filled[0]], columns.spans)
    )
    return RowCells(
        columns.table,
        before,
        tuple(cells),
        frozenset(continues),
        ticks,
        covers,
        doubtful,
        full,
        columns.unknown,
        all(cell.ends_sure for cell in row if isinstance(cell, PageCell)),
        all(cell.rows_sure for cell in row if isinstance(cell, PageCell)),
        columns.sure,
        _looks_of_answer(row, columns),
    )


def _looks_of_answer(row: SourceRow, columns: Columns) -> tuple[str, ...]:
    at = columns.table.at(Column.ANSWER, Column.ANSWER_COMMENT)
    if at is None or at >= len(columns.spans):
        return ()
    return tuple(
        look
        for cell, span in zip(row, spans_of(row), strict=True)
        if stands_under(span, columns.spans[at])
        for look in cell.looks
    )


def _is_answer(index: int, table: TableForm) -> bool:
    """Whether a column holds an answer, or is right of a plain table's question."""
    if table.is_plain:
        return index > 0
    return index < len(table.columns) and table.columns[index].holds is Column.ANSWER


def _under(row: SourceRow, at: int, columns: Columns) -> Option | None:
    """Returns the column for one answer that a cell is in, if any."""
    span = spans_of(row)[at] if columns.options else (0, 0)
    for option in columns.options:
        if not columns.table.is_plain:
            if _is_mostly_under(span, option.span):
                return option
        elif option.cell == at if len(row) == columns.width else option.span == span:
            return option
    return None


def _is_mostly_under(span: Span, own: Span) -> bool:
    both = overlap(span, own)
    return 2 * both > own[1] - own[0] and 2 * both > span[1] - span[0]


def _best(under: Sequence[int], span: Span, columns: Columns) -> int:
    """Returns the column that most of a cell is under, or that it is to the right of."""
    if under:
        return max(under, key=lambda index: (overlap(span, columns.spans[index]), -index))
    left = [index for index, own in enumerate(columns.spans) if 0 <= own[0] <= span[0]]
    return max(left, default=0)


def _covers_all(span: Span, spans: Sequence[Span]) -> bool:
    return len(spans) > 1 and all(overlap(span, own) for own in spans if own[0] >= 0)
