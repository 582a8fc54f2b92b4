"""A page's drawn rules, shaded areas, small pictures and dots, from pdfium's page objects."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import repeat

import pypdfium2.raw as pdfium

from extractors.readers import pdf_engine as engine
from extractors.readers.looks import colour_of
from extractors.readers.pdf_clips import clip_of
from extractors.readers.pdf_geometry import IDENTITY, Matrix, View, combine, moved
from extractors.readers.pdf_painting import Colour
from extractors.readers.pdf_pictures import looks_of_image
from extractors.readers.pdf_shapes import (
    MOST_OBJECTS,
    Drawings,
    Point,
    is_small,
    is_square,
    is_thin,
)
from models.document import Rule

DEEPEST_FORM = 6
_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH

_OPAQUE = 255
_RECTANGLE = 5
"""Maximum points of a rectangle."""

Bounds = tuple[float, float, float, float]


def read_drawings(page: engine.Handle, view: View) -> Drawings:
    """Reads the drawings of a page.

    Args:
        page: pdfium's handle of the page.
        view: The page as displayed.
    """
    reader = _Reader(view)
    handle = engine.address_of(page)
    reader.read(handle, pdfium.FPDFPage_CountObjects(page), engine.page_object, IDENTITY, 0)
    return reader.found


class _Reader:
    """Buffers for pdfium's results, and what was found so far."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.found = Drawings()
        self.left = MOST_OBJECTS
        self.numbers = array("f", bytes(24))
        start, _ = self.numbers.buffer_info()
        self.places = tuple(range(start, start + 24, 4))
        self.bound_places = self.places[:4]
        self.flags = array("i", bytes(16))
        start, _ = self.flags.buffer_info()
        self.flag_places = tuple(range(start, start + 16, 4))

    def read(
        self,
        parent: int,
        count: int,
        child: Callable[[int, int], int | None],
        matrix: Matrix,
        depth: int,
        *,
        opaque: bool = True,
    ) -> None:
        """Reads the objects of a page or of a form XObject in it.

        Args:
            parent: pdfium's handle of the page or the form.
            count: How many objects it has.
            child: Returns the handle of an object by its index.
            matrix: From its coordinates to the page's.
            depth: How many forms are around the objects.
            opaque: Whether no form around them is transparent or clipped.
        """
        handles = list(map(child, repeat(parent), range(count)))
        for handle, kind in zip(handles, map(engine.object_type, handles), strict=True):
            if not handle:
                continue
            if kind == _TEXT:
                self.found.painting.add_text(handle, matrix)
                continue
            self.left -= 1
            if self.left < 0:
                self.found.skipped = True
                return
            if kind == _PATH:
                self.path(handle, matrix, opaque=opaque)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.image(handle, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
                self.shading(handle, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                inner = combine(self.matrix(handle), matrix)
                solid = opaque and not (engine.is_transparent(handle) or clip_of(handle))
                objects = engine.form_count(handle), engine.form_object
                self.read(handle, *objects, inner, depth + 1, opaque=solid)

    def bounds(self, handle: int, matrix: Matrix) -> Bounds | None:
        """Returns left, bottom, right, top of an object on the page, or None if it has none."""
        if not engine.object_bounds(handle, *self.bound_places):
            return None
        x0, y0, x1, y1, _, _ = self.numbers
        return moved((x0, y0, x1, y1), matrix)

    def matrix(self, handle: int) -> Matrix:
        """Returns the matrix of an object."""
        if not engine.object_matrix(handle, self.places[0]):
            return IDENTITY
        a, b, c, d, e, f = self.numbers
        return (a, b, c, d, e, f)

    def image(self, handle: int, matrix: Matrix) -> None:
        """Adds a picture."""
        bounds = self.bounds(handle, matrix)
        if bounds is not None:
            width, height = self.view.size
            box = self.view.seen(*bounds)
            looks = looks_of_image(handle) if is_small(box) else ()
            self.found.add_image(box, width * height, looks)
            # A picture may be transparent.
            self.found.painting.add_area(box, None, handle)

    def shading(self, handle: int, matrix: Matrix) -> None:
        """Adds an area painted in several colours."""
        bounds = self.bounds(handle, matrix)
        if bounds is not None:
            self.found.painting.add_area(self.view.seen(*bounds), None, handle)

    def path(self, handle: int, matrix: Matrix, *, opaque: bool) -> None:
        """Adds a drawn shape as rules or as a mark."""
        engine.path_mode(handle, self.flag_places[0], self.flag_places[1])
        fill, stroke, _, _ = self.flags
        filled, stroked = fill != pdfium.FPDF_FILLMODE_NONE, stroke != 0
        self.found.paths += 1
        if not (filled or stroked):
            return
        bounds = self.bounds(handle, matrix)
        if bounds is None:
            return
        box = self.view.seen(*bounds)
        corners = engine.path_count(handle)
        if filled and not is_thin(box):
            colour = self.paint(handle) if opaque else None
            covers = colour is not None and corners <= _RECTANGLE
            self.found.painting.add_area(box, colour, handle, covers=covers, matrix=matrix)
        if filled and not stroked and self.is_white(handle):
            return
        if is_thin(box) and not (filled and corners > 4 and is_square(box)):
            self.found.rules.append(Rule(box, filled))
            return
        looks = self.colour(handle) if filled else ""
        if corners > 5 or not filled or is_thin(box):
            self.shapes(handle, combine(self.matrix(handle), matrix), filled, looks)
        else:
            self.found.rules.append(Rule(box, True, looks))

    def colour(self, handle: int) -> str:
        """Returns an object's fill colour, as forms name it."""
        if not engine.fill_color(handle, *self.flag_places):
            return ""
        return colour_of(*self.flags[:3])

    def paint(self, handle: int) -> Colour | None:
        """Returns an object's fill colour, or None if it is transparent."""
        if not engine.fill_color(handle, *self.flag_places):
            return None
        red, green, blue, alpha = self.flags
        return (red, green, blue) if alpha == _OPAQUE else None

    def is_white(self, handle: int) -> bool:
        """Whether an object is filled with white, or invisible."""
        if not engine.fill_color(handle, *self.flag_places):
            return False
        red, green, blue, alpha = self.flags
        return alpha == 0 or min(red, green, blue) >= 253

    def shapes(self, handle: int, matrix: Matrix, filled: bool, looks: str) -> None:
        """Adds each outline of a path separately: a grid may be a single path."""
        for points, curved in self.outlines(handle, matrix):
            seen = [self.view.seen(x, y, x, y)[:2] for x, y in points]
            self.found.add_outline(seen, curved=curved, filled=filled, looks=looks)

    def outlines(self, handle: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """Yields the points of each outline of a path, and whether it has curves."""
        a, b, c, d, e, f = matrix
        points: list[Point] = []
        curved = False
        count = min(engine.path_count(handle), self.left)
        self.left -= count
        for index in range(count):
            segment = engine.path_segment(handle, index)
            engine.segment_point(segment, self.places[0], self.places[1])
            x, y = self.numbers[0], self.numbers[1]
            kind = engine.segment_type(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, curved
                points, curved = [], False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            points.append((a * x + c * y + e, b * x + d * y + f))
            if engine.segment_close(segment) and points[-1] != points[0]:
                points.append(points[0])
        if len(points) > 1:
            yield points, curved
