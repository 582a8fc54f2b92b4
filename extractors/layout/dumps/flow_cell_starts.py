"""How much a chunk of a column looks like the start of its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extractors.layout.dumps.flow_chunks import Chunk, Gap, is_answer
from extractors.layout.dumps.flow_cuts import continues, openness
from extractors.layout.dumps.flow_evidence import (
    asks,
    ends_question,
    opens_list_item,
    starts_detail,
)
from extractors.text import fold
from models.form import Form

FORCED = 50.0
"""The score of what surely begins a cell."""
_LONGEST_UNKNOWN_ANSWER = 4


class Columns(Protocol):
    """The chunks of a table on one page by column."""

    name: str
    left: list[Chunk]
    right: list[Chunk]
    parted: frozenset[int]


@dataclass(frozen=True)
class Questions:
    """How questions of a dump look.

    Attributes:
        known: Questions of the form, and texts that repeat; compared as `fold` gives them.
        references: Kinds of references that questions open with, as `reference_kind` gives them.
        detailed: Share of questions that a reference or label follows in their cell.
        mentions: Numbers of the first lines of chunks that open with a reference, but are prose
            that names a plan.
    """

    known: frozenset[str] = frozenset()
    references: frozenset[tuple[int, int]] = frozenset()
    detailed: float = 0.0
    mentions: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Before:
    """Where a table leaves off at the end of a page.

    Attributes:
        name: Id of the kind of table.
        question: The last paragraph of the last question cell.
        comment: The last paragraph of the last answer or comment.
    """

    name: str
    question: str = ""
    comment: str = ""


def opens_cell(chunk: Chunk, form: Form) -> bool:
    """Whether a chunk is an answer, not the last word of a comment that is one by chance."""
    # A single small letter is a mark of a symbol font: "l Ja".
    goes_on = chunk.text[:2].strip().islower() and chunk.text[1:2].isalpha()
    return is_answer(chunk.text, form) and not goes_on


def is_short(chunk: Chunk) -> bool:
    """Whether a chunk is as short as an answer that the form does not know."""
    is_line = len(chunk.pieces) == 1 and len(chunk.text.split()) <= _LONGEST_UNKNOWN_ANSWER
    return is_line and not chunk.text.endswith((".", "?", ":")) and not opens_list_item(chunk.text)


def left_scores(
    left: Sequence[Chunk], before: Before | None, questions: Questions, form: Form
) -> list[float]:
    """Returns how much each chunk of the first column looks like the start of a question cell."""
    return [_left_score(left, index, before, questions, form) for index in range(len(left))]


def _left_score(
    left: Sequence[Chunk], index: int, before: Before | None, questions: Questions, form: Form
) -> float:
    """How much a chunk of the left column looks like the start of a question cell."""
    text = left[index].text
    following = left[index + 1].text if index + 1 < len(left) else ""
    previous = left[index - 1].text if index else before.question if before else ""
    if not index and before is None:
        return FORCED
    if index == 1 and before is not None and _goes_on(before.question, previous, form):
        previous = f"{before.question} {previous}"
    score = -1.0
    score += 3.0 if asks(text, form) else 1.5 if "?" in text else 0.0
    score += 5.0 if fold(text) in questions.known else 0.0
    score -= 1.0 if asks(previous, form) and not asks(text, form) and index else 0.0
    if reference_kind(text, form) in questions.references:
        score += 6.0
    elif starts_detail(text, form):
        score -= 1.0 if asks(text, form) else 6.0
    if starts_detail(following, form) and not asks(following, form):
        score += 2.0 if asks(previous, form) and not asks(text, form) else 5.0
    score -= 5.0 if text[:1].islower() else 0.0
    score -= 3.0 if opens_list_item(text) else 0.0
    if starts_detail(previous, form) and not starts_detail(text, form):
        score += 3.5 if index else 1.0
    if not index:
        score -= continues(previous, text, form)
        if before is not None and previous and not _is_complete(previous, form):
            score -= 2.0 if text[:1].isupper() and ends_question(text) else 6.0
    return score - (2.0 if openness(previous, form) == 1 else 0.0)


def _goes_on(before: str, text: str, form: Form) -> bool:
    """Whether the first chunk of a page is the rest of the cell before it."""
    return openness(before, form) > 0 and (text[:1].islower() or not asks(text, form))


def _is_complete(cell: str, form: Form) -> bool:
    """Whether the end of a question cell has its question, or is a detail or a full sentence."""
    return ends_question(cell) or starts_detail(cell, form) or not openness(cell, form)


def reference_kind(text: str, form: Form) -> tuple[int, int] | None:
    """Returns which reference of the form a text opens with, and how many parts its number has."""
    for place, pattern in enumerate(form.reference_patterns):
        if match := pattern.match(text):
            return place, match.group().count(":")
    return None


def right_score(table: Columns, index: int, before: Before | None, form: Form) -> float:
    """How much a chunk of the second column looks like the start of its cell."""
    if not index and before is None:
        return FORCED
    right = table.right
    chunk = right[index]
    if opens_cell(chunk, form):
        is_option = index > 0 and chunk.gap is Gap.NONE and opens_cell(right[index - 1], form)
        return -6.0 if is_option else 6.0
    score = -6.0 + (4.0 if is_short(chunk) else 0.0)
    if chunk.pieces[0].line.number in table.parted:
        score += 7.0
    return score - (3.0 if chunk.text[:1].islower() else 0.0)
