"""The column headers of tables, in one row or several, and the columns that they name.

A column header can span several rows, alone or below a header shared with other columns. Where the
answers themselves are headers (Ja, Nej, Delvis), a tick below one is the answer. A table can have
columns that its form does not name: they are kept with the header printed over them, except for
plain forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.layout.blocks import Paragraph, text_of, words_of
from extractors.layout.marked.cells import SourceRow, Span, cell_of, overlap, spans_of
from extractors.layout.tables.heads import key_of
from models.form import Form, letters_of
from models.form_tables import Column, TableForm

_MOST_ROWS = 4
_FEWEST_OPTIONS = 2
_LIKE = 85.0
"""Least similarity to a header of the form, out of 100, and fewest letters of a header compared."""
_FEWEST_LETTERS = 8
_ABSENT = (-1, -1)


class Option(NamedTuple):
    """A column for one answer, which a tick in it selects.

    Attributes:
        span: Where it begins and ends in the table's grid.
        words: The answer, as its header has it.
    """

    span: Span
    words: Paragraph


class Columns(NamedTuple):
    """The columns of a table, as its headers have them.

    Attributes:
        table: The kind of table.
        spans: Where each column begins and ends in the table's grid; `_ABSENT` if it has no header.
        row: Where the cells of the lowest header row do.
        options: Columns for one answer each.
        unknown: Headers of columns that the form does not name; theirs are the last of `spans`.
        sure: Whether every header is exactly one of the form's.
    """

    table: TableForm
    spans: tuple[Span, ...]
    row: tuple[Span, ...]
    options: tuple[Option, ...] = ()
    unknown: tuple[str, ...] = ()
    sure: bool = True

    def adds_options(self, other: Columns) -> bool:
        """Whether these are the columns of other headers, with a column for each answer below."""
        alike = self.spans.count(_ABSENT) == other.spans.count(_ABSENT)
        return alike and bool(self.options) and not other.options


class _HeadCell(NamedTuple):
    """A cell of a row that may hold column headers.

    Attributes:
        span: Where it begins and ends.
        text: Its text, or else that of the cell above it.
        keys: What headers are compared by: of this text, and with that of the cells above it.
        words: Its pieces.
    """

    span: Span
    text: str
    keys: tuple[str, str]
    words: Paragraph


class ColumnFinder:
    """Finds the column headers of a form's tables among the rows of a table.

    Args:
        form: The form.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._tables = [
            (table, [frozenset(map(key_of, column.heads)) for column in table.columns])
            for table in form.tables
        ]

    def find(self, rows: Sequence[SourceRow]) -> list[Columns | None]:
        """Returns the columns of each row that is part of a header, None for the others."""
        read = [_read(row) for row in rows]
        heads = [self._columns(own) for own in read]
        for at, alone in enumerate(heads):
            over = read[at]
            for count in range(2, _MOST_ROWS + 1):
                last = at + count - 1
                if last >= len(rows) or heads[last] or not _may_go_on(read[last - 1], read[last]):
                    break
                over = [_below(cell, over) for cell in read[last]]
                columns = self._columns(over)
                if columns and (not alone or columns.adds_options(alone)):
                    heads[at : last + 1] = [columns] * count
                    break
        return heads

    def _columns(self, head: Sequence[_HeadCell]) -> Columns | None:
        """Returns the columns of the first kind of table that some headers name."""
        head_cells = [cell for cell in head if cell.text]
        row = tuple(cell.span for cell in head)
        found = (_columns(table, keys, head_cells, row, self._form) for table, keys in self._tables)
        return next(filter(None, found), None)


def stands_over(row: SourceRow, head: Columns) -> bool:
    """Whether a row's cells are shared by several of the headers below it."""
    filled = [span for cell, span in zip(row, spans_of(row), strict=True) if cell_of(cell)]
    shared = [sum(overlap(span, own) > 0 for own in head.spans if own[0] >= 0) for span in filled]
    return len(filled) > 1 and max(shared) > 1


def _read(row: SourceRow) -> list[_HeadCell]:
    read = []
    for cell, span in zip(row, spans_of(row), strict=True):
        words = words_of(cell_of(cell))
        text = text_of((words,))
        read.append(_HeadCell(span, text, (key_of(text),) * 2, words))
    return read


def _may_go_on(above: Sequence[_HeadCell], below: Sequence[_HeadCell]) -> bool:
    """Whether headers may continue in the row below: cells are merged, or some have no text."""
    return len(above) != len(below) or not all(cell.text for cell in below)


def _below(cell: _HeadCell, above: Sequence[_HeadCell]) -> _HeadCell:
    """Returns a cell below header cells; if it is empty, it has the text of the last of them."""
    over = [own for own in above if own.text and overlap(own.span, cell.span)]
    key = "".join(own.keys[1] for own in over) + cell.keys[1]
    if cell.text or not over:
        return cell._replace(keys=(cell.keys[0], key))
    return over[-1]._replace(span=cell.span, keys=(over[-1].keys[0], key))


def _columns(
    table: TableForm,
    keys: Sequence[frozenset[str]],
    head: Sequence[_HeadCell],
    row: tuple[Span, ...],
    form: Form,
) -> Columns | None:
    """Returns a table's columns if the headers match; only columns that hold `other` may be absent.

    Columns need not be in the form's order. If a header occurs twice, the first is taken first.
    """
    question = keys[table.holds.index(Column.QUESTION)]
    if not any(_is_head(cell, question, exact=exact) for exact in (True, False) for cell in head):
        return None
    taken: dict[int, _HeadCell] = {}
    sure = True
    for exact in (True, False):
        free = [cell for cell in head if cell not in taken.values()]
        for at, known in enumerate(keys):
            if at in taken:
                continue
            found = next((own for own in free if _is_head(own, known, exact=exact)), None)
            if found:
                taken[at] = found
                free.remove(found)
                sure = sure and exact
    spans = [taken[at].span if at in taken else _ABSENT for at in range(len(table.columns))]
    options = [own for at, own in sorted(taken.items()) if table.columns[at].holds is Column.TICK]
    unknown = [cell for cell in head if cell not in taken.values()]
    answer = table.at(Column.ANSWER)
    if answer is not None and answer not in taken:
        options = [own for own in unknown if letters_of(own.text) in form.word_of_letters]
        if len(options) < _FEWEST_OPTIONS:
            return None
        spans[answer] = (options[0].span[0], options[-1].span[1])
        unknown = [cell for cell in unknown if cell not in options]
    may_lack = {Column.OTHER, Column.ANSWER, *([Column.COMMENT] if options else [])}
    for at, column in enumerate(table.columns):
        if at not in taken and column.holds not in may_lack:
            return None
    if table.is_plain:
        if any(cell.span[0] > spans[0][0] for cell in unknown):
            return None
        unknown = []
    return Columns(
        table,
        (*spans, *(cell.span for cell in unknown)),
        row,
        tuple(Option(own.span, own.words) for own in options),
        tuple(cell.text for cell in unknown),
        sure,
    )


def _is_head(cell: _HeadCell, known: frozenset[str], *, exact: bool) -> bool:
    if exact:
        return not known.isdisjoint(cell.keys)
    return any(
        len(key) >= _FEWEST_LETTERS and fuzz.ratio(key, own) >= _LIKE
        for key in known
        for own in cell.keys
    )
