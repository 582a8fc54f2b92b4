"""Classifies drawn shapes: a rule, a shaded area, a mark, or irrelevant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.readers.pdf_painting import Painting
from models.document import Box, Mark, MarkKind, Rule

THIN = 3.0
"""In points; a drawing thinner than this in either direction is a line."""
MARK_SIZE = 20.0
"""In points; a picture smaller than this in both directions can be an answer mark."""
DOT_SIZE = 12.0
"""In points; a filled disc or an empty square smaller than this can be an answer mark."""
SMALLEST_DOT = 1.0
MOST_CORNERS = 12
"""An outline with more corners counts as round."""
MOST_OBJECTS = 20_000
"""Maximum objects examined per page; maps and charts have more, tables do not."""

Point = tuple[float, float]


@dataclass(slots=True)
class Drawings:
    """What is drawn on a page.

    Attributes:
        rules: Drawn lines and shaded areas.
        marks: Small pictures, dots and boxes.
        rings: Small empty circles, as used for radio buttons.
        inks: Small slanted strokes and curves: what ticks a box.
        image_share: Share of the page covered by its largest picture; 0 without pictures.
        paths: Number of drawn shapes.
        skipped: Whether some objects were skipped because there are too many.
        painting: The areas and the text in drawing order.
    """

    rules: list[Rule] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    rings: list[Box] = field(default_factory=list)
    inks: list[Box] = field(default_factory=list)
    image_share: float = 0.0
    paths: int = 0
    skipped: bool = False
    painting: Painting = field(default_factory=Painting)

    def add_image(self, box: Box, page_area: float, looks: tuple[str, ...] = ()) -> None:
        """Adds a small picture as a mark, and keeps track of the largest picture."""
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if is_small(box):
            self.marks.append(Mark(box, MarkKind.IMAGE, looks))
        else:
            self.image_share = max(self.image_share, width * height / max(page_area, 1.0))

    def add_outline(
        self, points: Sequence[Point], *, curved: bool, filled: bool, looks: str = ""
    ) -> None:
        """Adds one outline, in display coordinates, as a rule, an area, strokes or a mark.

        A small filled disc is a dot and a small empty square a check box. Other curves are
        pictures; the horizontal and vertical strokes of an empty shape are rules.
        """
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        small = THIN < box.x1 - box.x0 < DOT_SIZE and is_square(box)
        if filled and is_disc(box, len(points), curved=curved):
            self.marks.append(Mark(box, MarkKind.DOT, (looks,) if looks else ()))
        elif is_thin(box):
            self.rules.append(Rule(box, filled))
        elif curved:
            self._add_curve(box)
        elif filled:
            self.rules.append(Rule(box, True, looks))
        elif small and len(points) == 5:
            self.marks.append(Mark(box, MarkKind.CHECKBOX))
        else:
            self._add_strokes(points)

    def _add_curve(self, box: Box) -> None:
        if THIN < box.x1 - box.x0 < DOT_SIZE and is_square(box):
            self.rings.append(box)
        elif is_small(box):
            self.inks.append(box)

    def _add_strokes(self, points: Sequence[Point]) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if is_small(box):
            self.inks.append(box)
        for (x0, y0), (x1, y1) in pairwise(points):
            if (abs(x1 - x0) < 0.5) != (abs(y1 - y0) < 0.5):
                self.rules.append(Rule(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))))


def is_small(box: Box) -> bool:
    """Whether a drawing is no larger than an answer mark."""
    return box.x1 - box.x0 < MARK_SIZE and box.y1 - box.y0 < MARK_SIZE


def is_disc(box: Box, points: int, *, curved: bool) -> bool:
    """Whether a filled outline is a disc: as wide as high, and round or with very many corners."""
    return (
        SMALLEST_DOT <= box.x1 - box.x0 < DOT_SIZE
        and is_square(box)
        and (curved or points > MOST_CORNERS)
    )


def is_square(box: Box) -> bool:
    """Whether a drawing is about as wide as high."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    return abs(width - height) < 0.15 * width


def is_thin(box: Box) -> bool:
    """Whether a drawing is a line rather than an area."""
    return box.x1 - box.x0 <= THIN or box.y1 - box.y0 <= THIN
