"""Decides which lines of a table begin a row: all evidence, constraints, and the decision.

A unit's label says whether it begins a row, and whether the row's answer has been seen by its end.
So rows without an answer, or with a second one, can be weighted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from extractors.layout.decoding.decoder import Decoder, Masks, Path, moves_allowed
from extractors.layout.decoding.evidence import Observed, names_of, observe
from extractors.layout.decoding.weights import builtin_weights
from extractors.layout.rows import borders, breaks, placing
from extractors.layout.rows.habits import Habits
from extractors.layout.rows.page_break import Break, Side
from extractors.layout.rows.units import Unit
from models.form import Form

MOVES: dict[str, Sequence[str]] = {
    "begin": ("begin", "begin-answered", "inside", "answer"),
    "begin-answered": ("begin", "begin-answered", "after-answer"),
    "inside": ("begin", "begin-answered", "inside", "answer"),
    "answer": ("begin", "begin-answered", "after-answer"),
    "after-answer": ("begin", "begin-answered", "after-answer"),
}
"""The labels, and what can follow each."""
LABELS = tuple(MOVES)
BEGINS = frozenset({"begin", "begin-answered"})

SURE = 0.9
"""Decisions below this probability become doubts of their kind."""
_EVEN = 0.5
_MOSTLY = 0.6
_WITH_ANSWER = frozenset({"begin-answered", "answer", "after-answer"})
_WITHOUT = frozenset({"begin", "inside", "after-answer"})
_ALLOWED = moves_allowed(LABELS, MOVES)
_BEGINS = np.array([label in BEGINS for label in LABELS])
_ANSWERED = np.array([label in _WITH_ANSWER for label in LABELS])
_UNANSWERED = np.array([label in _WITHOUT for label in LABELS])


NAMES = (*names_of(borders.EVIDENCE), *names_of(breaks.EVIDENCE))


def observed(units: Sequence[Unit]) -> Observed:
    """Returns the evidence on the units of a table; for the first on a page, only its break."""
    on_page = observe(units, borders.EVIDENCE).values
    at_break = np.zeros((len(units), len(breaks.EVIDENCE)))
    for at, unit in enumerate(units):
        if unit.is_first:
            on_page[at] = 0.0
        if unit.at_break is not None:
            at_break[at] = _seen_of(unit.at_break)
    return Observed(NAMES, np.concatenate([on_page, at_break], axis=1))


def _seen_of(at: Break) -> list[float]:
    return [own.of(at) for own in breaks.EVIDENCE]


def masks_of(units: Sequence[Unit]) -> Masks:
    """Returns the hard constraints on the units of a table.

    The first unit of a table that does not continue from the previous page begins a row. So does a
    unit below a line over all columns, if all rows have one, and a unit shaded differently from the
    row before the page break, if every other row is shaded. A unit right below an answer, without a
    question, does not begin a row if answers are beside questions. And the label must agree with
    whether there is an answer in the unit.
    """
    labels = np.array([_ANSWERED if unit.answers else _UNANSWERED for unit in units])
    certain = np.array([_begins_surely(unit) for unit in units])
    labels = np.where(certain[:, None], labels & _BEGINS, labels)
    never = np.array([_begins_never(unit) for unit in units])
    return Masks(np.where(never[:, None], labels & ~_BEGINS, labels), _ALLOWED)


@cache
def decoder(kind: str) -> Decoder:
    """Returns the decoder for a kind of source: `pages`, or `layout` for dumps of pages."""
    return Decoder(builtin_weights(kind, NAMES))


def _begins_surely(unit: Unit) -> bool:
    if unit.at_break is not None:
        return unit.at_break.shades_differ is True
    if unit.is_first:
        return True
    return unit.border == "line" and unit.habits.always_bordered


def _begins_never(unit: Unit) -> bool:
    """Whether a unit is the comment right below an answer, though it looks like another answer."""
    return (
        unit.answers > 0 and unit.habits.aligned > _MOSTLY and placing.is_right_below_answer(unit)
    )


class Decided(NamedTuple):
    """Which units of a table begin rows.

    Attributes:
        path: The labels with their probabilities and reasons.
        begins: Whether each unit begins a row.
        sure: Probability of each of these decisions by itself.
    """

    path: Path
    begins: list[bool]
    sure: list[float]


def decide(units: Sequence[Unit], kind: str) -> Decided:
    """Returns which units of a table, of which there is at least one, begin rows."""
    path = decoder(kind).decode(observed(units), masks_of(units))
    begins = [label in BEGINS for label in path.labels]
    likely = path.probabilities[:, _BEGINS].sum(axis=1)
    sure = np.where(begins, likely, 1 - likely)
    return Decided(path, begins, sure.tolist())


class Verdict(NamedTuple):
    """Whether a row continues after a break, and whether that is certain."""

    goes_on: bool
    sure: bool


def judge(before: Side, after: Side, habits: Habits, form: Form) -> Verdict:
    """Judges whether a row continues after a break, from its cells alone."""
    likely = goes_on(Break(before, after, habits, form))
    return Verdict(likely > _EVEN, max(likely, 1 - likely) >= SURE)


def goes_on(at: Break) -> float:
    """Returns the probability that a row continues after a break, from its cells alone."""
    values = np.zeros((2, len(NAMES)))
    values[1, -len(breaks.EVIDENCE) :] = _seen_of(at)
    answered = np.array([at.before.answer, at.after.answer])
    labels = np.where(answered[:, None], _ANSWERED, _UNANSWERED)
    labels[: 2 if at.shades_differ else 1] &= _BEGINS
    path = decoder("pages").decode(Observed(NAMES, values), Masks(labels, _ALLOWED))
    return float(path.probabilities[1, ~_BEGINS].sum())
