"""How far down a page the drawn lines of a table reach."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.columns import Columns
from extractors.layout.tables.drawn import drawn_across
from extractors.layout.tables.rules import Strokes

_NEAR = 8.0
_CHAIN = 6.0
_DEEP = 0.3
"""Least distance of a line from the edge of its frame, as a share of its font size."""


def lines_beside_borders(
    lines: Sequence[TextLine], columns: Columns, strokes: Strokes
) -> int | None:
    """Returns how many lines are beside the drawn lines between columns; None if none are."""
    end: float | None = None
    if not lines:
        return 0
    first = lines[0].base - _DEEP * lines[0].size  # a heading right above a frame is not in it
    for stroke in sorted(strokes.upright, key=lambda stroke: stroke.start):
        if not any(abs(stroke.at - border) <= 3 for border in columns.borders):
            continue
        if end is None and stroke.end > lines[0].top and stroke.start < first:
            end = stroke.end
        elif end is not None and stroke.start <= end + _CHAIN:
            end = max(end, stroke.end)
    if end is None:
        return None
    # Some rows may lack the line between their columns, but the frame continues beside them.
    edges = (columns.left, columns.right)
    frame = [
        stroke.end
        for stroke in strokes.upright
        if stroke.start <= end and any(abs(stroke.at - edge) <= _NEAR for edge in edges)
    ]
    end = max(end, *frame) if frame else end
    return sum(1 for line in lines if line.base - _DEEP * line.size <= end)


def lines_above_last_rule(
    lines: Sequence[TextLine], columns: Columns, strokes: Strokes, *, before_head: bool
) -> int:
    """Returns how many lines are above the table's last horizontal line on the page."""
    drawn = drawn_across(Strokes(strokes.across), columns)
    heights = [height for kind, height in drawn if kind == "line"]
    if before_head and lines:
        # Anything drawn below the last line may belong to the next table's headers.
        heights = [height for height in heights if height < lines[-1].base]
    if not heights or not lines:
        return 0
    return sum(1 for line in lines if line.base - _DEEP * line.size < heights[-1])
