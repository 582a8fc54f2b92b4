"""Rows from a flow of chunks: the most plausible way through question, answer and comment.

Each chunk of a table is a question's start, more of its cell, an answer, a comment, or the rest of
a question cell after a page break. A best-path search (Viterbi) weighs the evidence of all chunks
of a table together; how much worse the best other way is tells how sure a cut row is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from extractors.layout.flow_chunks import Chunk, Gap, is_answer
from extractors.layout.flow_cuts import (
    Widths,
    continues,
    fits,
    leaves_open,
    tail_score,
    width_score,
)
from extractors.text import fold, unmark
from models.form import Column, Form, TableForm

_QUESTION_END = re.compile(r"\?\s*(?:\([^()]*\)\s*)?[.:]?$")
_BULLET = re.compile(r"[•·▪◦»\-–*\uf0b7\uf0a7]\s*\S|\d+[.)]\s")
_LONGEST_UNKNOWN_ANSWER = 5
_SURE_MARGIN = 2.0


class Label(Enum):
    """What a chunk of a table is."""

    QUESTION = "question"
    DETAIL = "detail"
    ANSWER = "answer"
    COMMENT = "comment"
    TAIL = "tail"


_LEFT = (Label.QUESTION, Label.DETAIL, Label.TAIL)


@dataclass(frozen=True, slots=True)
class Style:
    """How this dump writes its tables.

    Attributes:
        lead_answers: Whether answers open with a blank, the trace of a lost mark.
        inner_blanks: Whether lines of blanks part paragraphs inside question cells.
        open_questions: Share of question cells that end without a full stop.
        widths: Widest line of each column.
    """

    lead_answers: bool
    inner_blanks: bool
    open_questions: float
    widths: Widths


@dataclass(frozen=True, slots=True)
class Context:
    """What the search needs to know of the table."""

    form: Form
    table: TableForm
    style: Style

    @property
    def has_answer_column(self) -> bool:
        """Whether the answer and the comment's first words can share a line."""
        return any(column.holds is Column.ANSWER for column in self.table.columns)


@dataclass(frozen=True, slots=True)
class _Path:
    """The best way to a chunk with a label; `question` and `comment` are those of its row."""

    score: float
    labels: tuple[Label, ...] = ()
    question: tuple[Chunk, ...] = ()
    comment: Chunk | None = None
    is_answered: bool = False
    is_cut: bool = False
    has_tail: bool = False

    def first_detail(self, chunk: Chunk) -> Chunk:
        """The first chunk of the row's question cell after the question, or else `chunk`."""
        return self.question[1] if len(self.question) > 1 else chunk


def label_chunks(
    chunks: Sequence[Chunk], context: Context, forced: tuple[int, Label] | None = None
) -> tuple[list[Label], float]:
    """Returns the most plausible label of every chunk of a table, and the score of the whole.

    Args:
        chunks: The chunks of one table, in order.
        context: Form, table and style.
        forced: A chunk that must not have a label, to see what that costs.
    """
    paths: dict[Label, _Path] = {}
    for index, chunk in enumerate(chunks):
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        step: dict[Label, _Path] = {}
        for label in Label:
            if forced == (index, label) or chunk.is_left not in (None, label in _LEFT):
                continue
            if not index:
                if label is Label.QUESTION or (label is Label.COMMENT and forced):
                    score = _question_score(chunk, following, context)
                    step[label] = _Path(score, (label,), (chunk,))
                continue
            reached = [
                moved
                for before, path in paths.items()
                if (moved := _move(path, before, label, chunk, following, context)) is not None
            ]
            if reached:
                step[label] = max(reached, key=lambda path: path.score)
        paths = step
    best = max(
        (replace(path, score=path.score + _end_of_row(path, context)) for path in paths.values()),
        key=lambda path: path.score,
        default=_Path(float("-inf")),
    )
    return list(best.labels), best.score


def is_certain(
    chunks: Sequence[Chunk], labels: Sequence[Label], index: int, score: float, context: Context
) -> bool:
    """Whether giving the chunk another label would be clearly worse."""
    _, other = label_chunks(chunks, context, forced=(index, labels[index]))
    return score - other >= _SURE_MARGIN


def _move(
    path: _Path,
    before: Label,
    label: Label,
    chunk: Chunk,
    following: Chunk | None,
    context: Context,
) -> _Path | None:
    """Returns the path with one more chunk, or None where the label cannot follow."""
    labels = (*path.labels, label)
    match label:
        case Label.QUESTION:
            score = _question_score(chunk, following, context) + _end_of_row(path, context)
            if not path.is_answered and path.comment is None:
                score -= 6
            return _Path(path.score + score, labels, (chunk,))
        case Label.DETAIL if before in (Label.QUESTION, Label.DETAIL) or (
            # Some dumps set the answer between the question and the rest of its cell.
            path.comment is None and starts_detail(path.first_detail(chunk).text, context.form)
        ):
            score = _detail_score(path, chunk, context)
            return replace(
                path, score=path.score + score, labels=labels, question=(*path.question, chunk)
            )
        case Label.ANSWER if before in (Label.QUESTION, Label.DETAIL) and not path.is_answered:
            score = path.score + answer_score(chunk, context)
            comment = None if is_answer(chunk.text, context.form) else chunk
            return replace(path, score=score, labels=labels, comment=comment, is_answered=True)
        case Label.ANSWER if before is Label.ANSWER and path.comment is None:
            # Boxes to choose from, one below the other.
            if not is_answer(chunk.text, context.form) or unmark(chunk.text) == chunk.text:
                return None
            return replace(path, score=path.score + 1, labels=labels)
        case Label.COMMENT:
            return _to_comment(path, before, labels, chunk, following, context)
        case Label.TAIL if before not in (Label.QUESTION, Label.DETAIL) or path.is_answered:
            return _to_tail(path, before, labels, chunk, context)
    return None


