"""Column headers repeated on a page with no line below them, so a row's rest is in their cells.

Some programs draw no line above the rest of a row cut by a page break. If the column headers are
repeated above it, both are in the same drawn cells, and the headers' own words separate them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.grid import DrawnCell, DrawnTable
from extractors.layout.tables.heads import key_of
from models.document import Box

_Keys = tuple[str, ...]
"""The words of each cell of a row."""

_MOST_ROWS = 4
"""Most rows that column headers can have."""
_FEWEST = 2
_BELOW = 0.3
"""How far letters reach below the baseline, as a share of the font size."""


class ReturnedHeads:
    """Separates column headers from the text below them in their cells, page by page."""

    def __init__(self) -> None:
        self._known: defaultdict[tuple[int, str], dict[_Keys, None]] = defaultdict(dict)

    def part(self, tables: Sequence[DrawnTable], page: int) -> list[DrawnTable]:
        """Returns the next page's tables; a row that begins with known headers becomes two rows.

        Only the first table of a page can continue from the previous page.
        """
        parted = [*(self._part(table, page) for table in tables[:1]), *tables[1:]]
        for table in parted:
            for row in table.rows[:_MOST_ROWS]:
                keys = tuple(_key(cell.lines(page)) for cell in row)
                if sum(map(bool, keys)) >= _FEWEST:
                    self._known[_first(keys)].setdefault(keys)
        return parted

    def _part(self, table: DrawnTable, page: int) -> DrawnTable:
        for at, row in enumerate(table.rows[:_MOST_ROWS]):
            if any(cell.row + cell.rows - 1 != at for cell in row):
                continue
            lines = [cell.lines(page) for cell in row]
            openings = list(map(_openings, lines))
            known = self._opened_alike(openings)
            found = [counts for keys in known if (counts := _heads(lines, openings, keys))]
            if found:
                return _divided(table, at, lines, max(found, key=sum))
        return table

    def _opened_alike(self, openings: Sequence[Mapping[str, int]]) -> Iterator[_Keys]:
        """Yields the known rows whose first cell with text is how a cell here begins."""
        for at, own in enumerate(openings):
            for key in own:
                yield from self._known.get((at, key), ())


def _key(lines: Sequence[TextLine]) -> str:
    return key_of(" ".join(line.text for line in lines))


def _first(keys: _Keys) -> tuple[int, str]:
    """Returns the position and the words of the first cell with text."""
    return next((at, key) for at, key in enumerate(keys) if key)


def _openings(lines: Sequence[TextLine]) -> dict[str, int]:
    """Returns the words of a cell's first lines, with how many lines they take up."""
    found = {"": 0}
    for count in range(1, len(lines) + 1):
        found.setdefault(_key(lines[:count]), count)
    return found


def _heads(
    cells: Sequence[Sequence[TextLine]], openings: Sequence[Mapping[str, int]], keys: _Keys
) -> list[int] | None:
    """Returns how many lines of each cell are its header; None if none or all of them are."""
    if len(cells) != len(keys):
        return None
    counts = []
    for own, key in zip(openings, keys, strict=True):
        if key not in own:
            return None
        counts.append(own[key])
    parts = list(zip(cells, counts, strict=True))
    foot = max(line.base for lines, count in parts for line in lines[:count])
    rest = [line for lines, count in parts for line in lines[count:]]
    return counts if rest and all(line.base > foot for line in rest) else None


def _divided(
    table: DrawnTable, at: int, lines: Sequence[Sequence[TextLine]], counts: Sequence[int]
) -> DrawnTable:
    """Returns a table with a row of headers separated from the text below them."""
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
