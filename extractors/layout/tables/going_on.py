"""Where a table's columns are on a page where it continues without column headers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractors.layout.cells.runs import TextLine, joined
from extractors.layout.tables.columns import Columns, without
from extractors.layout.tables.rules import Strokes

_NEAR = 8.0
_SLACK = 2.0
_GUTTER = 7.0
_NARROWEST = 40.0
_FURTHEST = 80.0
_FEWEST_LINES = 3


def find_columns_without_head(
    lines: Sequence[TextLine], before: Columns, page_left: float
) -> Columns | None:
    """Finds the columns at the top of a page where a table continues without column headers.

    Some sources place a page's columns differently from those of the previous page: mirrored
    margins, or a dump in which every page is laid out separately.

    Args:
        lines: The lines of the page down to the next head or its end.
        before: The columns on the page before.
        page_left: Left edge of the page's text.

    Returns:
        The columns, or None if there is no white space between them.
    """
    white: list[tuple[float, float]] = [(page_left, float("inf"))]
    used = 0
    for line in lines:
        rest = white
        for x0, x1 in joined(line):
            rest = without(rest, x0, x1)
        if not any(_is_gutter(low, high, page_left) for low, high in rest if high != float("inf")):
            if used:
                break
            if line.x0 <= page_left + _NEAR:
                white, used = rest, used + 1
                continue
        white, used = rest, used + 1
    gutters = [(low, high) for low, high in white if _is_gutter(low, high, page_left)]
    if not gutters:
        return None
    starts = [run.x0 for line in lines[:used] for run in line.runs]
    gutters.sort(key=lambda gap: -sum(1 for x0 in starts if abs(x0 - gap[1]) < _SLACK))
    borders = sorted(high - _SLACK / 2 for _, high in gutters[: len(before.borders)])
    left = min(line.x0 for line in lines[:used])
    right = max(line.x1 for line in lines[:used])
    missing = len(before.borders) - len(borders)
    if missing and abs(borders[0] - before.borders[0]) < abs(borders[0] - before.borders[-1]):
        # A page without any comment: the text to the right is where answers were.
        borders += [max(before.borders[-1], right)] * missing
    else:
        # A page without any answer shows no answer column: the text to the right is comments.
        borders += borders[-1:] * missing
    return Columns(tuple(borders), left, right, ruled=False)


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


def _is_gutter(low: float, high: float, page_left: float) -> bool:
    """Whether a strip of white space is wide enough, and leaves room for a column to its left."""
    return high != float("inf") and high - low >= _GUTTER and high > page_left + _NARROWEST
