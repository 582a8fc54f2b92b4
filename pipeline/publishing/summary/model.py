"""What a summary is made of, before it becomes a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.publishing.sheets.model import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers or sentences in rows.

    Attributes:
        title: What it shows; "" where its chapter says it.
        headings: A heading for each column.
        rows: Its rows.
        total: Number of rows that there are; more than `rows` has where the rest is left out.
        tight: Whether it has many columns with little in each, whose headings stand on end.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of numbers.

    Attributes:
        id: Its name as a file.
        title: What it shows.
        spec: The picture in Vega-Lite.
    """

    id: str
    title: str
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the summary.

    Attributes:
        id: Its anchor.
        title: Its heading.
        texts: Paragraphs.
        figures: Pictures of what stands in `tables`.
        tables: Tables beside the figures, or alone.
    """

    id: str
    title: str
    texts: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


def table(
    title: str,
    headings: list[str],
    rows: list[tuple[Cell, ...]],
    most: int | None = None,
    total: int | None = None,
) -> Table:
    """Returns a table, with no more than `most` rows of those that there are."""
    shown = rows if most is None else rows[:most]
    return Table(title, tuple(headings), tuple(shown), len(rows) if total is None else total)
