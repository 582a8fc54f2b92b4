"""Bullets that a PDF draws as shapes; they are treated as text."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.pdf_lines import Word
from models.document import Box, Mark, MarkKind

BULLET = "•"
_LARGEST = 0.5
"""Maximum diameter of a bullet, in font sizes of the adjacent text."""
FARTHEST = 2.5
"""Maximum distance between a bullet and its text, in font sizes."""


def with_bullets(runs: Sequence[Word], marks: Sequence[Mark]) -> list[Word]:
    """Returns the runs of a page, with a bullet before each run that follows a small disc.

    Larger discs, which are often answer marks, remain marks only.
    """
    dots = [mark.box for mark in marks if mark.kind is MarkKind.DOT]
    if not dots:
        return list(runs)
    texts = {run.box for run in runs if run.text == BULLET}
    before: dict[int, Box] = {}
    for dot in dots:
        beside = [
            (run.along0 - dot.x1, place)
            for place, run in enumerate(runs)
            if run.turn == 0 and _stands_before(dot, run)
        ]
        if beside and not any(_overlap(dot, text) for text in texts):
            before[min(beside)[1]] = dot
    result: list[Word] = []
    for place, run in enumerate(runs):
        if place in before:
            dot = before[place]
            result.append(
                run._replace(text=BULLET, along0=dot.x0, along1=dot.x1, bold=False, spaced=True)
            )
        result.append(run)
    return result


def _stands_before(dot: Box, run: Word) -> bool:
    middle = (dot.y0 + dot.y1) / 2
    return (
        dot.x1 - dot.x0 <= _LARGEST * run.size
        and 0.0 < run.along0 - dot.x1 <= FARTHEST * run.size
        and run.across0 < middle < run.across1
    )


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
