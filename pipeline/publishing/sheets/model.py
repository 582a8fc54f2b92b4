"""What a sheet is, before it becomes a sheet of a workbook or a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Styled(NamedTuple):
    """A text with what it stands for, as an answer code, which a workbook shows in colour."""

    text: str
    style: str


Cell = str | int | float | Styled | None
"""None and "" are blank."""

Note = tuple[str, str]
"""Something told of a file: a heading and a text."""


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
        rows: Gives its rows, anew each time.
        count: Number of its rows.
        frozen: Columns that stay in view.
        repeated: Columns that stand again on each sheet where it is too wide for one.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Sequence[Cell]]]
    count: int
    frozen: int = 1
    repeated: int = 0
