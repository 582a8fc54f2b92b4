"""Shaded areas of a page, found in its picture: they separate the rows of many tables.

A shaded area has a uniform brightness that few other parts of the page have, and sharp horizontal
and vertical edges. Shadows in a scan have soft edges, and pictures are not uniform.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from extractors.ocr.picture import FINE, Grey, Ink
from models.document import Box, Rule

_SAME_LEVEL, _FRINGE = 4, 2
"""Of 255: half the range of brightness in one area, and how far beyond that it may trail off.
Lighter shading is lost in the noise of a scan."""
_LEAST_SHARE = 0.001
"""Least share of a page that all areas of one brightness cover."""
_PAPER_SHARE = 0.05
_SMOOTH = 5
"""Patches over which noise is smoothed; corners of areas lose a few."""
_SHORTEST, _NARROWEST = 9.0, 18.0
"""Least height and width of an area in points: one line of small type, one narrow column."""
_FULL = 0.85
"""Least share of a rectangle that has its brightness."""
_SAME_EDGE = 2
"""Most patches by which the ends of an area's rows differ."""
_WINDOW = 10
"""Pixels on either side of a rough edge in which the true one is searched for."""
_STEP = 3
"""Pixels on either side over which an edge changes from one brightness to the other."""
_SHARP = 0.5
"""Least share of the contrast that this step has."""
_EDGE = 3
"""Pixels on either side of an edge that have the brightness of neither the area nor the paper."""
_INK = 0.62
"""Anything darker than this share of the paper there is a letter or a line, and stays."""
_MOST_AREAS = 400
"""Most areas on a page; a page with more is a drawing or a photograph."""


class _Patches(NamedTuple):
    """A rectangle, in patches of the picture."""

    top: int
    bottom: int
    left: int
    right: int


class Shade(NamedTuple):
    """A shaded area, in pixels.

    Attributes:
        x0: Left edge.
        y0: Top.
        x1: Right edge.
        y1: Bottom.
        brighter: How many times as bright the paper around it is.
    """

    x0: int
    y0: int
    x1: int
    y1: int
    brighter: float

    def rule(self, scale: float) -> Rule:
        """The area as a PDF reader finds it, in points; `scale` is points per pixel."""
        return Rule(Box(*(side * scale for side in self[:4])), filled=True)


def find_shades(
    grey: Grey, paper: Grey, scale: float, plain: NDArray[np.uint8] | None = None
) -> list[Shade]:
    """Returns the shaded areas of a page, from the top.

    Args:
        grey: The picture; the page stands straight.
        paper: Its paper, as `paper_of` returns it.
        scale: Points per pixel.
        plain: Brightness of the patches that are certainly paper or shading; None for all.
    """
    even = ndimage.median_filter(paper, _SMOOTH, mode="nearest")
    levels = _levels(even.ravel() if plain is None else plain)
    if len(levels) < 2:
        return []
    apart = np.abs(even.astype(np.int16)[..., None] - levels)
    nearest = apart.argmin(axis=2)
    if plain is not None:
        nearest[apart.min(axis=2) > _SAME_LEVEL + _FRINGE] = -1
    white = float(levels[0])
    found: list[Shade] = []
    for at, level in enumerate(levels[1:].tolist(), 1):
        for place in _rectangles(nearest == at, scale):
            sides = _with_sharp_edges(grey, place, white - level)
            if sides is not None:
                found.append(Shade(*sides, white / max(1.0, level)))
        if len(found) > _MOST_AREAS:
            return []
    return sorted(found, key=lambda shade: (shade.y0, shade.x0))


def without_shades(grey: Grey, shades: Sequence[Shade]) -> Grey:
    """Returns a picture with its shaded areas made as bright as its paper.

    Tesseract takes what lossy compression leaves at their edges for letters.

    Args:
        grey: The picture.
        shades: Its shaded areas.
    """
    if not shades:
        return grey
    flat = grey.copy()
    for shade in shades:
        x0, y0, x1, y1, brighter = shade
        part = flat[y0:y1, x0:x1]
        part[:] = np.minimum(part * np.float32(brighter), 255)
    for x0, y0, x1, y1, _ in shades:
        top, left = max(0, y0 - _EDGE), max(0, x0 - _EDGE)
        frame = flat[top : y1 + _EDGE, left : x1 + _EDGE]
        white = np.uint8(np.median(frame))
        for strip in (
            frame[: 2 * _EDGE],
            frame[-2 * _EDGE :],
            frame[:, : 2 * _EDGE],
            frame[:, -2 * _EDGE :],
        ):
            strip[strip > _INK * white] = white
    return flat


