"""What a sheet is, before it becomes a sheet of a workbook or a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import pyarrow as pa


class Styled(NamedTuple):
    """A text with what it stands for, as an answer code, which a workbook shows in colour."""

    text: str
    style: str


Cell = str | int | float | Styled | None
"""None and "" are blank."""

Note = tuple[str, str]
"""Something told of a file: a heading and a text."""


class Cells(NamedTuple):
    """Cells of one column, from the top.

    Attributes:
        values: Texts, whole numbers or fractions; null is blank, as "" is.
        styles: What each stands for, null where it stands for nothing; None if none does.
    """

    values: pa.Array
    styles: pa.Array | None = None

    def stretch(self, start: int, count: int) -> Cells:
        """Some of the cells, from the `start`th from 0."""
        styles = None if self.styles is None else self.styles.slice(start, count)
        return Cells(self.values.slice(start, count), styles)


Batch = Sequence[Cells]
"""Some rows of a sheet, column by column from the left."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        heading: Its heading.
        width: In characters.
    """

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Attributes:
        id: What it is, as `answers`.
        title: Its name for people.
        columns: Its columns from the left.
        batches: Gives its rows, anew each time, a batch at a time.
        count: Number of its rows.
        frozen: Columns that stay in view.
        repeated: Columns that stand again on each sheet where it is too wide for one.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    batches: Callable[[], Iterator[Batch]]
    count: int
    frozen: int = 1
    repeated: int = 0


def batches_of(rows: Iterable[Sequence[Cell]], size: int = 256) -> Iterator[Batch]:
    """Yields rows column by column.

    Args:
        rows: The rows; each column holds either texts or numbers.
        size: Most rows in a batch.
    """
    left = iter(rows)
    while chosen := list(islice(left, size)):
        yield [_cells(column) for column in zip(*chosen, strict=True)]


def _cells(column: Sequence[Cell]) -> Cells:
    values = pa.array([cell.text if isinstance(cell, Styled) else cell for cell in column])
    if not any(isinstance(cell, Styled) for cell in column):
        return Cells(values)
    styles = [cell.style if isinstance(cell, Styled) else None for cell in column]
    return Cells(values, pa.array(styles, pa.string()))
