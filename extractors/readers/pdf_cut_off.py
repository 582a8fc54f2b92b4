"""Lines whose text goes on where nobody sees it: hidden, or below the lower edge of the page.

A cell or clip is too small for what it holds, or a row too tall for its page. Part of the cell's
text is missing from what is seen, so it may be missing from what is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.document import Box, Line, Page

_TALLEST = 1.8
"""Height of an upright line, in font sizes, at most; slanted and sideways text is taller."""
_WIDEST_SPACE = 2.0
"""Gap before the next word of a line, in font sizes, at most; justified lines have wide ones."""
_NEXT_LINE = 0.8
"""Gap before the next line of a paragraph, in font sizes, at most."""
_BELOW_EDGE = 2.5
"""Distance of lines, in font sizes, up to which text below a page's edge continues a line."""


def continued_unseen(page: Page) -> Page:
    """Marks as covered the visible lines of a page that hidden text continues.

    It stands in line with them or right below, in about their size.
    """
    unseen = [
        (line, box)
        for line in page.lines
        if line.aside and (box := line.box) and _is_upright(line, box)
    ]
    if not unseen:
        return page
    lines = [
        line._replace(covered=True)
        if (box := line.box)
        and not line.aside
        and line.text.strip()
        and any(_continues(own, line, gone, box) for own, gone in unseen)
        else line
        for line in page.lines
    ]
    return replace(page, lines=tuple(lines))


def continued_below(lines: Sequence[Line], outside: Sequence[Box]) -> list[Line]:
    """Marks as covered the lines of a page that text below its lower edge continues.

    Args:
        lines: The lines of the page.
        outside: The boxes of the text outside it.
    """
    return [
        line._replace(covered=True)
        if (own := line.box)
        and (size := line.size)
        and any(
            0 < below.y0 - own.y0 < _BELOW_EDGE * size
            and min(own.x1, below.x1) - max(own.x0, below.x0) > size
            for below in outside
        )
        else line
        for line in lines
    ]


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
