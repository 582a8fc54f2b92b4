"""Model of a sheet, before it becomes a worksheet or a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import pyarrow as pa


class Styled(NamedTuple):
    """A text with a style, such as an answer code, which a workbook shows as a colour."""

    text: str
    style: str


Cell = str | int | float | Styled | None
"""None and "" are blank."""

Note = tuple[str, str]
"""A fact about a file: a heading and a text."""


class Cells(NamedTuple):
    """Cells of one column, from the top.

    Attributes:
        values: Texts, whole numbers or fractions; null is blank, as "" is.
        styles: The style of each value, null for no style; None if no value has one.
    """

    values: pa.Array
    styles: pa.Array | None = None

    def stretch(self, start: int, count: int) -> Cells:
        """`count` cells from the 0-based index `start`."""
        styles = None if self.styles is None else self.styles.slice(start, count)
        return Cells(self.values.slice(start, count), styles)


Batch = Sequence[Cells]
"""Some rows of a sheet, as columns from left to right."""


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
        id: Its id, such as `answers`.
        title: Its name for people.
        columns: Its columns, left to right.
        batches: Returns a new iterator over its rows, in batches.
        count: Number of its rows.
        frozen: Columns that stay in view.
        repeated: Columns repeated on every worksheet if it is too wide for one.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    batches: Callable[[], Iterator[Batch]]
    count: int
    frozen: int = 1
    repeated: int = 0


def batches_of(rows: Iterable[Sequence[Cell]], size: int = 256) -> Iterator[Batch]:
    """Yields rows in batches, each as columns.

    Args:
        rows: The rows; each column holds either texts or numbers.
        size: Maximum rows in a batch.
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
