"""Drawn lines of a page, found in its picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import ndimage

from extractors.ocr.picture import FINE, Grey, Ink
from models.document import Box, Rule

_SHORTEST = 20.0
"""Least length in points; strokes of letters are shorter, even in large headings."""
_THICKEST = 3.0
"""Greatest thickness in points; anything thicker is an area."""
_SOLID = 0.92
"""Least share of a line's length that is ink: scanned lines have gaps."""
_MARGIN = 2
"""Pixels around a line that are erased with it: its soft edge."""
_MOST_LINES = 4000
"""Most lines on a page; a page with more is a drawing."""


class Drawn(NamedTuple):
    """The drawn lines of a page.

    Attributes:
        rules: The lines, in points.
        ink: Which pixels belong to them, or None for none.
        skipped: Whether there were too many to examine.
    """

    rules: tuple[Rule, ...]
    ink: Ink | None
    skipped: bool = False


def find_rules(ink: Ink, scale: float) -> Drawn:
    """Returns the drawn lines of a page, horizontal and vertical.

    Args:
        ink: What of the picture is ink; the page stands straight.
        scale: Points per pixel.
    """
    length, thick = max(8, round(_SHORTEST / scale)), _THICKEST / scale
    rules: list[Rule] = []
    drawn = np.zeros_like(ink)
    for upright in (False, True):
        turned = ink.T if upright else ink
        runs = _long_runs(turned, length)
        labels, count = ndimage.label(runs)
        if count > _MOST_LINES:
            return Drawn((), None, skipped=True)
        for place in ndimage.find_objects(labels):
            down, along = place
            if down.stop - down.start > thick:
                continue
            inked = np.flatnonzero(turned[place].any(axis=0)) + along.start
            box = (int(inked[0]), down.start, int(inked[-1]) + 1, down.stop)
            x0, y0, x1, y1 = (box[1], box[0], box[3], box[2]) if upright else box
            rules.append(Rule(Box(x0 * scale, y0 * scale, x1 * scale, y1 * scale)))
            low = max(0, down.start - _MARGIN)
            part = (drawn.T if upright else drawn)[low : down.stop + _MARGIN, along]
            part[:] = True
    return Drawn(tuple(rules), drawn if rules else None)


def _long_runs(ink: Ink, length: int) -> Ink:
    """Returns which pixels are in stretches of ink of at least a given length along a row."""
    height, width = ink.shape
    if width <= length:
        return np.zeros_like(ink)
    sums = np.zeros((height, width + 1), np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:], dtype=np.int32)
    full = (sums[:, length:] - sums[:, :-length]) >= _SOLID * length
    steps = np.zeros((height, width + 1), np.int8)
    steps[:, : full.shape[1]] += full
    steps[:, length:] -= full
    found: Ink = np.cumsum(steps, axis=1, dtype=np.int32)[:, :width] > 0
    return found


def without(
    grey: Grey, parts: Sequence[Ink], places: Sequence[tuple[slice, slice]], paper: Grey
) -> Grey:
    """Returns a picture with its drawn lines, dirt and signs erased.

    Lines spoil letters that they touch, and dirt and signs are taken for letters.

    Args:
        grey: The picture.
        parts: Which of its pixels belong to drawn lines or dirt.
        places: Where signs are, in pixels.
        paper: Its paper, as `paper_of` returns it.
    """
    if not parts and not places:
        return grey
    wiped = np.zeros(grey.shape, np.bool_)
    for part in parts:
        wiped |= part
    for rows, columns in places:
        wiped[
            max(0, rows.start - _MARGIN) : rows.stop + _MARGIN,
            max(0, columns.start - _MARGIN) : columns.stop + _MARGIN,
        ] = True
    clean = grey.copy()
    down, along = np.nonzero(wiped)
    above, left = paper.shape[0] - 1, paper.shape[1] - 1
    clean[down, along] = paper[np.minimum(down // FINE, above), np.minimum(along // FINE, left)]
    return clean
