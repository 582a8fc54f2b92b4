"""From pages with drawn cells to blocks: text, table headers, and complete rows across pages.

A table with lines drawn around its cells is read like one marked up in the source (`tables.py`),
whatever its columns hold. The text of a cell is split into paragraphs by its layout on the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.blocks import Layout, Piece, RowBlock
from extractors.layout.cells.line_breaks import count_breaks, is_justified
from extractors.layout.cells.paragraphs import Reader
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import least_pitch, spacing_of
from extractors.layout.furniture.pages import read_pages
from extractors.layout.marked.cells import PageCell
from extractors.layout.marked.tables import Blocks
from extractors.layout.rows.assemble import beside_marks
from extractors.layout.tables.grid import DrawnCell, DrawnTable, drawn_tables, fill
from extractors.layout.tables.looks import add_looks
from extractors.layout.tables.open import open_tables
from extractors.layout.tables.returned_heads import ReturnedHeads
from extractors.layout.tables.tables import PageLines
from models.document import Box, Document, SourceTable
from models.form import Form

_FILLED = 0.7
"""Minimum share of the cell's width taken by a word that may be cut."""
_CENTRED = 3.0
"""Maximum distance of centred lines from the middle of their cell, in points."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as its drawn tables and the text outside them."""

    page: PageLines
    tables: list[DrawnTable]
    rest: list[TextLine]


def layout(document: Document, form: Form) -> Layout | None:
    """Returns a document with drawn cells as blocks, or None if no table is the form's.

    A form with questions outside tables needs no table.

    Args:
        document: A document whose lines have boxes.
        form: The form that it was made with.
    """
    read, running = read_pages(document, form, by_cells=True)
    pages = list(_with_tables(read, form))
    for page, own in zip(pages, document.pages, strict=True):
        add_looks(page.tables, own)
    rights = _rights(pages)
    cells = [(cell.lines(number), rights[_key(cell)]) for number, cell in _own_cells(pages)]
    columns, outside = [lines for lines, _ in cells], [page.rest for page in pages]
    pitch = least_pitch([*columns, *outside])
    spacing = spacing_of(columns, outside, on_grid=False, pitch=pitch)
    texts = [line.text for line in document.lines]
    breaks = count_breaks(cells, spacing, form)
    # Cells hold few paragraphs: where no gap is seen at all, one line that ends early tells enough.
    gapless = breaks.gapless or (breaks.inside > 0 and not breaks.between)
    reader = Reader(spacing, form, texts, justified=is_justified(cells), gapless=gapless)
    right = max((line.x1 for page in pages for line in page.rest), default=0.0)
    work = Blocks(form, beside_marks(document.pages))
    waiting: list[TextLine] = []
    for page in pages:
        for item in _in_order(page):
            if isinstance(item, TextLine):
                waiting.append(item)
                continue
            work.text(reader.text(waiting, right))
            waiting.clear()
            work.table(_source(item, page.page.number, reader, rights))
        if page.page.footnotes:
            work.text(reader.text(waiting, right))
            waiting.clear()
            work.text(reader.text(page.page.footnotes, right, is_footnote=True))
    work.text(reader.text(waiting, right))
    has_rows = any(isinstance(block, RowBlock) for block in work.blocks)
    if not has_rows and form.outside_tables is None:
        return None
    lines = (line for line in document.lines if line.number in running)
    return Layout(tuple(work.blocks), tuple(map(Piece.whole, lines)))


