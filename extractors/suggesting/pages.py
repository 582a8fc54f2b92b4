"""Pages prepared for finding tables: without running lines, ruled tables separate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layout.cells.runs import TextLine, lines_of, lines_without
from extractors.layout.furniture.running import running_numbers
from extractors.layout.furniture.stamps import stamp_numbers
from extractors.layout.tables.rules import Strokes, strokes_of
from extractors.suggesting.grids import Grid
from extractors.suggesting.lattices import lattices, stands_in
from extractors.suggesting.looks import looks_on
from models.document import Document

_REPEATED = 2


class SeenPage(NamedTuple):
    """A page.

    Attributes:
        number: Its number, from 1.
        strokes: What is drawn on it.
        ruled: The tables whose cells are drawn.
        outside: Its lines outside those, without running headers and footers.
        repeated: Case-folded texts that occur on more than one page of the document.
    """

    number: int
    strokes: Strokes
    ruled: list[Grid]
    outside: list[TextLine]
    repeated: frozenset[str]


def seen_pages(document: Document) -> Iterator[SeenPage]:
    """Yields the pages of a document whose lines have boxes."""
    stamps = stamp_numbers(document.pages)
    read = [(page, lines_of(page, stamps)) for page in document.pages]
    seen = Counter(text for _, lines in read for text in {line.text.casefold() for line in lines})
    repeated = frozenset(text for text, count in seen.items() if count >= _REPEATED)
    running = running_numbers(read)
    for page, lines in read:
        kept = lines_without(lines, page, _without_heads(running, lines) | stamps)
        strokes = strokes_of(page)
        ruled = lattices(kept, strokes, page.number, looks_on(page))
        outside = [line for line in kept if not any(stands_in(line, box) for _, box in ruled)]
        yield SeenPage(page.number, strokes, [grid for grid, _ in ruled], outside, repeated)


def _without_heads(running: frozenset[int], lines: Sequence[TextLine]) -> frozenset[int]:
    """Running lines, except those with texts side by side: table headers recur on each page."""
    heads = {
        run.piece.line.number
        for line in lines
        if len(line.runs) > 2 and line.bold
        for run in line.runs
    }
    return running - heads
