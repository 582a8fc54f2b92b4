"""Questions outside tables: where each begins, its answer line, and the comment down to the next.

A form says how its questions are recognised: by a label, a reference, a heading, a question mark or
their known text. What follows a question is its comment, except for the line labelled as the
answer, or an answer alone on the line below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.layout.blocks import (
    Answering,
    Block,
    Cell,
    Doubt,
    Paragraph,
    Piece,
    RowBlock,
    TextBlock,
)
from extractors.layout.cells.answers import AnswerSplit, read_answer, split_answer
from extractors.layout.cells.openings import is_unfinished
from extractors.layout.cells.options import visual_lines
from extractors.layout.furniture.running import is_page_number
from extractors.structure.asked import labelled, reference_at
from extractors.structure.notices import is_instruction_label, notice_start
from models.form import Form
from models.form_structure import AskedBy

_PARTING = ".,;:–-"
_MOST_WORDS = 4
_UNCERTAIN = 0.6


def part_labels(blocks: Sequence[Block], form: Form, *, by_line: bool) -> list[Block]:
    """Returns blocks in which the label of a question always begins a paragraph.

    Args:
        blocks: The blocks.
        form: The form.
        by_line: Whether paragraphs are separated by empty lines only, as in dumps: then a line that
            opens with a reference begins one, if questions are recognised by references.
    """
    phrases = (*form.labels.question, *form.labels.answer, *form.labels.comment)
    refers = by_line and form.outside_tables and AskedBy.REFERENCE in form.outside_tables.questions
    parted: list[Block] = []
    for block in blocks:
        if not isinstance(block, TextBlock) or block.is_footnote or block.opens_section:
            parted.append(block)
            continue
        lines: list[Paragraph] = []
        in_table = block.in_table
        for line in visual_lines(block.paragraph):
            if lines and (labelled(line, phrases) or (refers and reference_at(line, form))):
                parted.append(_text(lines, in_table=in_table))
                lines = []
            lines.append(line)
        parted.append(_text(lines, in_table=in_table))
    return parted


def _text(lines: Sequence[Paragraph], *, in_table: bool) -> TextBlock:
    return TextBlock(tuple(piece for own in lines for piece in own), in_table=in_table)


def with_rows(
    blocks: Sequence[Block],
    asked: Collection[int],
    headings: Collection[int],
    form: Form,
    *,
    ends_told: bool | None = None,
) -> Iterator[tuple[int, Block]]:
    """Yields blocks with their indices, and one row in place of each question and its text.

    Args:
        blocks: The blocks of a report.
        asked: Which of them begin a question.
        headings: Which are headings of sections, before which a question ends.
        form: The form.
        ends_told: Whether the source shows where paragraphs end; None if unknown.
    """
    items: list[tuple[int, Block | _Row]] = []
    row: _Row | None = None
    for at, block in enumerate(blocks):
        if at in asked and isinstance(block, TextBlock):
            row = _Row(block.paragraph)
            items.append((at, row))
        elif row is None or (isinstance(block, TextBlock) and block.is_footnote):
            items.append((at, block))
        elif at in headings or not _goes_on(block, form):
            row = None
            items.append((at, block))
        elif isinstance(block, TextBlock):
            foot, rest = _part_foot(block.paragraph)
            if foot:
                items.append((at, replace(block, paragraph=foot)))
            if rest:
                row.below.append(rest)
                # Lines that touch the page number may belong to a footer, or end the comment.
                row.end_sure &= not (foot or block.in_table)
    if row is not None:
        # Only its length indicates whether text after the last question is its comment.
        lengths = [len(own.below) for _, own in items if isinstance(own, _Row) and own is not row]
        row.end_sure &= len(row.below) <= max(lengths, default=len(row.below))
    for at, item in items:
        yield at, item.build(form, ends_told=ends_told) if isinstance(item, _Row) else item


def _part_foot(paragraph: Paragraph) -> tuple[Paragraph, Paragraph]:
    """Returns the lines of a paragraph with their page number, and the other lines."""
    foot: list[Piece] = []
    rest: list[Piece] = []
    for line in visual_lines(paragraph):
        (foot if any(map(_is_page_number, line)) else rest).extend(line)
    return tuple(foot), tuple(rest)


def _is_page_number(piece: Piece) -> bool:
    return is_page_number(piece.text, piece.line.page) and not piece.text.isdecimal()


def _goes_on(block: Block, form: Form) -> bool:
    """Whether a block can continue a question."""
    if not isinstance(block, TextBlock) or block.opens_section:
        return False
    text = " ".join(piece.text for piece in block.paragraph)
    return not is_instruction_label(text, form) and not notice_start(text, form)


@dataclass(slots=True)
class _Row:
    """A question with the paragraphs below it.

    Attributes:
        question: The paragraph that asks.
        below: What follows it.
        end_sure: Whether it is certain that all of it belongs to the question.
    """

    question: Paragraph
    below: list[Paragraph] = field(default_factory=list)
    end_sure: bool = True

    def build(self, form: Form, *, ends_told: bool | None) -> RowBlock:
        """Returns the row."""
        marks: list[Piece] = []
        question: Cell = (self.question,)
        if label := labelled(self.question, form.labels.question):
            marks += label.label
            question = (label.rest,) if label.rest else ()
        details, split, comments = self._answered(form, marks)
        if not question and details:
            question, details = details[:1], details[1:]
        comment: list[Paragraph] = []
        for paragraph in comments:
            found = labelled(paragraph, form.labels.comment)
            if found:
                marks += found.label
            rest = found.rest if found else paragraph
            comment += [rest] if rest else []
        ref = reference_at(question[0], form) if question else None
        doubts = {Doubt.ANSWER_UNCERTAIN} if split.doubtful else set[Doubt]()
        if not self.end_sure:
            doubts.add(Doubt.COMMENT_UNCERTAIN)
        return RowBlock(
            question=question + details,
            answer=split.answer,
            comment=(*split.comment, *comment),
            doubts=frozenset(doubts),
            confidence=_UNCERTAIN if doubts else 1.0,
            marked=split.marked,
            marks=(*marks, *split.marks),
            ref=((ref,),) if ref else (),
            borrowed=frozenset({"ref"} if ref else ()),
            answering=_answering(form),
            ends_told=False if any(map(_may_end_with_page, self.below)) else ends_told,
        )

    def _answered(
        self, form: Form, marks: list[Piece]
    ) -> tuple[Cell, AnswerSplit, list[Paragraph]]:
        """Returns the rest of the question, its answer, and the comments; labels go to `marks`."""
        labels = form.labels.answer
        for at, paragraph in enumerate(self.below):
            found = labelled(paragraph, labels)
            if not found:
                continue
            marks += found.label
            after = self.below[at + 1 :]
            own = found.rest
            if not own and after and not labelled(after[0], form.labels.comment):
                own, after = after[0], after[1:]
            return tuple(self.below[:at]), _read(own, form), after
        if labels or not self.below or form.takes_any_answer:
            return (), AnswerSplit((), ()), self.below
        split = split_answer(tuple(self.below[:1]), form)
        if split.answer:
            return (), split, self.below[1:]
        return (), AnswerSplit((), ()), self.below


def _may_end_with_page(paragraph: Paragraph) -> bool:
    """Whether a paragraph over two pages may be two: a sentence ends with the first page."""
    return any(
        above.line.page != below.line.page
        and not is_unfinished(above.text)
        and below.text[:1].isupper()
        for above, below in pairwise(paragraph)
    )


def _answering(form: Form) -> Answering:
    if form.takes_any_answer:
        return Answering.ANY if form.labels.answer else Answering.NONE
    return Answering.WORDS


def _read(own: Paragraph, form: Form) -> AnswerSplit:
    """Returns the answer after its label, and the comment that may follow it there."""
    if not own:
        return AnswerSplit((), ())
    if form.takes_any_answer or form.part_pattern.match(own[0].text):
        return AnswerSplit(own, ())
    split = split_answer((own,), form)
    if split.answer:
        return split
    first = own[0]
    match = form.answer_pattern.match(first.text)
    if match and first.text[match.end() : match.end() + 1] in _PARTING:
        answer = first._replace(end=first.start + match.end())
        rest = first.text[match.end() :]
        start = first.end - len(rest.lstrip(_PARTING + " "))
        after = ((first._replace(start=start),) if start < first.end else ()) + own[1:]
        sign = first._replace(start=answer.end, end=answer.end + 1)
        comment = (after,) if after else ()
        return AnswerSplit((answer,), comment, marks=(sign,), doubtful=bool(after))
    if sum(len(piece.text.split()) for piece in own) <= _MOST_WORDS:
        return read_answer((own,), form)
    return AnswerSplit((), (own,), doubtful=True)
