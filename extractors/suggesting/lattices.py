"""Grids of the tables whose cells are drawn on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.layout.cells.runs import Run, TextLine, text_lines
from extractors.layout.tables.rules import Stroke, Strokes
from extractors.suggesting.grids import Grid, GridCell, GridRow
from extractors.suggesting.looks import Look
from models.document import Box

_TOUCH = 3.0
_SAME = 3.0
_FEWEST_COLUMNS = 2
_FEWEST_ROWS = 2
_MOST_PAIRS = 100_000
_MOST_CELLS = 4_000


def lattices(
    lines: Sequence[TextLine], strokes: Strokes, page: int, looks: Sequence[Look] = ()
) -> list[tuple[Grid, Box]]:
    """Returns the ruled tables of a page with their bounding boxes.

    A table is a set of connected lines that separate at least two columns. Cells without a line
    between them are one.

    Args:
        lines: The lines of the page.
        strokes: What is drawn on it.
        page: Its number, from 1.
        looks: Its pictures and coloured areas.
    """
    found = []
    if len(strokes.across) * len(strokes.upright) > _MOST_PAIRS:  # a drawing, not a table
        return []
    for across, upright in _connected(strokes):
        ends = [end for stroke in across for end in (stroke.start, stroke.end)]
        tops = _places([stroke.at for stroke in across])
        lefts = _places([min(ends), *(stroke.at for stroke in upright), max(ends)])
        if len(lefts) <= _FEWEST_COLUMNS or len(tops) <= _FEWEST_ROWS:
            continue
        if len(lefts) * len(tops) > _MOST_CELLS:
            continue
        box = Box(lefts[0], tops[0], lefts[-1], tops[-1])
        runs = [run for line in lines for run in line.runs if _inside(run, box)]
        work = _Lattice(tops, lefts, across, upright, looks)
        grid = work.grid(runs, strokes.shades, page)
        above = any(line.base < box.y0 for line in lines)
        before = [r.piece.line.number for line in lines for r in line.runs if line.base < box.y0]
        if sum(1 for row in grid.rows if len(row.filled) > 1) >= _FEWEST_ROWS:
            placed = Grid(grid.rows, grid.width, tuple(lefts), max(before, default=0), not above)
            found.append((placed, box))
    return sorted(found, key=lambda pair: pair[1].y0)


def stands_in(line: TextLine, box: Box) -> bool:
    """Whether a line of text is inside the box of a table."""
    middle = (line.x0 + line.x1) / 2
    return box.x0 - 1 <= middle <= box.x1 + 1 and box.y0 < line.base - 0.3 * line.size < box.y1


def _connected(strokes: Strokes) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups horizontal and vertical lines into connected components."""
    groups: list[tuple[list[Stroke], list[Stroke]]] = []
    for across in strokes.across:
        met = [group for group in groups if any(_meet(across, own) for own in group[1])]
        new = [own for own in strokes.upright if _meet(across, own)]
        joined = ([across], new)
        for group in met:
            joined[0].extend(group[0])
            joined[1].extend(own for own in group[1] if own not in joined[1])
            groups.remove(group)
        groups.append(joined)
    return [group for group in groups if group[1]]


def _meet(across: Stroke, upright: Stroke) -> bool:
    return (
        across.start - _TOUCH <= upright.at <= across.end + _TOUCH
        and upright.start - _TOUCH <= across.at <= upright.end + _TOUCH
    )


