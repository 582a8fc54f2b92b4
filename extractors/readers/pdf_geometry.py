"""From a PDF page's own coordinates to those of the page as displayed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from models.document import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class View:
    """A page as displayed: cropped, rotated, measured from its top left corner.

    Attributes:
        box: Visible part of the page in its own coordinates: left, bottom, right, top.
        turn: Clockwise quarter turns, 0 to 3.
    """

    box: tuple[float, float, float, float]
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, in points."""
        left, bottom, right, top = self.box
        width, height = right - left, top - bottom
        return (height, width) if self.turn % 2 else (width, height)

    def seen(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Converts a rectangle from the page's own coordinates to display coordinates."""
        x0, y0, x1, y1 = self.box
        match self.turn:
            case 0:
                return Box(left - x0, y1 - top, right - x0, y1 - bottom)
            case 1:
                return Box(bottom - y0, left - x0, top - y0, right - x0)
            case 2:
                return Box(x1 - right, bottom - y0, x1 - left, top - y0)
            case _:
                return Box(y1 - top, x1 - right, y1 - bottom, x1 - left)


def view_of(page: Any) -> View:  # noqa: ANN401 - pdfium's handle of a page
    """Returns the view of a page; an invalid page box falls back to A4."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    box = (rect.left, rect.bottom, rect.right, rect.top)
    if not all(map(math.isfinite, box)) or box[0] >= box[2] or box[1] >= box[3]:
        box = (0.0, 0.0, 595.0, 842.0)
    return View(box, pdfium.FPDFPage_GetRotation(page) % 4)


def combine(inner: Matrix, outer: Matrix) -> Matrix:
    """Returns the matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def moved(
    bounds: tuple[float, float, float, float], matrix: Matrix
) -> tuple[float, float, float, float]:
    """Returns the bounds of a rectangle after a matrix: left, bottom, right, top."""
    if matrix is IDENTITY or matrix == IDENTITY:
        return bounds
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = bounds
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)
