"""The units of a table in a dump: lines that surely stand together, and what is seen of each.

A unit ends where a cell or a paragraph may end. What is seen of it, of the answers and page breaks
around it, and of the habits of the dump is gathered here once; `evidence.py` weighs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layout.dumps.answers import answer_look
from extractors.layout.dumps.chunks import Chunk, is_answer, parts_of
from extractors.layout.dumps.habits import Context
from extractors.layout.dumps.known import known_cells
from extractors.layout.rows.wording import (
    Reference,
    asks,
    list_number,
    opening_kind,
    openness,
    row_reference,
    squeeze,
    without_reference,
)

_MOST_OF_SENTENCE = 8
_ENDS = (".", "?", "!", ":")
_LONGEST_LIST = 12
_TWO = 2


@dataclass(slots=True)
class Unit:
    """Lines that surely stand together, and what is seen of them.

    Attributes:
        chunk: The lines, and what stands before them.
        text: Its lines with a blank between them.
        sentence: The text from here to the end of the sentence, as far as nothing parts it.
        at: Its place in the table.
        kind: Label or reference of the form that the sentence opens with; "" for neither.
        opens_detail: Whether question cells go on so in this table.
        ref: The reference that it gives its row.
        asks: Whether the sentence asks.
        is_open: How unfinished it ends, 0 to 1.
        answer: How it looks as an answer, as `answer_look` says.
        is_known: Whether it is a question that is known, from the form or from elsewhere.
        in_known: Whether the form's known questions hold it; -1 where they do not, 0 without any.
        breaks: Whether a page surely (2) or perhaps (1) begins with it.
        before: The unit before it.
        after: The unit after it.
        answered: The last unit before it that looks like an answer.
        next_answer: The next unit after it that looks like an answer.
        asked: The last unit before it, since the last answer, that asks.
        cut: The last unit that a page begins with, this one or one before it.
        last_ref: The reference of the last unit before it that gives one.
        next_asking: The next unit after it that asks.
        next_cut: The next unit after it that a page surely or perhaps begins with.
        cell_kinds: What the units of its question cell open with, from the question up to it.
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
    squeezed: str = field(default="")

    @property
    def last_line(self) -> str:
        """Text of its last line."""
        return self.chunk.pieces[-1].text

    @property
    def shares_comment(self) -> bool:
        """Whether the comment's first words stand on the line of an answer."""
        return self.answer == 2

    @property
    def cell_end(self) -> Unit | None:
        """The unit before the last answer: where the question cell stopped, if a page cut it."""
        return self.answered.before if self.answered is not None else None

    @property
    def cut_from(self) -> Unit | None:
        """The last unit of the page before, if a page has begun since the last answer."""
        return self.cut.before if self.cut is not None else None


def units_of(chunks: Sequence[Chunk], context: Context) -> list[Unit]:
    """Returns the units of a table with all that is seen of them.

    Args:
        chunks: The chunks of the table, in order.
        context: Form, table and habits.
    """
    form, is_gapped = context.form, context.style.is_gapped
    parts = [part for chunk in chunks for part in parts_of(chunk, form, is_gapped=is_gapped)]
    units = [_unit(parts, at, context) for at in range(len(parts))]
    _link(units)
    return units


def _unit(parts: Sequence[Chunk], at: int, context: Context) -> Unit:
    form, chunk = context.form, parts[at]
    sentence = _sentence(parts, at, context)
    kind = opening_kind(sentence, form)
    squeezed = squeeze(chunk.text)
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
        ref=row_reference(chunk.lines, form),
        asks=asks(sentence, form),
        is_open=openness(chunk.text, form),
        answer=answer_look(chunk, form, context.has_answer_column),
        is_known=without_reference(sentence, form) in context.style.questions,
        in_known=(1 if any(squeezed in cell for cell in known) else -1) if known else 0,
        breaks=_breaks(chunk, context),
        squeezed=squeezed,
    )


def _sentence(parts: Sequence[Chunk], at: int, context: Context) -> str:
    texts = [parts[at].text]
    for part in parts[at + 1 : at + _MOST_OF_SENTENCE]:
        is_end = texts[-1].endswith(_ENDS) or part.gap or part.page_start or part.lead
        if is_end or is_answer(part.text, context.form) or is_answer(texts[-1], context.form):
            break
        if opening_kind(part.text, context.form):
            break
        texts.append(part.text)
    return " ".join(texts)


def _breaks(chunk: Chunk, context: Context) -> int:
    if chunk.page_start:
        return 2
    if not chunk.lead:
        return 0
    return int(chunk.text[:1].islower() or not is_answer(chunk.text, context.form))


def _link(units: Sequence[Unit]) -> None:
    """Tells every unit what stands around it."""
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
    """Tells every unit what stands below it."""
    answer: Unit | None = None
    asking: Unit | None = None
    cut: Unit | None = None
    for unit in reversed(units):
        unit.next_answer, unit.next_asking, unit.next_cut = answer, asking, cut
        answer = unit if unit.answer > 1 else answer
        asking = unit if unit.asks else asking
        cut = unit if unit.breaks else cut


def _gather_cells(units: Sequence[Unit]) -> None:
    """Tells every unit what the question cell holds that would end with it."""
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
    """Whether the last line of a unit keeps a blank at its end."""
    return unit.chunk.pieces[-1].line.text.endswith(" ")


def counts_on(unit: Unit) -> bool:
    """Whether a list item has the number after that of an item a few units before."""
    number = list_number(unit.text)
    above, steps = unit.before, 0
    while number is not None and above is not None and steps < _LONGEST_LIST:
        if list_number(above.text) == number - 1:
            return True
        above, steps = above.before, steps + 1
    return False
