"""Stamps, watermarks and notes in the margin: text laid over a page, which is no part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.text import fold
from models.document import Box, Line, Page

_LARGE = 1.8
"""Watermarks are at least so many times as large as the text that they lie over."""
_OVER = 0.2
"""Share of a line's height by which something lies over it."""


def stamp_numbers(pages: Sequence[Page]) -> frozenset[int]:
    """Returns the numbers of the lines that are stamps, watermarks or notes in the margin.

    They stand aslant or sideways among upright text; or they are large type that lies over lines
    of the text, on this page or, with the same words, on another.
    """
    aside = {line.number for page in pages for line in page.lines if line.aside}
    least = _LARGE * _usual_size(pages)
    large = [(page, [line for line in page.lines if _is_large(line, least)]) for page in pages]
    laid_over = {
        (fold(line.text), line.size) for page, lines in large for line in _over(lines, page, least)
    }
    return frozenset(aside) | {
        line.number
        for _, lines in large
        for line in lines
        if (fold(line.text), line.size) in laid_over
    }


def _usual_size(pages: Sequence[Page]) -> float:
    counts: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if line.size:
                counts[line.size] += len(line.text)
    return max(counts, key=lambda size: (counts[size], size), default=0.0)


def _is_large(line: Line, least: float) -> bool:
    return bool(least and line.size and line.size >= least and line.box and not line.aside)


def _over(lines: Sequence[Line], page: Page, least: float) -> Iterator[Line]:
    """Yields the large lines of a page that lie over others that are not large."""
    if not lines:
        return
    boxes = [
        line.box
        for line in page.lines
        if line.box and line.text.strip() and not line.aside and not _is_large(line, least)
    ]
    for line in lines:
        if line.box and any(_lies_over(line.box, box) for box in boxes):
            yield line


def _lies_over(upper: Box, lower: Box) -> bool:
    down = min(upper.y1, lower.y1) - max(upper.y0, lower.y0)
    along = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    height = lower.y1 - lower.y0
    return down > _OVER * height and along > _OVER * height
