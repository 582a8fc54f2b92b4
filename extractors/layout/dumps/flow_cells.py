"""The rows of a table in a dump without columns, put together from labelled chunks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layout.blocks import Doubt, Paragraph, Piece, RowBlock
from extractors.layout.cells.answers import split_answer
from extractors.layout.dumps.flow_chunks import Chunk, is_answer
from extractors.layout.dumps.flow_cuts import length_with, list_number, openness
from extractors.layout.dumps.flow_evidence import (
    Context,
    answer_score,
    breaks_page,
    opens_list_item,
    starts_detail,
)
from extractors.layout.dumps.flow_rows import Label, Labelling
from extractors.layout.rows.question_starts import hides_question
from extractors.text import unmark

_CUT_CONFIDENCE = 0.95
_UNCERTAIN_CONFIDENCE = 0.6
_BLANK_CONFIDENCE = 0.8
_SURE_MARGIN = 3.5
_SURE_ROW_MARGIN = 1.5
_NEARLY_FULL = 0.85


def rows(chunks: Sequence[Chunk], context: Context) -> list[RowBlock]:
    """Returns the rows of one table.

    Args:
        chunks: The chunks of the table, in order.
        context: Form, table and style.
    """
    labelling = Labelling(chunks, context)
    labels = labelling.labels
    starts = [index for index, label in enumerate(labels) if label is Label.QUESTION or not index]
    found = []
    for start, end in zip(starts, [*starts[1:], len(chunks)], strict=True):
        breaks = {
            index
            for index in range(start + 1, end)
            if labels[index] is Label.TAIL
            or (labels[index] is Label.COMMENT and breaks_page(chunks[index], context))
        }
        doubts = set()
        if breaks:
            doubts.add(Doubt.CUT)
        for index in range(start, min(end + 1, len(chunks))):
            margin = labelling.margin(index)
            if margin <= (_SURE_MARGIN if index in breaks else _SURE_ROW_MARGIN):
                doubts.add(Doubt.CUT_UNCERTAIN if index in breaks else Doubt.QUESTION_UNCERTAIN)
        found.append(_row(chunks[start:end], labels[start:end], context, doubts))
    return found


@dataclass
class _Cells:
    """The cells of one row while its chunks are added."""

    context: Context
    doubts: set[Doubt]
    question: list[Paragraph] = field(default_factory=list)
    comment: list[Paragraph] = field(default_factory=list)
    options: list[Paragraph] = field(default_factory=list)
    answer: Paragraph = ()
    marked: bool = False

    def add(self, chunk: Chunk, label: Label, before: Label | None) -> None:
        match label:
            case Label.QUESTION | Label.DETAIL:
                self.question.append(chunk.pieces)
            case Label.TAIL:
                is_first = before is not Label.TAIL or breaks_page(chunk, self.context)
                parted = not is_first or starts_detail(chunk.text, self.context.form)
                _extend(self.question, chunk.pieces, parted=parted)
            case Label.ANSWER:
                self._add_answer(chunk)
            case Label.COMMENT:
                is_break = before is Label.TAIL or breaks_page(chunk, self.context)
                goes_on = is_break and bool(self.comment) and self._goes_on(chunk)
                if is_break and self.comment and self.comment[-1][-1].text.endswith(":"):
                    # A line that leads to the next one may end a paragraph, or be broken by hand.
                    self.doubts.add(Doubt.CUT_UNCERTAIN)
                _extend(self.comment, chunk.pieces, parted=not (goes_on or self._touches(chunk)))

    def _touches(self, chunk: Chunk) -> bool:
        """Whether nothing parts a chunk from the comment: it only looked like a heading."""
        if chunk.lead or chunk.page_start or not self.comment:
            return False
        return chunk.pieces[0].line.number == self.comment[-1][-1].line.number + 1

    def _add_answer(self, chunk: Chunk) -> None:
        self.marked |= chunk.lead
        if is_answer(chunk.text, self.context.form):
            self.options.append(chunk.pieces)
            return
        self.answer, rest = _split_answer(chunk, self.context)
        self.marked |= unmark(chunk.text) != chunk.text
        if rest:
            self.comment.append(rest)
        if answer_score(chunk, self.context) < 2:
            self.doubts.add(Doubt.ANSWER_UNCERTAIN)

    def _goes_on(self, chunk: Chunk) -> bool:
        """Whether a paragraph goes on over a page break, rather than ending with the page."""
        before = self.comment[-1]
        is_open = openness(" ".join(piece.text for piece in before), self.context.form)
        if chunk.text[:1].islower() or is_open == 1:
            return True
        if opens_list_item(chunk.text) and not self._ends_with_number(chunk, is_open):
            return False
        full = self.context.widths.comment_full
        length = length_with(before[-1].text, chunk.text)
        if _NEARLY_FULL * full <= length < full:
            self.doubts.add(Doubt.CUT_UNCERTAIN)
        return length >= full

    def _ends_with_number(self, chunk: Chunk, is_open: float) -> bool:
        """Whether a page ended before the last word of a sentence, a number: no list counts so."""
        number = list_number(chunk.text)
        if number is None or not is_open:
            return False
        return number > 1 and not any(
            list_number(paragraph[0].text) == number - 1 for paragraph in self.comment
        )

    def row(self) -> RowBlock:
        form = self.context.form
        if any(hides_question(_lines(cell), form) for cell in (self.question, self.comment)):
            self.doubts.add(Doubt.QUESTION_UNCERTAIN)
        split = split_answer(tuple(self.options), form)
        answer = split.answer if self.options else self.answer
        if split.doubtful and self.options:
            self.doubts.add(Doubt.ANSWER_UNCERTAIN)
        return RowBlock(
            question=tuple(self.question),
            answer=answer,
            comment=(*split.comment, *self.comment),
            doubts=frozenset(self.doubts),
            confidence=_confidence(self.doubts, bool(answer)),
            marked=self.marked or split.marked,
            marks=split.marks,
        )


def _confidence(doubts: set[Doubt], is_answered: bool) -> float:
    if doubts & {Doubt.COLUMN_UNCERTAIN, Doubt.CUT_UNCERTAIN, Doubt.QUESTION_UNCERTAIN}:
        return _UNCERTAIN_CONFIDENCE
    if not is_answered or Doubt.ANSWER_UNCERTAIN in doubts:
        return _BLANK_CONFIDENCE
    return _CUT_CONFIDENCE if Doubt.CUT in doubts else 1.0


def _row(
    chunks: Sequence[Chunk], labels: Sequence[Label], context: Context, doubts: set[Doubt]
) -> RowBlock:
    """Puts the chunks of one row into their cells."""
    cells = _Cells(context, doubts)
    if any(chunk.doubtful for chunk in chunks):
        doubts.add(Doubt.COLUMN_UNCERTAIN)
    for chunk, label, before in zip(chunks, labels, [None, *labels], strict=False):
        cells.add(chunk, label, before)
    return cells.row()


def _lines(cell: Sequence[Paragraph]) -> list[str]:
    return [piece.text for paragraph in cell for piece in paragraph]


def _extend(cell: list[Paragraph], pieces: Paragraph, *, parted: bool) -> None:
    """Adds pieces to a cell, as a paragraph of their own or to its last one."""
    if parted or not cell:
        cell.append(pieces)
    else:
        cell[-1] = (*cell[-1], *pieces)


def _split_answer(chunk: Chunk, context: Context) -> tuple[Paragraph, Paragraph]:
    """Parts an answer from the comment's first words on its line."""
    first = chunk.pieces[0]
    offset = len(first.text) - len(unmark(first.text))
    match = context.form.answer_pattern.match(first.text[offset:])
    if match is None or not context.has_answer_column:
        return chunk.pieces, ()
    cut = first.start + offset + match.end()
    rest = Piece(first.line, cut, first.end)
    blanks = len(rest.text) - len(rest.text.lstrip())
    rest = Piece(first.line, cut + blanks, first.end)
    own = (rest,) if rest.text else ()
    return (Piece(first.line, first.start, cut),), (*own, *chunk.pieces[1:])