def _places(values: Iterable[float]) -> list[float]:
    """Distinct positions in order, merging those that nearly coincide."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _inside(run: Run, box: Box) -> bool:
    middle = (run.x0 + run.x1) / 2
    return box.x0 < middle < box.x1 and box.y0 < run.base - 0.3 * run.size < box.y1


class _Lattice:
    """The cells between the lines of one table."""

    def __init__(
        self,
        tops: Sequence[float],
        lefts: Sequence[float],
        across: Sequence[Stroke],
        upright: Sequence[Stroke],
        looks: Sequence[Look],
    ) -> None:
        self.looks = looks
        self.tops = tops
        self.lefts = lefts
        self.across = across
        self.upright = upright
        self.owner = {(y, x): (y, x) for y in range(len(tops) - 1) for x in range(len(lefts) - 1)}
        self._join()

    def grid(self, runs: Sequence[Run], shades: Sequence[Box], page: int) -> Grid:
        texts: dict[tuple[int, int], list[Run]] = defaultdict(list)
        for run in runs:
            y = bisect_right(self.tops, run.base - 0.3 * run.size) - 1
            x = bisect_right(self.lefts, run.x0 + 1) - 1
            texts[self._root((y, max(0, x)))].append(run)
        members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for place in self.owner:
            members[self._root(place)].append(place)
        rows: list[list[GridCell]] = [[] for _ in self.tops[1:]]
        for root, places in members.items():
            self._cell(rows, places, texts.get(root, []), shades, page)
        made = [
            GridRow(tuple(sorted(row, key=lambda cell: cell.column)), page) for row in rows if row
        ]
        return Grid(tuple(made), len(self.lefts) - 1)

    def _cell(
        self,
        rows: list[list[GridCell]],
        places: Sequence[tuple[int, int]],
        runs: Sequence[Run],
        shades: Sequence[Box],
        page: int,
    ) -> None:
        """Adds a cell to the row where it begins, and empty ones to the other rows it spans."""
        top, bottom = min(y for y, _ in places), max(y for y, _ in places)
        left, right = min(x for _, x in places), max(x for _, x in places)
        text, bold, opening = cell_text(runs, page)
        box = Box(self.lefts[left], self.tops[top], self.lefts[right + 1], self.tops[bottom + 1])
        for y in range(top, bottom + 1):
            rows[y].append(
                GridCell(
                    text if y == top else "",
                    left,
                    right - left + 1,
                    bold=bold and y == top,
                    shaded=_is_shaded(box, shades),
                    merged=y > top,
                    looks="" if text else self._looks(box),
                    opening=opening if y == top else "",
                )
            )

    def _looks(self, box: Box) -> str:
        """The appearance of the first picture or colour whose centre is in a box."""
        for own, looks in self.looks:
            x, y = (own.x0 + own.x1) / 2, (own.y0 + own.y1) / 2
            if box.x0 < x < box.x1 and box.y0 < y < box.y1:
                return looks
        return ""

    def _join(self) -> None:
        for y, (top, bottom) in enumerate(pairwise(self.tops)):
            middle = (top + bottom) / 2
            for x, at in enumerate(self.lefts[1:-1]):
                parted = any(
                    abs(own.at - at) <= _SAME and own.start <= middle <= own.end
                    for own in self.upright
                )
                if not parted:
                    self._unite((y, x), (y, x + 1))
        for x, (left, right) in enumerate(pairwise(self.lefts)):
            middle = (left + right) / 2
            for y, at in enumerate(self.tops[1:-1]):
                parted = any(
                    abs(own.at - at) <= _SAME and own.start <= middle <= own.end
                    for own in self.across
                )
                if not parted:
                    self._unite((y, x), (y + 1, x))

    def _root(self, place: tuple[int, int]) -> tuple[int, int]:
        if place not in self.owner:
            return place
        while self.owner[place] != place:
            place = self.owner[place]
        return place

    def _unite(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self.owner[second] = first


def cell_text(runs: Sequence[Run], page: int) -> tuple[str, bool, str]:
    """Returns a cell's text with line feeds between paragraphs, its boldness and first line."""
    lines = text_lines(runs, page)
    text = ""
    for place, line in enumerate(lines):
        above = lines[place - 1] if place else None
        gap = line.base - above.base if above else 0.0
        text += ("\n" if gap > 1.45 * line.size else " ") + line.text
    bold = bool(runs) and all(run.bold for run in runs)
    return text.strip(), bold, lines[0].text if lines else ""


def _is_shaded(box: Box, shades: Sequence[Box]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(own.x0 <= x <= own.x1 and own.y0 <= y <= own.y1 for own in shades)
