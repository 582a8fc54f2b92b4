"""Tables with labels for every question, converted to one header and a row per question.

The labels are to the left of their fields, below one another; text that recurs in many tables is a
label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.tables.heads import key_of
from extractors.suggesting.grids import Grid, GridCell, GridRow

_FEWEST = 4
_LONGEST_LABEL = 40
_WIDTH = 2


def with_records(grids: Sequence[Grid]) -> list[Grid]:
    """Returns the tables of a document; labelled fields become a header and a row per record."""
    labels = _labels(grids)
    if len(labels) < _WIDTH:
        return list(grids)
    return [_as_table(grid, labels) if _is_of_records(grid, labels) else grid for grid in grids]


def _labels(grids: Sequence[Grid]) -> dict[str, str]:
    """Returns the texts left of fields that recur in most two-column tables, as printed."""
    narrow = [grid for grid in grids if grid.width == _WIDTH]
    lefts = [_left(row) for grid in narrow for row in grid.rows]
    counts = Counter(key_of(text) for text in lefts if text and len(text) <= _LONGEST_LABEL)
    enough = max(_FEWEST, len(narrow) // 2)
    printed: dict[str, str] = {}
    for text in lefts:
        if text and counts[key_of(text)] >= enough:
            printed.setdefault(key_of(text), text)
    return printed


def _left(row: GridRow) -> str:
    first = row.cells[0] if row.cells else None
    return first.line if first is not None and first.column == 0 and first.span == 1 else ""


def _is_of_records(grid: Grid, labels: dict[str, str]) -> bool:
    """Whether a table has a label, or nothing, to the left of every field."""
    lefts = [key_of(text) for row in grid.rows if (text := _left(row))]
    return grid.width == _WIDTH and bool(lefts) and all(key in labels for key in lefts)


def _as_table(grid: Grid, labels: dict[str, str]) -> Grid:
    heads = tuple(GridCell(text, at, bold=True) for at, text in enumerate(labels.values()))
    rows = (GridRow(heads), *_records(grid.rows, list(labels)))
    return replace(grid, rows=rows, width=len(heads), edges=())


def _records(rows: Sequence[GridRow], labels: Sequence[str]) -> Iterator[GridRow]:
    """Yields a row for each record, which begins with the first of the labels.

    The rest of a record cut by a page break is left out.
    """
    starts = [at for at, row in enumerate(rows) if key_of(_left(row)) == labels[0]]
    for start, stop in pairwise([*starts, len(rows)]):
        fields = {
            labels.index(key): row.cells[1]
            for row in rows[start:stop]
            if (key := key_of(_left(row))) in labels and len(row.cells) == _WIDTH
        }
        cells = (
            replace(fields[at], column=at, span=1) if at in fields else GridCell("", at)
            for at in range(len(labels))
        )
        yield GridRow(tuple(cells), rows[start].page)
