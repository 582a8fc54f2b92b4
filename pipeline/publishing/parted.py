"""Parting what is too much for a workbook: long cells, and sheets with too many rows or columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.publishing.sheets.model import Styled

if TYPE_CHECKING:
    from pipeline.publishing.sheets.model import Cell, Sheet

CELL = 32_767
"""Most UTF-16 units in a cell of Excel."""

ROWS = 1_048_576
"""Most rows of a sheet, its head among them."""

COLUMNS = 16_384
"""Most columns of a sheet."""


def pieces(text: str, most: int = CELL) -> list[str]:
    """Parts a text where it is too long for a cell; no character is cut in two.

    Args:
        text: The text.
        most: Most UTF-16 units in a piece.
    """
    if 2 * len(text) <= most or _units(text) <= most:
        return [text]
    found, start = [], 0
    while start < len(text):
        end = min(start + most, len(text))
        while (over := _units(text[start:end]) - most) > 0:
            end -= (over + 1) // 2
        found.append(text[start:end])
        start = end
    return found


def column_parts(sheet: Sheet) -> list[int]:
    """Returns for each column of a sheet how many cells its longest text needs."""
    needed = [1] * len(sheet.columns)
    for row in sheet.rows():
        for index, cell in enumerate(row):
            text = cell.text if isinstance(cell, Styled) else cell
            if isinstance(text, str) and 2 * len(text) > CELL:
                needed[index] = max(needed[index], len(pieces(text)))
    return needed


def column_stretches(sheet: Sheet, parts: Sequence[int]) -> list[list[int]]:
    """Returns which columns stand on which sheet; the repeated ones on each.

    Args:
        sheet: The sheet.
        parts: How many cells each column needs.
    """
    repeated = list(range(sheet.repeated))
    others = range(sheet.repeated, len(sheet.columns))
    room = COLUMNS - len(repeated) - (sum(parts) - len(parts))
    found = [[*repeated, *others[i : i + room]] for i in range(0, len(others), room)]
    return found or [repeated]


def spread(row: Sequence[Cell], parts: Sequence[int]) -> Sequence[Cell]:
    """Returns a row with its long texts parted into the cells beside."""
    if sum(parts) == len(parts):
        return row
    cells: list[Cell] = []
    for cell, count in zip(row, parts, strict=True):
        own = _pieces(cell) if count > 1 else [cell]
        cells += own + [None] * (count - len(own))
    return cells


def _pieces(cell: Cell) -> list[Cell]:
    if isinstance(cell, Styled):
        return [Styled(piece, cell.style) for piece in pieces(cell.text)]
    return [*pieces(cell)] if isinstance(cell, str) else [cell]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
