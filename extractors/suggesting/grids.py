"""Tables as they are seen without a form: rows of cells on a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell.

    Attributes:
        text: Its paragraphs, parted by line feeds.
        column: Column of the grid where it begins, from 0.
        span: How many columns it covers.
        bold: Whether its text is bold.
        shaded: Whether its background is coloured.
        merged: Whether it is merged with the cell below it or above it.
        looks: What a picture or colour in it looks like, or "".
        opening: Its first line, where lines are known, else its first paragraph.
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
    """A row: the cells that begin in it, from the left; `page` is 1-based or None."""

    cells: tuple[GridCell, ...]
    page: int | None = None

    @property
    def filled(self) -> list[GridCell]:
        """The cells with text."""
        return [cell for cell in self.cells if cell.text.strip()]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or the part of one that stands on a page.

    Attributes:
        rows: Its rows from the top.
        width: How many columns it has.
        edges: Where its columns begin, in points; empty where the source tells the columns.
        after: What stands right before it outside tables: the number of that line, from 1.
        opens_page: Whether no other text stands above it on its page.
    """

    rows: tuple[GridRow, ...]
    width: int
    edges: tuple[float, ...] = ()
    after: int = 0
    opens_page: bool = False


def over(rows: Sequence[GridRow], column: int) -> Iterator[GridCell]:
    """Yields what stands in a column of some rows, from the top."""
    for row in rows:
        for cell in row.cells:
            if cell.column <= column < cell.column + cell.span:
                yield cell


def is_full_width(row: GridRow, width: int) -> bool:
    """Whether one cell of a row covers all columns."""
    return len(row.cells) == 1 and row.cells[0].span >= width > 1
