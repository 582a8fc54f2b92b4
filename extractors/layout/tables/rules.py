"""Drawn lines of a page: what separates columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.document import Box, Page

_THIN = 3.0
_SAME_PLACE = 1.5
_TOUCHES = 3.5
_BACKGROUND = 0.9
_FILLS = 0.9


class Stroke(NamedTuple):
    """A straight line: at `at` across, from `start` to `end` along it, in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Strokes:
    """What is drawn on a page.

    Attributes:
        across: Horizontal lines, from the top; touching ones joined.
        upright: Vertical lines, from the left; touching ones joined.
        shades: Filled areas, from the top.
    """

    across: tuple[Stroke, ...] = ()
    upright: tuple[Stroke, ...] = ()
    shades: tuple[Box, ...] = ()


def strokes_of(page: Page) -> Strokes:
    """Returns a page's rules as lines and shaded areas. A frame counts as its four sides."""
    across: list[Stroke] = []
    upright: list[Stroke] = []
    shades: list[Box] = []
    for rule in page.rules:
        x0, y0, x1, y1 = rule.box
        width, height = x1 - x0, y1 - y0
        if height <= _THIN:
            if width > _THIN:
                across.append(Stroke((y0 + y1) / 2, x0, x1))
        elif width <= _THIN:
            upright.append(Stroke((x0 + x1) / 2, y0, y1))
        elif rule.filled:
            if not _is_background(rule.box, page):
                shades.append(rule.box)
        else:
            across += [Stroke(y0, x0, x1), Stroke(y1, x0, x1)]
            upright += [Stroke(x0, y0, y1), Stroke(x1, y0, y1)]
    shades.sort(key=lambda box: box.y0)
    return Strokes(_join(across), _join(upright), tuple(shades))


def _is_background(box: Box, page: Page) -> bool:
    if not page.width or not page.height:
        return False
    return (
        box.x1 - box.x0 > _BACKGROUND * page.width and box.y1 - box.y0 > _BACKGROUND * page.height
    )


def shade_edges(shades: Iterable[Box]) -> tuple[Stroke, ...]:
    """Returns the upper and lower edges of shaded areas as horizontal lines."""
    return _join([Stroke(y, box.x0, box.x1) for box in shades for y in (box.y0, box.y1)])


def without_nested(shades: Sequence[Box], borders: Sequence[float]) -> list[Box]:
    """Returns shaded areas without those inside a larger one.

    Shading behind a paragraph, a word or a field inside a shaded cell does not separate rows.
    Shading that does is kept: rows on the background of their table, which fill its width alone or
    side by side.

    Args:
        shades: Filled areas of a page.
        borders: The borders between a table's columns.
    """
    return [box for box in shades if not any(_is_nested(box, o, shades, borders) for o in shades)]


def _is_nested(box: Box, outer: Box, shades: Sequence[Box], borders: Sequence[float]) -> bool:
    """Whether an area is inside another one and is not a row of it."""
    if not _holds(outer, box):
        return False
    if not any(outer.x0 + _THIN < border < outer.x1 - _THIN for border in borders):
        return True
    beside = [
        own
        for own in shades
        if abs(own.y0 - box.y0) < _SAME_PLACE
        and abs(own.y1 - box.y1) < _SAME_PLACE
        and _holds(outer, own)
    ]
    reach = max(own.x1 for own in beside) - min(own.x0 for own in beside)
    return reach < _FILLS * (outer.x1 - outer.x0)


def _holds(outer: Box, box: Box) -> bool:
    """Whether an area holds another one and is taller than it."""
    return (
        outer.x0 <= box.x0 + _SAME_PLACE
        and outer.x1 >= box.x1 - _SAME_PLACE
        and outer.y0 <= box.y0 + _SAME_PLACE
        and outer.y1 >= box.y1 - _SAME_PLACE
        and outer.y1 - outer.y0 > box.y1 - box.y0 + 2 * _SAME_PLACE
    )


def _join(strokes: list[Stroke]) -> tuple[Stroke, ...]:
    """Joins lines at the same position that touch or overlap."""
    strokes.sort()
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        if groups and stroke.at - groups[-1][0].at <= _SAME_PLACE:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return tuple(stroke for group in groups for stroke in _join_group(group))


def _join_group(group: list[Stroke]) -> Iterable[Stroke]:
    at = sum(stroke.at for stroke in group) / len(group)
    start, end = None, 0.0
    for stroke in sorted(group, key=lambda stroke: stroke.start):
        if start is not None and stroke.start <= end + _TOUCHES:
            end = max(end, stroke.end)
            continue
        if start is not None:
            yield Stroke(at, start, end)
        start, end = stroke.start, stroke.end
    if start is not None:
        yield Stroke(at, start, end)
