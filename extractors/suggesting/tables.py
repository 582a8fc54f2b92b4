"""The tables of a document, found without a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.layout.cells.runs import TextLine, lines_of, lines_without
from extractors.layout.dumps import columns_by_blanks
from extractors.layout.furniture.running import running_numbers
from extractors.layout.furniture.stamps import stamp_numbers
from extractors.layout.tables.rules import Strokes, strokes_of
from extractors.suggesting.grids import Grid
from extractors.suggesting.gutters import gutter_grids, gutter_rows
from extractors.suggesting.lattices import lattices, stands_in
from extractors.suggesting.looks import looks_on
from extractors.suggesting.source_grids import source_grids
from models.document import Document

_REPEATED = 2


def grids_of(document: Document) -> list[Grid]:
    """Returns the tables of a document in reading order; those of pages, page by page."""
    if document.tables:
        return source_grids(document)
    pages = document if document.has_geometry else columns_by_blanks.to_geometry(document)
    return _page_grids(pages) if pages else []


def _page_grids(document: Document) -> list[Grid]:
    stamps = stamp_numbers(document.pages)
    read = [(page, lines_of(page, stamps)) for page in document.pages]
    seen = Counter(text for _, lines in read for text in {line.text.casefold() for line in lines})
    repeated = frozenset(text for text, count in seen.items() if count >= _REPEATED)
    running = running_numbers(read)
    found: list[Grid] = []
    for page, lines in read:
        kept = lines_without(lines, page, _without_heads(running, lines) | stamps)
        strokes = strokes_of(page)
        ruled = lattices(kept, strokes, page.number, looks_on(page))
        outside = [line for line in kept if not any(stands_in(line, box) for _, box in ruled)]
        loose = _loose(outside, strokes, page.number, repeated, found)
        found += sorted(
            [grid for grid, _ in ruled] + loose, key=lambda grid: (not grid.opens_page, grid.after)
        )
    return found


def _loose(
    lines: Sequence[TextLine],
    strokes: Strokes,
    page: int,
    repeated: frozenset[str],
    found: Sequence[Grid],
) -> list[Grid]:
    """The tables without upright lines; the first can go on with that of the page before."""
    placed = gutter_grids(lines, strokes, page, repeated)
    grids = [own.grid for own in placed]
    last = found[-1] if found else None
    stop = placed[0].first if placed else len(lines)
    if last is None or not last.edges or not stop:
        return grids
    going_on = gutter_rows(lines[:stop], last.edges, strokes, page)
    return [going_on.grid, *grids] if going_on else grids


def _without_heads(running: frozenset[int], lines: Sequence[TextLine]) -> frozenset[int]:
    """Running lines but for those with texts side by side: a table's heads return on each page."""
    heads = {
        run.piece.line.number
        for line in lines
        if len(line.runs) > 2 and line.bold
        for run in line.runs
    }
    return running - heads
