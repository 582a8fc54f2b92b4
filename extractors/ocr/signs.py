"""Signs on a page that are not letters: dots, and boxes and rings to tick, found in its picture.

Tesseract knows only letters, and reads every sign as some of them. So signs are first found by
their shape, and erased before it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from extractors.ocr.picture import Ink
from extractors.readers.pdf_shapes import Drawings
from models.document import Box, Mark, MarkKind

_SMALLEST_DOT, _LARGEST_DOT = 1.7, 12.0
_SMALLEST_BOX, _LARGEST_BOX = 5.5, 20.0
"""Sides in points."""
_MOST_OVERHANG = 2.2
"""Greatest width of a box with a cross drawn by hand beyond it, in multiples of the box's own."""
_SQUARE = 0.2
_DISC_LIKE = 0.86
"""Least share of pixels in which a dot agrees with an ideal disc."""
_SIDE = 0.88
"""Least share of each side of a box that is ink."""
_FRAME = 0.2
"""Largest share of a box's side that its frame takes up."""
_TICKED, _EMPTY = 0.06, 0.015
"""Share of a box's inside that is ink: above, it is ticked; below, it is not; between, unsure."""
_APART = 1.6
"""Least white space beside a sign, in points; letters of a word are closer together."""
_LETTER_GAP = 0.2
"""The same as a share of the sign's height: letters of a large heading are further apart."""
_DOT_OF_I, _BODY = 1.3, 2.4
"""The dot of an i is closer than this to its stem, and the stem is taller than this, both in
multiples of the dot's height. Letters of the next line are further away, or less tall."""
_SMALLEST_BULLET, _LINE = 0.3, 12.0
"""Least height of a list's bullet, as a share of tall letters' height: full stops have a fifth. How
far the letters of its line are searched for, and their greatest height, in its own heights."""
_SMALLEST_LEADER, _LARGEST_LEADER, _WIDEST_STEP, _LEADER_ROW, _FEWEST_DOTS = 0.55, 2.0, 8.0, 1.0, 6
"""Sides of a dot in a row, and distance to the next, in points; height of a row; dots in it."""
_MOST_PARTS = 60_000
"""Most spots of ink on a page; a page with more is a drawing, or dirty."""

Slices = tuple[slice, slice]
Boxes = NDArray[np.float64]


@dataclass(slots=True)
class Signs:
    """The signs of a page.

    Attributes:
        dots: Filled discs, in points.
        boxes: Boxes to tick, in points.
        rings: Rings to tick, in points.
        ticks: The marks in those that are ticked, in points.
        unsure: Boxes and rings that may or may not be ticked.
        leaders: Rows of dots that lead to page numbers: position in points, and number of dots.
        places: Where the ink of all of them is, in pixels.
    """

    dots: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    rings: list[Box] = field(default_factory=list)
    ticks: list[Box] = field(default_factory=list)
    unsure: list[Box] = field(default_factory=list)
    leaders: list[tuple[Box, int]] = field(default_factory=list)
    places: list[Slices] = field(default_factory=list)

    def put_into(self, drawings: Drawings) -> None:
        """Adds them to a page's drawings as a PDF reader would find them."""
        drawings.marks += [Mark(dot, MarkKind.DOT) for dot in self.dots]
        drawings.marks += [Mark(box, MarkKind.CHECKBOX) for box in self.boxes]
        drawings.rings += self.rings
        drawings.inks += self.ticks


