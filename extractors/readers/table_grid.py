"""Places cells with row and column spans in the grid of their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.document import Line, SourceTable, TableCell

WIDEST = 200
"""Maximum column span of a cell."""


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A cell as the source has it: its content, how many columns and rows it covers, its looks."""

    lines: tuple[Line, ...]
    tables: tuple[SourceTable, ...] = ()
    columns: int = 1
    rows: int = 1
    looks: tuple[str, ...] = ()


def set_in_grid(rows: Sequence[Sequence[SpannedCell]]) -> tuple[tuple[TableCell, ...], ...]:
    """Returns the rows of a table with the column of each cell.

    A cell that spans several rows continues in the rows below as a cell without lines.
    """
    waiting: dict[int, tuple[int, int]] = {}  # column: its span, and number of rows left
    grid = []
    for row in rows:
        placed: list[TableCell] = []
        below: dict[int, tuple[int, int]] = {}
        column = 0
        for cell in row:
            column = _pass(column, waiting, placed, below)
            span = min(max(1, cell.columns), WIDEST)
            placed.append(TableCell(cell.lines, column, span, tables=cell.tables, looks=cell.looks))
            if cell.rows > 1:
                below[column] = (span, cell.rows - 1)
            column += span
        for column in sorted(waiting):
            _pass(column, waiting, placed, below)
        waiting = below
        grid.append(tuple(placed))
    return tuple(grid)


def _pass(
    column: int,
    waiting: dict[int, tuple[int, int]],
    placed: list[TableCell],
    below: dict[int, tuple[int, int]],
) -> int:
    """Places the cells continued from above at a column; returns the next free column."""
    while column in waiting:
        span, left = waiting.pop(column)
        placed.append(TableCell((), column, span, continues=True))
        if left > 1:
            below[column] = (span, left - 1)
        column += span
    return column
