"""Which cell of a row is under which column header of its table.

Rows need not have the same cells as their headers: there are empty spacer columns, cells merged
across and down, and rows that begin further right. The table's grid shows what is under what.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.blocks import Cell, Paragraph
from extractors.layout.marked.cells import (
    PageCell,
    SourceRow,
    Span,
    cell_of,
    overlap,
    spans_of,
    stands_under,
)
from extractors.layout.marked.heads import Columns
from extractors.layout.rows.row_cells import RowCells
from models.form_tables import Column, TableForm


def place(row: SourceRow, columns: Columns) -> RowCells:
    """Returns a row's cells under the columns of its table."""
    table = columns.table
    before: Cell = ()
    cells: list[Cell] = [()] * len(columns.spans)
    ticks: list[tuple[Cell, Paragraph]] = []
    continues: set[int] = set()
    looks: list[str] = []
    covers = doubtful = False
    spans = _spans(row, columns)
    texts = [cell_of(cell) for cell in row]
    for cell, text, span in zip(row, texts, spans, strict=True):
        under = [index for index, own in enumerate(columns.spans) if stands_under(span, own)]
        if table.at(Column.ANSWER, Column.ANSWER_COMMENT) in under:
            looks += cell.looks
        option = next((own for own in columns.options if _is_mostly_under(span, own.span)), None)
        if option:
            ticks += [(text, option.words)] if text else []
        elif cell.continues:
            continues.update(under)
        elif table.is_plain and not under and span[1] <= columns.spans[0][0]:
            before += text
        elif text:
            best = _best(under, span, columns)
            is_covering = len(under) > 1 and _is_answer(best, table)
            doubtful = doubtful or not under or (len(under) > 1 and not is_covering)
            covers = covers or is_covering
            cells[best] += text
    filled = [index for index, text in enumerate(texts) if text]
    full = len(filled) == 1 and (len(row) == 1 or _covers_all(spans[filled[0]], columns.spans))
    return RowCells(
        table,
        before,
        tuple(cells),
        frozenset(continues),
        tuple(ticks),
        covers,
        doubtful,
        full,
        columns.unknown,
        all(cell.ends_sure for cell in row if isinstance(cell, PageCell)),
        all(cell.rows_sure for cell in row if isinstance(cell, PageCell)),
        columns.sure,
        tuple(looks),
    )


def _spans(row: SourceRow, columns: Columns) -> Sequence[Span]:
    """Returns where the cells of a row begin and end in the grid of its table.

    Cells whose borders are only a little off those of the headers are taken to be right below them.
    """
    spans = spans_of(row)
    is_alike = len(spans) == len(columns.row) and all(map(overlap, spans, columns.row))
    return columns.row if is_alike else spans


def _is_answer(index: int, table: TableForm) -> bool:
    """Whether a column holds an answer, or is right of a plain table's question."""
    if table.is_plain:
        return index > 0
    return index < len(table.columns) and table.columns[index].holds is Column.ANSWER


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
