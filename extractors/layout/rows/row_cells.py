"""The cells of a table's row, under its columns: which text is the question, answer or comment."""

from __future__ import annotations

from typing import NamedTuple

from extractors.layout.blocks import Cell, OtherCell, Paragraph, Piece, text_of, words_of
from extractors.layout.cells.answer_marks import mark_of
from extractors.layout.cells.answers import AnswerSplit, read_answer, split_answer
from models.form import Form
from models.form_tables import Column, TableForm

_LONGEST_NUMBER = 8
_LONGEST_TICK = 2


class RowCells(NamedTuple):
    """The cells of a row, by the columns of its table.

    Attributes:
        table: The kind of table.
        before: The content of unknown columns before the question.
        cells: The text of each column, and then that of each unknown one.
        continues: Columns whose cell continues from the row above.
        ticks: The content of the columns for one answer each, with the answer in their header.
        covers: Whether one cell has both answer and comment.
        doubtful: Whether some text is under no column, or under several.
        full: Whether a single cell runs over all columns.
        heads: Headers of the unknown columns.
        ends_sure: Whether it is certain where the paragraphs of its cells end.
        is_sure: Whether it is certain where the row begins and ends.
        head_sure: Whether the table's headers are exactly the form's.
        looks: The look of the pictures and shading in the answer's cell.
    """

    table: TableForm
    before: Cell
    cells: tuple[Cell, ...]
    continues: frozenset[int] = frozenset()
    ticks: tuple[tuple[Cell, Paragraph], ...] = ()
    covers: bool = False
    doubtful: bool = False
    full: bool = False
    heads: tuple[str, ...] = ()
    ends_sure: bool = True
    is_sure: bool = True
    head_sure: bool = True
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


def split_row(row: RowCells, form: Form, beside_marks: frozenset[int] = frozenset()) -> AnswerSplit:
    """Divides the cells after the question into answer and comment.

    Args:
        row: The row's cells.
        form: The form.
        beside_marks: Numbers of the lines that have a drawn mark beside them.
    """
    if row.ticks:
        return _read_ticks(row)
    table = row.table
    comment = row.of(Column.COMMENT)
    at = table.at(Column.ANSWER)
    if at is None:
        split = split_answer(row.of(Column.ANSWER_COMMENT), form, beside_marks)
    elif row.covers:
        return split_answer(row.cells[at] + comment, form, beside_marks)
    elif table.columns[at].free_text or form.takes_any_answer or _has_parts(row.cells[at], form):
        split = AnswerSplit(words_of(row.cells[at]), ())
    else:
        split = read_answer(row.cells[at], form, beside_marks)
    return split._replace(comment=(*split.comment, *comment))


def _has_parts(cell: Cell, form: Form) -> bool:
    """Whether a cell begins with what the first of several answers refers to."""
    return bool(cell) and form.part_pattern.match(cell[0][0].text) is not None


def _read_ticks(row: RowCells) -> AnswerSplit:
    """Returns the one ticked answer; it is doubtful if its cell has more than a tick."""
    marks: list[Piece] = []
    ticked: list[Paragraph] = []
    more: Cell = ()
    for cell, answer in row.ticks:
        text = text_of(cell)
        length, is_ticked = mark_of(text)
        is_mark = length == len(text) or len(text) <= _LONGEST_TICK
        if is_mark:
            marks += words_of(cell)
        else:
            more += cell
        if not is_mark or is_ticked is not False:
            ticked.append(answer)
    comment = more + row.of(Column.COMMENT)
    written = words_of(row.of(Column.ANSWER))
    one = len(ticked) == 1
    doubtful = bool(more) or len(ticked) > 1 or bool(written)
    return AnswerSplit(
        written,
        comment,
        tuple(marks),
        marked=one,
        doubtful=doubtful,
        shared=ticked[0] if one and not written else (),
    )


def _is_number(paragraph: Paragraph) -> bool:
    text = text_of((paragraph,))
    return len(text) <= _LONGEST_NUMBER and text[:1].isdigit() and " " not in text
