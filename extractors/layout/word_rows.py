"""The rows of a table that the source itself tells apart: which cell stands under which head.

Rows need not have the cells of their head: empty columns keep columns apart, cells are merged
sidewards and downwards, and a row can begin further right. The table's grid tells what stands under
what.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.layout.cells.answer_marks import mark_of
from extractors.layout.cells.answers import AnswerSplit, read_answer, split_answer
from extractors.layout.word_columns import (
    Columns,
    Option,
    SourceRow,
    Span,
    cell_of,
    overlap,
    spans_of,
)
from models.form import Column, Form, TableForm

_LONGEST_NUMBER = 8
_LONGEST_TICK = 2


class Placed(NamedTuple):
    """A row's cells under the columns of its table.

    Attributes:
        before: What stands in unknown columns before the question.
        cells: The text of each column.
        continues: Columns whose cell goes on from the row above.
        covers: Whether one cell holds answer and comment.
        doubtful: Whether text stands under no column, or under several.
        full: Whether a single cell runs over all columns.
        ticks: What stands in the columns for one answer each, with the answer.
    """

    before: Cell
    cells: tuple[Cell, ...]
    continues: frozenset[int]
    ticks: tuple[tuple[Cell, Option], ...] = ()
    covers: bool = False
    doubtful: bool = False
    full: bool = False

    @property
    def question(self) -> Cell:
        """The question cell; a number in a column before it opens the question."""
        own = self.cells[0]
        if len(self.before) == 1 and own and _is_number(self.before[0]):
            return (self.before[0] + own[0], *own[1:])
        return self.before + own


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
        if len(row) == columns.width:
            under = [index for index, own in enumerate(columns.cells) if own == at]
            is_left = at < columns.cells[0]
        else:
            under = [index for index, own in enumerate(columns.spans) if overlap(span, own)]
            is_left = span[1] <= columns.spans[0][0]
        if cell.continues:
            continues.update(under)
        elif is_left and not under:
            before += text
        else:
            best = _best(under, span, columns)
            doubtful = doubtful or not under or (len(under) > 1 and best == 0)
            covers = covers or (len(under) > 1 and best > 0)
            cells[best] += text
    filled = [index for index, text in enumerate(texts) if text]
    full = len(filled) == 1 and (
        len(row) == 1 or _covers_all(spans_of(row)[filled[0]], columns.spans)
    )
    return Placed(before, tuple(cells), frozenset(continues), ticks, covers, doubtful, full)


def _under(row: SourceRow, at: int, columns: Columns) -> Option | None:
    """Returns the column for one answer that a cell stands in, if it does."""
    span = spans_of(row)[at] if columns.options else (0, 0)
    for option in columns.options:
        if option.cell == at if len(row) == columns.width else option.span == span:
            return option
    return None


def split_row(placed: Placed, table: TableForm, form: Form) -> AnswerSplit:
    """Parts the cells after the question into answer and comment."""
    if placed.ticks:
        return _read_ticks(placed)
    answer, *comments = placed.cells[1:]
    if table.columns[1].holds is not Column.ANSWER or placed.covers:
        return split_answer((*answer, *(own for cell in comments for own in cell)), form)
    split = read_answer(answer, form)
    comment = tuple(paragraph for cell in comments for paragraph in cell)
    return split._replace(comment=(*split.comment, *comment))


def _read_ticks(placed: Placed) -> AnswerSplit:
    """Returns the one answer that is ticked; it is doubted if its cell holds more than a tick."""
    marks: list[Piece] = []
    ticked: list[Option] = []
    more: Cell = ()
    for cell, option in placed.ticks:
        text = " ".join(piece.text for paragraph in cell for piece in paragraph)
        length, is_ticked = mark_of(text)
        is_mark = length == len(text) or len(text) <= _LONGEST_TICK
        if is_mark:
            marks += [piece for paragraph in cell for piece in paragraph]
        else:
            more += cell
        if not is_mark or is_ticked is not False:
            ticked.append(option)
    comment = more + tuple(own for cell in placed.cells[2:] for own in cell)
    written = tuple(piece for paragraph in placed.cells[1] for piece in paragraph)
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
    """Returns the column that most of a cell stands under, or that it stands right of."""
    if under:
        return max(under, key=lambda index: (overlap(span, columns.spans[index]), -index))
    left = [index for index, own in enumerate(columns.spans) if own[0] <= span[0]]
    return max(left, default=0)


def _covers_all(span: Span, spans: Sequence[Span]) -> bool:
    return len(spans) > 1 and all(overlap(span, own) for own in spans)


def _is_number(paragraph: Paragraph) -> bool:
    text = " ".join(piece.text for piece in paragraph)
    return len(text) <= _LONGEST_NUMBER and text[:1].isdigit() and " " not in text
