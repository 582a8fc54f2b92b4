"""Splitting what exceeds Excel's limits: long cells, and sheets with too many rows or columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.sheets.model import Cells

if TYPE_CHECKING:
    from pipeline.publishing.sheets.model import Batch, Sheet

CELL = 32_767
"""Maximum UTF-16 code units in an Excel cell."""

ROWS = 1_048_576
"""Maximum rows of a sheet, including its header."""

COLUMNS = 16_384
"""Maximum columns of a sheet."""


def pieces(text: str, most: int = CELL) -> list[str]:
    """Splits a text that is too long for a cell, never inside a character.

    Args:
        text: The text.
        most: Maximum UTF-16 code units in a piece.
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
    for batch in sheet.batches():
        for index, cells in enumerate(batch):
            for text in long_texts(cells.values):
                needed[index] = max(needed[index], len(pieces(text)))
    return needed


def column_stretches(sheet: Sheet, parts: Sequence[int]) -> list[list[int]]:
    """Returns the columns of each sheet; repeated columns are on every sheet.

    Args:
        sheet: The sheet.
        parts: How many cells each column needs.
    """
    repeated = list(range(sheet.repeated))
    others = range(sheet.repeated, len(sheet.columns))
    room = COLUMNS - len(repeated) - (sum(parts) - len(parts))
    found = [[*repeated, *others[i : i + room]] for i in range(0, len(others), room)]
    return found or [repeated]


def spread(batch: Batch, parts: Sequence[int]) -> Batch:
    """Returns rows with long texts split over adjacent cells."""
    return [
        own
        for cells, count in zip(batch, parts, strict=True)
        for own in (_parted(cells, count) if count > 1 else [cells])
    ]


def cut(batches: Iterable[Batch], most: int) -> Iterator[Batch]:
    """Yields batches that end where each page of `most` rows is full."""
    room = most
    for batch in batches:
        start, count = 0, len(batch[0].values)
        while start < count:
            taken = min(room, count - start)
            yield [cells.stretch(start, taken) for cells in batch]
            start += taken
            room = room - taken or most


def _parted(cells: Cells, count: int) -> list[Cells]:
    rows = [pieces(text) if text else [text] for text in cells.values.to_pylist()]
    return [
        Cells(
            pa.array([row[part] if part < len(row) else None for row in rows], pa.string()),
            cells.styles,
        )
        for part in range(count)
    ]


def long_texts(values: pa.Array) -> list[str]:
    """Texts that may be too long for a cell."""
    if not pa.types.is_string(values.type):
        return []
    chosen: list[str] = values.filter(pc.greater(pc.utf8_length(values), CELL // 2)).to_pylist()
    return chosen


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
