"""The borders between a table's columns: drawn lines, or the white space below its headers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extractors.layout.cells.runs import Run, TextLine, joined, line_of
from extractors.layout.tables.heads import Head
from extractors.layout.tables.rules import Strokes

_NEAR = 8.0
_TALLER = 1.1
"""Height of the lowest row, in font sizes."""
_SLACK = 2.0
_VERY_NEAR = 0.5
_EXACT = 0.3
_HANGING = 0.1
"""How far such letters reach to the left of where they are set, in font sizes."""
_WORD_SPACE = 0.8
"""Widest word space that needs no other as wide on its line, in font sizes."""
_PARAGRAPH = 1.6
"""Font sizes between baselines from which on they belong to two paragraphs."""
_CLOSE = 8.0
"""Points between two headers below which one may be wider than its column, and by how much."""
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
        edges: For each border, where the lines of the column on its right begin exactly, if most
            of them do; otherwise None.
    """

    borders: tuple[float, ...]
    left: float
    right: float
    ruled: bool
    sure: bool = True
    edges: tuple[float | None, ...] = ()

    def moved(self, distance: float) -> Columns:
        """Returns the columns moved right by some points."""
        return self._replace(
            borders=tuple(border + distance for border in self.borders),
            left=self.left + distance,
            right=self.right + distance,
            edges=tuple(None if edge is None else edge + distance for edge in self.edges),
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
        for index, edge in enumerate(self.edges):
            word = _overhanging(columns[index], columns[index + 1], edge)
            if word is not None:
                columns[index].append(word)
                columns[index + 1].remove(word)
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

    def begun_by(self, line: TextLine) -> bool:
        """Whether a line has text that begins where most lines of a later column do."""
        return any(
            edge is not None and _begins_at(run, edge) for run in line.runs for edge in self.edges
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
        return len(line.runs) > 1 and any(
            cell is not None and self.of(cell.runs[-1]) > index
            for index, cell in enumerate(self.split(line) if any(self.edges) else ())
        )


def _overhanging(own: Sequence[Run], beside: Sequence[Run], edge: float | None) -> Run | None:
    """Returns the word beside a column that belongs to it, because it begins where no column does.

    A line that is too wide for its column can have its last word, drawn by itself, begin right at
    the next column. Other lines begin exactly at that column's edge, and the word follows by a
    word space or lies over text that begins there.
    """
    if edge is None or not own:
        return None
    for word in beside[:2]:
        if " " in word.text or _begins_at(word, edge) or abs(word.x0 - edge) >= _SLACK:
            continue
        others = [run for run in beside if run is not word]
        if others and not _begins_at(others[0], edge):
            continue
        widest = max([after.x0 - run.x1 + 1 for run, after in pairwise(own)], default=0.0)
        space = max(_WORD_SPACE * word.size, widest)
        if word.x0 - own[-1].x1 < space or any(run.x0 < word.x1 for run in others):
            return word
    return None


def _begins_at(run: Run, edge: float) -> bool:
    """Whether a text begins exactly at an edge; some letters reach further left."""
    reach = _HANGING * run.size if run.text[0] in "Jj" else 0.0
    return -_EXACT - reach <= run.x0 - edge <= _EXACT


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
    known = [None if on_grid else _edge(gap, below) for gap in gaps]
    edges = [edge for edge in known if edge is not None]
    for gap, edge in zip(gaps, known, strict=True):
        if edge is not None:
            gap[:] = min(gap[0], edge - _SLACK), max(gap[1], edge)
    spans_of = [joined(line, edges) for line in below]
    stop = _end(below, spans_of, gaps, edges)
    firm = [_is_firm(edge, gap, spans_of[:stop]) for edge, gap in zip(known, gaps, strict=True)]
    for spans in spans_of[:stop]:
        for x0, x1 in spans:
            starts.append(x0)
            for index, (gap, edge) in enumerate(zip(gaps, known, strict=True)):
                if edge is not None and x0 < edge - 1 < x1 and (firm[index] or x0 <= gap[0]):
                    gap[0] = edge - _SLACK / 2
                elif x1 > gap[0] and x0 < gap[1] and not _fills(gap, x0, x1):
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
    exact = tuple(edge if sure else None for edge, sure in zip(known, firm, strict=True))
    return Columns(borders, left, right, ruled=False, sure=sure, edges=exact), stop


def _edge(gap: Sequence[float], below: Sequence[TextLine]) -> float | None:
    """Returns where lines begin below one another in the white space between two headers.

    A column begins there, however close the text beside it comes; so does one whose text begins
    exactly where its header does. A header that is too wide for its column leaves that space.
    """
    low, high = gap
    runs = [run for line in below for run in line.runs]
    if any(low <= run.x0 and abs(run.x0 - high) < _VERY_NEAR for run in runs):
        return high
    beyond = _CLOSE if high - low < _CLOSE else 0.0
    inside = [run.x0 for run in runs if low - beyond <= run.x0 <= high + max(beyond, _SLACK)]
    starts = Counter(map(round, inside))
    if starts:
        at, count = max(starts.items(), key=lambda item: (item[1], item[0]))
        if count >= _EDGE_STARTS and 2 * count > len(inside):
            return median(start for start in inside if round(start) == at)
    return None


def _is_firm(
    edge: float | None, gap: Sequence[float], lines: Sequence[Sequence[tuple[float, float]]]
) -> bool:
    """Whether text that begins to the left of a column's edge and reaches over it overhangs.

    More lines begin at the edge than anywhere to the left of it: words of the left column that are
    too wide for it begin at various places.
    """
    if edge is None:
        return False
    spans = [span for line in lines for span in line]
    over = Counter(round(x0) for x0, x1 in spans if gap[0] < x0 < edge - 1 < x1)
    at_edge = sum(abs(x0 - edge) <= 1 for x0, _ in spans)
    return at_edge > max(over.values(), default=0)


def _end(
    below: Sequence[TextLine],
    spans_of: Sequence[Sequence[tuple[float, float]]],
    gaps: Sequence[Sequence[float]],
    edges: Sequence[float],
) -> int:
    """Returns how many lines come before the first that crosses the table below its last row.

    Some programs let a line of a cell come out half a letter wider than its column. A line that
    continues the one above in small letters can be wider still.
    """
    crossing = None
    for at, (line, spans) in enumerate(zip(below, spans_of, strict=True)):
        if any(abs(x0 - edge) <= 1 for x0, _ in spans for edge in edges):
            crossing = None
        elif (
            crossing is None
            and any(_fills(gap, x0, x1 - line.size / 2) for gap in gaps for x0, x1 in spans)
            and not (at and _continues(below[at - 1], line))
        ):
            crossing = at
    return len(below) if crossing is None else crossing


def _continues(above: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the paragraph above it, or is one long word in its column."""
    return (
        (line.text[:1].islower() or " " not in line.text)
        and abs(line.x0 - above.x0) < _SLACK
        and line.base - above.base < _PARAGRAPH * line.size
    )


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
