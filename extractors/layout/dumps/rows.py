"""The rows of a table in a dump without columns, assembled from labelled units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.blocks import Block, Doubt, Paragraph, Piece, RowBlock, TextBlock
from extractors.layout.cells.answer_marks import is_box
from extractors.layout.cells.answers import split_answer
from extractors.layout.cells.openings import starts_with_bullet
from extractors.layout.dumps.chunk import Chunk
from extractors.layout.dumps.decoded import Decoded, Label, decode
from extractors.layout.dumps.habits import Context
from extractors.layout.dumps.seen import repeats
from extractors.layout.dumps.units import units_of
from extractors.text import unmark
from models.form import Form

_SURE = 0.9
"""Confidence from which a row has no doubt."""
_SURE_DECISIONS = 0.98
"""Probability, before calibration, from which its decisions have none."""


def rows(chunks: Sequence[Chunk], context: Context) -> list[Block]:
    """Returns the rows of one table, and the text in it that is not in a row.

    Args:
        chunks: The chunks of the table, in order.
        context: Form, table and habits.
    """
    told = decode(units_of(chunks, context))
    labels = told.labels
    starts = [at for at, label in enumerate(labels) if label is Label.QUESTION or not at]
    return [
        block
        for start, end in zip(starts, [*starts[1:], len(labels)], strict=True)
        for block in _row(told, start, end)
    ]


def _doubts(told: Decoded, start: int, end: int, confidence: float) -> set[Doubt]:
    later = range(start + 1, end)
    own = zip(told.units[start:end], told.labels[start:end], strict=True)
    is_cut = any(
        told.labels[at] is Label.TAIL
        or (told.labels[at] in (Label.DETAIL, Label.COMMENT) and told.units[at].breaks)
        for at in later
    )
    doubts = {Doubt.CUT} if is_cut else set()
    cells, ends = told.in_cells(start, end), told.in_paragraphs(start, end)
    if cells < _SURE_DECISIONS or (confidence < _SURE and cells < ends):
        doubts.add(Doubt.CUT_UNCERTAIN if is_cut else Doubt.QUESTION_UNCERTAIN)
    apart = (unit for unit, label in own if label is Label.OTHER)
    if told.cells.breaks_mask(start, end) or not all(map(repeats, apart)):
        doubts.add(Doubt.COLUMN_UNCERTAIN)
    if any(told.labels[at] is Label.ANSWER and told.units[at].answer == 1 for at in later):
        doubts.add(Doubt.ANSWER_UNCERTAIN)
    return doubts


@dataclass
class _Cells:
    """The cells of one row while its units are added."""

    form: Form
    has_answer_column: bool
    question: list[list[Piece]] = field(default_factory=list)
    comment: list[list[Piece]] = field(default_factory=list)
    options: list[Paragraph] = field(default_factory=list)
    answer: Paragraph = ()
    marks: Paragraph = ()
    marked: bool = False

    def add(self, chunk: Chunk, label: Label, *, begins: bool) -> None:
        if label is Label.ANSWER:
            self._add_answer(chunk)
            return
        cell = self.comment if label is Label.COMMENT else self.question
        own = chunk.pieces
        if label is Label.COMMENT and not cell and is_box(own[0].text):
            # The mark of the answer, which is below it or blank.
            self.marks += own[:1]
            own = own[1:]
        if not own:
            return
        for at, item in enumerate(_items(own)):
            if at or begins or not cell:
                cell.append(list(item))
            else:
                cell[-1] += item

    def _add_answer(self, chunk: Chunk) -> None:
        self.marked |= chunk.lead
        if chunk.is_answer:
            self.options.append(chunk.pieces)
            return
        answer, rest = self._split(chunk)
        self.answer = (*self.answer, *answer)
        self.marked |= chunk.unmarked != chunk.text
        if rest:
            self.comment.append(list(rest))

    def _split(self, chunk: Chunk) -> tuple[Paragraph, Paragraph]:
        """Separates an answer from the comment's first words on its line."""
        first = chunk.pieces[0]
        offset = len(first.text) - len(unmark(first.text))
        match = self.form.answer_pattern.match(first.text[offset:])
        if match is None or not self.has_answer_column:
            return chunk.pieces, ()
        cut = first.start + offset + match.end()
        rest = Piece(first.line, cut, first.end)
        blanks = len(rest.text) - len(rest.text.lstrip())
        rest = Piece(first.line, cut + blanks, first.end)
        own = (rest,) if rest.text else ()
        return (Piece(first.line, first.start, cut),), (*own, *chunk.pieces[1:])


def _items(lines: Paragraph) -> Iterator[Paragraph]:
    """Splits lines where a bullet begins one: no empty line need separate the items of a list."""
    starts = [at for at, line in enumerate(lines) if at and starts_with_bullet(line.text)]
    for start, end in pairwise([0, *starts, len(lines)]):
        yield lines[start:end]


def _row(told: Decoded, start: int, end: int) -> list[Block]:
    """Puts the units of one row into their cells; text that is not in a row stays separate."""
    context = told.units[start].context
    cells = _Cells(context.form, context.has_answer_column)
    texts: list[Block] = []
    for at in range(start, end):
        unit, label = told.units[at], told.labels[at]
        if label is Label.OTHER:
            texts.append(TextBlock(unit.chunk.pieces))
        else:
            cells.add(unit.chunk, label, begins=told.begins[at])
    if len(texts) == end - start:
        return texts
    confidence = told.probability(start, end)
    doubts = _doubts(told, start, end, confidence)
    split = split_answer(tuple(cells.options), context.form)
    if cells.options and (split.doubtful or cells.answer):
        doubts.add(Doubt.ANSWER_UNCERTAIN)
    row = RowBlock(
        question=tuple(map(tuple, cells.question)),
        answer=(*split.answer, *cells.answer) if cells.options else cells.answer,
        comment=(*split.comment, *map(tuple, cells.comment)),
        doubts=frozenset(doubts),
        confidence=confidence,
        marked=cells.marked or split.marked,
        marks=(*split.marks, *cells.marks),
        ends_told=told.in_paragraphs(start, end) >= _SURE_DECISIONS,
    )
    return [row, *texts]
