"""File order as evidence of rows: most programs draw a table cell by cell, row by row.

So the file returns from the last column to the first where a row begins, whatever the positions
on the page: even if cells are centred and nothing is drawn between rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.tables import TableArea

_MOSTLY = 0.5
_FEWEST = 3
_OUT_OF_ORDER = 0.1


class FileOrder(NamedTuple):
    """What the file order shows about the lines of a table on a page, by index.

    Attributes:
        begins: Lines that are the first of a row as drawn.
        question_goes_on: Lines whose text in the question column was drawn immediately after the
            text above it.
        beside_goes_on: The same for a later column.
    """

    begins: frozenset[int]
    question_goes_on: frozenset[int]
    beside_goes_on: frozenset[int]


NOTHING = FileOrder(frozenset(), frozenset(), frozenset())


class _Drawn(NamedTuple):
    """The part of a line in a column: its position in the file, its column and its line's index."""

    number: int
    column: int
    at: int


def file_order(area: TableArea) -> FileOrder:
    """Returns what the file order shows about a table on a page."""
    drawn = _drawn(area)
    on = [
        below
        for above, below in pairwise(drawn)
        if above.column == below.column and above.at < below.at
    ]
    return FileOrder(
        frozenset(min(own.at for own in row) for row in _rows(drawn)),
        frozenset(own.at for own in on if not own.column),
        frozenset(own.at for own in on if own.column),
    )


def is_drawn_by_rows(areas: Sequence[TableArea], answers: int) -> bool:
    """Whether a document's tables were drawn row by row, and their rows cell by cell.

    Then rows that have several lines in a cell are drawn as wholes, below one another, and there
    are about as many of them as answers.
    """
    by_area = [_rows(_drawn(area)) for area in areas]
    rows = [row for rows_of_area in by_area for row in rows_of_area]
    whole = [row for row in rows if len({own.column for own in row}) > 1]
    by_cells = sum(len(row) > len({own.column for own in row}) for row in whole)
    crossing = sum(
        max(own.at for own in above) >= min(own.at for own in below)
        for rows_of_area in by_area
        for above, below in pairwise(rows_of_area)
    )
    return (
        len(whole) >= max(_FEWEST, _MOSTLY * answers)
        and by_cells > _MOSTLY * len(whole)
        and crossing <= _OUT_OF_ORDER * len(rows)
    )


def _drawn(area: TableArea) -> list[_Drawn]:
    """Returns the parts of all lines by column, in file order."""
    return sorted(
        _Drawn(min(run.piece.line.number for run in cell.runs), column, at)
        for at, line in enumerate(area.lines)
        for column, cell in enumerate(area.cells(line))
        if cell is not None
    )


def _rows(drawn: Sequence[_Drawn]) -> list[list[_Drawn]]:
    """Splits the drawing order where it returns to an earlier column."""
    rows: list[list[_Drawn]] = []
    for own in drawn:
        if rows and own.column >= rows[-1][-1].column:
            rows[-1].append(own)
        else:
            rows.append([own])
    return rows


def told_apart(above: TextLine, below: TextLine) -> bool | None:
    """Whether the file's tags put two lines in different rows; None if they do not say."""
    return above.row != below.row if above.row and below.row else None
