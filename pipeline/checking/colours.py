"""Which colour stands for what, the same on the terminal, in pictures and on pages."""

from __future__ import annotations

from models.report import Role
from pipeline.checking.source_lines import Span

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

FIELD_COLOURS: dict[str, Colour] = {
    "question": (31, 104, 192),
    "detail": (31, 104, 192),
    "answer": (24, 140, 60),
    "comment": (200, 90, 0),
}
"""A box's colour by its field; the detail is of the question's cell."""

ROLE_COLOURS: dict[Role, Colour] = {
    Role.QUESTION: FIELD_COLOURS["question"],
    Role.DETAIL: FIELD_COLOURS["detail"],
    Role.ANSWER: FIELD_COLOURS["answer"],
    Role.COMMENT: FIELD_COLOURS["comment"],
}
"""A source line's colour by its role; other roles are grey."""

GREY: Colour = (110, 110, 110)

THEME_COLOURS: tuple[Colour, ...] = (
    (255, 226, 120),
    (174, 226, 170),
    (168, 212, 250),
    (248, 186, 200),
    (216, 196, 248),
    (250, 206, 152),
    (160, 228, 222),
    (220, 220, 150),
)
"""Backgrounds for theme mentions; a group has one of them, whatever else a report mentions."""


def theme_colour(group: str) -> Colour:
    """Returns the background of a theme group: the same in every report and on every machine."""
    return THEME_COLOURS[sum(group.encode()) % len(THEME_COLOURS)]


def span_colour(span: Span) -> Colour:
    """Returns the colour of a part of a line: its role's, or grey where it is not the answer's."""
    return ROLE_COLOURS.get(span.role, GREY) if span.role and span.own else GREY


def as_hex(colour: Colour) -> str:
    """Returns a colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
