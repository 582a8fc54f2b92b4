"""Evidence on what a chunk of a table is: a question, more of its cell, or an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.flow_chunks import Chunk, Gap, is_answer
from extractors.layout.flow_cuts import Widths, width_score
from extractors.text import fold, unmark
from models.form import Column, Form, TableForm

_QUESTION_END = re.compile(r"\?\s*(?:\([^()]*\)\s*)?[.:]?$")
_BULLET = re.compile(r"[•·▪◦»\-–*\uf0b7\uf0a7]\s*\S|\d+[.)]\s")
_MORE_WORDS = re.compile(r"[.)]?\s+\w")
_LONGEST_UNKNOWN_ANSWER = 5


@dataclass(frozen=True, slots=True)
class Style:
    """How this dump writes its tables.

    Attributes:
        lead_answers: Whether answers open with a blank, the trace of a lost mark.
        answers_first: Whether answers stand between the question and the rest of its cell.
        inner_blanks: Whether lines of blanks part paragraphs inside question cells.
        open_questions: Share of question cells that end without a full stop.
        widths: Widest line of each column, by id of the table.
        questions: Questions that are known: from the form, or asked elsewhere in this report.
            Compared as `fold` gives them.
    """

    lead_answers: bool
    answers_first: bool
    inner_blanks: bool
    open_questions: float
    widths: dict[str, Widths]
    questions: frozenset[str] = frozenset()

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
        references_ask: Whether questions of this table open with their own reference.
        has_references: Whether question cells of this table have paragraphs with references.
        has_details: Whether most question cells of this table go on after the question.
    """

    form: Form
    table: TableForm
    style: Style
    references_ask: bool = False
    has_references: bool = True
    has_details: bool = False

    def opens_detail(self, text: str) -> bool:
        """Whether a text opens as the rest of a question cell does in this table."""
        if starts_label(text, self.form) is not None:
            return True
        return self.has_references and starts_reference(text, self.form)

    @property
    def widths(self) -> Widths:
        """Widths of the columns of the table."""
        return self.style.width_of(self.table)

    @property
    def has_answer_column(self) -> bool:
        """Whether the answer and the comment's first words can share a line."""
        return any(column.holds is Column.ANSWER for column in self.table.columns)


def question_score(chunk: Chunk, following: Chunk | None, context: Context) -> float:
    """Returns how much a chunk looks like the start of a question cell."""
    text, score = chunk.text, -1.0
    score += width_score(chunk, context.widths.question, context.widths.comment)
    if fold(text) in context.style.questions:
        score += 6
    if asks(text):
        score += 3
    elif "?" in text or (context.references_ask and starts_detail(text, context.form)):
        score += 1.5
    else:
        score -= 2
    if following is not None:
        if following.gap is Gap.BLANKS and context.style.inner_blanks:
            score += 1.5
        if context.opens_detail(following.text) and not asks(following.text):
            score += 2
    if starts_detail(text, context.form) and "?" in text:
        score += 1
    if text[:1].islower():
        score -= 4
    if opens_list_item(text):
        score -= 3
    if chunk.gap is Gap.BLANKS and context.style.inner_blanks:
        score -= 2
    return score


def detail_score(question: Sequence[Chunk], chunk: Chunk, context: Context) -> float:
    """Returns how much a chunk looks like more of a question cell.

    Args:
        question: The chunks of the cell before it.
        chunk: The chunk.
        context: Form, table and style.
    """
    form, style = context.form, context.style
    width = width_score(chunk, context.widths.question, context.widths.comment)
    if context.opens_detail(chunk.text):
        # A question can open with its own reference: then it is no detail of the one before.
        asking = asks(chunk.text) or context.references_ask
        if chunk.gap is Gap.BLANKS:
            score = 4.0
        elif style.inner_blanks:
            score = 0.5 if len(question) == 1 else -3.0
        else:
            score = 2.5
        return score + width - (4.0 if asking else 0.0)
    if style.inner_blanks:
        return width + (1.5 if chunk.gap is Gap.BLANKS else -5.0)
    has_detail = any(starts_detail(other.text, form) for other in question[1:])
    return width - (4.0 if has_detail else 0.3 if len(question) == 1 else 1.5)


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
    if is_short and chunk.lead and not chunk.text.endswith((".", "?", ":")):
        return 1.5
    return -8.0


def starts_detail(text: str, form: Form) -> bool:
    """Whether a text opens with a reference or a label of the question cell."""
    return starts_reference(text, form) or starts_label(text, form) is not None


def starts_reference(text: str, form: Form) -> bool:
    """Whether a text opens with a reference that more words follow."""
    return any(
        (match := pattern.match(text)) and _MORE_WORDS.match(text, match.end())
        for pattern in form.reference_patterns
    )


def starts_label(text: str, form: Form) -> str | None:
    """Returns the label of the question cell that a text opens with, or None."""
    folded = fold(text[:80])
    return next((label for label in form.labels.detail if folded.startswith(fold(label))), None)


def breaks_page(chunk: Chunk, context: Context) -> bool:
    """Whether a page begins, or may begin, with a chunk."""
    if chunk.page_start or not chunk.lead:
        return chunk.page_start
    return chunk.text[:1].islower() or not is_answer(chunk.text, context.form)


def asks(text: str) -> bool:
    """Whether a text ends with a question mark, perhaps with a remark in brackets after it."""
    return bool(_QUESTION_END.search(text))


def opens_list_item(text: str) -> bool:
    """Whether a text opens with a bullet or the number of a list."""
    return bool(_BULLET.match(text))
