"""Pages without what is printed on them besides their text."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine, lines_of, lines_without
from extractors.layout.furniture.footnotes import split_footnotes, usual_size
from extractors.layout.furniture.running import running_numbers
from extractors.layout.furniture.stamps import stamp_numbers
from extractors.layout.tables.rules import strokes_of
from extractors.layout.tables.tables import PageLines
from models.document import Document, Page
from models.form import Form


def read_pages(document: Document, form: Form) -> tuple[list[PageLines], frozenset[int]]:
    """Returns the pages of a document without running lines, and the numbers of these.

    Stamps count as running lines.

    Args:
        document: A document whose lines have boxes.
        form: Its table heads, which may be repeated too, are kept.
    """
    stamps = stamp_numbers(document.pages)
    read = [(page, lines_of(page, stamps)) for page in document.pages]
    running = running_numbers(read, form) | stamps
    return _pages_without(read, running), running


def _pages_without(
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
