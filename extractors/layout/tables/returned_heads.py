"""Heads that return on a page with no line below them: what is left of a row stands in their cells.

Some programs draw no line above the rest of a row that a page cuts. Where the head returns above
it, both stand in the same drawn cells, and the head's own words tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.grid import DrawnCell, DrawnTable
from extractors.layout.tables.heads import key_of
from models.document import Box

_MOST_ROWS = 4
"""So many rows a head has at most."""
_FEWEST = 2
_BELOW = 0.3
"""Share of its size below a baseline that its letters reach."""


class ReturnedHeads:
    """Parts heads from what stands below them in their cells, page by page."""

    def __init__(self) -> None:
        self._known: set[tuple[str, ...]] = set()

    def part(self, tables: Iterable[DrawnTable], page: int) -> list[DrawnTable]:
        """Returns the tables of the next page; a row that opens with a known head is two rows."""
        parted = [self._part(table, page) for table in tables]
        for table in parted:
            for row in table.rows[:_MOST_ROWS]:
                keys = tuple(_key(cell.lines(page)) for cell in row)
                if sum(map(bool, keys)) >= _FEWEST:
                    self._known.add(keys)
        return parted

    def _part(self, table: DrawnTable, page: int) -> DrawnTable:
        for at, row in enumerate(table.rows[:_MOST_ROWS]):
            if any(cell.row + cell.rows - 1 != at for cell in row):
                continue
            lines = [cell.lines(page) for cell in row]
            counts = next(filter(None, (_heads(lines, keys) for keys in self._known)), None)
            if counts:
                return _divided(table, at, lines, counts)
        return table


def _key(lines: Sequence[TextLine]) -> str:
    return key_of(" ".join(line.text for line in lines))


def _heads(cells: Sequence[Sequence[TextLine]], keys: Sequence[str]) -> list[int] | None:
    """Returns how many lines of each cell are its head, None if they are not, or all lines are."""
    if len(cells) != len(keys):
        return None
    counts = []
    for lines, key in zip(cells, keys, strict=True):
        count = next((n for n in range(len(lines) + 1) if _key(lines[:n]) == key), None)
        if count is None:
            return None
        counts.append(count)
    parts = list(zip(cells, counts, strict=True))
    foot = max(line.base for lines, count in parts for line in lines[:count])
    rest = [line for lines, count in parts for line in lines[count:]]
    return counts if rest and all(line.base > foot for line in rest) else None


def _divided(
    table: DrawnTable, at: int, lines: Sequence[Sequence[TextLine]], counts: Sequence[int]
) -> DrawnTable:
    """Returns a table with a row of heads parted from what stands below them."""
    heads = [line for own, count in zip(lines, counts, strict=True) for line in own[:count]]
    lowest = max(heads, key=lambda line: line.base)
    border = lowest.base + _BELOW * lowest.size
    for cell in {id(cell): cell for row in table.rows[at + 1 :] for cell in row}.values():
        cell.row += 1
    below = []
    for cell, own, count in zip(table.rows[at], lines, counts, strict=True):
        box = cell.box
        rest = [run for line in own[count:] for run in line.runs]
        below.append(DrawnCell(Box(box.x0, border, box.x1, box.y1), at + 1, 1, rest))
        cell.box = Box(box.x0, box.y0, box.x1, border)
        cell.runs = [run for line in own[:count] for run in line.runs]
    rows = (*table.rows[: at + 1], tuple(below), *table.rows[at + 1 :])
    tops = (*table.tops[: at + 1], border, *table.tops[at + 1 :])
    return replace(table, tops=tops, rows=rows)
