"""Model of a summary, before it becomes a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.publishing.sheets.model import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers or sentences.

    Attributes:
        title: Its title; "" if the chapter's heading is enough.
        headings: A heading for each column.
        rows: Its rows.
        total: Number of rows in all; greater than `len(rows)` if some are left out.
        tight: Whether it has many narrow columns, whose headings are set vertically.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure.

    Attributes:
        id: Its file name, without extension.
        title: What it shows.
        spec: The chart in Vega-Lite.
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
        figures: Charts of the numbers in `tables`.
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
    """Returns a table with at most `most` of the rows."""
    shown = rows if most is None else rows[:most]
    return Table(title, tuple(headings), tuple(shown), len(rows) if total is None else total)
