"""Hidden text that continues a visible line: a cell or clip too small for what it holds."""

from __future__ import annotations

from collections.abc import Iterable

from models.document import Box, Line, Page

_TALLEST = 1.8
"""Height of an upright line, in font sizes, at most; slanted and sideways text is taller."""
_WIDEST_SPACE = 2.0
"""Gap before the next word of a line, in font sizes, at most; justified lines have wide ones."""
_NEXT_LINE = 0.8
"""Gap before the next line of a paragraph, in font sizes, at most."""


def continued_unseen(pages: Iterable[Page]) -> frozenset[int]:
    """Returns the numbers of the visible lines that hidden text continues.

    It stands in line with them or right below, in about their size: part of their cell's text is
    missing from what is seen, so it may be missing from what is read.
    """
    found: set[int] = set()
    for page in pages:
        unseen = [
            (line, box)
            for line in page.lines
            if line.aside and (box := line.box) and _is_upright(line, box)
        ]
        if not unseen:
            continue
        for line in page.lines:
            box = line.box
            if box is None or line.aside or not line.text.strip():
                continue
            if any(_continues(own, line, gone, box) for own, gone in unseen):
                found.add(line.number)
    return frozenset(found)


def _is_upright(line: Line, box: Box) -> bool:
    return bool(line.size) and box.y1 - box.y0 <= _TALLEST * (line.size or 0.0)


def _continues(hidden: Line, line: Line, gone: Box, box: Box) -> bool:
    size = line.size or 0.0
    if not size or not 0.8 < (hidden.size or 0.0) / size < 1.25:
        return False
    height = min(gone.y1 - gone.y0, box.y1 - box.y0)
    if min(gone.y1, box.y1) - max(gone.y0, box.y0) > height / 2:
        return -size < gone.x0 - box.x1 < _WIDEST_SPACE * size
    is_below = -height / 2 < gone.y0 - box.y1 < _NEXT_LINE * size
    return is_below and abs(gone.x0 - box.x0) < size
