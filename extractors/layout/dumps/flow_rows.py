"""Rows from a flow of chunks: the most plausible way through question, answer and comment.

Each chunk of a table is a question's start, more of its cell, an answer, a comment, or the rest of
a question cell after a page break. A best-path search (Viterbi) weighs the evidence of all chunks
of a table together; how much worse the best other way is tells how sure a row is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from extractors.layout.dumps.flow_chunks import Chunk, Gap
from extractors.layout.dumps.flow_cuts import continues, fits, leaves_open
from extractors.layout.dumps.flow_evidence import (
    Context,
    Reference,
    Seen,
    detail_score,
    question_score,
    see,
)
from extractors.layout.dumps.flow_known import Match, known_cells, match
from extractors.text import unmark

_ROWS_TO_LOOK_AHEAD = 2
_AROUND_BREAK = 10
_KNOWN = 10.0
_UNKNOWN = 3.0
_OTHER_QUESTION = 3.0
_TOLD = 50.0


class Label(Enum):
    """What a chunk of a table is."""

    QUESTION = "question"
    DETAIL = "detail"
    ANSWER = "answer"
    COMMENT = "comment"
    TAIL = "tail"


_CELL = (Label.QUESTION, Label.DETAIL)


class _Path(NamedTuple):
    """The best way to a chunk with a label.

    Attributes:
        score: How plausible it is.
        label: The label of its last chunk.
        before: The way to the chunk before.
        cell: The question cell of its row.
        comment: The last chunk of the comment of its row.
        is_answered: Whether its row has an answer.
        is_cut: Whether a page cuts its row.
        has_tail: Whether its question cell goes on after a page break.
        ref: The reference of its row.
        last_ref: The last reference of the rows before.
    """

    score: float
    label: Label
    before: _Path | None = None
    cell: tuple[Seen, ...] = ()
    comment: Seen | None = None
    is_answered: bool = False
    is_cut: bool = False
    has_tail: bool = False
    ref: Reference | None = None
    last_ref: Reference | None = None


_Step = dict[Label, _Path]


class Labelling:
    """The most plausible label of every chunk of a table.

    Attributes:
        labels: A label a chunk.
    """

    def __init__(self, chunks: Sequence[Chunk], context: Context) -> None:
        self._context = context
        self._seen = [see(chunk, context) for chunk in chunks]
        told = [Label(chunk.place) for chunk in chunks if chunk.place is not None]
        self._steps: list[_Step] = []
        if len(told) == len(chunks):
            self.labels = told
            return
        for index in range(len(chunks)):
            self._steps.append(self._step(self._steps[-1] if index else {}, index))
        best = self._best(self._steps[-1])
        self._score = best.score
        self.labels = list(_labels(best))[::-1]

    def margin(self, index: int) -> float:
        """Returns how much worse the best labelling is that gives a chunk another label."""
        if self._seen[index].chunk.place is not None:
            return float("inf")
        label = self.labels[index]
        step = self._step(self._steps[index - 1] if index else {}, index, without=label)
        margin, rows = float("inf"), 0
        for place in range(index + 1, len(self.labels)):
            step = self._step(step, place)
            if self.labels[place] is not Label.QUESTION or Label.QUESTION not in step:
                continue
            # From the start of a row on, what was before has no say.
            other = step[Label.QUESTION].score
            margin = min(margin, self._steps[place][Label.QUESTION].score - other)
            rows += 1
            if rows == _ROWS_TO_LOOK_AHEAD:
                return margin
        return min(margin, self._score - self._best(step).score) if step else margin

    def _step(self, paths: _Step, index: int, without: Label | None = None) -> _Step:
        """The best way to a chunk with each label, from the ways to the chunk before it."""
        seen = self._seen[index]
        following = self._seen[index + 1] if index + 1 < len(self._seen) else None
        if not index:
            score = question_score(seen, following, self._context)
            path = _with_cell(_Path(score, Label.QUESTION, cell=(seen,)), seen, self._context)
            return {} if without is Label.QUESTION else {Label.QUESTION: path}
        step: _Step = {}
        for path in paths.values():
            for moved in _moves(path, seen, following, self._context):
                label = moved.label
                told = seen.chunk.place is None or label is Label(seen.chunk.place)
                own = moved if told else moved._replace(score=moved.score - _TOLD)
                if label is not without and (label not in step or own.score > step[label].score):
                    step[label] = own
        return step

    def _best(self, step: _Step) -> _Path:
        """The best of the ways to the end of the table."""
        ends = [
            path._replace(score=path.score + _end_of_row(path, self._context))
            for path in step.values()
        ]
        return max(ends, key=lambda path: path.score, default=_Path(float("-inf"), Label.QUESTION))


def _labels(path: _Path | None) -> Iterator[Label]:
    while path is not None:
        yield path.label
        path = path.before


def _moves(path: _Path, seen: Seen, following: Seen | None, context: Context) -> Iterator[_Path]:
    """Yields the path with one more chunk, for each label that can follow."""
    yield _to_question(path, seen, following, context)
    yield _to_comment(path, seen, following, context)
    for move in (_to_detail, _to_answer, _to_tail):
        moved = move(path, seen, context)
        if moved is not None:
            yield moved


def _to_question(path: _Path, seen: Seen, following: Seen | None, context: Context) -> _Path:
    score = path.score + question_score(seen, following, context) + _end_of_row(path, context)
    moved = _Path(score, Label.QUESTION, path, cell=(seen,), last_ref=path.ref or path.last_ref)
    return _with_cell(moved, seen, context)


def _to_detail(path: _Path, seen: Seen, context: Context) -> _Path | None:
    if path.label not in _CELL:
        # Some dumps set the answer between the question and the rest of its cell.
        first = path.cell[1] if len(path.cell) > 1 else seen
        is_first = context.style.answers_first and path.comment is None
        if not is_first or not first.kind:
            return None
    score = path.score + detail_score(path.cell, seen, context)
    moved = path._replace(score=score, label=Label.DETAIL, before=path, cell=(*path.cell, seen))
    return _with_cell(moved, seen, context)


def _to_answer(path: _Path, seen: Seen, context: Context) -> _Path | None:
    if path.label is Label.ANSWER and path.comment is None:
        # Boxes to choose from, one below the other.
        if not seen.is_answer or unmark(seen.text) == seen.text:
            return None
        return path._replace(score=path.score + 1, before=path)
    if path.label not in _CELL or path.is_answered:
        return None
    return path._replace(
        score=path.score + seen.answer,
        label=Label.ANSWER,
        before=path,
        comment=None if seen.is_answer else seen,
        is_answered=True,
    )


def _to_comment(path: _Path, seen: Seen, following: Seen | None, context: Context) -> _Path:
    score = seen.as_right
    if path.label in _CELL and not path.is_answered:
        # A blank answer leaves an empty cell.
        score -= 0.5 if seen.chunk.after_empty else 3.5
    if seen.opens_detail or seen.kind in context.asking:
        score -= _detail_in_comment(path, seen, context)
    if seen.is_known:
        score -= _OTHER_QUESTION
    if seen.answer >= 4 and seen.chunk.lead and not seen.chunk.page_start:
        score -= 2
    if seen.asks and following is not None:
        score -= 2 if following.chunk.gap is Gap.BLANKS else 0
        score -= 2 if following.opens_detail else 0
    after_break = seen.is_break or path.label is Label.TAIL
    if path.comment is not None:
        if after_break:
            score += continues(path.comment.text, seen.text, context.form)
            score += _stands_elsewhere(path.comment, seen, context)
            if seen.is_low or path.comment.is_open == 1:
                score += fits(path.comment.chunk, seen.chunk, context.widths.comment_full)
        else:
            score -= 1.5 * path.comment.is_open
            score -= 2 if seen.chunk.after_empty else 0
            score -= 1 if seen.is_low else 0
    elif after_break and seen.is_low:
        score -= 2
    if seen.is_break and not path.is_cut and path.cell:
        score += leaves_open(path.cell[-1].is_open, context.style.open_questions)
    return path._replace(
        score=path.score + score,
        label=Label.COMMENT,
        before=path,
        comment=seen,
        is_cut=path.is_cut or seen.is_break,
    )


def _detail_in_comment(path: _Path, seen: Seen, context: Context) -> float:
    """Cost of a comment that opens as the rest of a question cell does."""
    if context.style.inner_blanks and seen.chunk.gap is Gap.EMPTY and not seen.is_break:
        return 1.0
    if seen.ref is None or not context.style.counts_up:
        return 2.5
    last = path.ref or path.last_ref
    is_due = last is not None and _order(last, seen.ref) > 0
    return 4.0 if is_due else 1.0 if path.ref else 2.5


def _to_tail(path: _Path, seen: Seen, context: Context) -> _Path | None:
    if path.label in _CELL and not path.is_answered:
        return None
    opening = _opening_score(path, seen, context)
    last = path.cell[-1]
    if path.label is Label.TAIL and not seen.is_break:
        # A further paragraph of the tail: only a line of blanks stands inside a question cell.
        if seen.chunk.gap is not Gap.BLANKS and opening <= 0:
            return None
        score = max(0.5, detail_score(path.cell, seen, context)) + min(opening, 0.0)
    else:
        score = -1.0 + seen.as_left + opening + _goes_on_with(last, seen, context)
        if seen.asks and last is path.cell[0] and last.is_open and not last.asks:
            score += 3
        elif seen.asks and not last.is_open and not seen.is_low:
            score -= 2
        elif context.has_details and len(path.cell) == 1:
            score += 2
        if _lacks_broken_line(path.cell, context) and not (last.is_open or seen.is_low):
            score += 3
        if not seen.is_break and opening <= 0:
            score -= 2 if seen.is_low else 6
    moved = path._replace(
        score=path.score + score,
        label=Label.TAIL,
        before=path,
        cell=(*path.cell, seen),
        is_cut=True,
        has_tail=True,
    )
    return _with_cell(moved, seen, context)


def _lacks_broken_line(cell: Sequence[Seen], context: Context) -> bool:
    """Whether a cell with a reference lacks the line broken by hand that others have."""
    if not context.breaks_by_hand or cell[-1].ref is None:
        return False
    return not any(own.is_broken for own in cell)


def _goes_on_with(last: Seen, tail: Seen, context: Context) -> float:
    """How well a chunk after a break goes on with the question cell before it."""
    known = _stands_elsewhere(last, tail, context)
    if not (last.is_open or tail.is_low):
        # Comments are longer: where nothing is cut short, the text is rather comment.
        return known - 1.0
    score = known + continues(last.text, tail.text, context.form)
    if tail.is_low or last.is_open == 1:
        score += fits(last.chunk, tail.chunk, context.widths.question_full)
    return score


def _stands_elsewhere(before: Seen, after: Seen, context: Context) -> float:
    """Evidence that the words around a break stand together elsewhere in the dump."""
    own = before.squeezed[-_AROUND_BREAK:] + after.squeezed[:_AROUND_BREAK]
    return 4.0 if len(own) == 2 * _AROUND_BREAK and own in context.style.texts else 0.0


def _opening_score(path: _Path, seen: Seen, context: Context) -> float:
    """How much the first words of a tail speak for the question cell."""
    if seen.opens_detail:
        used = any(own.kind == seen.kind for own in path.cell)
        return -4.0 if used else 3.0
    in_list = any(own.is_item for own in path.cell)
    return -2.0 if seen.is_item and not in_list else 0.0


def _with_cell(path: _Path, seen: Seen, context: Context) -> _Path:
    """Weighs the reference that a chunk of a question cell gives its row, and known questions."""
    path = _with_known(path, context)
    if seen.is_known and len(path.cell) > 1:
        path = path._replace(score=path.score - _OTHER_QUESTION)
    ref = seen.ref
    if ref is None or not (seen.opens_detail or seen is path.cell[0]):
        return path
    if path.ref is not None:
        return path if path.ref == ref else path._replace(score=path.score - 3)
    score = 0.0
    if context.style.counts_up and path.last_ref is not None:
        score = _order(path.last_ref, ref)
    return path._replace(score=path.score + score, ref=ref)


def _order(before: Reference, after: Reference) -> float:
    """How well a reference follows another one where they count up."""
    if after <= before:
        return -3.0
    same = len(before) == len(after) and before[:-1] == after[:-1]
    if (same and after[-1] == before[-1] + 1) or (not same and after[-1] == 1):
        return 1.0
    return -1.5


def _end_of_row(path: _Path, context: Context) -> float:
    score = leaves_open(path.comment.is_open, usual=0.4) if path.comment is not None else 0.0
    if path.has_tail:
        score += leaves_open(path.cell[-1].is_open, context.style.open_questions)
    if not path.is_answered and path.comment is None:
        score -= 4.5
    if context.usual:
        missing = context.usual.difference(*(own.kinds for own in path.cell))
        score -= 1.5 * len(missing)
    return score - (_KNOWN / 2 if _is_cut_short(path, context) else 0.0)


def _with_known(path: _Path, context: Context) -> _Path:
    """Weighs what the form's known questions say of a cell with the chunk that was added last."""
    known = known_cells(context.form)
    if not known:
        return path
    before = _known_score(path.cell[:-1], known)
    return path._replace(score=path.score + _known_score(path.cell, known) - before)


def _known_score(cell: Sequence[Seen], known: frozenset[str]) -> float:
    if not cell:
        return 0.0
    found = match("".join(own.squeezed for own in cell), known)
    if found is Match.NONE and match(cell[0].squeezed, known) is Match.NONE:
        return -_UNKNOWN
    return {Match.WHOLE: _KNOWN, Match.START: 0.0, Match.NONE: -_KNOWN}[found]


def _is_cut_short(path: _Path, context: Context) -> bool:
    """Whether a row ends with only the start of a known question."""
    known = known_cells(context.form)
    return bool(known) and match("".join(own.squeezed for own in path.cell), known) is Match.START
