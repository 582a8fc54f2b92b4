"""Where a table's columns are on a page where it continues without column headers."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.columns import Columns
from extractors.layout.tables.rules import Strokes

_NEAR = 8.0
_SLACK = 2.0
_FURTHEST = 80.0


def find_moved(
    lines: Sequence[TextLine], before: Columns, starts: Sequence[Sequence[float]], strokes: Strokes
) -> Columns | None:
    """Finds a table's columns on a page that is shifted left or right as a whole.

    Args:
        lines: The lines of the page down to the next head or its end.
        before: The columns on the page before.
        starts: Left edges of the lines of each column on the page before.
        strokes: What is drawn on the page.

    Returns:
        The columns, or None if they have not moved.
    """
    if before.ruled:
        base = lines[0].base
        drawn = [
            stroke.at
            for stroke in strokes.upright
            if stroke.start - _NEAR < base < stroke.end + _NEAR
        ]
        distances = sorted((at - before.borders[0] for at in drawn), key=abs)
        for distance in distances:
            if all(
                any(abs(at - border - distance) < _SLACK for at in drawn)
                for border in before.borders
            ):
                return before.moved(distance) if abs(distance) > _SLACK else None
        return None
    lefts = [min(column) for column in starts if column]
    found = {round(run.x0) for line in lines for run in line.runs}
    if len(lefts) < 2 or any(abs(left - x0) <= 1 for left in lefts[1:] for x0 in found):
        return None
    near = {x0 - lefts[-1] for x0 in found if abs(x0 - lefts[-1]) < _FURTHEST}
    for distance in sorted(near, key=abs):
        if all(any(abs(x0 - left - distance) <= 1 for x0 in found) for left in lefts):
            return before.moved(distance)
    return None