def find_signs(ink: Ink, scale: float) -> Signs:
    """Returns the signs of a page.

    Args:
        ink: Which pixels of the picture are ink, without drawn lines; the page is straight.
        scale: Points per pixel.
    """
    labels, count = ndimage.label(ink, np.ones((3, 3)))
    found = Signs()
    if not count or count > _MOST_PARTS:
        return found
    places = ndimage.find_objects(labels)
    edges: Boxes = (
        np.array([(x.start, y.start, x.stop, y.stop) for y, x in places], np.float64) * scale
    )
    for at in _candidates(edges):
        place = places[at]
        shape = labels[place] == at + 1
        box = Box(*map(float, edges[at]))
        if (
            box.x1 - box.x0 <= _LARGEST_DOT
            and _is_dot(shape)
            and _stands_alone(edges, at)
            and not _is_part_of_text(edges, at)
        ):
            found.dots.append(box)
            found.places.append(place)
        elif box.x1 - box.x0 >= _SMALLEST_BOX and _stands_alone(edges, at, inside=True):
            _take_box(found, ink, place, shape, scale)
    for leader in _leaders(edges):
        x0, y0, x1, y1 = edges[leader].T
        found.leaders.append((Box(x0.min(), y0.min(), x1.max(), y1.max()), len(leader)))
        found.places += [places[at] for at in leader]
    found.dots = [dot for dot in found.dots if not any(_within(dot, ring) for ring in found.rings)]
    return found


def _candidates(edges: Boxes) -> NDArray[np.int64]:
    """Returns which spots of ink have about the size and proportions of a sign."""
    width, height = edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1]
    small = np.minimum(width, height) >= _SMALLEST_DOT
    large = np.maximum(width, height) <= _MOST_OVERHANG * _LARGEST_BOX
    about = np.maximum(width, height) <= _MOST_OVERHANG * np.minimum(width, height)
    found: NDArray[np.int64] = np.flatnonzero(small & large & about)
    return found


def _stands_alone(edges: Boxes, at: int, *, inside: bool = False) -> bool:
    """Whether there is nothing right beside, above or below a spot of ink.

    Args:
        edges: Edges of all spots of the page, in points.
        at: Index of the spot.
        inside: Whether to ignore anything inside the spot.
    """
    x0, y0, x1, y1 = edges[at]
    apart = np.maximum(y0 - edges[:, 3], edges[:, 1] - y1)
    beside = np.maximum(x0 - edges[:, 2], edges[:, 0] - x1)
    near = (
        (beside < max(_APART, _LETTER_GAP * (y1 - y0)))
        & (apart < _APART / 2)
        & (edges[:, 2] - edges[:, 0] + edges[:, 3] - edges[:, 1] > 1.0)
    )
    if inside:
        near &= ~(
            (edges[:, 0] >= x0) & (edges[:, 2] <= x1) & (edges[:, 1] >= y0) & (edges[:, 3] <= y1)
        )
    near[at] = False
    return not near.any()


def _is_part_of_text(edges: Boxes, at: int) -> bool:
    """Whether a dot is a full stop, part of a colon, or belongs to an i or an ä.

    Compared with the letters of its line it is smaller than any bullet of a list, or its letter is
    right above or below it.

    Args:
        edges: Edges of all spots of the page, in points.
        at: Index of the dot.
    """
    x0, y0, x1, y1 = edges[at]
    size = y1 - y0
    apart = np.maximum(y0 - edges[:, 3], edges[:, 1] - y1)
    beside = np.maximum(x0 - edges[:, 2], edges[:, 0] - x1)
    heights = edges[:, 3] - edges[:, 1]
    own = (beside < 0) & (apart < _DOT_OF_I * size) & (heights >= _BODY * size)
    line = (apart < size) & (beside < _LINE * size) & (heights > size) & (heights < _LINE * size)
    own[at] = line[at] = False
    if own.any():
        return True
    return bool(line.any()) and size < _SMALLEST_BULLET * float(np.percentile(heights[line], 75))


def _leaders(edges: Boxes) -> Iterator[list[int]]:
    """Yields rows of evenly spaced dots on one baseline."""
    sides = edges[:, 2:] - edges[:, :2]
    small = np.flatnonzero(
        (sides.max(axis=1) <= _LARGEST_LEADER) & (sides.min(axis=1) >= _SMALLEST_LEADER)
    )
    rows: dict[int, list[int]] = {}
    for at in small[np.argsort(edges[small, 0])].tolist():
        rows.setdefault(round(edges[at, 3] / _LEADER_ROW), []).append(at)
    for row in rows.values():
        run: list[int] = []
        for at in row:
            step = edges[at, 0] - edges[run[-1], 0] if run else 0.0
            before = edges[run[-1], 0] - edges[run[-2], 0] if len(run) > 1 else step
            if run and not (step <= _WIDEST_STEP and abs(step - before) <= 0.25 * before):
                if len(run) >= _FEWEST_DOTS:
                    yield run
                run = []
            run.append(at)
        if len(run) >= _FEWEST_DOTS:
            yield run


