"""Where a table's columns are on a page where it continues without column headers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.columns import Columns
from extractors.layout.tables.rules import Strokes

_NEAR = 8.0
_SLACK = 2.0
_NARROWEST = 40.0
_FURTHEST = 80.0
_FEWEST_LINES = 3


def find_comment_alone(
    lines: Sequence[TextLine], before: Columns, starts: Sequence[Sequence[float]]
) -> Columns | None:
    """Finds the columns on a page of a dump that begins with only the rest of a comment.

    In such a dump every page is laid out separately, so the comment can be where the question
    column was.

    Args:
        lines: The lines of the page down to the next head or its end.
        before: The columns on the page before.
        starts: Left edges of the lines of each column on the page before.

    Returns:
        The columns, or None if the page begins otherwise, or is laid out like the previous one.
    """
    least = min(starts[0], default=before.left) + _NARROWEST
    own = list(takewhile(lambda line: line.x0 >= least and len(line.runs) == 1, lines))
    if not any(map(before.crossed_by, own)) or len(own) < min(len(lines), _FEWEST_LINES):
        return None
    border = min(line.x0 for line in own) - _SLACK / 2
    borders = (*(min(other, border) for other in before.borders[:-1]), border)
    right = max(line.x1 for line in own)
    return Columns(borders, before.left, right, ruled=False)


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
