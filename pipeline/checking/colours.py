"""Which colour stands for what, the same on the terminal, in pictures and on pages."""

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
"""A box's colour by its field; the detail is of the question's cell."""

ROLE_COLOURS: dict[Role, Colour] = {
    Role.QUESTION: FIELD_COLOURS["question"],
    Role.DETAIL: FIELD_COLOURS["detail"],
    Role.ANSWER: FIELD_COLOURS["answer"],
    Role.COMMENT: FIELD_COLOURS["comment"],
}
"""A source line's colour by its role; other roles are grey."""

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
"""Backgrounds for theme mentions, one a group."""


def theme_colours(report: Report) -> dict[str, Colour]:
    """Returns the background of each theme group that a report mentions.

    A group has the same colour in every report, unless two groups of a report want the same: then
    the later in the alphabet takes the next that is free.
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
    """Returns the colour of a part of a line: its role's, or grey where it is not the answer's."""
    return ROLE_COLOURS.get(span.role, GREY) if span.role and span.own else GREY


def on_paper(colour: Colour) -> Colour:
    """Returns a colour dark enough for text on white: at least 4.5 to 1, as WCAG 2.2 AA asks."""
    red, green, blue = (round(part * 0.72) for part in colour)
    return red, green, blue


def as_hex(colour: Colour) -> str:
    """Returns a colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
