"""Assembling a row from its parts on one or more pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.layout.blocks import Cell, Doubt, Paragraph, RowBlock
from extractors.layout.cells.answers import read_answer, split_answer, stands_alone
from extractors.layout.cells.cues import openness
from extractors.layout.cells.openings import is_unfinished, opens_detail
from extractors.layout.cells.paragraphs import Reader
from extractors.layout.cells.runs import TextLine
from extractors.layout.rows.page_break import room_beside
from models.document import Mark, MarkKind, Page
from models.form import Form
from models.form_tables import Column, TableForm

_UNCERTAIN = 0.6
_UNKNOWN = frozenset({Doubt.COLUMN_UNCERTAIN, Doubt.ANSWER_UNCERTAIN})
"""Doubts that the row borders do not settle."""
_BESIDE = 40.0
_FULL_LINE = 12.0
_LIST_INDENT = 15.0
_LIST_HEIGHT = 60.0


@dataclass(slots=True)
class RowBuilder:
    """A row being assembled.

    Attributes:
        table: The kind of its table.
        parts: Its text on each of its pages, column by column.
        probability: Probability that its borders are right.
        border_unsure: Whether one of its borders on a page is in doubt.
        cut_unsure: Whether a page break at its beginning, inside it or at its end is in doubt.
        crossed: Whether text crosses a border of its columns.
    """

    table: TableForm
    parts: list[list[list[TextLine]]] = field(default_factory=list)
    probability: float = 1.0
    border_unsure: bool = False
    cut_unsure: bool = False
    crossed: bool = False

    def lines(self, column: int) -> list[TextLine]:
        """Returns the lines of a column, over all pages."""
        return [line for part in self.parts for line in part[column]]

    def build(
        self, reader: Reader, form: Form, rights: Sequence[float], marks: frozenset[int]
    ) -> RowBlock:
        """Returns the finished row.

        Args:
            reader: Splits lines into paragraphs.
            form: The form.
            rights: Right edge of each column's text.
            marks: Numbers of the lines beside a drawn mark.
        """
        read = {
            column.holds: reader.cell(
                self.lines(at), rights[at], weight_parts=column.holds is Column.QUESTION
            )
            for at, column in enumerate(self.table.columns)
        }
        cells = {holds: own.paragraphs for holds, own in read.items()}
        if Column.ANSWER_COMMENT in cells:
            split = split_answer(cells[Column.ANSWER_COMMENT], form, marks)
            comment: Cell = split.comment
        else:
            split = read_answer(cells[Column.ANSWER], form, marks)
            comment = (*split.comment, *cells.get(Column.COMMENT, ()))
        doubts = set(self._doubts())
        if not all(own.sure for own in read.values()):
            doubts.add(Doubt.JOIN_UNCERTAIN)
        if split.doubtful:
            doubts.add(Doubt.ANSWER_UNCERTAIN)
        if not split.answer and comment and stands_alone(comment[0], form):
            doubts.add(Doubt.COLUMN_UNCERTAIN)
        if _share_a_line(cells[Column.QUESTION], split.answer):
            doubts.add(Doubt.COLUMN_UNCERTAIN)
        return RowBlock(
            question=cells[Column.QUESTION],
            answer=split.answer,
            comment=comment,
            doubts=frozenset(doubts),
            confidence=_confidence(self.probability, doubts),
            marked=split.marked,
            marks=split.marks,
        )

    def _doubts(self) -> Iterable[Doubt]:
        if len(self.parts) > 1:
            yield Doubt.CUT
        if self.cut_unsure:
            yield Doubt.CUT_UNCERTAIN
        if self.crossed:
            yield Doubt.COLUMN_UNCERTAIN
        if self.border_unsure or not self.lines(0):
            yield Doubt.QUESTION_UNCERTAIN


def _share_a_line(question: Cell, answer: Paragraph) -> bool:
    """Whether a source line was split between question and answer."""
    return any(
        piece.line is own.line for own in answer for paragraph in question for piece in paragraph
    )


def _confidence(probability: float, doubts: set[Doubt]) -> float:
    for _ in doubts & _UNKNOWN:
        probability *= _UNCERTAIN
    return round(probability, 3)


def breaks_off(row: RowBuilder, rights: Sequence[float]) -> bool:
    """Whether a table's last row seems to lack its end: its comment stops inside a sentence.

    Args:
        row: The row.
        rights: Right edge of each column's text.
    """
    lines = row.lines(len(row.table.columns) - 1)
    room = room_beside(lines, rights[-1])
    return room is not None and room < _FULL_LINE and is_unfinished(lines[-1].text)


def may_end_before_break(row: RowBuilder, form: Form) -> bool:
    """Whether the text of a table's last row on its last page could be text below the table.

    It is only in the question column, and opens like a paragraph of its own.
    """
    if len(row.parts) < 2 or any(row.parts[-1][1:]) or not row.parts[-1][0]:
        return False
    above = [line for part in row.parts[:-1] for line in part[0]]
    first = row.parts[-1][0][0]
    is_open = bool(above) and openness(above[-1].text, form) == 1.0
    return not (is_open or first.text[:1].islower() or opens_detail(first.text, form))


def beside_marks(pages: Iterable[Page]) -> frozenset[int]:
    """Returns the numbers of the lines with a drawn mark to their left.

    If dots or pictures and empty boxes are above one another, the boxes are the options that were
    not chosen.
    """
    found: set[int] = set()
    for page in pages:
        if not page.marks:
            continue
        strong = [mark for mark in page.marks if mark.kind is not MarkKind.CHECKBOX]
        places = [(*line.box, line.number) for line in page.lines if line.box is not None]
        for mark in page.marks:
            if mark.kind is MarkKind.CHECKBOX and any(_in_one_list(mark, own) for own in strong):
                continue
            _, top, right, bottom = mark.box
            middle, first, last = (top + bottom) / 2, right - 2, right + _BESIDE
            near = [
                (x0, number)
                for x0, y0, _, y1, number in places
                if y0 <= middle <= y1 and first <= x0 <= last
            ]
            if near:
                # The first of equals.
                found.add(min(near)[1])
    return frozenset(found)


def _in_one_list(box: Mark, mark: Mark) -> bool:
    """Whether an empty box is directly above or below a mark."""
    return (
        abs(box.box.x0 - mark.box.x0) < _LIST_INDENT
        and abs(box.box.y0 - mark.box.y0) < _LIST_HEIGHT
    )
