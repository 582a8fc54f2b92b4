"""Pages without their page furniture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.cells.runs import TextLine, lines_of, lines_without
from extractors.layout.furniture.footnotes import split_footnotes, usual_size
from extractors.layout.furniture.running import running_numbers
from extractors.layout.furniture.stamps import stamp_numbers
from extractors.layout.tables.grid import drawn_tables
from extractors.layout.tables.rules import strokes_of
from extractors.layout.tables.tables import PageLines
from models.document import Document, Page
from models.form import Form


def read_pages(
    document: Document, form: Form, *, by_cells: bool = False
) -> tuple[list[PageLines], frozenset[int]]:
    """Returns the pages of a document without running lines, and the numbers of these.

    Stamps count as running lines.

    Args:
        document: A document whose lines have boxes.
        form: Its table headers, which may be repeated too, are kept.
        by_cells: Whether repeated text in the drawn cells of a table with other text is kept too,
            such as headers of columns that are not in the form.
    """
    stamps = stamp_numbers(document.pages)
    read = [(page, lines_of(page, stamps)) for page in document.pages]
    running = running_numbers(read, form)
    if by_cells and running:
        running -= frozenset(_in_tables(read, running))
    running |= stamps
    return _pages_without(read, running), running


def _in_tables(
    read: Sequence[tuple[Page, Sequence[TextLine]]], running: frozenset[int]
) -> Iterator[int]:
    """Yields the running lines in a drawn table with more other text than running text."""
    for page, lines in read:
        runs = [run for line in lines for run in line.runs]
        if running.isdisjoint(run.piece.line.number for run in runs):
            continue
        for table in drawn_tables(strokes_of(page)):
            box = table.box
            inside = {
                run.piece.line.number
                for run in runs
                if box.x0 <= run.x0 <= box.x1 and box.y0 <= run.base <= box.y1
            }
            if len(inside - running) > len(inside & running):
                yield from inside & running


def _pages_without(
    read: Sequence[tuple[Page, Sequence[TextLine]]], running: frozenset[int]
) -> list[PageLines]:
    """Returns the pages without running headers and footers, with footnotes separate."""
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
