"""Aligns extracted rows with gold rows."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from models.report import Answer

LEAST_SIMILAR = 0.6
"""Minimum similarity of the questions of aligned rows."""

Pair = tuple[Answer | None, Answer | None]
"""A gold row and the extracted row aligned with it; None if there is none."""


def align(gold: Sequence[Answer], found: Sequence[Answer]) -> list[Pair]:
    """Pairs rows by key, and the rest by the similarity of their questions.

    Returns:
        A pair for every gold row, in order; then one for every false row.
    """
    beside: dict[int, int] = {}
    _by_key(gold, found, beside)
    _by_question(gold, found, beside)
    taken = set(beside.values())
    return [
        *((row, found[beside[i]] if i in beside else None) for i, row in enumerate(gold)),
        *((None, row) for i, row in enumerate(found) if i not in taken),
    ]


def _by_key(gold: Sequence[Answer], found: Sequence[Answer], beside: dict[int, int]) -> None:
    free: dict[str, list[int]] = {}
    for index, row in enumerate(found):
        free.setdefault(row.key, []).append(index)
    for index, row in enumerate(gold):
        # A key that numbers a section's questions shifts when one is lost, so the question itself
        # must agree.
        for candidate in free.get(row.key, []):
            if row.ref is not None or _alike(row, found[candidate]) >= LEAST_SIMILAR:
                beside[index] = candidate
                free[row.key].remove(candidate)
                break


def _by_question(gold: Sequence[Answer], found: Sequence[Answer], beside: dict[int, int]) -> None:
    taken = set(beside.values())
    scored = [
        (_alike(row, other), row.section == other.section, -i, -j)
        for i, row in enumerate(gold)
        if i not in beside
        for j, other in enumerate(found)
        if j not in taken
    ]
    for likeness, _, i, j in sorted(scored, reverse=True):
        if likeness >= LEAST_SIMILAR and -i not in beside and -j not in taken:
            beside[-i] = -j
            taken.add(-j)


def _alike(row: Answer, other: Answer) -> float:
    return fuzz.ratio(row.question.casefold(), other.question.casefold()) / 100
