"""Footnotes: small type at the bottom of a page, below a short rule or opened by a digit.

A text dump has no font sizes. There they are paragraphs of a page that open with a digit and are
complete sentences; most come last, but some tools write the text to the right of one after it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.layout.blocks import Paragraph, Piece
from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.rules import Strokes
from extractors.structure.notices import is_instruction_label
from models.document import Line
from models.form import Form

_SMALLER = 0.88
_LOWER_PART = 0.5
_SHORT = 0.5
_MOST_LINES = 4
_DOTTED = re.compile(r"\d+(?:\.\d+)+\s")
_OPENS = re.compile(r"(?:\d{1,2}|\*{1,3}|[\u00b9\u00b2\u00b3\u2070-\u2079])\)?\s?\S")
_DUMP_MARK = re.compile(
    r"(\d{1,2}|\*{1,3}|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2})\s?[^\W\d_a-zåäö]"
)
_DUMP_FIGURE = re.compile(r"\d{1,2}(?=\s)")
_MOST_DUMP_LINES = 3


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
    """Returns the number of lines of a page above its footnotes.

    Args:
        lines: The lines of the page, top to bottom, without running footers.
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
    """Whether the last lines of a page read like footnotes, without evidence from font sizes.

    They open with a digit or an asterisk and end like sentences, which headings do not; and there
    is no instruction label among them, as there is below a heading.
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


def dump_footnotes(lines: Sequence[Line], running: frozenset[int], form: Form) -> list[Paragraph]:
    """Returns the footnotes of a dump whose pages are told: the last paragraphs of a page.

    Args:
        lines: All lines of the dump.
        running: Indices of lines that are running headers or footers.
        form: The form, for its labels.
    """
    if len({line.page for line in lines}) < 2:
        return []
    found: list[Paragraph] = []
    own = [(index, line) for index, line in enumerate(lines) if index not in running]
    for _, page in groupby(own, key=lambda entry: entry[1].page):
        paragraphs = list(_paragraphs([line for _, line in page]))
        start = len(paragraphs)
        while start > 1 and _is_footnote(paragraphs, start - 1, form):
            start -= 1
        found += [tuple(map(Piece.whole, paragraph)) for paragraph in paragraphs[start:]]
    return found


def _paragraphs(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Yields the lines of a page in groups without blank lines in between."""
    for is_filled, run in groupby(page, key=lambda line: bool(line.text.strip())):
        if is_filled:
            yield list(run)


def _is_footnote(paragraphs: Sequence[Sequence[Line]], index: int, form: Form) -> bool:
    """Whether a paragraph of a page reads like a footnote.

    Headings are not sentences. Consecutive numbers are taken for those of a list.
    """
    paragraph = paragraphs[index]
    if (
        len(paragraph) > _MOST_DUMP_LINES
        or _DUMP_MARK.match(paragraph[0].text.strip()) is None
        or not paragraph[-1].text.rstrip().endswith(".")
        or any(is_instruction_label(line.text, form) for line in paragraph)
    ):
        return False
    figure = _figure(paragraph)
    beside = map(_figure, paragraphs[index - 1 : index + 2 : 2])
    return all(figure is None or other is None or abs(other - figure) != 1 for other in beside)


def _figure(paragraph: Sequence[Line]) -> int | None:
    match = _DUMP_FIGURE.match(paragraph[0].text.strip())
    return int(match[0]) if match else None
