"""Tables whose cells are drawn: the grid of lines on a page, and the cell of each text.

Lines around every cell show rows, columns and merged cells, whatever the columns contain. Lines
that touch belong to one table. A line missing between two cells means that they are merged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.layout.cells.runs import Run, TextLine, text_lines
from extractors.layout.tables.rules import Stroke, Strokes
from models.document import Box

_SAME = 3.0
"""Points within which two lines are one border."""
_TOUCHES = 3.5
_COVERS = 0.6
"""Share of a cell's side that a line covers to be its border."""
_NARROWEST = 4.0
_CUT_OFF = 8.0
"""Fewest points by which the upright lines around a cut row continue."""
_FEWEST_SIDES = 2
_MOST_LINES = 1_500
_MOST_CELLS = 20_000
"""More lines than any page meant for people has."""
_RAISED = 0.3
"""Height of the middle of a run's letters above the baseline, as a share of the font size."""


@dataclass(slots=True)
class DrawnCell:
    """A cell of a drawn table.

    Attributes:
        box: Its bounding box.
        row: The first of its rows in the table, from 0.
        rows: How many rows it covers.
        runs: Its text.
        looks: The look of its pictures and shading.
    """

    box: Box
    row: int
    rows: int
    runs: list[Run] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)

    def lines(self, page: int) -> list[TextLine]:
        """Returns the lines of its text."""
        return text_lines(self.runs, page)


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A drawn table on one page: its cells from the left, row by row.

    Attributes:
        box: Its bounding box.
        tops: Where each row begins.
        rows: The cells of each row, including those that begin in a row above.
        rows_sure: Whether it is certain where its rows begin.
    """

    box: Box
    tops: tuple[float, ...]
    rows: tuple[tuple[DrawnCell, ...], ...]
    rows_sure: bool = True

    @property
    def size(self) -> int:
        """How many cells it has."""
        return sum(cell.row == at for at, row in enumerate(self.rows) for cell in row)


def drawn_tables(strokes: Strokes) -> list[DrawnTable]:
    """Returns the tables that lines on a page draw, from the top.

    A frame with a single cell is not a table.
    """
    if max(len(strokes.across), len(strokes.upright)) > _MOST_LINES:
        return []
    found = []
    for across, upright in _touching(strokes):
        table = _table(across, upright)
        if table is not None:
            found.append(table)
    return sorted(_apart(found), key=lambda table: (table.box.y0, table.box.x0))


def _apart(tables: Sequence[DrawnTable]) -> list[DrawnTable]:
    """Returns tables none of which is inside another: of two such, the one with more cells."""
    kept: list[DrawnTable] = []
    for table in sorted(tables, key=lambda own: own.size, reverse=True):
        box = table.box
        if not any(_holds(own.box, box) or _holds(box, own.box) for own in kept):
            kept.append(table)
    return kept


def _holds(outer: Box, box: Box) -> bool:
    return (
        outer.x0 <= box.x0 + _SAME
        and outer.x1 >= box.x1 - _SAME
        and outer.y0 <= box.y0 + _SAME
        and outer.y1 >= box.y1 - _SAME
    )


def _touching(strokes: Strokes) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Yields groups of lines that touch one another: the horizontal and the vertical ones."""
    parents = list(range(len(strokes.across) + len(strokes.upright)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    across = list(strokes.across)  # sorted by height
    heights = [stroke.at for stroke in across]
    for place, upright in enumerate(strokes.upright):
        first = bisect_right(heights, upright.start - _TOUCHES)
        stop = bisect_right(heights, upright.end + _TOUCHES)
        for at in range(first, stop):
            if across[at].start - _TOUCHES <= upright.at <= across[at].end + _TOUCHES:
                parents[root(len(across) + place)] = root(at)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for at, stroke in enumerate((*across, *strokes.upright)):
        groups[root(at)][at >= len(across)].append(stroke)
    yield from groups.values()


def _table(across: Sequence[Stroke], upright: Sequence[Stroke]) -> DrawnTable | None:
    """Returns the table that some lines draw, or None if they draw fewer than two cells."""
    if not across or not upright:
        return None
    ends = [end for stroke in across for end in (stroke.start, stroke.end)]
    xs = _places([*(stroke.at for stroke in upright), min(ends), max(ends)])
    whole = [own for own in across if _reaches(own, xs)]
    ys = _with_cut_ends(_places([own.at for own in whole]), upright)
    if not 2 <= (len(xs) - 1) * (len(ys) - 1) <= _MOST_CELLS:
        return None
    cells = _cells(xs, ys, _Lines(whole), _Lines(upright))
    if len({id(cell) for row in cells for cell in row}) < 2:
        return None
    return DrawnTable(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(ys[:-1]), _unique(cells))


def _with_cut_ends(ys: list[float], upright: Sequence[Stroke]) -> list[float]:
    """Returns where rows end, including ends without a line where a page break cuts a row."""
    if not ys:
        return ys
    for end, sign in ((ys[0], -1), (ys[-1], 1)):
        over = [
            own.start if sign < 0 else own.end
            for own in upright
            if own.start - _SAME <= end <= own.end + _SAME
        ]
        far = [at for at in over if sign * (at - end) > _CUT_OFF]
        if len(far) >= _FEWEST_SIDES and max(far) - min(far) <= _SAME:
            ys.append(sum(far) / len(far))
    return sorted(ys)


def _unique(cells: Iterable[Sequence[DrawnCell]]) -> tuple[tuple[DrawnCell, ...], ...]:
    rows = []
    for row in cells:
        kept: list[DrawnCell] = []
        for cell in row:
            if not kept or kept[-1] is not cell:
                kept.append(cell)
        rows.append(tuple(kept))
    return tuple(rows)


def _places(values: Iterable[float]) -> list[float]:
    """Returns the positions of borders: values closer than a border's width are one border."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _reaches(stroke: Stroke, xs: Sequence[float]) -> bool:
    """Whether a line runs from one upright border to another, which no underline does."""
    at_ends = [
        any(abs(end - x) <= _SAME + _TOUCHES for x in xs) for end in (stroke.start, stroke.end)
    ]
    return all(at_ends) and stroke.end - stroke.start > _NARROWEST


class _Lines:
    """Lines in one direction, by their position across it."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        self._strokes = sorted(strokes)
        self._ats = [stroke.at for stroke in self._strokes]

    def covers(self, at: float, start: float, end: float) -> bool:
        """Whether lines at a position cover most of a stretch."""
        first = bisect_right(self._ats, at - _SAME - 1)
        stop = bisect_right(self._ats, at + _SAME + 1)
        covered = sum(
            max(0.0, min(own.end, end) - max(own.start, start)) for own in self._strokes[first:stop]
        )
        return covered >= _COVERS * (end - start)


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: _Lines, upright: _Lines
) -> list[list[DrawnCell]]:
    """Returns the cell that covers each position in the grid."""
    width, height = len(xs) - 1, len(ys) - 1
    right = [
        [x < width - 1 and not upright.covers(xs[x + 1], ys[y], ys[y + 1]) for x in range(width)]
        for y in range(height)
    ]
    below = [
        [y < height - 1 and not across.covers(ys[y + 1], xs[x], xs[x + 1]) for x in range(width)]
        for y in range(height)
    ]
    cells: list[list[DrawnCell | None]] = [[None] * width for _ in range(height)]
    for y in range(height):
        for x in range(width):
            if cells[y][x] is not None:
                continue
            last = x
            while right[y][last] and cells[y][last + 1] is None:
                last += 1
            bottom = y
            while all(below[bottom][own] for own in range(x, last + 1)):
                bottom += 1
            cell = DrawnCell(Box(xs[x], ys[y], xs[last + 1], ys[bottom + 1]), y, bottom - y + 1)
            for row in range(y, bottom + 1):
                for column in range(x, last + 1):
                    cells[row][column] = cell
    return [[cell for cell in row if cell is not None] for row in cells]


def fill(tables: Sequence[DrawnTable], lines: Sequence[TextLine]) -> list[TextLine]:
    """Puts the text of a page into the cells that contain it; returns the text that is in none.

    Args:
        tables: The drawn tables of the page.
        lines: The page's lines.
    """
    rest: list[TextLine] = []
    for line in lines:
        outside: list[Run] = []
        for run in line.runs:
            cell = next(filter(None, (_cell_at(table, run) for table in tables)), None)
            if cell is None:
                outside.append(run)
            else:
                cell.runs.append(run)
        if len(outside) == len(line.runs):
            rest.append(line)
        elif outside:
            rest += text_lines(outside, line.page)
    return rest


def _cell_at(table: DrawnTable, run: Run) -> DrawnCell | None:
    """Returns the cell that a run begins in, by the middle of its letters."""
    return cell_at(table, run.x0 + min(2.0, (run.x1 - run.x0) / 2), run.base - _RAISED * run.size)


def cell_at(table: DrawnTable, x: float, y: float) -> DrawnCell | None:
    """Returns the cell at a place, in points from the top left of the page; None outside them."""
    box = table.box
    if not (box.y0 <= y <= box.y1 and box.x0 - _SAME <= x <= box.x1 + _SAME):
        return None
    at = bisect_right(table.tops, y) - 1
    return next((own for own in table.rows[max(0, at)] if own.box.x0 - 1 <= x < own.box.x1), None)
