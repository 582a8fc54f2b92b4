"""The headers of tables with columns of any kind, including several rows of merged cells.

A column header can span several rows, alone or below a header shared with other columns. A report's
table can have columns that its form does not name: they are kept with the header printed over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.layout.blocks import Cell, Paragraph, text_of, words_of
from extractors.layout.marked.columns import (
    Columns,
    Option,
    SourceRow,
    Span,
    cell_of,
    overlap,
    spans_of,
)
from extractors.layout.tables.heads import key_of
from models.form import Form
from models.form_tables import Column, TableForm

_MOST_ROWS = 4
_LIKE = 85.0
"""Least similarity to a header of the form, out of 100, and fewest letters of a header compared."""
_FEWEST_LETTERS = 8


class _HeadCell(NamedTuple):
    """A column header.

    Attributes:
        at: Index of its cell in the last header row.
        span: Where it begins and ends.
        own: The text in its own cell.
        whole: Its text with that of the cells above it.
        words: Its pieces.
    """

    at: int
    span: Span
    own: str
    whole: str
    words: Paragraph


def find_wide_head(rows: Sequence[SourceRow], form: Form) -> tuple[Columns, int] | None:
    """Returns the columns named by the first rows, and how many header rows there are.

    Args:
        rows: The rows of a table from where the column headers may be.
        form: The form.
    """
    tables = [table for table in form.tables if not table.is_plain]
    for count in range(1, min(_MOST_ROWS, len(rows)) + 1):
        alone = _head_cells(rows[count - 1 : count])
        if count > 1 and any(_columns(table, alone, len(rows[count - 1])) for table in tables):
            return None  # a header of one row, below rows of the table
        head = _head_cells(rows[:count])
        for table in tables:
            columns = _columns(table, head, len(rows[count - 1]))
            if columns:
                return columns, count
    return None


def stands_over(row: SourceRow, head: Columns) -> bool:
    """Whether a row's cells are shared by several of the headers below it."""
    filled = [span for cell, span in zip(row, spans_of(row), strict=True) if cell_of(cell)]
    shared = [sum(overlap(span, own) > 0 for own in head.spans if own[0] >= 0) for span in filled]
    return len(filled) > 1 and max(shared) > 1


def _head_cells(rows: Sequence[SourceRow]) -> list[_HeadCell]:
    """Returns the column headers of some rows: for each column its lowest text, and all of it."""
    *above, last = rows
    found = []
    for at, (cell, span) in enumerate(zip(last, spans_of(last), strict=True)):
        over = [own for row in above for own in _over(row, span)]
        texts = [own for own in (*over, cell_of(cell)) if own]
        if texts:
            whole = " ".join(map(text_of, texts))
            found.append(_HeadCell(at, span, text_of(texts[-1]), whole, words_of(texts[-1])))
    return found


def _over(row: SourceRow, span: Span) -> Iterator[Cell]:
    for cell, other in zip(row, spans_of(row), strict=True):
        if overlap(span, other):
            yield cell_of(cell)


def _columns(table: TableForm, head: Sequence[_HeadCell], width: int) -> Columns | None:
    """Returns a table's columns if the headers match; only columns that hold `other` may be absent.

    Columns need not be in the form's order. If a header occurs twice, the first is taken first.
    """
    taken: dict[int, _HeadCell] = {}
    sure = True
    for exact in (True, False):
        free = [cell for cell in head if cell not in taken.values()]
        for at, column in enumerate(table.columns):
            if at in taken:
                continue
            found = next((own for own in free if _is_head(own, column.heads, exact=exact)), None)
            if found:
                taken[at] = found
                free.remove(found)
                sure = sure and exact
    for at, column in enumerate(table.columns):
        if at not in taken and column.holds is not Column.OTHER:
            return None
    unknown = [cell for cell in head if cell not in taken.values()]
    cells = [taken[at].at if at in taken else -1 for at in range(len(table.columns))]
    spans = [taken[at].span if at in taken else (-1, -1) for at in range(len(table.columns))]
    return Columns(
        table,
        (*cells, *(cell.at for cell in unknown)),
        (*spans, *(cell.span for cell in unknown)),
        width,
        tuple(
            Option(own.at, own.span, own.words)
            for at, own in sorted(taken.items())
            if table.columns[at].holds is Column.TICK
        ),
        tuple(cell.own for cell in unknown),
        sure,
    )


def _is_head(cell: _HeadCell, heads: Sequence[str], *, exact: bool) -> bool:
    keys = {key_of(cell.own), key_of(cell.whole)}
    known = [key_of(head) for head in heads]
    if exact:
        return any(key in keys for key in known)
    return any(
        len(key) >= _FEWEST_LETTERS and fuzz.ratio(key, own) >= _LIKE
        for key in known
        for own in keys
    )
