"""Footnotes: small type at the foot of a page, below a short line or opened by a figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.rules import Strokes
from extractors.structure.notices import is_instruction_label
from models.form import Form

_SMALLER = 0.88
_LOWER_PART = 0.5
_SHORT = 0.5
_MOST_LINES = 4
_DOTTED = re.compile(r"\d+(?:\.\d+)+\s")
_OPENS = re.compile(r"(?:\d{1,2}|\*{1,3}|[\u00b9\u00b2\u00b3\u2070-\u2079])\)?\s?\S")


def usual_size(pages: Sequence[Sequence[TextLine]]) -> float:
    """Returns the font size, in points, that most characters of a document have."""
    by_size: dict[float, int] = {}
    for lines in pages:
        for line in lines:
            by_size[line.size] = by_size.get(line.size, 0) + len(line.text)
    counts: Counter[float] = Counter()
    for size, count in by_size.items():
        counts[round(size, 1)] += count
    return max(counts, key=lambda size: (counts[size], size), default=0.0)


def split_footnotes(
    lines: Sequence[TextLine], strokes: Strokes, height: float, usual: float
) -> int:
    """Returns how many lines of a page stand above its footnotes.

    Args:
        lines: The lines of the page, from the top, without running feet.
        strokes: What is drawn on the page.
        height: Height of the page in points.
        usual: Font size of most of the document's text.
    """
    width = max((line.x1 for line in lines), default=0.0) - min(
        (line.x0 for line in lines), default=0.0
    )
    start = len(lines)
    while start and lines[start - 1].size < _SMALLER * usual:
        start -= 1
    while start < len(lines) and not _opens(lines, start, strokes, height, width):
        start += 1
    return start


def reads_as_footnotes(lines: Sequence[TextLine], form: Form) -> bool:
    """Whether the last lines of a page read as footnotes, where type does not tell.

    They open with a figure or an asterisk and end as sentences do, which headings do not; and no
    label of an instruction stands among them, as it does under a heading.
    """
    return (
        len(lines) <= _MOST_LINES
        and _OPENS.match(lines[0].text) is not None
        and _DOTTED.match(lines[0].text) is None
        and lines[-1].text.endswith(".")
        and not any(line.bold or is_instruction_label(line.text, form) for line in lines)
    )


def _opens(
    lines: Sequence[TextLine], at: int, strokes: Strokes, height: float, width: float
) -> bool:
    """Whether a small line is the first of the footnotes."""
    line = lines[at]
    if line.top < _LOWER_PART * height:
        return False
    above = lines[at - 1].base if at else 0.0
    short = any(
        above < stroke.at < line.base
        and stroke.end - stroke.start < _SHORT * width
        and abs(stroke.start - line.x0) < line.size
        for stroke in strokes.across
    )
    gap = line.base - above
    return short or (_OPENS.match(line.text) is not None and gap > 1.8 * line.size)
