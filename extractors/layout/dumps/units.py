"""The units of a table in a dump: lines that certainly belong together, and the evidence on each.

A unit ends where a cell or a paragraph may end. The facts about it, the answers and page breaks
around it, and the habits of the dump are collected here once; `evidence.py` weighs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.dumps.chunk import Chunk
from extractors.layout.dumps.habits import Context
from extractors.layout.dumps.known import known_cells
from extractors.layout.dumps.wording import (
    Reference,
    asks,
    list_number,
    opening_kind,
    without_reference,
)

_MOST_OF_SENTENCE = 8
_ENDS = (".", "?", "!", ":")
_LONGEST_LIST = 12
_TWO = 2


@dataclass(slots=True)
class Unit:
    """Lines that certainly belong together, and the facts about them.

    Attributes:
        chunk: The lines, and what comes before them.
        text: Its lines with a space between them.
        sentence: The text from here to the end of the sentence, or to the first gap.
        at: Its index in the table.
        kind: Label or reference of the form that the sentence begins with; "" for neither.
        opens_detail: Whether question cells continue in that way in this table.
        ref: The reference that it gives its row.
        asks: Whether the sentence is a question.
        is_open: How unfinished its end is, 0 to 1.
        answer: How much it looks like an answer, as `answer_look` returns it.
        is_known: Whether it is a known question, from the form or from elsewhere.
        in_known: 1 if it is in the form's known questions, -1 if not, 0 if the form has none.
        breaks: Whether a page certainly (2) or possibly (1) begins with it.
        before: The unit before it.
        after: The unit after it.
        answered: The last unit before it that looks like an answer.
        next_answer: The next unit after it that looks like an answer.
        asked: The last unit before it, since the last answer, that is a question.
        cut: The last unit that a page begins with, this one or one before it.
        last_ref: The reference of the last unit before it that gives one.
        next_asking: The next unit after it that is a question.
        next_cut: The next unit after it that a page certainly or possibly begins with.
        cell_kinds: What the units of its question cell begin with, from the question up to it.
        cell_refs: The first two references that these units give.
    """

    chunk: Chunk
    context: Context
    text: str
    sentence: str
    at: int
    kind: str
    opens_detail: bool
    ref: Reference | None
    asks: bool
    is_open: float
    answer: int
    is_known: bool
    in_known: int
    breaks: int
    before: Unit | None = None
    after: Unit | None = None
    answered: Unit | None = None
    next_answer: Unit | None = None
    asked: Unit | None = None
    cut: Unit | None = None
    last_ref: Reference | None = None
    next_asking: Unit | None = None
    next_cut: Unit | None = None
    cell_kinds: frozenset[str] = frozenset()
    cell_refs: frozenset[Reference] = frozenset()

    @property
    def last_line(self) -> str:
        """Text of its last line."""
        return self.chunk.pieces[-1].text

    @property
    def shares_comment(self) -> bool:
        """Whether the comment's first words are on the line of an answer."""
        return self.answer == 2

    @property
    def cell_end(self) -> Unit | None:
        """The unit before the last answer: where a question cell cut by a page break stopped."""
        return self.answered.before if self.answered is not None else None

    @property
    def cut_from(self) -> Unit | None:
        """The last unit of the previous page, if a page has begun since the last answer."""
        return self.cut.before if self.cut is not None else None


def units_of(chunks: Sequence[Chunk], context: Context) -> list[Unit]:
    """Returns the units of a table with all facts about them.

    Args:
        chunks: The chunks of the table, in order.
        context: Form, table and habits.
    """
    is_gapped = context.style.is_gapped
    parts = [part for chunk in chunks for part in chunk.parts_of(is_gapped=is_gapped)]
    units = [_unit(parts, at, context) for at in range(len(parts))]
    _link(units)
    return units


