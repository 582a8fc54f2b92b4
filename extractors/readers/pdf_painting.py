"""What is painted on a page, in the order in which it is drawn: it can hide text."""

from __future__ import annotations

from typing import NamedTuple

from models.document import Box

MOST_PAINTED = 2_000
"""Areas that are remembered of a page; charts have more, tables have not."""

Colour = tuple[int, int, int]


class Painted(NamedTuple):
    """An area that is painted on a page.

    Attributes:
        order: Its place in the order in which the page is drawn.
        box: Where it stands.
        colour: Its colour; None where that is not one, or is not known.
        handle: pdfium's handle of it.
        covers: Whether it covers all that lies under it, as far as it is not clipped.
    """

    order: int
    box: Box
    colour: Colour | None
    handle: int
    covers: bool


class Painting:
    """What is painted on a page, and when; text by the handles of its objects."""

    def __init__(self) -> None:
        self.areas: list[Painted] = []
        self.colours: set[Colour] = set()
        self.texts: dict[int, int] = {}
        self.outer: set[int] = set()
        self.order = 0
        self.is_whole = True

    def add_text(self, handle: int, *, in_form: bool) -> None:
        """Takes a text object."""
        self.order += 1
        self.texts[handle] = self.order
        if not in_form:
            self.outer.add(handle)

    def add_area(self, box: Box, colour: Colour | None, handle: int, *, covers: bool) -> None:
        """Takes an area."""
        self.order += 1
        if len(self.areas) < MOST_PAINTED:
            self.areas.append(Painted(self.order, box, colour, handle, covers))
            if colour is not None:
                self.colours.add(colour)
        else:
            self.is_whole = False
