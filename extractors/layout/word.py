"""From a Word file's own tables to blocks: rows as Word has them, text between them.

An export can divide a table where its pages end. A table without a head that follows another goes
on with it, and its first row can be the rest of a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.layout.blocks import (
    Block,
    Cell,
    Doubt,
    HeadBlock,
    Layout,
    Paragraph,
    Piece,
    RowBlock,
    TextBlock,
)
from extractors.layout.cells.answers import AnswerSplit, read_answer, split_answer
from extractors.layout.cells.paragraphs import is_unfinished
from extractors.layout.rows.cuts import Habits, RowPart, Verdict, judge
from extractors.layout.tables.heads import HeadFinder, key_of
from models.document import Document, Line, SourceTable, TableCell
from models.form import Column, Form, TableForm

_UNCERTAIN = 0.6
_CUT = 0.97


class _Kind(NamedTuple):
    """A kind of table, and which of a row's cells is which of its columns."""

    table: TableForm
    cells: tuple[int, ...]


def layout(document: Document, form: Form) -> Layout:
    """Returns a Word document as blocks in reading order."""
    inside = {
        line.number
        for table in document.tables
        for row in table.rows
        for cell in row
        for line in cell.lines
    }
    work = _Blocks(form)
    tables = sorted(document.tables, key=lambda table: table.first_line)
    for line in document.lines:
        while tables and tables[0].first_line <= line.number:
            work.table(tables.pop(0))
        if line.number not in inside:
            work.line(line)
    for table in tables:
        work.table(table)
    return Layout(tuple(work.blocks))


class _Blocks:
    """Collects blocks in reading order."""

    def __init__(self, form: Form) -> None:
        self.blocks: list[Block] = []
        self._form = form
        self._heads = HeadFinder(form)
        self._kind: _Kind | None = None
        self._touches = False

    def line(self, line: Line) -> None:
        """Takes a paragraph outside tables."""
        if paragraph := _paragraph(line):
            self.blocks.append(TextBlock(paragraph))
            self._touches = False

    def table(self, table: SourceTable) -> None:
        """Takes a table: rows of the form, or text if it is another table."""
        heads = [_head(row, self._heads) for row in table.rows]
        if not any(heads) and not self._goes_on(table):
            self._as_text(table.rows)
            return
        first = next((at for at, head in enumerate(heads) if head), 0)
        self._as_text(table.rows[:first])
        may_go_on = self._touches
        for row, head in zip(table.rows[first:], heads[first:], strict=True):
            if head:
                repeated = may_go_on or self._touches
                pieces = tuple(piece for cell in row for own in _cell(cell) for piece in own)
                self.blocks.append(HeadBlock(pieces, head.table.id, repeated=repeated))
                self._kind = head
            elif self._kind and any(_cell(cell) for cell in row):
                self._row(row, self._kind, may_go_on=may_go_on)
                may_go_on = False
            self._touches = True

    def _goes_on(self, table: SourceTable) -> bool:
        """Whether a table without a head goes on with the one before."""
        if self._kind is None:
            return False
        width = max((len(row) for row in table.rows), default=0)
        if width < len(self._kind.table.columns):
            return False
        if self._touches:
            return True
        answers = [
            self._split([_cell(cell) for cell in row], self._kind).answer
            for row in table.rows
            if len(row) == width
        ]
        return sum(1 for answer in answers if answer) > 0.5 * len(answers)

    def _as_text(self, rows: Sequence[Sequence[TableCell]]) -> None:
        for row in rows:
            for cell in row:
                self.blocks += [TextBlock(paragraph) for paragraph in _cell(cell)]
                self._touches = self._touches and not _cell(cell)

    def _row(self, row: Sequence[TableCell], kind: _Kind, *, may_go_on: bool) -> None:
        cells = [_cell(cell) for cell in row]
        if len(cells) == 1:
            self.blocks += [TextBlock(paragraph) for paragraph in cells[0]]
            return
        question = _question(cells, kind)
        split = self._split(cells, kind)
        doubts = {Doubt.ANSWER_UNCERTAIN} if split.doubtful else set()
        if not question:
            doubts.add(Doubt.QUESTION_UNCERTAIN)
        new = RowBlock(
            question=question,
            answer=split.answer,
            comment=split.comment,
            doubts=frozenset(doubts),
            confidence=_UNCERTAIN if doubts else 1.0,
            marked=split.marked,
            marks=split.marks,
        )
        at = self._last_row()
        before = self.blocks[at] if at is not None else None
        if at is None or not isinstance(before, RowBlock):
            self.blocks.append(new)
            return
        if not question and not new.answer:
            self.blocks[at] = _joined(before, new, Verdict(True, True))
            return
        verdict = self._judge(before, new) if may_go_on else Verdict(False, True)
        if verdict.goes_on:
            self.blocks[at] = _joined(before, new, verdict)
        elif verdict.sure:
            self.blocks.append(new)
        else:
            self.blocks[at] = _doubted(before)
            self.blocks.append(_doubted(new))

    def _last_row(self) -> int | None:
        """Returns the place of the last row, if nothing but heads stands after it."""
        for at in range(len(self.blocks) - 1, -1, -1):
            if isinstance(self.blocks[at], RowBlock):
                return at
            if isinstance(self.blocks[at], TextBlock):
                return None
        return None

    def _judge(self, before: RowBlock, after: RowBlock) -> Verdict:
        rows = [block for block in self.blocks if isinstance(block, RowBlock)]
        asking = sum("?" in _text(row.question) for row in rows)
        habits = Habits(asks=asking > 0.6 * len(rows))
        return judge(_part(before), _part(after), habits, self._form)

    def _split(self, cells: Sequence[Cell], kind: _Kind) -> AnswerSplit:
        """Parts the cells after the question into answer and comment."""
        columns = kind.table.columns
        later = _later(cells, kind)
        if columns[1].holds is Column.ANSWER and len(later) > 1:
            split = read_answer(later[0], self._form)
            comment = tuple(paragraph for cell in later[1:] for paragraph in cell)
            return split._replace(comment=(*split.comment, *comment))
        joined = tuple(paragraph for cell in later for paragraph in cell)
        if columns[1].holds is Column.ANSWER and len(columns) == 2:
            return read_answer(joined, self._form)
        return split_answer(joined, self._form)