def _is_dot(shape: Ink) -> bool:
    """Whether a spot of ink is a filled disc or square."""
    height, width = shape.shape
    if abs(width - height) > max(1.0, _SQUARE * max(width, height)):
        return False
    if shape.mean() > 0.95:
        return True
    y, x = np.ogrid[:height, :width]
    disc = ((y + 0.5) / height - 0.5) ** 2 + ((x + 0.5) / width - 0.5) ** 2 <= 0.25
    return bool((shape == disc).mean() >= _DISC_LIKE)


def _take_box(found: Signs, ink: Ink, place: Slices, shape: Ink, scale: float) -> None:
    """Takes a spot of ink as a box or a ring, if it is one, and checks whether it is ticked."""
    frame = _frame_of(shape, scale)
    ring = frame is None and _is_ring(shape)
    if frame is None and not ring:
        return
    top, left, bottom, right = frame or (0, 0, *shape.shape)
    down, along = place[0].start, place[1].start
    edge = round(_FRAME * (bottom - top))
    inner = ink[
        down + top + edge : down + bottom - edge, along + left + edge : along + right - edge
    ]
    share = float(inner.mean()) if inner.size else 0.0
    box = Box(
        (along + left) * scale,
        (down + top) * scale,
        (along + right) * scale,
        (down + bottom) * scale,
    )
    (found.rings if ring else found.boxes).append(box)
    found.places.append(place)
    if share > _TICKED:
        third = (box.x1 - box.x0) / 3
        found.ticks.append(Box(box.x0 + third, box.y0 + third, box.x1 - third, box.y1 - third))
    elif share > _EMPTY:
        found.unsure.append(box)


def _frame_of(shape: Ink, scale: float) -> tuple[int, int, int, int] | None:
    """Returns top, left, bottom, right of the square frame in a spot of ink, or None.

    A frame has four straight sides; letters have at most three.
    """
    rows, columns = shape.sum(axis=1), shape.sum(axis=0)
    least = max(_SMALLEST_BOX / scale, _SIDE * min(shape.shape) / _MOST_OVERHANG)
    long_rows, long_columns = np.flatnonzero(rows >= least), np.flatnonzero(columns >= least)
    if len(long_rows) < 2 or len(long_columns) < 2:
        return None
    top, bottom = int(long_rows[0]), int(long_rows[-1]) + 1
    left, right = int(long_columns[0]), int(long_columns[-1]) + 1
    height, width = bottom - top, right - left
    if not _SMALLEST_BOX <= width * scale <= _LARGEST_BOX or abs(width - height) > _SQUARE * width:
        return None
    edge = max(1, round(_FRAME * width / 2))
    square = shape[top:bottom, left:right]
    sides = (
        square[:edge].any(axis=0),
        square[-edge:].any(axis=0),
        square[:, :edge].any(axis=1),
        square[:, -edge:].any(axis=1),
    )
    if min(float(side.mean()) for side in sides) < _SIDE:
        return None
    return top, left, bottom, right


def _is_ring(shape: Ink) -> bool:
    """Whether a spot of ink is a circle: equally far from the middle, all the way round."""
    height, width = shape.shape
    if abs(width - height) > max(1.0, 0.06 * width):
        return False
    y, x = np.nonzero(shape)
    down, along = (y + 0.5) / height - 0.5, (x + 0.5) / width - 0.5
    far = np.hypot(down, along)
    outer = far > 0.36
    turns = np.unique(np.floor((np.arctan2(down[outer], along[outer]) + np.pi) / np.pi * 12))
    return len(turns) >= 24 and bool((far < 0.52).all()) and float(outer.mean()) > 0.9


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 <= inner.x0
        and outer.y0 <= inner.y0
        and inner.x1 <= outer.x1
        and inner.y1 <= outer.y1
    )
