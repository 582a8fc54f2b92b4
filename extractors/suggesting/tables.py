"""The tables of a document, found without a form."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.dumps import columns_by_blanks
from extractors.suggesting.grids import Grid
from extractors.suggesting.gutters import gutter_grids, gutter_rows
from extractors.suggesting.pages import SeenPage, seen_pages
from extractors.suggesting.records import with_records
from extractors.suggesting.source_grids import source_grids
from models.document import Document


def grids_of(document: Document) -> list[Grid]:
    """Returns the tables of a document in reading order; those of pages, page by page."""
    if document.tables:
        return with_records(source_grids(document))
    pages = document if document.has_geometry else columns_by_blanks.to_geometry(document)
    return with_records(_page_grids(pages)) if pages else []


def _page_grids(document: Document) -> list[Grid]:
    found: list[Grid] = []
    for page in seen_pages(document):
        grids = [*page.ruled, *_loose(page, found)]
        found += sorted(grids, key=lambda grid: (not grid.opens_page, grid.after))
    return found


def _loose(page: SeenPage, found: Sequence[Grid]) -> list[Grid]:
    """The tables without vertical lines; the first can continue one from the previous page."""
    lines = page.outside
    placed = gutter_grids(lines, page.strokes, page.number, page.repeated)
    grids = [own.grid for own in placed]
    last = found[-1] if found else None
    stop = placed[0].first if placed else len(lines)
    if last is None or not last.edges or not stop:
        return grids
    going_on = gutter_rows(lines[:stop], last.edges, page.strokes, page.number)
    return [going_on.grid, *grids] if going_on else grids
