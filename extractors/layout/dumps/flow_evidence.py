"""What is seen of a chunk of a table: how much it looks like a question, a detail, an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.layout.dumps.flow_chunks import Chunk, Gap, is_answer
from extractors.layout.dumps.flow_cuts import (
    Widths,
    is_broken_by_hand,
    openness,
    width_score,
)
from extractors.layout.dumps.flow_known import squeeze
from extractors.structure.labels import detail_label
from extractors.text import unmark
from models.form import Column, Form, TableForm

_QUESTION_END = re.compile(r"\?\s*(?:\([^()]*\)\s*)?[.:]?$")
_BULLET = re.compile(r"[•·▪◦»\-–*\uf0b7\uf0a7]\s*\S|\d+[.)]\s")
_MORE_WORDS = re.compile(r"[.)]?\s+\w")
_LONGEST_UNKNOWN_ANSWER = 5

Reference = tuple[int, ...]
"""The number of a reference: (2, 3, 1) for 2:3:1."""


@dataclass(frozen=True, slots=True)
class Style:
    """How this dump writes its tables.

    Attributes:
        lead_answers: Whether answers open with a blank, the trace of a lost mark.
        answers_first: Whether answers stand between the question and the rest of its cell.
        inner_blanks: Whether lines of blanks part paragraphs inside question cells.
        open_questions: Share of question cells that end without a full stop.
        counts_up: Whether the references of a table count up from row to row.
        widths: Widest line of each column, by id of the table.
        questions: Questions that are known: from the form, or asked elsewhere in this report.
            Compared as `without_reference` gives them.
        texts: All chunks as `squeeze` gives them, a line each.
    """

    lead_answers: bool
    answers_first: bool
    inner_blanks: bool
    open_questions: float
    counts_up: bool
    widths: dict[str, Widths]
    questions: frozenset[str] = frozenset()
    texts: str = ""

    def width_of(self, table: TableForm) -> Widths:
        """Returns the widths of the columns of a kind of table; 0 where nothing is known."""
        return self.widths.get(table.id, Widths())


@dataclass(frozen=True, slots=True)
class Context:
    """What the search needs to know of the table.

    Attributes:
        form: The questionnaire.
        table: The kind of table.
        style: How the dump writes its tables.
        asking: Which references questions of this table open with, as `Seen.kind` says.
        kinds: What paragraphs of question cells open with in this table, as `Seen.kind` says.
        usual: Those of `kinds` that nearly every row has.
        has_details: Whether most question cells of this table go on after the question.
        breaks_by_hand: Whether most of them have a line that ends before the column does.
    """

    form: Form
    table: TableForm
    style: Style
    asking: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    has_details: bool = False
    breaks_by_hand: bool = False

    @property
    def widths(self) -> Widths:
        """Widths of the columns of the table."""
        return self.style.width_of(self.table)

    @property
    def has_answer_column(self) -> bool:
        """Whether the answer and the comment's first words can share a line."""
        return any(column.holds is Column.ANSWER for column in self.table.columns)


@dataclass(frozen=True, slots=True)
class Seen:
    """A chunk with all that its text and place tell by themselves.

    Attributes:
        chunk: The chunk.
        asks: Whether it asks, with a question mark or by its first word.
        kind: What it opens with: a label of the form, or one of its references; "" for neither.
        kinds: What its lines open with.
        opens_detail: Whether rests of question cells open so in this table.
        ref: The reference that it gives its row, or None.
        is_low: Whether it opens with a small letter.
        is_item: Whether it opens with a bullet or the number of a list.
        is_open: How unfinished it ends, as `openness` tells.
        is_break: Whether a page begins, or may begin, with it.
        is_answer: Whether it is nothing but an answer.
        as_left: How well its lines fill the question column.
        as_right: How well they fill the column of comments.
        answer: How much it looks like an answer.
        is_broken: Whether a line of it ends before the question column does.
        squeezed: Its text as texts are compared.
        is_known: Whether it is a known question.
    """

    chunk: Chunk
    asks: bool
    kind: str
    kinds: frozenset[str]
    opens_detail: bool
    ref: Reference | None
    is_low: bool
    is_item: bool
    is_open: float
    is_break: bool
    is_answer: bool
    as_left: float
    as_right: float
    answer: float
    is_broken: bool
    squeezed: str
    is_known: bool

    @property
    def text(self) -> str:
        """Text of the chunk."""
        return self.chunk.text


def see(chunk: Chunk, context: Context) -> Seen:
    """Returns what is seen of a chunk."""
    form, widths = context.form, context.widths
    text = chunk.text
    kind = opening_kind(text, form)
    return Seen(
        chunk=chunk,
        asks=asks(text, form),
        kind=kind,
        kinds=frozenset(kind for _, kind in openings(chunk, form)),
        opens_detail=kind in context.kinds or detail_label(text, form) is not None,
        ref=row_reference(chunk, form),
        is_low=text[:1].islower(),
        is_item=opens_list_item(text),
        is_open=openness(text, form),
        is_break=breaks_page(chunk, context),
        is_answer=is_answer(text, form),
        as_left=width_score(chunk, widths.question, widths.comment, widths.question_full),
        as_right=width_score(chunk, widths.comment, widths.question, widths.comment_full),
        answer=answer_score(chunk, context),
        is_broken=is_broken_by_hand(chunk, widths.question_full),
        squeezed=squeeze(text),
        is_known=without_reference(text, form) in context.style.questions,
    )


