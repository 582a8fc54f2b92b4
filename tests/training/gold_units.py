"""The true label of every unit of a dump, from the report's truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.layout.dumps.wording import squeeze
from extractors.text import unmark
from models.report import Answer

_BEAM = 8
_SKIPPED = 0.05
_OTHER = 6.0
_LEAST_TO_FIND = 12
_FARTHEST = 500
_LEAST_SHARED = 14


@dataclass(frozen=True, slots=True)
class _Text:
    """A cell without spaces and hyphens, and where its paragraphs begin."""

    text: str
    starts: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Row:
    question: _Text
    answer: str
    comment: _Text


@dataclass(frozen=True, slots=True)
class _State:
    """How much of a row has been read, and the labels so far.

    Attributes:
        cost: Characters that were skipped, and units that fit nowhere.
        row: Number of the row; -1 before the first.
        question: Characters of its question cell.
        answered: Whether its answer has been read.
        comment: Characters of its comment.
        labels: Label of each unit so far, linked backwards.
    """

    cost: float
    row: int
    question: int
    answered: bool
    comment: int
    labels: tuple[object, ...] | None

    @property
    def key(self) -> tuple[int, int, bool, int]:
        return self.row, self.question, self.answered, self.comment


class Told(NamedTuple):
    """The true label of a unit.

    Attributes:
        label: Its label; "other" if it is in no row, "" if unknown.
        begins: Whether it begins a paragraph of its cell.
    """

    label: str
    begins: bool


def tell(texts: Sequence[str], answers: Sequence[Answer]) -> list[Told]:
    """Returns the true label of each unit.

    Args:
        texts: The units of all tables of a dump, in order.
        answers: The report's true answers.
    """
    rows = [_row(answer) for answer in answers]
    states = [_State(0.0, -1, 0, True, 0, None)]
    for text in texts:
        following: dict[tuple[int, int, bool, int], _State] = {}
        for state in states:
            for moved in _moves(state, text, rows):
                if moved.key not in following or moved.cost < following[moved.key].cost:
                    following[moved.key] = moved
        states = sorted(following.values(), key=lambda state: state.cost)[:_BEAM]
    best = min(states, key=lambda state: state.cost + _left(state, rows))
    found: list[Told] = []
    link = best.labels
    while link is not None:
        found.append(link[0])  # type: ignore[arg-type]
        link = link[1]  # type: ignore[assignment]
    truth = "".join(row.question.text + row.answer + row.comment.text for row in rows)
    return [
        Told("", False) if told.label == "other" and _is_mixed(squeeze(text), truth) else told
        for told, text in zip(found[::-1], texts, strict=True)
    ]


def _is_mixed(own: str, truth: str) -> bool:
    """Whether a unit contains the text of two cells after all, on one line."""
    return own[:_LEAST_SHARED] in truth or own[-_LEAST_SHARED:] in truth


def _row(answer: Answer) -> _Row:
    question = [answer.question, *answer.detail.split("\n\n")]
    return _Row(_text(question), squeeze(answer.answer), _text(answer.comment.split("\n\n")))


def _text(paragraphs: Sequence[str]) -> _Text:
    text, starts = "", []
    for paragraph in paragraphs:
        starts.append(len(text))
        text += squeeze(paragraph)
    return _Text(text, frozenset(starts))


def _left(state: _State, rows: Sequence[_Row]) -> float:
    if state.row < 0:
        return 0.0
    row = rows[state.row]
    left = len(row.question.text) - state.question + len(row.comment.text) - state.comment
    return _SKIPPED * left + (0.5 if row.answer and not state.answered else 0.0)


def _moves(state: _State, text: str, rows: Sequence[_Row]) -> list[_State]:
    """The states after one more unit."""
    own, moved = squeeze(text), []
    if state.row >= 0:
        moved += _within(state, own, squeeze(unmark(text)), rows[state.row])
    for ahead in range(1, 3):
        at = state.row + ahead
        if at >= len(rows):
            break
        passed = sum(
            len(row.question.text) + len(row.comment.text) for row in rows[state.row + 1 : at]
        )
        cost = state.cost + _left(state, rows) + _SKIPPED * passed + (ahead - 1)
        if own and rows[at].question.text.startswith(own):
            moved.append(
                _State(cost, at, len(own), False, 0, (Told("question", True), state.labels))
            )
    moved.append(
        _State(
            state.cost + _OTHER,
            state.row,
            state.question,
            state.answered,
            state.comment,
            (Told("other", False), state.labels),
        )
    )
    return moved


def _found(text: str, own: str, at: int) -> int:
    """Where a unit continues in a cell: here, or after missing text; -1 for nowhere."""
    if text.startswith(own, at):
        return at
    if len(own) < _LEAST_TO_FIND:
        return -1
    return text.find(own, at, at + _FARTHEST + len(own))


def _within(state: _State, own: str, unmarked: str, row: _Row) -> list[_State]:
    moved = []
    cost, comment = state.cost, row.comment
    if own and (at := _found(row.question.text, own, state.question)) >= 0:
        late = state.answered or state.comment > 0
        label = Told("tail" if late else "detail", at in row.question.starts)
        moved.append(
            replace(
                state,
                cost=cost + _SKIPPED * (at - state.question) + (at > state.question),
                question=at + len(own),
                labels=(label, state.labels),
            )
        )
    if not state.answered and row.answer and not state.comment:
        for text in {own, unmarked}:
            rest = text.removeprefix(row.answer)
            if text.startswith(row.answer) and comment.text.startswith(rest):
                labels = (Told("answer", True), state.labels)
                moved.append(replace(state, answered=True, comment=len(rest), labels=labels))
    if own and (at := _found(comment.text, own, state.comment)) >= 0:
        label = Told("comment", at in comment.starts)
        missing = 0.0 if state.answered or not row.answer else 0.5
        moved.append(
            replace(
                state,
                cost=cost + missing + _SKIPPED * (at - state.comment) + (at > state.comment),
                answered=state.answered or not row.answer,
                comment=at + len(own),
                labels=(label, state.labels),
            )
        )
    return moved