def _with_tables(pages: Sequence[PageLines], form: Form) -> Iterator[_Page]:
    """Yields the pages with their tables: those with drawn cells, and those of the form without."""
    found = []
    heads = ReturnedHeads()
    for page in pages:
        tables = [table for table in drawn_tables(page.strokes) if _has_columns(table)]
        outside = replace(page, lines=tuple(fill(tables, page.lines)), footnotes=())
        tables = heads.part(tables, page.number)
        notes = tuple(fill(tables, page.footnotes))  # text in a cell is not a footnote
        found.append((replace(page, footnotes=notes), tables, outside))
    pitch = least_pitch([outside.lines for _, _, outside in found])
    more = list(open_tables([outside for _, _, outside in found], form, pitch))
    for page, tables, outside in found:
        own = [table for number, table in more if number == page.number]
        cells = (cell for table in own for row in table.rows for cell in row)
        taken = {id(run.piece.line) for cell in cells for run in cell.runs}
        rest = [line for line in outside.lines if id(line.runs[0].piece.line) not in taken]
        yield _Page(page, sorted([*tables, *own], key=lambda table: table.box.y0), rest)


def _has_columns(table: DrawnTable) -> bool:
    return any(len(row) > 1 for row in table.rows)


def _in_order(page: _Page) -> Iterator[TextLine | DrawnTable]:
    """Yields the tables of a page and the lines outside them, top to bottom."""
    tables = list(page.tables)
    for line in page.rest:
        while tables and tables[0].box.y0 < line.base:
            yield tables.pop(0)
        yield line
    yield from tables


def _own_cells(pages: Iterable[_Page]) -> Iterator[tuple[int, DrawnCell]]:
    """Yields each drawn cell once, with its page."""
    for page in pages:
        for table in page.tables:
            for at, row in enumerate(table.rows):
                yield from ((page.page.number, cell) for cell in row if cell.row == at)


def _rights(pages: Sequence[_Page]) -> dict[tuple[int, int], float]:
    """Returns the right edge of the text in cells between the same borders."""
    edges: dict[tuple[int, int], float] = defaultdict(float)
    for number, cell in _own_cells(pages):
        edge = max((line.x1 for line in cell.lines(number) if " " in line.text), default=0.0)
        key = _key(cell)
        edges[key] = max(edges[key], edge)
    return edges


def _key(cell: DrawnCell) -> tuple[int, int]:
    return round(cell.box.x0), round(cell.box.x1)


def _source(
    table: DrawnTable, page: int, reader: Reader, rights: dict[tuple[int, int], float]
) -> SourceTable:
    """Returns a drawn table as a source table; its grid is in points."""
    rows = []
    for at, row in enumerate(table.rows):
        cells = tuple(_cell(cell, at, page, reader, rights[_key(cell)]) for cell in row)
        if not table.rows_sure:
            cells = tuple(replace(cell, rows_sure=False) for cell in cells)
        if not all(cell.continues for cell in cells):
            rows.append(cells)
    return SourceTable(0, tuple(rows))


def _set_left(lines: list[TextLine], box: Box) -> list[TextLine]:
    """Returns the lines of a cell moved to a common left edge, if they are centred.

    The indentation of centred lines is no evidence of paragraphs.
    """
    middle = (box.x0 + box.x1) / 2
    if any(abs((line.x0 + line.x1) / 2 - middle) > _CENTRED for line in lines):
        return lines
    left = min((line.x0 for line in lines), default=0.0)
    return [line._replace(x0=left) for line in lines]


def _cell(cell: DrawnCell, row: int, page: int, reader: Reader, right: float) -> PageCell:
    left, end = _key(cell)
    span = max(1, end - left)
    if row != cell.row:
        return PageCell((), left, span, continues=True)
    lines = _set_left(cell.lines(page), cell.box)
    read = reader.cell(lines, right, weight_parts=False)
    found = tuple(run.piece.line for run in cell.runs)
    return PageCell(
        found,
        left,
        span,
        looks=tuple(cell.looks),
        paragraphs=read.paragraphs,
        ends_sure=read.sure and not _may_cut_words(lines, cell.box),
    )


def _may_cut_words(lines: Sequence[TextLine], box: Box) -> bool:
    """Whether a line end in a cell can cut a word: a word wider than its column gets no hyphen."""
    return any(
        " " not in above.text
        and below.text[:1].islower()
        and above.x1 - above.x0 > _FILLED * (box.x1 - box.x0)
        for above, below in pairwise(lines)
    )
