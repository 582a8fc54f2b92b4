"""Grids of tables with columns separated by white space only, found by their header line."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.cells.runs import Run, TextLine, joined
from extractors.layout.tables.rules import Strokes
from extractors.suggesting.grids import Grid, GridCell, GridRow
from extractors.suggesting.lattices import cell_text

_MOST_HEAD_LINES = 8
_LONGEST_HEAD = 60
_PITCH = 1.9
_SLACK = 2.0
_FEWEST_ROWS = 2
_LARGER = 1.1
_WIDE = 0.6
_ROW_GAP = 1.3


@dataclass(frozen=True, slots=True)
class Placed:
    """A table on a page.

    Attributes:
        grid: The header and the rows.
        first: Index of its first line on the page.
        stop: One past the last.
    """

    grid: Grid
    first: int
    stop: int


def gutter_grids(
    lines: Sequence[TextLine], strokes: Strokes, page: int, repeated: frozenset[str]
) -> list[Placed]:
    """Returns the tables of a page whose columns are not separated by vertical lines.

    A line can be a header if it has texts side by side and stands out: it is bold, has a rule below
    it, or recurs on other pages.

    Args:
        lines: The lines of the page outside ruled tables.
        strokes: What is drawn on it.
        page: Its number, from 1.
        repeated: Case-folded texts of lines that occur on several pages.
    """
    found: list[Placed] = []
    at = 0
    while at < len(lines):
        placed = _table_at(lines, at, strokes, page, repeated)
        if placed:
            found.append(placed)
            at = placed.stop
        else:
            at += 1
    return found


def gutter_rows(
    lines: Sequence[TextLine], edges: Sequence[float], strokes: Strokes, page: int
) -> Placed | None:
    """Returns the rows at the top of a page that continue a table of the previous page."""
    sizes = Counter(line.size for line in lines if _aligned(line, edges))
    if not sizes:
        return None
    stop = _end(lines, 0, edges, sizes.most_common(1)[0][0])
    aligned = sum(_aligned(line, edges) for line in lines[:stop])
    if aligned < _FEWEST_ROWS:
        return None
    rows = _rows(lines[:stop], edges, strokes, page)
    return Placed(Grid(tuple(rows), len(edges), tuple(edges), opens_page=True), 0, stop)


def _table_at(
    lines: Sequence[TextLine], at: int, strokes: Strokes, page: int, repeated: frozenset[str]
) -> Placed | None:
    if not _may_be_head(lines[at], strokes, repeated):
        return None
    stop = _head_stop(lines, at)
    heads = _columns([run for line in lines[at:stop] for run in line.runs])
    if len(heads) < 2 or any(len(cell_text(head, page)[0]) > _LONGEST_HEAD for head in heads):
        return None
    edges = _edges(heads, lines[stop:])
    end = _end(lines, stop, edges, lines[at].size)
    body = lines[stop:end]
    if sum(_aligned(line, edges) for line in body) < _FEWEST_ROWS:
        return None
    cells = [
        GridCell(" ".join(cell_text(head, page)[0].split()), column, bold=True)
        for column, head in enumerate(heads)
    ]
    rows = [GridRow(tuple(cells), page), *_rows(body, edges, strokes, page)]
    before = [run.piece.line.number for line in lines[:at] for run in line.runs]
    grid = Grid(tuple(rows), len(edges), edges, max(before, default=0), at == 0)
    return Placed(grid, at, end)


def _may_be_head(line: TextLine, strokes: Strokes, repeated: frozenset[str]) -> bool:
    spans = joined(line)
    if len(spans) < 2 or line.text.rstrip().endswith((".", "?", "!")):
        return False
    underlined = any(
        0 <= stroke.at - line.base < line.size
        and stroke.start <= line.x0 + _SLACK
        and stroke.end >= line.x1 - _SLACK
        for stroke in strokes.across
    )
    return line.bold or underlined or line.text.casefold() in repeated


def _head_stop(lines: Sequence[TextLine], at: int) -> int:
    """One past the last line of a header: bold lines close below each other."""
    stop = at + 1
    while (
        stop < min(len(lines), at + _MOST_HEAD_LINES)
        and lines[at].bold
        and lines[stop].bold
        and lines[stop].base - lines[stop - 1].base < _PITCH * lines[at].size
        and abs(lines[stop].size - lines[at].size) < 0.5
    ):
        stop += 1
    return stop


def _columns(runs: Sequence[Run]) -> list[list[Run]]:
    """Groups runs that overlap vertically or are a word space apart, left to right."""
    columns: list[list[Run]] = []
    right = 0.0
    for run in sorted(runs, key=lambda run: run.x0):
        if columns and run.x0 < right + 0.45 * run.size:
            columns[-1].append(run)
        else:
            columns.append([run])
        right = max(right, run.x1)
    return columns


def _edges(heads: Sequence[Sequence[Run]], below: Sequence[TextLine]) -> tuple[float, ...]:
    """Where the columns begin: where most lines below begin between two headers, or the header."""
    starts = Counter(round(x0) for line in below for x0, _ in joined(line))
    edges: list[float] = []
    left = 0.0
    for head in heads:
        x0, x1 = min(run.x0 for run in head), max(run.x1 for run in head)
        near = {at: count for at, count in starts.items() if left < at < x1 and count > 1}
        begin = max(near, key=lambda at: (near[at], -abs(at - x0)), default=x0)
        edges.append(min(float(begin), x0) if edges else min(x0, begin))
        left = x1
    return tuple(edge - _SLACK for edge in edges)


def _end(lines: Sequence[TextLine], first: int, edges: Sequence[float], size: float) -> int:
    """One past the last line of a table: before larger type, or text that crosses columns."""
    last = first
    for at in range(first, len(lines)):
        line = lines[at]
        if line.size > _LARGER * size:
            break
        if _aligned(line, edges):
            last = at + 1
    while last < len(lines) and lines[last].size <= _LARGER * size:
        line = lines[last]
        near = line.base - lines[last - 1].base < _ROW_GAP * _ROW_GAP * line.size
        if not near or _crosses(line, edges):
            break
        last += 1
    return last


def _aligned(line: TextLine, edges: Sequence[float]) -> bool:
    """Whether a line has text in two columns, and none across an edge."""
    columns = {bisect_right(edges, x0) for x0, _ in joined(line)}
    return len(columns) > 1 and not _crosses(line, edges)


def _crosses(line: TextLine, edges: Sequence[float]) -> bool:
    return any(
        x0 < edge - _SLACK and x1 > edge + 2 * _SLACK for x0, x1 in joined(line) for edge in edges
    )


def _rows(
    lines: Sequence[TextLine], edges: Sequence[float], strokes: Strokes, page: int
) -> list[GridRow]:
    """Splits lines into rows: at rules, or else where the gap above is wider than usual."""
    if not lines:
        return []
    right = max(line.x1 for line in lines)
    drawn = [
        stroke.at
        for stroke in strokes.across
        if stroke.end - stroke.start > _WIDE * (right - edges[0])
        and lines[0].base < stroke.at < lines[-1].base
    ]
    gaps = [round(below.base - above.base, 1) for above, below in pairwise(lines)]
    usual = Counter(gaps).most_common(1)[0][0] if gaps else 0.0
    groups: list[list[TextLine]] = [[lines[0]]]
    for above, below in pairwise(lines):
        if drawn:
            begins = any(above.base < at < below.base for at in drawn)
        else:
            begins = below.base - above.base > _ROW_GAP * usual and _aligned(below, edges)
        if begins:
            groups.append([])
        groups[-1].append(below)
    return [_row(group, edges, page) for group in groups]


def _row(lines: Sequence[TextLine], edges: Sequence[float], page: int) -> GridRow:
    if all(_crosses(line, edges) for line in lines[:1]) and len(joined(lines[0])) == 1:
        runs = [run for line in lines for run in line.runs]
        text, bold, _ = cell_text(runs, page)
        return GridRow((GridCell(text, 0, len(edges), bold=bold),), page)
    cells = []
    for column in range(len(edges)):
        runs = [
            run
            for line in lines
            for run in line.runs
            if max(0, bisect_right(edges, run.x0) - 1) == column
        ]
        text, bold, opening = cell_text(runs, page)
        cells.append(GridCell(text, column, bold=bold, opening=opening))
    return GridRow(tuple(cells), page)
