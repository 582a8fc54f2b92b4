"""Kinds of tables: grids with the same headers, over all pages of all reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.layout.tables.heads import key_of
from extractors.suggesting.grids import Grid, GridCell, GridRow, is_full_width, over

_LONGEST_HEAD = 120
_MEAN_HEAD = 60
_MOST_HEAD_ROWS = 4
_SAME_EDGE = 4.0


@dataclass(slots=True)
class Kind:
    """Tables with the same headers.

    Attributes:
        heads: The lowest header over each column, left to right.
        rows: Their rows, without headers.
        pages: 1-based pages where they have rows; empty if pages are unknown.
        tables: Number of tables.
        repeats: Number of header occurrences, at the top of tables or on later pages.
        reports: Number of reports they occur in.
        by_report: Number of rows in each report.
    """

    heads: tuple[str, ...]
    rows: list[GridRow] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    tables: int = 0
    repeats: int = 0
    by_report: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.heads)

    @property
    def reports(self) -> int:
        """In how many reports they occur."""
        return len(self.by_report)

    def reports_of_rows(self) -> list[list[GridRow]]:
        """The rows of each report."""
        parted, first = [], 0
        for count in self.by_report:
            parted.append(self.rows[first : first + count])
            first += count
        return parted


def kinds_of(reports: Iterable[Sequence[Grid]]) -> list[Kind]:
    """Groups the grids of reports by their headers, those with most rows first.

    A grid without a header continues the previous one if their columns are the same.
    """
    found: dict[tuple[str, ...], Kind] = {}
    for grids in reports:
        before: tuple[Kind, Grid] | None = None
        seen: dict[int, int] = {}
        for grid in grids:
            heads, stop = _head(grid)
            key = tuple(map(key_of, heads))
            if heads and (key in found or before is None or not _goes_on(grid, before)):
                is_new = not (before and before[0] is found.get(key) and grid.opens_page)
                kind = found.setdefault(key, Kind(heads))
                kind.repeats += 1
                kind.tables += is_new
            elif before and _goes_on(grid, before):
                kind, stop = before[0], 0
            else:
                continue
            before = kind, grid
            rows = [row for row in grid.rows[stop:] if row.filled or _has_looks(row)]
            if id(kind) not in seen:
                kind.by_report.append(0)
                seen[id(kind)] = len(kind.by_report) - 1
            kind.by_report[seen[id(kind)]] += len(rows)
            kind.rows += rows
            kind.pages = sorted({*kind.pages, *(row.page for row in rows if row.page)})
    return sorted(found.values(), key=lambda kind: -len(kind.rows))


def _has_looks(row: GridRow) -> bool:
    return any(cell.looks for cell in row.cells)


def _head(grid: Grid) -> tuple[tuple[str, ...], int]:
    """Returns the header of each column and the number of header rows; nothing if there are none.

    Full-width titles come above the headers. A vertically merged cell, or one that spans several
    columns, means that there is another header row.
    """
    first = 0
    while first < len(grid.rows) - 1 and is_full_width(grid.rows[first], grid.width):
        first += 1
    stop = first + 1
    while stop < min(len(grid.rows) - 1, first + _MOST_HEAD_ROWS) and _goes_down(grid, stop):
        stop += 1
    rows = grid.rows[first:stop]
    heads = tuple(_lowest(list(over(rows, column))) for column in range(grid.width))
    named = [head for head in heads if head]
    if len(named) < 2 or len(named) < grid.width - 1 or len({*map(key_of, named)}) < len(named):
        return (), 0
    if max(map(len, named)) > _LONGEST_HEAD or sum(map(len, named)) / len(named) > _MEAN_HEAD:
        return (), 0
    if _reads_as_row(grid, rows[-1]):
        return (), 0
    return heads, stop


def _goes_down(grid: Grid, at: int) -> bool:
    """Whether a row belongs to the header rows above it."""
    above, row = grid.rows[at - 1], grid.rows[at]
    spans = any(cell.span > 1 and len(above.cells) > 1 for cell in above.cells)
    merged = any(cell.merged for cell in row.cells) and spans
    bold = all(cell.bold for cell in row.filled) and all(cell.bold for cell in above.filled)
    return (spans or merged) and (bold or merged) and not is_full_width(row, grid.width)


def _reads_as_row(grid: Grid, row: GridRow) -> bool:
    """Whether a possible header is a row like those below: neither stands out."""
    texts = [cell.line for cell in row.filled]
    if any(text.endswith(("?", ".")) and len(text) > 12 for text in texts):
        return True
    stands_out = any(cell.bold or cell.shaded for cell in row.filled)
    return not stands_out and any(any(map(str.isdigit, text)) for text in texts)


def _lowest(cells: Sequence[GridCell]) -> str:
    return next((cell.line for cell in reversed(cells) if cell.line), "")


def _goes_on(grid: Grid, before: tuple[Kind, Grid]) -> bool:
    kind, last = before
    if grid.width != kind.width:
        return False
    if not grid.edges:
        return grid.after <= last.after + 1 or not last.edges
    if len(grid.edges) != len(last.edges):
        return False
    return grid.opens_page and all(
        abs(own - other) < _SAME_EDGE for own, other in zip(grid.edges, last.edges, strict=True)
    )
