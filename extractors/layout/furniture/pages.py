"""Pages without what is printed on them besides their text."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine, lines_without
from extractors.layout.furniture.footnotes import split_footnotes, usual_size
from extractors.layout.tables.rules import strokes_of
from extractors.layout.tables.tables import PageLines
from models.document import Page


def pages_without(
    read: Sequence[tuple[Page, Sequence[TextLine]]], running: frozenset[int]
) -> list[PageLines]:
    """Returns the pages without running heads and feet, footnotes apart."""
    kept = [(page, lines_without(lines, page, running), strokes_of(page)) for page, lines in read]
    usual = usual_size([lines for _, lines, _ in kept])
    pages = []
    for page, lines, strokes in kept:
        height = page.height or max((line.base for line in lines), default=0.0)
        stop = split_footnotes(lines, strokes, height, usual)
        pages.append(
            PageLines(page.number, height, tuple(lines[:stop]), strokes, tuple(lines[stop:]))
        )
    return pages
