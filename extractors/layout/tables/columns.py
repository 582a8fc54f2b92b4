"""The borders between a table's columns: drawn lines, or the white space below its headers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells.runs import Run, TextLine, joined, line_of
from extractors.layout.tables.heads import Head
from extractors.layout.tables.rules import Strokes

_NEAR = 8.0
_TALLER = 1.1
"""Height of the lowest row, in font sizes."""
_SLACK = 2.0
_VERY_NEAR = 0.5
_EDGE_SUPPORT = 2
_EDGE_STARTS = 3
"""Fewest lines beginning at one place between the headers that make the edge of a column."""


class Columns(NamedTuple):
    """The columns of a table.

    Attributes:
        borders: Where each column but the first begins, from the left.
        left: Left edge of the table's text.
        right: Right edge of its text or frame.
        ruled: Whether drawn lines separate the columns.
        sure: Whether no text contradicts the borders.
    """

    borders: tuple[float, ...]
    left: float
    right: float
    ruled: bool
    sure: bool = True

    def moved(self, distance: float) -> Columns:
        """Returns the columns moved right by some points."""
        return self._replace(
            borders=tuple(border + distance for border in self.borders),
            left=self.left + distance,
            right=self.right + distance,
        )

    def of(self, run: Run) -> int:
        """Returns the index of a run's column."""
        return bisect_right(self.borders, run.x0 + _SLACK)

    def reached_by(self, line: TextLine) -> bool:
        """Whether a line has text in a later column than the first."""
        return bisect_right(self.borders, line.runs[-1].x0 + _SLACK) > 0

    def split(self, line: TextLine) -> tuple[TextLine | None, ...]:
        """Returns the part of a line in each column; None where there is none."""
        if len(line.runs) == 1:
            cells: list[TextLine | None] = [None] * (len(self.borders) + 1)
            cells[self.of(line.runs[0])] = line
            return tuple(cells)
        columns: list[list[Run]] = [[] for _ in range(len(self.borders) + 1)]
        for run in line.runs:
            columns[bisect_right(self.borders, run.x0 + _SLACK)].append(run)
        count = len(line.runs)
        return tuple(
            [
                (line if len(runs) == count else line_of(runs, line.page)) if runs else None
                for runs in columns
            ]
        )

    def aligned_with(self, line: TextLine) -> bool:
        """Whether a line has text that begins exactly where a later column does."""
        return any(
            abs(run.x0 - border) < 2 * _SLACK for run in line.runs for border in self.borders
        )

    def crossed_by(self, line: TextLine) -> bool:
        """Whether a run crosses a border."""
        for border in self.borders:
            low, high = border - _SLACK, border + _SLACK
            # Most lines are entirely on one side.
            if line.x0 < low and line.x1 > high:
                for run in line.runs:
                    if run.x0 < low and run.x1 > high:
                        return True
        return False


def find_columns(
    head: Head, below: Sequence[TextLine], strokes: Strokes, *, on_grid: bool = False
) -> tuple[Columns, int]:
    """Finds the columns of a table.

    Args:
        head: Its column headers.
        below: The lines below the headers, down to the next headers or the end of the page.
        strokes: What is drawn on the page.
        on_grid: Whether the lines are on a character grid, where columns need not be right below
            their headers.

    Returns:
        The columns, and how many of the lines come before the first that crosses a border.
    """
    drawn = [_drawn_border(head, index, strokes) for index in range(len(head.columns) - 1)]
    if all(border is not None for border in drawn):
        borders = tuple(border for border in drawn if border is not None)
        left, right = _frame(head, strokes)
        return Columns(borders, left, right, ruled=True), len(below)
    return _from_gutters(head, below, drawn, on_grid=on_grid)


def without(white: list[tuple[float, float]], x0: float, x1: float) -> list[tuple[float, float]]:
    """Returns strips of white space without the part that text covers."""
    rest = []
    for low, high in white:
        if x1 <= low or x0 >= high:
            rest.append((low, high))
            continue
        if x0 > low:
            rest.append((low, x0))
        if x1 < high:
            rest.append((x1, high))
    return rest


def _drawn_border(head: Head, index: int, strokes: Strokes) -> float | None:
    """Returns the drawn line, or the edge of shading, between a column's header and the next.

    The side of an answer's box is no such line: it is no taller than text.
    """
    low, high = head.span(index)[1] - _SLACK, head.span(index + 1)[0] + _SLACK
    top = min(run.base - run.size for run in head.runs)
    bottom = max(run.base for run in head.runs)
    least = _TALLER * max(run.size for run in head.runs)
    found = [
        stroke.at
        for stroke in strokes.upright
        if low <= stroke.at <= high
        and stroke.start < bottom + _NEAR
        and stroke.end > top
        and stroke.end - stroke.start > least
    ]
    return max(found) if found else None