def _unit(parts: Sequence[Chunk], at: int, context: Context) -> Unit:
    form, chunk = context.form, parts[at]
    sentence = _sentence(parts, at)
    is_part = sentence != chunk.text
    kind = opening_kind(sentence, form) if is_part else chunk.kind
    question = without_reference(sentence, form) if is_part else chunk.question
    known = known_cells(form)
    return Unit(
        chunk=chunk,
        context=context,
        text=chunk.text,
        sentence=sentence,
        at=at,
        kind=kind,
        opens_detail=bool(kind)
        and (kind in context.kinds if context.kinds else not context.asking),
        ref=chunk.reference,
        asks=asks(sentence, form) if is_part else chunk.asks,
        is_open=chunk.openness,
        answer=chunk.answer_look(context.has_answer_column),
        is_known=question in context.style.questions,
        in_known=(1 if any(chunk.squeezed in cell for cell in known) else -1) if known else 0,
        breaks=_breaks(chunk),
    )


def _sentence(parts: Sequence[Chunk], at: int) -> str:
    last = parts[at]
    texts = [last.text]
    for part in parts[at + 1 : at + _MOST_OF_SENTENCE]:
        is_end = last.text.endswith(_ENDS) or part.gap or part.page_start or part.lead
        if is_end or part.is_answer or last.is_answer or part.kind:
            break
        texts.append(part.text)
        last = part
    return " ".join(texts)


def _breaks(chunk: Chunk) -> int:
    if chunk.page_start:
        return 2
    return int(chunk.lead and (chunk.text[:1].islower() or not chunk.is_answer))


def _link(units: Sequence[Unit]) -> None:
    """Records for every unit what is around it."""
    answered: Unit | None = None
    asked: Unit | None = None
    cut: Unit | None = None
    ref: Reference | None = None
    for at, unit in enumerate(units):
        if at:
            unit.before = units[at - 1]
            units[at - 1].after = unit
        if unit.breaks and at:
            cut = unit
        unit.answered, unit.asked, unit.cut, unit.last_ref = answered, asked, cut, ref
        if unit.answer > 1:
            answered, asked, cut = unit, None, None
        elif unit.asks:
            asked = unit
        ref = unit.ref or ref
    _link_back(units)
    _gather_cells(units)


def _link_back(units: Sequence[Unit]) -> None:
    """Records for every unit what is below it."""
    answer: Unit | None = None
    asking: Unit | None = None
    cut: Unit | None = None
    for unit in reversed(units):
        unit.next_answer, unit.next_asking, unit.next_cut = answer, asking, cut
        answer = unit if unit.answer > 1 else answer
        asking = unit if unit.asks else asking
        cut = unit if unit.breaks else cut


def _gather_cells(units: Sequence[Unit]) -> None:
    """Records for every unit the content of the question cell that would end with it."""
    kinds: frozenset[str] = frozenset()
    refs: frozenset[Reference] = frozenset()
    for unit in units:
        above = unit.before
        if above is None or above.answer > 1:
            kinds, refs = frozenset(), frozenset()
        elif above.asks:
            kinds, refs = frozenset({above.kind}), frozenset(filter(None, (above.ref,)))
        kinds |= {unit.kind}
        if unit.ref is not None and len(refs) < _TWO:
            refs |= {unit.ref}
        unit.cell_kinds, unit.cell_refs = kinds, refs


def continued(before: Unit | None, after: Unit) -> bool:
    """Whether a text is unfinished and another one begins in the middle of a sentence."""
    return before is not None and before.is_open > 0 and after.text[:1].islower()


def ends_blank(unit: Unit) -> bool:
    """Whether the last line of a unit has a space at its end."""
    return unit.chunk.pieces[-1].line.text.endswith(" ")


def counts_on(unit: Unit) -> bool:
    """Whether a list item has the next number after that of an item a few units before."""
    number = list_number(unit.text)
    above, steps = unit.before, 0
    while number is not None and above is not None and steps < _LONGEST_LIST:
        if list_number(above.text) == number - 1:
            return True
        above, steps = above.before, steps + 1
    return False
