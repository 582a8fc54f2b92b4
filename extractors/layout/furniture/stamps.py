"""Stamps, watermarks and margin notes: text over a page that is not part of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.layout.furniture.line_numbers import margin_numbers
from extractors.text import fold
from models.document import Box, Line, Page

_LARGE = 1.8
"""Minimum size of watermarks relative to the text beneath them."""
_OVER = 0.2
"""Minimum overlap with a line, as a share of its height."""
_DEEP = 0.4
"""The same if only the drawing order shows what is on top: tightly set lines overlap a little."""
_MOST_LINES = 4
"""Maximum lines of a stamp in upright type."""


def stamp_numbers(pages: Sequence[Page]) -> frozenset[int]:
    """Returns the numbers of the lines that are stamps, watermarks or margin notes.

    They are slanted or sideways among upright text; or large type over lines of the text, on this
    page or, with the same words, on another; or a few lines drawn last on their page, over its
    text; or line numbers.
    """
    aside = {line.number for page in pages for line in page.lines if line.aside}
    least = _LARGE * _usual_size(pages)
    large = [(page, [line for line in page.lines if _is_large(line, least)]) for page in pages]
    laid_over = {
        (fold(line.text), line.size) for page, lines in large for line in _over(lines, page, least)
    }
    aside |= {line.number for page in pages for line in _drawn_over(page)}
    aside.update(margin_numbers(pages))
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
    """Yields the large lines of a page that overlap others that are not large."""
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


def _drawn_over(page: Page) -> list[Line]:
    """Returns the last lines of a page, in file order, if they overlap its text."""
    lines = [line for line in page.lines if line.box and line.text.strip() and not line.aside]
    last: list[Line] = []
    while lines and len(last) <= _MOST_LINES and (not last or _below(lines[-1], last[-1])):
        last.append(lines.pop())
    if len(last) > _MOST_LINES:
        return []
    over = any(
        one.box and other.box and _lies_over(one.box, other.box, _DEEP)
        for one in last
        for other in lines
    )
    return last if over else []


def _below(upper: Line, lower: Line) -> bool:
    """Whether a line is directly above or beside another, like lines of a stamp."""
    if upper.box is None or lower.box is None:
        return False
    height = lower.box.y1 - lower.box.y0
    along = min(upper.box.x1, lower.box.x1) - max(upper.box.x0, lower.box.x0)
    return along > -height and -height < lower.box.y0 - upper.box.y1 < 1.5 * height


def _lies_over(upper: Box, lower: Box, share: float = _OVER) -> bool:
    if upper.y1 <= lower.y0 or lower.y1 <= upper.y0:
        return False
    down = min(upper.y1, lower.y1) - max(upper.y0, lower.y0)
    along = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    height = lower.y1 - lower.y0
    return down > share * height and along > share * height