def _frame(head: Head, strokes: Strokes) -> tuple[float, float]:
    """Returns the table's left and right edge: the outermost drawn lines, or its headers."""
    left, right = head.span(0)[0], head.span(len(head.columns) - 1)[1]
    base = head.runs[0].base
    reach = [
        stroke
        for stroke in strokes.across
        if stroke.start <= left + _SLACK and stroke.end >= right - _SLACK
    ]
    if reach:
        nearest = min(reach, key=lambda stroke: abs(stroke.at - base))
        return left, nearest.end
    beyond = [
        stroke.at
        for stroke in strokes.upright
        if stroke.at >= right - _SLACK and stroke.start <= base <= stroke.end + _NEAR
    ]
    return left, min(beyond, default=right)


def _from_gutters(
    head: Head, below: Sequence[TextLine], drawn: Sequence[float | None], *, on_grid: bool
) -> tuple[Columns, int]:
    """Finds borders in the white space between the headers, narrowed by the lines below them.

    The border is in the space between two headers. A line that ends in it belongs to the left
    column, one that begins in it to the right one; a line that fills it crosses the table.
    """
    gaps = [
        [border - _SLACK, border + _SLACK]
        if border is not None
        else [head.span(i)[1], head.span(i + 1)[0]]
        for i, border in enumerate(drawn)
    ]
    inside: list[tuple[int, float, float]] = []
    starts: list[float] = []
    edges = [] if on_grid else _edges(gaps, below)
    spans_of = [joined(line, edges) for line in below]
    stop = _end(spans_of, [line.size for line in below], gaps, edges)
    for spans in spans_of[:stop]:
        for x0, x1 in spans:
            starts.append(x0)
            for index, gap in enumerate(gaps):
                if x1 > gap[0] and x0 < gap[1] and not _fills(gap, x0, x1):
                    _narrow(gap, index, x0, x1, inside)
    head_left = head.span(0)[0]
    heads_left = any(abs(start - head_left) < _SLACK for start in starts)
    for index, x0, x1 in inside:
        low, high = gaps[index]
        if not low < x0 < x1 < high:
            continue
        # If lines begin at the right column's edge, text to the left of it is in the left column.
        at_edge = sum(1 for start in starts if abs(start - high) < _SLACK)
        if heads_left or at_edge >= _EDGE_SUPPORT:
            gaps[index][0] = x1
        else:
            gaps[index][1] = x0
    borders = tuple(
        border if border is not None else max(low, high - _SLACK / 2)
        for border, (low, high) in zip(drawn, gaps, strict=True)
    )
    lines = below[:stop]
    # Text below the table may begin further left than the cells: count only lines of rows.
    rows = [line.x0 for line in lines if line.x0 < borders[0] < line.runs[-1].x0 + _SLACK]
    left = min([head_left, *rows])
    right = max([head.span(len(head.columns) - 1)[1], *(line.x1 for line in lines)])
    sure = all(a < b for a, b in pairwise(borders))
    return Columns(borders, left, right, ruled=False, sure=sure), stop


def _edges(gaps: Sequence[Sequence[float]], below: Sequence[TextLine]) -> list[float]:
    """Returns where lines begin below one another in the white space between headers.

    A column begins there, however close the text beside it comes; so does one whose text begins
    exactly where its header does.
    """
    edges = []
    for low, high in gaps:
        inside = [run.x0 for line in below for run in line.runs if low <= run.x0 <= high + _SLACK]
        starts = Counter(map(round, inside))
        if any(abs(start - high) < _VERY_NEAR for start in inside):
            edges.append(high)
        elif starts:
            at, count = max(starts.items(), key=lambda item: (item[1], item[0]))
            if count >= _EDGE_STARTS and 2 * count > starts.total():
                edges.append(float(at))
    return edges


def _end(
    lines: Sequence[Sequence[tuple[float, float]]],
    sizes: Sequence[float],
    gaps: Sequence[Sequence[float]],
    edges: Sequence[float],
) -> int:
    """Returns how many lines come before the first that crosses the table below its last row.

    Some programs let a line of a cell come out half a letter wider than its column.
    """
    crossing = None
    for at, (spans, size) in enumerate(zip(lines, sizes, strict=True)):
        if any(abs(x0 - edge) <= 1 for x0, _ in spans for edge in edges):
            crossing = None
        elif crossing is None and any(
            _fills(gap, x0, x1 - size / 2) for gap in gaps for x0, x1 in spans
        ):
            crossing = at
    return len(lines) if crossing is None else crossing


def _fills(gap: Sequence[float], x0: float, x1: float) -> bool:
    """Whether a span of text runs over the whole of a gap."""
    return x0 <= gap[0] and x1 >= gap[1]


def _narrow(
    gap: list[float], index: int, x0: float, x1: float, inside: list[tuple[int, float, float]]
) -> None:
    """Returns a gap without the part covered by a span of text that reaches into it."""
    low, high = gap
    if x0 <= low:
        gap[0] = x1
    elif x1 >= high:
        gap[1] = x0
    else:
        inside.append((index, x0, x1))
