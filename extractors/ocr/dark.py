"""Dark areas with light text, as header rows often are: turned into dark text on white."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import ndimage

from extractors.ocr.picture import LETTERS, Grey, patch_means
from extractors.ocr.shading import Shade, find_shades

_LEAST_CONTRAST = 1.2
"""Least ratio of the brightness of paper to an area: less contrast makes light text hard to see."""
_PLAIN = 12.0
"""Most that adjacent patches without text differ, of 255."""
_SAME = 30
"""Of 255: anything that differs more from an area is text in it, or dirt."""
_SOLID = 0.5
"""Least share of an area that has its brightness."""
_LEAST_LIGHT = 0.003
"""Least share of an area that is light text: noise has some light pixels, too."""
_MOST_DARKER = 0.1
"""Largest share of its text that may be darker than the area, as specks and soft edges are."""
_EDGE = 2
"""Pixels on either side of an edge that have the brightness of neither the area nor the paper."""


def find_dark(grey: Grey, scale: float) -> list[Shade]:
    """Returns the areas of a page that have light text on them, from the top.

    Args:
        grey: The picture; the page stands straight.
        scale: Points per pixel.
    """
    means = patch_means(grey)
    if not means.size:
        return []
    # What is left after removing everything lighter and thinner than a line of text.
    ground: Grey = np.rint(ndimage.grey_opening(means, size=(LETTERS, LETTERS))).astype(np.uint8)
    spread = ndimage.maximum_filter(means, 3) - ndimage.minimum_filter(means, 3)
    plain = np.rint(means[spread <= _PLAIN]).astype(np.uint8)
    areas = find_shades(grey, ground, scale, plain)
    return [area for area in areas if area.brighter >= _LEAST_CONTRAST and _has_light(grey, area)]


def turned_light(grey: Grey, areas: Sequence[Shade]) -> Grey:
    """Returns a picture whose dark areas are white, and the light text on them dark.

    Args:
        grey: The picture.
        areas: Its dark areas.
    """
    if not areas:
        return grey
    light = grey.copy()
    for x0, y0, x1, y1, brighter in areas:
        part = light[y0:y1, x0:x1]
        level = float(np.median(part))
        span = max(1.0, min(255.0, brighter * level) - level)
        part[:] = (255 - (part - level) * (255 / span)).clip(0, 255)
        top, left = max(0, y0 - _EDGE), max(0, x0 - _EDGE)
        light[top : y0 + _EDGE, left : x1 + _EDGE] = 255
        light[y1 - _EDGE : y1 + _EDGE, left : x1 + _EDGE] = 255
        light[top : y1 + _EDGE, left : x0 + _EDGE] = 255
        light[top : y1 + _EDGE, x1 - _EDGE : x1 + _EDGE] = 255
    return light


def _has_light(grey: Grey, area: Shade) -> bool:
    """Whether an area is one colour apart from lighter text: darker text would be lost."""
    inner = grey[area.y0 + _EDGE : area.y1 - _EDGE, area.x0 + _EDGE : area.x1 - _EDGE]
    if not inner.size:
        return False
    apart = inner.astype(np.int16) - int(np.median(inner))
    lighter, darker = np.count_nonzero(apart > _SAME), np.count_nonzero(apart < -_SAME)
    solid = lighter + darker <= (1 - _SOLID) * inner.size
    light = lighter > _LEAST_LIGHT * inner.size and darker < _MOST_DARKER * lighter
    return bool(solid and light)
