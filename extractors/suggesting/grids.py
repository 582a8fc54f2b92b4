"""Tables as found without a form: rows of cells on a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell.

    Attributes:
        text: Its paragraphs, separated by line feeds.
        column: First column it occupies in the grid, from 0.
        span: Number of columns it covers.
        bold: Whether its text is bold.
        shaded: Whether its background is coloured.
        merged: Whether it is merged with the cell below it or above it.
        looks: Appearance of a picture or colour in it, or "".
        opening: Its first line if lines are known, otherwise its first paragraph.
    """

    text: str
    column: int
    span: int = 1
    bold: bool = False
    shaded: bool = False
    merged: bool = False
    looks: str = ""
    opening: str = ""

    @property
    def line(self) -> str:
        """Its text on one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: the cells that begin in it, left to right; `page` is 1-based or None."""

    cells: tuple[GridCell, ...]
    page: int | None = None

    @property
    def filled(self) -> list[GridCell]:
        """The cells with text."""
        return [cell for cell in self.cells if cell.text.strip()]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or the part of one on a page.

    Attributes:
        rows: Its rows, top to bottom.
        width: Number of columns.
        edges: Where its columns begin, in points; empty if the source marks up columns.
        after: Number, from 1, of the line immediately before it outside tables.
        opens_page: Whether there is no other text above it on its page.
    """

    rows: tuple[GridRow, ...]
    width: int
    edges: tuple[float, ...] = ()
    after: int = 0
    opens_page: bool = False


def over(rows: Sequence[GridRow], column: int) -> Iterator[GridCell]:
    """Yields the cells that cover a column of the rows, top to bottom."""
    for row in rows:
        for cell in row.cells:
            if cell.column <= column < cell.column + cell.span:
                yield cell


def is_full_width(row: GridRow, width: int) -> bool:
    """Whether one cell of a row covers all columns."""
    return len(row.cells) == 1 and row.cells[0].span >= width > 1
