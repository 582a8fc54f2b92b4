"""Putting a row together from its parts on one or more pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.layout.blocks import Cell, Doubt, Paragraph, RowBlock
from extractors.layout.cells.answers import read_answer, split_answer, stands_alone
from extractors.layout.cells.paragraphs import Reader, detail_label, is_unfinished
from extractors.layout.cells.runs import TextLine
from extractors.layout.rows.cuts import RowPart
from extractors.layout.rows.question_starts import hides_question
from extractors.layout.rows.row_style import reference_parts
from extractors.layout.rows.rows import Fragment
from models.document import Mark, MarkKind, Page
from models.form import Column, Form, TableForm

_UNCERTAIN = 0.6
_CUT = 0.97
_BESIDE = 40.0
_FULL_LINE = 12.0
_LIST_INDENT = 15.0
_LIST_HEIGHT = 60.0


@dataclass(slots=True)
class RowBuilder:
    """A row that is being put together.

    Attributes:
        table: The kind of its table.
        fragments: Its parts, a page each.
        cut_unsure: Whether a page break at its beginning or inside it was decided on weak evidence.
        crossed: Whether text stands across a border of its columns.
    """

    table: TableForm
    fragments: list[Fragment] = field(default_factory=list)
    cut_unsure: bool = False
    crossed: bool = False

    def lines(self, column: int) -> list[TextLine]:
        """Returns the lines of a column, over all pages."""
        return [line for fragment in self.fragments for line in fragment.cells[column]]

    def build(
        self, reader: Reader, form: Form, rights: Sequence[float], marks: frozenset[int]
    ) -> RowBlock:
        """Returns the finished row.

        Args:
            reader: Parts lines into paragraphs.
            form: The form.
            rights: Right edge of each column's text.
            marks: Numbers of the lines that a drawn mark stands beside.
        """
        cells = {
            column.holds: reader.cell(
                self.lines(at), rights[at], weight_parts=column.holds is Column.QUESTION
            )
            for at, column in enumerate(self.table.columns)
        }
        if Column.ANSWER_COMMENT in cells:
            split = split_answer(cells[Column.ANSWER_COMMENT], form, marks)
            comment: Cell = split.comment
        else:
            split = read_answer(cells[Column.ANSWER], form, marks)
            comment = (*split.comment, *cells.get(Column.COMMENT, ()))
        doubts = set(self._doubts())
        if self._seems_two(form):
            doubts.add(Doubt.QUESTION_UNCERTAIN)
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
            confidence=_confidence(doubts),
            marked=split.marked,
            marks=split.marks,
        )

    @property
    def is_bounded(self) -> bool:
        """Whether drawn lines or shading part the row from others."""
        return any(
            part.open_bottom is not None or part.shaded is not None for part in self.fragments
        )

    def _seems_two(self, form: Form) -> bool:
        """Whether a label or a question returns in a cell that no drawn line bounds."""
        if self.is_bounded:
            return False
        lines = [line.text for line in self.lines(0)]
        seen = [label for label in (detail_label(text, form) for text in lines) if label]
        return len(set(seen)) < len(seen) or hides_question(lines, form)

    def _doubts(self) -> Iterable[Doubt]:
        if len(self.fragments) > 1:
            yield Doubt.CUT
        if self.cut_unsure:
            yield Doubt.CUT_UNCERTAIN
        if self.crossed:
            yield Doubt.COLUMN_UNCERTAIN
        if any(fragment.unsure for fragment in self.fragments):
            yield Doubt.QUESTION_UNCERTAIN
        if not self.lines(0):
            yield Doubt.QUESTION_UNCERTAIN


def seem_one(row: RowBlock, following: RowBlock) -> bool:
    """Whether two rows may be one: only the first is answered, only the second commented."""
    asked_only = len(row.question) == 1 and bool(row.answer) and not row.comment
    return asked_only and not following.answer and bool(following.comment)


def doubted(row: RowBlock) -> RowBlock:
    """Returns a row of which it is not sure where its question ends."""
    doubts = {*row.doubts, Doubt.QUESTION_UNCERTAIN}
    return replace(row, doubts=frozenset(doubts), confidence=_confidence(doubts))


def _share_a_line(question: Cell, answer: Paragraph) -> bool:
    """Whether a source line was parted between question and answer."""
    return any(
        piece.line is own.line for own in answer for paragraph in question for piece in paragraph
    )


def _confidence(doubts: set[Doubt]) -> float:
    confidence = _CUT if Doubt.CUT in doubts else 1.0
    for _ in doubts - {Doubt.CUT}:
        confidence *= _UNCERTAIN
    return round(confidence, 3)


def row_part(
    parts: Sequence[Fragment], table: TableForm, form: Form, rights: Sequence[float]
) -> RowPart:
    """Describes the parts of a row for the judgement on a page break.

    Args:
        parts: Its parts on one side of the break.
        table: The kind of its table.
        form: The form.
        rights: Right edge of each column's text.
    """
    cells = [
        [line for part in parts for line in part.cells[at]] for at in range(len(table.columns))
    ]
    question = cells[0]
    answer, comment = _answer_and_comment(cells, table, form)
    return RowPart(
        question=_text(question),
        answer=answer,
        comment=comment,
        opens_bold=bool(question) and question[0].bold,
        ends_bold=bool(question) and question[-1].bold,
        opens_with=reference_parts(_text(question), form),
        question_room=_room(question, rights[0]),
        comment_room=_room(cells[-1], rights[-1]),
        shaded=parts[-1].shaded,
        open_edge=parts[-1].open_bottom,
    )


def breaks_off(row: RowBuilder, rights: Sequence[float]) -> bool:
    """Whether a table's last row seems to lack its end: its comment stops inside a sentence.

    Args:
        row: The row.
        rights: Right edge of each column's text.
    """
    lines = row.lines(len(row.table.columns) - 1)
    room = _room(lines, rights[-1])
    return room is not None and room < _FULL_LINE and is_unfinished(lines[-1].text)


def _answer_and_comment(
    cells: Sequence[Sequence[TextLine]], table: TableForm, form: Form
) -> tuple[bool, str]:
    """Returns whether an answer stands in the cells, and the comment's text."""
    if table.columns[1].holds is Column.ANSWER:
        return bool(cells[1]), _text(cells[2]) if len(cells) > 2 else ""
    lines = cells[1]
    for count in (1, 2):
        pieces = tuple(piece for line in lines[:count] for piece in line.pieces)
        if pieces and stands_alone(pieces, form):
            return True, _text(lines[count:])
    return False, _text(lines)


def _room(lines: Sequence[TextLine], right: float) -> float | None:
    """Returns how many more characters the last line has room for."""
    if not lines:
        return None
    last = lines[-1]
    letter = (last.x1 - last.x0) / max(1, len(last.text))
    return (right - last.x1) / letter - 1 if letter else None


def _text(lines: Iterable[TextLine]) -> str:
    return " ".join([line.text for line in lines])


def beside_marks(pages: Iterable[Page]) -> frozenset[int]:
    """Returns the numbers of the lines that a drawn mark stands beside, to the left.

    Where dots or pictures and empty boxes stand over one another, the boxes are the options that
    were not taken.
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
    """Whether an empty box stands right over or under a mark."""
    return (
        abs(box.box.x0 - mark.box.x0) < _LIST_INDENT
        and abs(box.box.y0 - mark.box.y0) < _LIST_HEIGHT
    )
