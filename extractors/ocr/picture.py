"""A page as a picture: paper, ink, and skew."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Grey = NDArray[np.uint8]
"""A picture by rows, 0 black to 255 white."""
Ink = NDArray[np.bool_]
"""Which pixels of a picture are ink."""

FINE = 4
"""Side of a patch, in pixels."""
LETTERS = 9
"""Side, in patches, of a square in which some paper shows even where there is text."""
_INK = 0.62
"""Ink is darker than this share of the paper's brightness around it."""
_DARKEST_PAPER = 90
"""Anything darker is not paper: there, ink is compared with the paper of the whole page."""
_SPECK = 0.5
"""Largest side of a spot of dirt, in points; full stops of small type are about twice as wide."""
WIDEST_SKEW = 5.0
"""Largest skew in degrees; a page with more was placed so on purpose, or is on its side."""
LEAST_SKEW = 0.05
_MOST_POINTS = 120_000
_TAN = math.pi / 180


def paper_of(grey: Grey) -> Grey:
    """Returns the brightness of the paper, or of the shading, one value per 4 by 4 pixels.

    It is what is left after removing everything darker and thinner than a line of text, letters and
    lines (grey closing). Edges of shading stay where they are.
    """
    means = patch_means(grey)
    if not means.size:
        return np.full((1, 1), 255, np.uint8)
    closed = ndimage.grey_closing(means, size=(LETTERS, LETTERS))
    closed[closed < _DARKEST_PAPER] = float(np.median(closed))
    paper: Grey = np.rint(closed).astype(np.uint8)
    return paper


def patch_means(grey: Grey) -> NDArray[np.float32]:
    """Returns the mean brightness of each 4 by 4 pixels; of none for pictures smaller than that."""
    height, width = (side // FINE for side in grey.shape)
    patches = grey[: height * FINE, : width * FINE].reshape(height, FINE, width, FINE)
    means: NDArray[np.float32] = patches.mean(axis=(1, 3), dtype=np.float32)
    return means


def ink_of(grey: Grey, paper: Grey) -> Ink:
    """Returns which pixels of a picture are ink.

    Args:
        grey: The picture.
        paper: Its paper, as `paper_of` returns it.
    """
    least = (paper * _INK).astype(np.uint8).repeat(FINE, axis=0).repeat(FINE, axis=1)
    down, along = (max(0, a - b) for a, b in zip(grey.shape, least.shape, strict=True))
    if down or along:
        least = np.pad(least, ((0, down), (0, along)), "edge")
    return grey < least[: grey.shape[0], : grey.shape[1]]


def specks_of(ink: Ink, scale: float) -> Ink | None:
    """Returns which pixels are dirt, with the grey around them: spots smaller than any full stop.

    Args:
        ink: Which pixels of the picture are ink.
        scale: Points per pixel.

    Returns:
        None if there are none.
    """
    labels, count = ndimage.label(ink, np.ones((3, 3)))
    areas = np.bincount(labels.ravel(), minlength=count + 1)
    tiny = areas <= (_SPECK / scale) ** 2
    tiny[0] = False
    if not tiny.any():
        return None
    specks: Ink = ndimage.binary_dilation(tiny[labels], np.ones((3, 3)))
    return specks


def skew_of(ink: Ink) -> float:
    """Returns by how many degrees counterclockwise a page must be turned to be straight.

    When lines of text are horizontal, the ink is on few rows of pixels: the angle whose rows differ
    most is chosen (projection profiles, W. Postl 1986).
    """
    down, along = np.nonzero(ink)
    if len(down) < 500:
        return 0.0
    step = max(1, len(down) // _MOST_POINTS)
    y, x = down[::step].astype(np.float32), along[::step].astype(np.float32)
    best, reach = 0.0, WIDEST_SKEW
    for spacing in (0.25, 0.05, 0.01):
        angles = np.arange(best - reach, best + reach + spacing / 2, spacing)
        scores = [_levelness(x, y, angle) for angle in angles]
        best, reach = float(angles[int(np.argmax(scores))]), 2 * spacing
    return best if LEAST_SKEW <= abs(best) <= WIDEST_SKEW else 0.0


def _levelness(x: NDArray[np.float32], y: NDArray[np.float32], angle: float) -> float:
    rows = np.rint(y - x * np.float32(math.tan(angle * _TAN))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())


def turned(grey: Grey, quarters: int) -> Grey:
    """Returns a picture turned counterclockwise by quarter turns."""
    return np.ascontiguousarray(np.rot90(grey, quarters))


def straightened(grey: Grey, angle: float, paper: int) -> Grey:
    """Returns a picture of the same size, turned counterclockwise about its middle.

    Args:
        grey: The picture.
        angle: Degrees.
        paper: Brightness to fill the corners with.
    """
    if not angle:
        return grey
    image = Image.fromarray(grey)
    return np.asarray(image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=paper))
