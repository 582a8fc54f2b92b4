"""Columns of a dump of pages by the white space between lines, if headers are not above them.

A tool that lays out a page with spaces gives every letter the same width, so a short header can be
to the left of its column, and the lines below it can run into the place of the next header.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine, joined
from extractors.layout.tables.columns import Columns, without
from extractors.layout.tables.heads import Head

_GUTTER = 7.0
_FURTHEST = 120.0
_SLACK = 2.0


def columns_below(
    head: Head, below: Sequence[TextLine], known: Columns, clear: int
) -> tuple[Columns, int]:
    """Returns the columns shown by the white space between lines, if they hold further down.

    Args:
        head: The table's column headers.
        below: The lines below it.
        known: Its columns as found from the headers.
        clear: Number of lines that those columns hold for.

    Returns:
        The columns, and how many of the lines come before the first that crosses a border.
    """
    starts = [head.span(index)[0] for index in range(1, len(head.columns))]
    white = [(head.span(0)[0], float("inf"))]
    gutters: list[tuple[float, float]] = []
    stop = 0
    for line in below:
        for x0, x1 in joined(line):
            white = without(white, x0, x1)
        found = _gutters(white, starts)
        if len(found) < len(starts):
            break
        gutters, stop = found, stop + 1
    if stop <= clear or not gutters:
        return known, clear
    borders = tuple(high - _SLACK / 2 for _, high in gutters)
    own = below[:stop]
    left = min([head.span(0)[0], *(line.x0 for line in own)])
    right = max([head.span(len(starts))[1], *(line.x1 for line in own)])
    return Columns(borders, left, right, ruled=False), stop


def _gutters(
    white: Sequence[tuple[float, float]], starts: Sequence[float]
) -> list[tuple[float, float]]:
    """Returns the strip of white space that ends nearest to each header, from the left."""
    strips = [(low, high) for low, high in white if high - low >= _GUTTER and high < float("inf")]
    found = []
    for start in starts:
        near = [strip for strip in strips if abs(strip[1] - start) < _FURTHEST]
        if not near:
            break
        best = min(near, key=lambda strip: abs(strip[1] - start))
        found.append(best)
        strips = [strip for strip in strips if strip[0] >= best[1]]
    return found
