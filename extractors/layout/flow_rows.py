"""Rows from a flow of chunks: the most plausible way through question, answer and comment.

Each chunk of a table is a question's start, more of its cell, an answer, a comment, or the rest of
a question cell after a page break. A best-path search (Viterbi) weighs the evidence of all chunks
of a table together; how much worse the best other way is tells how sure a cut row is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from extractors.layout.flow_chunks import Chunk, Gap, is_answer
from extractors.layout.flow_cuts import (
    continues,
    fits,
    leaves_open,
    openness,
    tail_score,
    width_score,
)
from extractors.layout.flow_evidence import (
    Context,
    answer_score,
    asks,
    breaks_page,
    detail_score,
    opens_list_item,
    question_score,
    starts_detail,
    starts_label,
    starts_reference,
)
from extractors.text import unmark

_SURE_MARGIN = 2.5


class Label(Enum):
    """What a chunk of a table is."""

    QUESTION = "question"
    DETAIL = "detail"
    ANSWER = "answer"
    COMMENT = "comment"
    TAIL = "tail"


_CELL = (Label.QUESTION, Label.DETAIL)


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


def label_chunks(
    chunks: Sequence[Chunk], context: Context, forced: tuple[int, Label] | None = None
) -> tuple[list[Label], float]:
    """Returns the most plausible label of every chunk of a table, and the score of the whole.

    Args:
        chunks: The chunks of one table, in order.
        context: Form, table and style.
        forced: A chunk that must not have a label, to see what that costs.
    """
    told = [Label(chunk.place) for chunk in chunks if chunk.place is not None]
    if len(told) == len(chunks):
        return told, 0.0
    paths: dict[Label, _Path] = {}
    for index, chunk in enumerate(chunks):
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        step: dict[Label, _Path] = {}
        for label in Label:
            if forced == (index, label):
                continue
            if not index:
                if label is Label.QUESTION:
                    score = question_score(chunk, following, context)
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
    if chunks[index].place is not None:
        return True
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
    moved: _Path | None
    match label:
        case Label.QUESTION:
            moved = _to_question(path, chunk, following, context)
        case Label.DETAIL:
            moved = _to_detail(path, before, chunk, context)
        case Label.ANSWER:
            moved = _to_answer(path, before, chunk, context)
        case Label.COMMENT:
            moved = _to_comment(path, before, chunk, following, context)
        case Label.TAIL:
            moved = _to_tail(path, before, chunk, context)
    return moved and replace(moved, labels=(*path.labels, label))


def _to_question(path: _Path, chunk: Chunk, following: Chunk | None, context: Context) -> _Path:
    score = question_score(chunk, following, context) + _end_of_row(path, context)
    return _Path(path.score + score, question=(chunk,))


def _to_detail(path: _Path, before: Label, chunk: Chunk, context: Context) -> _Path | None:
    if before not in _CELL:
        # Some dumps set the answer between the question and the rest of its cell.
        first = path.question[1] if len(path.question) > 1 else chunk
        is_detail = starts_detail(first.text, context.form)
        if not context.style.answers_first or path.comment is not None or not is_detail:
            return None
    score = path.score + detail_score(path.question, chunk, context)
    return replace(path, score=score, question=(*path.question, chunk))


def _to_answer(path: _Path, before: Label, chunk: Chunk, context: Context) -> _Path | None:
    alone = is_answer(chunk.text, context.form)
    if before is Label.ANSWER and path.comment is None:
        # Boxes to choose from, one below the other.
        if not alone or unmark(chunk.text) == chunk.text:
            return None
        return replace(path, score=path.score + 1)
    if before not in _CELL or path.is_answered:
        return None
    score = path.score + answer_score(chunk, context)
    return replace(path, score=score, comment=None if alone else chunk, is_answered=True)


def _to_comment(
    path: _Path, before: Label, chunk: Chunk, following: Chunk | None, context: Context
) -> _Path:
    form = context.form
    score = width_score(chunk, context.widths.comment, context.widths.question)
    if before in _CELL and not path.is_answered:
        score -= 3.5
    if context.opens_detail(chunk.text):
        score -= 2.5
    if asks(chunk.text) and following is not None and following.gap is Gap.BLANKS:
        score -= 2
    is_break = breaks_page(chunk, context)
    after_break = is_break or before is Label.TAIL
    is_cut = path.is_cut or is_break
    if path.comment is not None:
        if after_break:
            score += continues(path.comment.text, chunk.text, form)
            score += fits(path.comment, chunk, context.widths.comment)
        else:
            score -= 1.5 * openness(path.comment.text, form)
            score -= 1 if chunk.text[:1].islower() else 0
    elif after_break and chunk.text[:1].islower():
        score -= 2
    if is_break and not path.is_cut and path.question:
        score += leaves_open(path.question[-1].text, context.form, context.style.open_questions)
    return replace(path, score=path.score + score, comment=chunk, is_cut=is_cut)


def _to_tail(path: _Path, before: Label, chunk: Chunk, context: Context) -> _Path | None:
    if before in _CELL and not path.is_answered:
        return None
    is_break = breaks_page(chunk, context)
    if before is Label.TAIL and not is_break:
        # A further paragraph of the tail: only a line of blanks stands inside a question cell.
        if chunk.gap is not Gap.BLANKS and _opening_score(path, chunk, context) <= 0:
            return None
        score = max(0.5, detail_score(path.question, chunk, context))
    else:
        score = -1.0 + tail_score(path.question, chunk, context.form, context.widths)
        score += _opening_score(path, chunk, context)
        if not asks(path.question[0].text) and asks(chunk.text):
            score += 3
        elif context.has_details and len(path.question) == 1:
            score += 2
        if not is_break and _opening_score(path, chunk, context) <= 0:
            score -= 2 if chunk.text[:1].islower() else 6
    return replace(
        path,
        score=path.score + score,
        question=(*path.question, chunk),
        is_cut=True,
        has_tail=True,
    )


def _opening_score(path: _Path, chunk: Chunk, context: Context) -> float:
    """How much the first words of a tail speak for the question cell."""
    form = context.form
    if (label := starts_label(chunk.text, form)) is not None:
        used = any(starts_label(own.text, form) == label for own in path.question)
        return -2.0 if used else 3.0
    if starts_reference(chunk.text, form):
        # A cell has one reference; a second one is rather a comment that names a plan.
        known = any(starts_reference(own.text, form) for own in path.question)
        return -2.0 if known or not context.has_references else 3.0
    in_list = any(opens_list_item(own.text) for own in path.question)
    return -2.0 if opens_list_item(chunk.text) and not in_list else 0.0


def _end_of_row(path: _Path, context: Context) -> float:
    score = (
        leaves_open(path.comment.text, context.form, usual=0.4) if path.comment is not None else 0.0
    )
    if path.has_tail:
        score += leaves_open(path.question[-1].text, context.form, context.style.open_questions)
    if not path.is_answered and path.comment is None:
        score -= 4.5
    return score
