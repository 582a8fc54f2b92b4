"""Line numbers in the margin of a page, as in minutes of meetings and draft laws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.document import Line, Page

_FEWEST = {1: 15, 5: 4, 10: 3}
"""Minimum count of numbers on a page, by their increment."""
_EVEN = 0.2
"""Maximum relative difference of their distances: table rows are less even."""
_EDGE = 3.0
_LONGEST = 4


def margin_numbers(pages: Sequence[Page]) -> Iterator[int]:
    """Yields the numbers of the source lines that only count the lines of their page.

    They are in a column outside all text, count evenly, and are evenly spaced.
    """
    for page in pages:
        lines = [line for line in page.lines if line.box and line.text.strip()]
        figures = [line for line in lines if _is_figure(line)]
        if len(figures) < min(_FEWEST.values()):
            continue
        texts = [line.box for line in lines if line.box and not _is_figure(line)]
        left = min((box.x0 for box in texts), default=0.0)
        right = max((box.x1 for box in texts), default=0.0)
        for side in (
            [line for line in figures if line.box and line.box.x1 < left],
            [line for line in figures if line.box and line.box.x0 > right],
        ):
            if _counts_lines(sorted(side, key=_top)):
                yield from (line.number for line in side)


def _is_figure(line: Line) -> bool:
    return len(line.text.strip()) <= _LONGEST and line.text.strip().isdigit()


def _top(line: Line) -> float:
    return line.box.y0 if line.box else 0.0


def _counts_lines(lines: Sequence[Line]) -> bool:
    if len(lines) < 2:
        return False
    steps = {int(below.text) - int(above.text) for above, below in pairwise(lines)}
    gaps = [_top(below) - _top(above) for above, below in pairwise(lines)]
    rights = [line.box.x1 for line in lines if line.box]
    lefts = [line.box.x0 for line in lines if line.box]
    is_column = min(max(rights) - min(rights), max(lefts) - min(lefts)) < _EDGE
    return (
        len(steps) == 1
        and len(lines) >= _FEWEST.get(steps.pop(), len(lines) + 1)
        and is_column
        and max(gaps) - min(gaps) < _EVEN * max(gaps)
    )
