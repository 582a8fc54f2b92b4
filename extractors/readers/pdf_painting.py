"""Areas painted on a page, in drawing order: they can hide text."""

from __future__ import annotations

from typing import NamedTuple

from extractors.readers.pdf_geometry import IDENTITY, Matrix
from models.document import Box

MOST_PAINTED = 2_000
"""Maximum areas kept per page; charts have more, tables do not."""

Colour = tuple[int, int, int]


class Painted(NamedTuple):
    """An area painted on a page.

    Attributes:
        order: Its position in drawing order.
        box: Its bounding box.
        colour: Its colour; None if it has several, or is unknown.
        handle: pdfium's handle of it.
        covers: Whether it hides everything beneath it, as far as it is not clipped.
        matrix: From the coordinates of its clipping to the page's: that of the form XObject around
            it.
    """

    order: int
    box: Box
    colour: Colour | None
    handle: int
    covers: bool
    matrix: Matrix = IDENTITY


class Painting:
    """What is painted on a page, in order; text by object handle."""

    def __init__(self) -> None:
        self.areas: list[Painted] = []
        self.colours: set[Colour] = set()
        self.texts: dict[int, int] = {}
        self.in_forms: dict[int, Matrix] = {}
        self.order = 0
        self.is_whole = True

    def add_text(self, handle: int, matrix: Matrix) -> None:
        """Adds a text object; `matrix` is that of the form XObject around it."""
        self.order += 1
        self.texts[handle] = self.order
        if matrix is not IDENTITY:
            self.in_forms[handle] = matrix

    def add_area(
        self,
        box: Box,
        colour: Colour | None,
        handle: int,
        *,
        covers: bool = False,
        matrix: Matrix = IDENTITY,
    ) -> None:
        """Adds an area."""
        self.order += 1
        if len(self.areas) < MOST_PAINTED:
            self.areas.append(Painted(self.order, box, colour, handle, covers, matrix))
            if colour is not None:
                self.colours.add(colour)
        else:
            self.is_whole = False
