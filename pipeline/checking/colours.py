"""Colours and their meanings, shared by the terminal, images and web pages."""

from __future__ import annotations

from zlib import crc32

from models.report import Report, Role
from pipeline.checking.source_lines import Span

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

FIELD_COLOURS: dict[str, Colour] = {
    "question": (48, 122, 220),
    "detail": (48, 122, 220),
    "answer": (28, 150, 70),
    "comment": (205, 95, 10),
}
"""Box colour by field; the detail belongs to the question's cell."""

ROLE_COLOURS: dict[Role, Colour] = {
    Role.QUESTION: FIELD_COLOURS["question"],
    Role.DETAIL: FIELD_COLOURS["detail"],
    Role.ANSWER: FIELD_COLOURS["answer"],
    Role.COMMENT: FIELD_COLOURS["comment"],
}
"""Colour of a source line by its role; other roles are grey."""

GREY: Colour = (125, 125, 125)

THEME_COLOURS: tuple[Colour, ...] = (
    (255, 224, 102),
    (152, 221, 146),
    (140, 200, 255),
    (255, 170, 190),
    (208, 180, 255),
    (255, 190, 120),
    (120, 225, 215),
    (205, 205, 120),
    (240, 160, 240),
    (190, 210, 230),
    (225, 195, 165),
    (190, 240, 90),
    (255, 150, 130),
    (165, 175, 255),
    (200, 200, 200),
    (130, 200, 170),
)
"""Backgrounds for theme mentions, one per group."""


def theme_colours(report: Report) -> dict[str, Colour]:
    """Returns the background colour of each theme group mentioned in a report.

    A group has the same colour in every report, unless two groups of a report map to the same one:
    then the alphabetically later group takes the next free colour.
    """
    free, colours = list(range(len(THEME_COLOURS))), {}
    for group in sorted({mention.group for mention in report.themes}):
        wanted = crc32(group.encode()) % len(THEME_COLOURS)
        slot = min(free, key=lambda s: (s - wanted) % len(THEME_COLOURS), default=wanted)
        if free:
            free.remove(slot)
        colours[group] = THEME_COLOURS[slot]
    return colours


def span_colour(span: Span) -> Colour:
    """Returns the colour of a part of a line: its role's, or grey outside the answer."""
    return ROLE_COLOURS.get(span.role, GREY) if span.role and span.own else GREY


def on_paper(colour: Colour) -> Colour:
    """Darkens a colour until it can be text on white: contrast of at least 4.5:1 (WCAG 2.2 AA)."""
    red, green, blue = (round(part * 0.72) for part in colour)
    return red, green, blue


def as_hex(colour: Colour) -> str:
    """Returns a colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
