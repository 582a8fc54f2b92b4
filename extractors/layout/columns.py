"""Where a table's columns part: at drawn lines, or where no text stands below the heads."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.heads import Head
from extractors.layout.rules import Strokes
from extractors.layout.runs import Run, TextLine, joined

_NEAR = 8.0
_SLACK = 2.0
_GUTTER = 7.0
_NARROWEST = 40.0


class Columns(NamedTuple):
    """The columns of a table.

    Attributes:
        borders: Where each column but the first begins, from the left.
        left: Left edge of the table's text.
        right: Right edge of its text or frame.
        ruled: Whether drawn lines part the columns.
        sure: Whether no text contradicts the borders.
    """

    borders: tuple[float, ...]
    left: float
    right: float
    ruled: bool
    sure: bool = True

    def of(self, run: Run) -> int:
        """Returns the index of a run's column."""
        return bisect_right(self.borders, run.x0 + _SLACK)

    def split(self, line: TextLine) -> tuple[tuple[Run, ...], ...]:
        """Returns a line's runs by column."""
        columns: list[list[Run]] = [[] for _ in range(len(self.borders) + 1)]
        for run in line.runs:
            columns[self.of(run)].append(run)
        return tuple(map(tuple, columns))

    def crossed_by(self, line: TextLine) -> bool:
        """Whether a run stands across a border."""
        return any(
            run.x0 < border - _SLACK and run.x1 > border + _SLACK
            for run in line.runs
            for border in self.borders
        )


def find_columns(head: Head, below: Sequence[TextLine], strokes: Strokes) -> tuple[Columns, int]:
    """Finds the columns of a table.

    Args:
        head: Its head.
        below: The lines below the head, down to the next head or the page's end.
        strokes: What is drawn on the page.

    Returns:
        The columns, and how many of the lines stand before the first that crosses a border.
    """
    drawn = [_drawn_border(head, index, strokes) for index in range(len(head.columns) - 1)]
    if all(border is not None for border in drawn):
        borders = tuple(border for border in drawn if border is not None)
        left, right = _frame(head, strokes)
        return Columns(borders, left, right, ruled=True), len(below)
    return _from_gutters(head, below, drawn)


def find_columns_without_head(
    lines: Sequence[TextLine], before: Columns, page_left: float
) -> Columns | None:
    """Finds the columns at the top of a page where a table goes on without its head.

    Some producers set a page's columns elsewhere than the last page's: mirrored margins, or a
    dump that is laid out anew on every page.

    Args:
        lines: The lines of the page down to the next head or its end.
        before: The columns on the page before.
        page_left: Left edge of the page's text.

    Returns:
        The columns, or None if no white stands between them.
    """
    white: list[tuple[float, float]] = [(page_left, float("inf"))]
    used = 0
    for line in lines:
        rest = white
        for x0, x1 in joined(line):
            rest = _minus(rest, x0, x1)
        if not any(_is_gutter(low, high, page_left) for low, high in rest if high != float("inf")):
            if used:
                break
            if line.x0 <= page_left + _NEAR:
                white, used = rest, used + 1
                continue
        white, used = rest, used + 1
    gutters = [(low, high) for low, high in white if _is_gutter(low, high, page_left)]
    if not gutters:
        return None
    starts = [run.x0 for line in lines[:used] for run in line.runs]
    gutters.sort(key=lambda gap: -sum(1 for x0 in starts if abs(x0 - gap[1]) < _SLACK))
    borders = sorted(high - _SLACK / 2 for _, high in gutters[: len(before.borders)])
    # A page without any answer shows no answer column: what stands to the right is comment.
    borders += borders[-1:] * (len(before.borders) - len(borders))
    left = min(line.x0 for line in lines[:used])
    right = max(line.x1 for line in lines[:used])
    return Columns(tuple(borders), min(left, page_left), right, ruled=False)


def _minus(white: list[tuple[float, float]], x0: float, x1: float) -> list[tuple[float, float]]:
    """Returns white strips without the part that text covers."""
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


def _is_gutter(low: float, high: float, page_left: float) -> bool:
    """Whether a white strip is wide enough, and has room for a column to its left."""
    return high != float("inf") and high - low >= _GUTTER and high > page_left + _NARROWEST


def _drawn_border(head: Head, index: int, strokes: Strokes) -> float | None:
    """Returns the drawn line, or the edge of shading, between a column's head and the next."""
    low, high = head.span(index)[1] - _SLACK, head.span(index + 1)[0] + _SLACK
    top = min(run.base - run.size for run in head.runs)
    bottom = max(run.base for run in head.runs)
    found = [
        stroke.at
        for stroke in strokes.upright
        if low <= stroke.at <= high and stroke.start < bottom + _NEAR and stroke.end > top
    ]
    return max(found) if found else None


def _frame(head: Head, strokes: Strokes) -> tuple[float, float]:
    """Returns the table's left and right edge: the outermost drawn lines, or its heads."""
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
    head: Head, below: Sequence[TextLine], drawn: Sequence[float | None]
) -> tuple[Columns, int]:
    """Finds borders in the white between the heads, narrowed by the lines below them.

    The white between two heads holds the border. A line that ends in it belongs to the left
    column, one that begins in it to the right one; a line that fills it crosses the table.
    """
    gaps = [
        [border - _SLACK, border + _SLACK]
        if border is not None
        else [head.span(i)[1], head.span(i + 1)[0]]
        for i, border in enumerate(drawn)
    ]
    inside: list[tuple[int, float, float]] = []
    stop = len(below)
    for at, line in enumerate(below):
        spans = joined(line)
        if any(x0 <= low and x1 >= high for x0, x1 in spans for low, high in gaps):
            stop = at
            break
        for x0, x1 in spans:
            for index, gap in enumerate(gaps):
                _narrow(gap, index, x0, x1, inside)
    for index, x0, x1 in inside:
        low, high = gaps[index]
        if low < x0 and x1 < high and high - x1 <= x0 - low:
            gaps[index][1] = min(high, x0)
        elif low < x0 and x1 < high:
            gaps[index][0] = max(low, x1)
    borders = tuple(
        border if border is not None else max(low, high - _SLACK / 2)
        for border, (low, high) in zip(drawn, gaps, strict=True)
    )
    lines = below[:stop]
    # Text below the table may stand further left than the cells: count lines of rows alone.
    rows = [line.x0 for line in lines if line.x0 < borders[0] < line.runs[-1].x0 + _SLACK]
    left = min([head.span(0)[0], *rows])
    right = max([head.span(len(head.columns) - 1)[1], *(line.x1 for line in lines)])
    sure = all(a < b for a, b in pairwise(borders))
    return Columns(borders, left, right, ruled=False, sure=sure), stop


def _narrow(
    gap: list[float], index: int, x0: float, x1: float, inside: list[tuple[int, float, float]]
) -> None:
    """Takes the part of a gap that a span of text covers off it."""
    low, high = gap
    if x1 <= low or x0 >= high:
        return
    if x0 <= low:
        gap[0] = x1
    elif x1 >= high:
        gap[1] = x0
    else:
        inside.append((index, x0, x1))