def _to_comment(
    path: _Path,
    before: Label,
    labels: tuple[Label, ...],
    chunk: Chunk,
    following: Chunk | None,
    context: Context,
) -> _Path:
    style = context.style
    score = width_score(chunk, style.widths.comment, style.widths.question)
    if before in (Label.QUESTION, Label.DETAIL) and not path.is_answered:
        score -= 3.5
    if starts_detail(chunk.text, context.form):
        score -= 2.5
    if asks(chunk.text) and following is not None and following.gap is Gap.BLANKS:
        score -= 2
    is_break = breaks_page(chunk, context)
    after_break = is_break or before is Label.TAIL
    is_cut = path.is_cut or is_break
    if path.comment is not None:
        if after_break:
            score += continues(path.comment.text, chunk.text)
            score += fits(path.comment, chunk, style.widths.comment)
        elif chunk.text[:1].islower():
            score -= 1
    elif after_break and chunk.text[:1].islower():
        score -= 2
    if is_break and not path.is_cut and path.question:
        score += leaves_open(path.question[-1].text, style.open_questions)
    return replace(path, score=path.score + score, labels=labels, comment=chunk, is_cut=is_cut)


def _to_tail(
    path: _Path, before: Label, labels: tuple[Label, ...], chunk: Chunk, context: Context
) -> _Path | None:
    is_break = breaks_page(chunk, context)
    if before is Label.TAIL and not is_break:
        # A further paragraph of the tail: only a line of blanks stands inside a question cell.
        if chunk.gap is not Gap.BLANKS and not starts_detail(chunk.text, context.form):
            return None
        score = 0.5
    else:
        score = -1.0 + tail_score(path.question, chunk, context.form, context.style.widths)
        if starts_detail(chunk.text, context.form):
            score += 3
        if not asks(path.question[0].text) and asks(chunk.text):
            score += 3
        if not is_break:
            score -= 2 if chunk.text[:1].islower() else 6
    return replace(
        path,
        score=path.score + score,
        labels=labels,
        question=(*path.question, chunk),
        is_cut=True,
        has_tail=True,
    )


def _end_of_row(path: _Path, context: Context) -> float:
    score = leaves_open(path.comment.text, usual=0.4) if path.comment is not None else 0.0
    if path.has_tail:
        score += leaves_open(path.question[-1].text, context.style.open_questions)
    if not path.is_answered and path.comment is None:
        score -= 3
    return score


def _question_score(chunk: Chunk, following: Chunk | None, context: Context) -> float:
    text, score = chunk.text, -1.0
    if asks(text):
        score += 3
    elif "?" in text:
        score += 1.5
    if following is not None:
        if following.gap is Gap.BLANKS and context.style.inner_blanks:
            score += 1.5
        if starts_detail(following.text, context.form) and not asks(following.text):
            score += 2
    if starts_detail(text, context.form) and "?" in text:
        score += 1
    if text[:1].islower():
        score -= 4
    if _BULLET.match(text):
        score -= 3
    if chunk.gap is Gap.BLANKS and context.style.inner_blanks:
        score -= 2
    return score


def _detail_score(path: _Path, chunk: Chunk, context: Context) -> float:
    form, style = context.form, context.style
    if starts_detail(chunk.text, form):
        # A question can open with its own reference: then it is no detail of the one before.
        return (4.0 if chunk.gap is Gap.BLANKS else 2.5) - (4.0 if asks(chunk.text) else 0.0)
    if chunk.gap is Gap.BLANKS and style.inner_blanks:
        return 1.5
    if style.inner_blanks:
        return -5.0
    has_detail = any(starts_detail(other.text, form) for other in path.question[1:])
    return -4.0 if has_detail else -0.3


def answer_score(chunk: Chunk, context: Context) -> float:
    """Returns how much a chunk looks like an answer."""
    form, style = context.form, context.style
    text = unmark(chunk.text)
    has_trace = chunk.lead or not style.lead_answers or text != chunk.text
    if is_answer(text, form):
        return 5.0 if has_trace else 1.5
    match = form.answer_pattern.match(text)
    if match and context.has_answer_column:
        rest = text[match.end() :].lstrip()
        if rest[:1].isalpha() and not rest[0].islower():
            return 4.0 if has_trace else 1.0
        return 2.0 if chunk.lead else -3.0
    words = chunk.text.split()
    is_short = len(chunk.pieces) == 1 and len(words) <= _LONGEST_UNKNOWN_ANSWER
    if is_short and chunk.lead and not chunk.text.endswith((".", "?", ":")):
        return 1.5
    return -8.0


def starts_detail(text: str, form: Form) -> bool:
    """Whether a text opens with a reference or a label of the question cell."""
    if any(match.start() == 0 for p in form.reference_patterns if (match := p.match(text))):
        return True
    folded = fold(text[:80])
    return any(folded.startswith(fold(label)) for label in form.labels.detail)


def breaks_page(chunk: Chunk, context: Context) -> bool:
    """Whether a page begins, or may begin, with a chunk."""
    return chunk.page_start or (chunk.lead and not is_answer(chunk.text, context.form))


def asks(text: str) -> bool:
    """Whether a text ends with a question mark, perhaps with a remark in brackets after it."""
    return bool(_QUESTION_END.search(text))