def _levels(even: Grey) -> NDArray[np.int16]:
    """Returns the brightness of the paper and of the areas of a page, paper first."""
    left = np.bincount(even, minlength=256).astype(np.float64)
    found: list[tuple[int, float]] = []
    while True:
        level = int(np.convolve(left, np.ones(3), "same").argmax())
        low, high = max(0, level - _SAME_LEVEL), level + _SAME_LEVEL + 1
        share = left[low:high].sum() / even.size
        if share < _LEAST_SHARE:
            break
        if all(abs(level - own) > _SAME_LEVEL + _FRINGE for own, _ in found):
            found.append((level, share))
        left[low:high] = 0
    white = max((level for level, share in found if share >= _PAPER_SHARE), default=255)
    darker = sorted((level for level, _ in found if level < white), reverse=True)
    return np.array([white, *darker], np.int16)


def _rectangles(area: Ink, scale: float) -> Iterator[_Patches]:
    """Yields the rectangles that areas of one brightness consist of."""
    shortest, narrowest = _SHORTEST / (scale * FINE), _NARROWEST / (scale * FINE)
    labels, _ = ndimage.label(area)
    for at, place in enumerate(ndimage.find_objects(labels), 1):
        down, along = place
        if down.stop - down.start < shortest or along.stop - along.start < narrowest:
            continue
        for part in _parts(labels[place] == at):
            height, width = part.bottom - part.top, part.right - part.left
            if height >= shortest and width >= narrowest:
                yield _Patches(
                    down.start + part.top,
                    down.start + part.bottom,
                    along.start + part.left,
                    along.start + part.right,
                )


def _parts(area: Ink) -> Iterator[_Patches]:
    """Yields the rectangles of one connected area, cut where its width changes.

    Rows that are not full are excluded: the blurred edges of other areas form thin frames.
    """
    first = area.argmax(axis=1).astype(np.int64)
    last = area.shape[1] - area[:, ::-1].argmax(axis=1).astype(np.int64)
    full = area.sum(axis=1) >= _FULL * (last - first)
    ends = np.stack([first, last])
    goes_on = (np.abs(np.diff(ends, axis=1)) <= _SAME_EDGE).all(axis=0) & full[1:] & full[:-1]
    cuts = [0, *(np.flatnonzero(~goes_on) + 1).tolist(), len(area)]
    for top, bottom in pairwise(cuts):
        if full[top]:
            left, right = (int(np.median(end[top:bottom])) for end in ends)
            yield _Patches(top, bottom, left, right)


def _with_sharp_edges(
    grey: Grey, place: _Patches, contrast: float
) -> tuple[int, int, int, int] | None:
    """Returns the left, top, right and bottom of an area in pixels; None if they are not sharp."""
    top, bottom, left, right = (FINE * side for side in place)
    within = grey[top:bottom, left:right]
    if not within.size:
        return None
    levels = (
        _edge(grey[:, left:right], top, contrast),
        _edge(grey[:, left:right], bottom, contrast),
        _edge(grey[top:bottom].T, left, contrast),
        _edge(grey[top:bottom].T, right, contrast),
    )
    y0, y1, x0, x1 = levels
    if y0 is None or y1 is None or x0 is None or x1 is None:
        return None
    return x0, y0, x1, y1


def _edge(grey: Grey, rough: int, contrast: float) -> int | None:
    """Returns the row of pixels at which an area begins or ends; None if the edge is soft.

    Args:
        grey: A strip of the picture as long as the edge, with rows parallel to it.
        rough: Its approximate position.
        contrast: How much the area differs from paper.
    """
    low, high = max(0, rough - _WINDOW), min(len(grey), rough + _WINDOW)
    if rough - _STEP <= 0 or rough + _STEP >= len(grey):
        return min(max(rough, 0), len(grey))  # the edge of the page
    profile = np.median(grey[low:high], axis=1)
    steps = np.abs(profile[2 * _STEP :] - profile[: -2 * _STEP])
    if not steps.size or steps.max() < _SHARP * contrast:
        return None
    sharpest = np.flatnonzero(steps >= 0.9 * steps.max())
    return low + _STEP + round(float(sharpest.mean()))
