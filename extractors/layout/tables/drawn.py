"""What is drawn across a table: lines and the edges of shading that can separate rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.columns import Columns
from extractors.layout.tables.rules import Strokes, shade_edges, without_nested

KINDS = ("part", "cell", "shade", "line")
"""Kinds of drawn borders, the strongest last."""
_NEAR = 8.0
_ROUND_TEXT = 0.8
_SAME_EDGE = 2.0
_DEEP = 0.2

Drawn = Sequence[tuple[str, float]]
"""Kinds and heights, from the top."""


def drawn_across(strokes: Strokes, columns: Columns) -> list[tuple[str, float]]:
    """Returns what is drawn across a table on a page as kind and vertical position, from the top.

    The kinds: "line" for a drawn line over all columns; "shade" for edges of shaded areas over all
    columns; "cell" for those that fill one column with room around its text; "part" for lines and
    edges that are shorter, such as the border of a paragraph.
    """
    last = columns.borders[-1]
    far = last + 0.5 * (columns.right - last)
    found: list[tuple[float, str]] = []
    for stroke in strokes.across:
        if stroke.start <= columns.left + _NEAR and stroke.end >= far:
            found.append((stroke.at, "line"))
        elif stroke.end > columns.left and stroke.start < columns.right:
            found.append((stroke.at, "part"))
    lefts = (columns.left, *columns.borders)
    rights = (*columns.borders, columns.right)
    filled: list[tuple[float, set[int], bool]] = []
    for edge in shade_edges(without_nested(strokes.shades, columns.borders)):
        own = {
            at
            for at, (left, right) in enumerate(zip(lefts, rights, strict=True))
            if edge.start <= left + _NEAR / 2 and edge.end >= right - _NEAR
        }
        wide = edge.start < columns.left - _ROUND_TEXT if 0 in own else True
        if filled and edge.at - filled[-1][0] <= _SAME_EDGE:
            at, before, was_wide = filled.pop()
            filled.append((at, before | own, was_wide or wide))
        elif edge.end > columns.left and edge.start < columns.right:
            filled.append((edge.at, own, wide))
    for height, columns_filled, wide in filled:
        if len(columns_filled) == len(lefts):
            kind = "shade"
        else:
            kind = "cell" if columns_filled and wide else "part"
        found.append((height, kind))
    return [(kind, height) for height, kind in sorted(found)]


def borders_above(lines: Sequence[TextLine], drawn: Drawn) -> dict[int, str]:
    """Returns the lines that have a border right above, with the strongest kind of border."""
    found: dict[int, str] = {}
    bases = [line.base for line in lines]
    for kind, height in drawn:
        at = bisect_right(bases, height)
        if 0 < at < len(lines) and height <= lines[at].top + _DEEP * lines[at].size:
            found[at] = max(found.get(at, "part"), kind, key=KINDS.index)
    return found