def _head(row: Sequence[TableCell], finder: HeadFinder) -> _Kind | None:
    """Returns the kind of table that a row is the head of; columns before it may be unknown."""
    keys = [key_of(" ".join(line.text for line in cell.lines)) for cell in row]
    for start in range(len(keys) - 1):
        table = finder.table_with(keys[start:])
        if table:
            return _Kind(table, tuple(range(start, len(keys))))
    return None


def _question(cells: Sequence[Cell], kind: _Kind) -> Cell:
    """Returns the question cell, with what stands in unknown columns before it."""
    return tuple(paragraph for cell in cells[: kind.cells[0] + 1] for paragraph in cell)


def _later(cells: Sequence[Cell], kind: _Kind) -> Sequence[Cell]:
    return cells[kind.cells[0] + 1 :]


def _cell(cell: TableCell) -> Cell:
    return tuple(paragraph for line in cell.lines if (paragraph := _paragraph(line)))


def _paragraph(line: Line) -> Paragraph:
    return (Piece.whole(line),) if line.text.strip() else ()


def _part(row: RowBlock) -> RowPart:
    pieces = [piece for paragraph in row.question for piece in paragraph]
    return RowPart(
        question=_text(row.question),
        answer=bool(row.answer),
        comment=_text(row.comment),
        opens_bold=bool(pieces) and bool(pieces[0].line.bold),
        ends_bold=bool(pieces) and bool(pieces[-1].line.bold),
    )


def _text(cell: Cell) -> str:
    return " ".join(piece.text for paragraph in cell for piece in paragraph)


def _joined(before: RowBlock, after: RowBlock, verdict: Verdict) -> RowBlock:
    """Returns a row with its rest."""
    row = replace(
        before,
        question=_joined_cell(before.question, after.question),
        answer=before.answer + after.answer,
        comment=_joined_cell(before.comment, after.comment),
        doubts=before.doubts | after.doubts - {Doubt.QUESTION_UNCERTAIN} | {Doubt.CUT},
        confidence=min(before.confidence, _CUT),
        marked=before.marked or after.marked,
        marks=before.marks + after.marks,
    )
    return row if verdict.sure else _doubted(row)


def _joined_cell(before: Cell, after: Cell) -> Cell:
    """Joins two parts of a cell; a paragraph that breaks off inside a sentence goes on."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if is_unfinished(last[-1].text) and first[0].text[:1].islower():
        return (*before[:-1], last + first, *after[1:])
    return before + after


def _doubted(row: RowBlock) -> RowBlock:
    return replace(
        row, doubts=row.doubts | {Doubt.CUT_UNCERTAIN}, confidence=min(row.confidence, _UNCERTAIN)
    )
