"""The paragraphs of a document outside its tables, with their prominence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layout.cells.runs import TextLine
from extractors.suggesting.pages import seen_pages
from models.document import Document, SourceTable

_LARGER = 1.05
_GAP = 1.45


class Para(NamedTuple):
    """A paragraph.

    Attributes:
        text: Its text on one line.
        number: Number of its first line in the document, from 1.
        page: 1-based page, or None.
        level: Its heading level by style or size, from 1 for the largest type; 0 if it does not
            stand out.
    """

    text: str
    number: int
    page: int | None
    level: int


def paragraphs_of(document: Document) -> list[Para]:
    """Returns the paragraphs of a document outside tables, in reading order."""
    if document.has_geometry:
        return _of_pages(document)
    inside = {number for table in document.tables for number in _lines_in(table)}
    return [
        Para(
            " ".join(line.text.split()),
            line.number,
            line.page,
            document.headings.get(line.number, 0) or (_BOLD_LEVEL if line.bold else 0),
        )
        for line in document.lines
        if line.number not in inside and line.text.strip()
    ]


_BOLD_LEVEL = 9
"""Bold text without a heading's style or size is a heading below all others."""


def _lines_in(table: SourceTable) -> Iterator[int]:
    for row in table.rows:
        for cell in row:
            yield from (line.number for line in cell.lines)


def _of_pages(document: Document) -> list[Para]:
    lines = [line for page in seen_pages(document) for line in page.outside]
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size, 1)] += len(line.text)
    body = weights.most_common(1)[0][0] if weights else 0.0
    larger = sorted({round(line.size, 1) for line in lines if line.size > _LARGER * body})[::-1]
    levels = {size: level for level, size in enumerate(larger, 1)}
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_para(group, levels) for group in groups]


def _goes_on(group: Sequence[TextLine], line: TextLine) -> bool:
    above = group[-1]
    return (
        above.page == line.page
        and line.base - above.base < _GAP * line.size
        and abs(above.size - line.size) < 0.3
        and (above.bold == line.bold)
        and not above.text.rstrip().endswith((":", "?"))
    )


def _para(group: Sequence[TextLine], levels: dict[float, int]) -> Para:
    first = group[0]
    bold = all(line.bold for line in group)
    level = levels.get(round(first.size, 1), _BOLD_LEVEL if bold else 0)
    text = " ".join(" ".join(line.text for line in group).split())
    return Para(text, first.runs[0].piece.line.number, first.page, level)