def question_score(seen: Seen, following: Seen | None, context: Context) -> float:
    """Returns how much a chunk looks like the start of a question cell."""
    style = context.style
    score = seen.as_left - 1.0
    if seen.is_known:
        score += 6
    if seen.chunk.after_empty:
        score += 0.5
    owns_reference = seen.kind in context.asking
    if seen.asks:
        score += 3
    elif "?" in seen.text or owns_reference:
        score += 1.5
    else:
        # What asks without a question mark is a whole sentence.
        score -= 3 if seen.is_open else 2
    if following is not None:
        score += _before_detail(following, style)
    if seen.kind and "?" in seen.text:
        score += 1
    if seen.opens_detail and not owns_reference:
        score -= 4
    if seen.is_low:
        score -= 4
    if seen.is_item:
        score -= 3
    if seen.chunk.gap is Gap.BLANKS and style.inner_blanks:
        score -= 2
    return score


def _before_detail(following: Seen, style: Style) -> float:
    """How much the chunk after it speaks for a question: it is more of its cell."""
    score = 1.5 if following.chunk.gap is Gap.BLANKS and style.inner_blanks else 0.0
    return score + (2.0 if following.opens_detail and not following.asks else 0.0)


def detail_score(cell: Sequence[Seen], seen: Seen, context: Context) -> float:
    """Returns how much a chunk looks like more of a question cell.

    Args:
        cell: The chunks of the cell before it.
        seen: The chunk.
        context: Form, table and style.
    """
    inner_blanks = context.style.inner_blanks
    is_inner = seen.chunk.gap is Gap.BLANKS
    if seen.opens_detail:
        # A question can open with its own reference: then it is no detail of the one before.
        asking = seen.asks or bool(context.asking)
        if is_inner:
            score = 4.0
        elif inner_blanks:
            score = 0.5 if len(cell) == 1 else -3.0
        else:
            score = 2.5
        return score + seen.as_left - (4.0 if asking else 0.0)
    if inner_blanks:
        return seen.as_left + (1.5 if is_inner else -5.0)
    has_detail = any(other.kind for other in cell[1:])
    unusual = 1.5 if context.usual and not cell[0].asks else 0.0
    return seen.as_left - unusual - (4.0 if has_detail else 0.3 if len(cell) == 1 else 1.5)


def answer_score(chunk: Chunk, context: Context) -> float:
    """Returns how much a chunk looks like an answer."""
    form, style = context.form, context.style
    text = unmark(chunk.text)
    if text[:1].islower():
        return -3.0
    has_trace = chunk.lead or not style.lead_answers or text != chunk.text
    if is_answer(text, form):
        return 5.0 if has_trace else 1.5
    match = form.answer_pattern.match(text)
    if match and context.has_answer_column:
        rest = text[match.end() :].lstrip()
        if rest and not rest[0].islower() and rest[0] not in ",.;:-–(":
            return 4.0 if has_trace else 1.0
        return 2.0 if chunk.lead else -3.0
    words = chunk.text.split()
    is_short = len(chunk.pieces) == 1 and len(words) <= _LONGEST_UNKNOWN_ANSWER
    if (
        is_short
        and not opens_list_item(chunk.text)
        and chunk.lead
        and not chunk.text.endswith((".", "?", ":"))
    ):
        return 1.5
    return -8.0


def starts_detail(text: str, form: Form) -> bool:
    """Whether a text opens with a reference or a label of the question cell."""
    return bool(opening_kind(text, form))


def opening_kind(text: str, form: Form) -> str:
    """Returns the label or reference of the form that a text opens with; "" for neither."""
    label = detail_label(text, form)
    if label is not None:
        return label
    reference = opening_reference(text, form)
    return reference[0] if reference else ""


def opening_reference(text: str, form: Form) -> tuple[str, Reference] | None:
    """Returns the reference of the form that a text opens with and its number, or None."""
    for phrase, pattern in zip(form.references, form.reference_patterns, strict=True):
        match = pattern.match(text)
        if match and _MORE_WORDS.match(text, match.end()):
            return phrase, tuple(map(int, match["ref"].split(":")))
    return None


def without_reference(text: str, form: Form) -> str:
    """Returns a text as questions are compared: squeezed, without a reference that opens it."""
    for pattern in form.reference_patterns:
        if match := pattern.match(text):
            return squeeze(text[match.end() :])
    return squeeze(text)


def openings(chunk: Chunk, form: Form) -> Iterator[tuple[str, str]]:
    """Yields where lines of a chunk open with a label or a reference: the rest of it, and which."""
    for index in range(len(chunk.pieces)):
        rest = " ".join(piece.text for piece in chunk.pieces[index:])
        if kind := opening_kind(rest, form):
            yield rest, kind


def row_reference(chunk: Chunk, form: Form) -> Reference | None:
    """Returns the reference that a chunk gives its row: at a line's start, or after a label."""
    for rest, _ in openings(chunk, form):
        for pattern in form.reference_patterns:
            if found := pattern.search(rest):
                return tuple(map(int, found["ref"].split(":")))
    return None


def breaks_page(chunk: Chunk, context: Context) -> bool:
    """Whether a page begins, or may begin, with a chunk."""
    if chunk.page_start or not chunk.lead:
        return chunk.page_start
    return chunk.text[:1].islower() or not is_answer(chunk.text, context.form)


def asks(text: str, form: Form) -> bool:
    """Whether a text asks: it ends with a question mark, or begins as a request does."""
    return ends_question(text) or bool(form.request_pattern.match(text))


def ends_question(text: str) -> bool:
    """Whether a text ends with a question mark, perhaps with a remark in brackets after it."""
    return bool(_QUESTION_END.search(text))


def opens_list_item(text: str) -> bool:
    """Whether a text opens with a bullet or the number of a list."""
    return bool(_BULLET.match(text))
