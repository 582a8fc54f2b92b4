"""From lines with boxes to blocks: text, table headers, and complete rows across page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.layout.blocks import Block, HeadBlock, Layout, Piece, RowBlock
from extractors.layout.cells.line_breaks import count_breaks, is_justified
from extractors.layout.cells.page_ends import PageEnds
from extractors.layout.cells.paragraphs import Reader
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import Spacing, spacing_of
from extractors.layout.decoding.decoder import Why
from extractors.layout.furniture.pages import read_pages
from extractors.layout.rows.assemble import (
    assemble,
    beside_marks,
    breaks_off,
    may_end_before_break,
)
from extractors.layout.rows.habits import learn_habits
from extractors.layout.rows.rows import Row, rows_of, why_of
from extractors.layout.rows.units import Unit
from extractors.layout.tables.heads import Head
from extractors.layout.tables.tables import Table, TextArea, find_tables
from models.document import Document, Format
from models.form import Form


class _Laid(NamedTuple):
    """A table split into rows.

    Attributes:
        parts: Its areas with the rows that have a part there, and the text between them.
        rights: Right edge of each column's text, in points.
    """

    rows: list[Row]
    rights: list[float]


def layout(document: Document, form: Form) -> Layout:
    """Returns a document with boxes as blocks in reading order.

    Args:
        document: A document whose lines have boxes.
        form: The form that it was made with.
    """
    on_grid = document.format is Format.TEXT
    found, running, spacing = find_areas(document, form)
    areas = [area for item in found if isinstance(item, Table) for area in item.areas]
    habits = learn_habits(areas, spacing.pitch, form, on_grid=on_grid)
    tables = {
        id(item): _Laid(rows_of(item, habits, form, rights), rights)
        for item in found
        if isinstance(item, Table)
        for rights in [right_edges(item)]
    }
    questions = count_breaks(_cells(tables.values(), 0), spacing, form)
    comments = count_breaks(_cells(tables.values(), -1), spacing, form)
    reader = Reader(
        spacing,
        form,
        [line.text for line in document.lines],
        on_grid=on_grid,
        broken_lines=questions.inside > questions.between,
        gapless=comments.gapless,
        justified=not on_grid and is_justified(_cells(tables.values(), -1)),
        pages=PageEnds(
            [
                ([part.cells[-1] for part in row.parts], rights[-1])
                for rows, rights in tables.values()
                for row in rows
            ],
            spacing,
            _full_pages(document, found),
            gapless=comments.gapless,
        ),
    )
    work = _Blocks(reader, form, _text_right(found), on_grid=on_grid)
    marks = beside_marks(document.pages)
    for at, item in enumerate(found):
        if isinstance(item, Table):
            work.table(item, tables[id(item)], marks, closed=_is_closed(item, found[at + 1 :]))
        else:
            work.text(item)
    work.flush()
    return Layout(
        tuple(work.blocks),
        tuple(Piece.whole(line) for line in document.lines if line.number in running),
        by_weights=True,
    )


def _full_pages(document: Document, found: Sequence[Table | TextArea]) -> dict[int, float]:
    """Returns the height of each page whose foot holds no footnote."""
    noted = {
        item.lines[0].page for item in found if isinstance(item, TextArea) and item.is_footnote
    }
    return {
        page.number: page.height
        for page in document.pages
        if page.height and page.number not in noted
    }


def _is_closed(table: Table, after: Sequence[Table | TextArea]) -> bool:
    """Whether text below a table on its last page shows that its last row ends there."""
    following = next(
        (it for it in after if not isinstance(it, TextArea) or not it.is_footnote), None
    )
    if not table.areas or not table.areas[-1].lines or not isinstance(following, TextArea):
        return False
    first = following.lines[0]
    return first.page == table.areas[-1].lines[-1].page and not first.text[:1].islower()


def explained(document: Document, form: Form) -> Iterator[tuple[Unit, Why]]:
    """Yields the units of all tables, with why each begins or continues a row."""
    found = find_areas(document, form)
    tables = [item for item in found.items if isinstance(item, Table)]
    areas = [area for table in tables for area in table.areas]
    on_grid = document.format is Format.TEXT
    habits = learn_habits(areas, found.spacing.pitch, form, on_grid=on_grid)
    for table in tables:
        yield from why_of(table, habits, form, right_edges(table))


class Found(NamedTuple):
    """The contents of a document's pages.

    Attributes:
        items: Its tables and the text outside them, in reading order.
        running: Numbers of the lines that are running headers and footers.
        spacing: The line spacing.
    """

    items: list[Table | TextArea]
    running: frozenset[int]
    spacing: Spacing


def find_areas(document: Document, form: Form) -> Found:
    """Splits the pages of a document into tables, text outside them, and running lines."""
    read, running = read_pages(document, form)
    on_grid = document.format is Format.TEXT
    items = find_tables(read, form, on_grid=on_grid)
    areas = [area for item in items if isinstance(item, Table) for area in item.areas]
    columns = [
        area.column(index) for area in areas for index in range(len(area.columns.borders) + 1)
    ]
    outside = [item.lines for item in items if isinstance(item, TextArea)]
    return Found(items, running, spacing_of(columns, outside, on_grid=on_grid))


def _cells(tables: Iterable[_Laid], column: int) -> Iterator[tuple[Sequence[TextLine], float]]:
    """Yields the lines of a column's cells on every page, with the column's right edge."""
    for rows, rights in tables:
        for row in rows:
            for part in row.parts:
                yield part.cells[column], rights[column]


def _text_right(found: Sequence[Table | TextArea]) -> float:
    """Returns how far right text outside tables reaches, except for a few lines."""
    rights = sorted(line.x1 for item in found if isinstance(item, TextArea) for line in item.lines)
    return rights[int(0.95 * (len(rights) - 1))] if rights else 0.0


class _Blocks:
    """Collects blocks in reading order."""

    def __init__(self, reader: Reader, form: Form, right: float, *, on_grid: bool) -> None:
        self.blocks: list[Block] = []
        self._reader = reader
        self._form = form
        self._right = right
        self._on_grid = on_grid
        self._waiting: list[TextLine] = []

    def text(self, area: TextArea) -> None:
        """Adds text outside tables; it is split into paragraphs once its end is known."""
        if area.is_footnote:
            self.flush()
        self._waiting += area.lines
        if area.is_footnote:
            self.flush(is_footnote=True)

    def flush(self, *, is_footnote: bool = False) -> None:
        """Splits the text added since the last table into paragraphs."""
        self.blocks += self._reader.text(self._waiting, self._right, is_footnote=is_footnote)
        self._waiting.clear()

    def table(self, table: Table, laid: _Laid, marks: frozenset[int], *, closed: bool) -> None:
        """Adds a table with all its pages; `closed` says that other text shows where it ends."""
        self.flush()
        begun = iter(laid.rows)
        row = next(begun, None)
        for part in table.parts:
            if isinstance(part, TextArea):
                self.text(part)
                self.flush()
                continue
            if part.head:
                self.blocks.append(_head_block(part.head, repeated=part.continues))
            while row is not None and row.parts[0].area is part:
                self.blocks.append(self._built(row, table, laid, marks, closed=closed))
                row = next(begun, None)

    def _built(
        self, row: Row, table: Table, laid: _Laid, marks: frozenset[int], *, closed: bool
    ) -> RowBlock:
        if row is laid.rows[-1] and (
            (not closed and breaks_off(row, laid.rights)) or may_end_before_break(row, self._form)
        ):
            row.cut_unsure = True
        kind = table.head.table
        built = assemble(row, kind, self._reader, self._form, laid.rights, marks)
        return built if self._on_grid else replace(built, borders=row.probability)


def _head_block(head: Head, *, repeated: bool) -> HeadBlock:
    return HeadBlock(tuple(run.piece for run in head.runs), head.table.id, repeated)


def right_edges(table: Table) -> list[float]:
    """Returns the right edge of each column's text.

    A word alone on its line, such as an address, can be wider than its column, and is ignored.
    """
    rights = []
    for index in range(len(table.head.columns)):
        lines = [line for area in table.areas for line in area.column(index)]
        wrapped = [line.x1 for line in lines if " " in line.text]
        rights.append(max(wrapped or [line.x1 for line in lines], default=0.0))
    return rights
