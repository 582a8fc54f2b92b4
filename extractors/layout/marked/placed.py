"""The rows of a table that the source itself marks: which cell is under which column header.

Rows need not have the same cells as their headers: there are empty spacer columns, cells merged
across and down, and rows that begin further right. The table's grid shows what is under what.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.layout.blocks import Cell, OtherCell, Paragraph, Piece, text_of, words_of
from extractors.layout.cells.answer_marks import mark_of
from extractors.layout.cells.answers import AnswerSplit, read_answer, split_answer
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
from models.form import Form
from models.form_tables import Column, TableForm

_LONGEST_NUMBER = 8
_LONGEST_TICK = 2


class Placed(NamedTuple):
    """A row's cells under the columns of its table.

    Attributes:
        table: The kind of table.
        before: The content of unknown columns before the question.
        cells: The text of each column, and then that of each unknown one.
        continues: Columns whose cell continues from the row above.
        ticks: The content of the columns for one answer each, with the answer.
        covers: Whether one cell has both answer and comment.
        doubtful: Whether some text is under no column, or under several.
        full: Whether a single cell runs over all columns.
        heads: Headers of the unknown columns.
        ends_sure: Whether it is certain where the paragraphs of its cells end.
        is_sure: Whether it is certain where the row begins and ends.
        looks: The look of the pictures and shading in the answer's cell.
    """

    table: TableForm
    before: Cell
    cells: tuple[Cell, ...]
    continues: frozenset[int] = frozenset()
    ticks: tuple[tuple[Cell, Option], ...] = ()
    covers: bool = False
    doubtful: bool = False
    full: bool = False
    heads: tuple[str, ...] = ()
    ends_sure: bool = True
    is_sure: bool = True
    looks: tuple[str, ...] = ()

    @property
    def question(self) -> Cell:
        """The question cell; a number in a column before it becomes the start of the question."""
        own = self.of(Column.QUESTION)
        if len(self.before) == 1 and own and _is_number(self.before[0]):
            return (self.before[0] + own[0], *own[1:])
        return self.before + own

    def of(self, *kinds: Column) -> Cell:
        """Returns the text of the column that holds one of some kinds."""
        at = self.table.at(*kinds)
        return () if at is None or at >= len(self.cells) else self.cells[at]

    def goes_on(self, *kinds: Column) -> bool:
        """Whether the cell of such a column continues from the row above."""
        return self.table.at(*kinds) in self.continues

    def others(self) -> tuple[OtherCell, ...]:
        """Returns the content of the columns that hold neither question nor answer."""
        named = [
            (column.heads[0], at, column.keep)
            for at, column in enumerate(self.table.columns)
            if column.holds is Column.OTHER
        ]
        first = len(self.table.columns)
        unknown = [(head, first + at, True) for at, head in enumerate(self.heads)]
        return tuple(
            OtherCell(head, self.cells[at], keep, at in self.continues and not self.cells[at])
            for head, at, keep in (*named, *unknown)
        )

    def alone(self) -> Cell:
        """Returns the text of the row's only cell with text, or ()."""
        filled = [
            cell for cell in (self.before, *self.cells, *(own for own, _ in self.ticks)) if cell
        ]
        return filled[0] if len(filled) == 1 and not self.continues else ()


def place(row: SourceRow, columns: Columns) -> Placed:
    """Returns a row's cells under the columns of its table."""
    options = {_under(row, at, columns): cell_of(cell) for at, cell in enumerate(row)}
    ticks = tuple((options[option], option) for option in columns.options if options.get(option))
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
    return Placed(
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


def split_row(
    placed: Placed, form: Form, beside_marks: frozenset[int] = frozenset()
) -> AnswerSplit:
    """Divides the cells after the question into answer and comment.

    Args:
        placed: The row's cells.
        form: The form.
        beside_marks: Numbers of the lines that have a drawn mark beside them.
    """
    if placed.ticks:
        return _read_ticks(placed)
    table = placed.table
    comment = placed.of(Column.COMMENT)
    at = table.at(Column.ANSWER)
    if at is None:
        split = split_answer(placed.of(Column.ANSWER_COMMENT), form, beside_marks)
    elif placed.covers:
        return split_answer(placed.cells[at] + comment, form, beside_marks)
    elif table.columns[at].free_text or form.takes_any_answer or _has_parts(placed.cells[at], form):
        split = AnswerSplit(words_of(placed.cells[at]), ())
    else:
        split = read_answer(placed.cells[at], form, beside_marks)
    return split._replace(comment=(*split.comment, *comment))


def _has_parts(cell: Cell, form: Form) -> bool:
    """Whether a cell begins with what the first of several answers refers to."""
    return bool(cell) and form.part_pattern.match(cell[0][0].text) is not None


def _read_ticks(placed: Placed) -> AnswerSplit:
    """Returns the one ticked answer; it is doubtful if its cell has more than a tick."""
    marks: list[Piece] = []
    ticked: list[Option] = []
    more: Cell = ()
    for cell, option in placed.ticks:
        text = text_of(cell)
        length, is_ticked = mark_of(text)
        is_mark = length == len(text) or len(text) <= _LONGEST_TICK
        if is_mark:
            marks += words_of(cell)
        else:
            more += cell
        if not is_mark or is_ticked is not False:
            ticked.append(option)
    comment = more + placed.of(Column.COMMENT)
    written = words_of(placed.of(Column.ANSWER))
    one = len(ticked) == 1
    doubtful = bool(more) or len(ticked) > 1 or bool(written)
    return AnswerSplit(
        written,
        comment,
        tuple(marks),
        marked=one,
        doubtful=doubtful,
        shared=ticked[0].words if one and not written else (),
    )


def _best(under: Sequence[int], span: Span, columns: Columns) -> int:
    """Returns the column that most of a cell is under, or that it is to the right of."""
    if under:
        return max(under, key=lambda index: (overlap(span, columns.spans[index]), -index))
    left = [index for index, own in enumerate(columns.spans) if 0 <= own[0] <= span[0]]
    return max(left, default=0)


def _covers_all(span: Span, spans: Sequence[Span]) -> bool:
    return len(spans) > 1 and all(overlap(span, own) for own in spans if own[0] >= 0)


def _is_number(paragraph: Paragraph) -> bool:
    text = text_of((paragraph,))
    return len(text) <= _LONGEST_NUMBER and text[:1].isdigit() and " " not in text
