"""Colours and their meanings in sheets and figures.

Chosen to be distinguishable with any common kind of colour blindness and, by lightness, in
greyscale print. The meaning is always given in words as well.
"""

from __future__ import annotations

CODES = {
    "yes": "#2166ac",
    "partly": "#7fb8e6",
    "no": "#d6604d",
    "not_applicable": "#c8c8c8",
    "other": "#3b3b3b",
    "missing": "#ffe066",
}
"""Colour of each answer code."""

ASSERTIONS = {
    "affirmed": "#2166ac",
    "planned": "#92c5de",
    "hypothetical": "#f7e08b",
    "negated": "#d6604d",
    "ended": "#7f7f7f",
    "uncertain": "#3b3b3b",
}
"""Colour of each assertion of a theme."""

FILLS = {
    **CODES,
    **ASSERTIONS,
    "not_asked": "#ededed",
    "lacking": "#ffffff",
    "unread": "#ededed",
    "ok": "#ffffff",
    "partial": "#f7e08b",
    "failed": "#d6604d",
    "error": "#d6604d",
    "warning": "#f7e08b",
    "info": "#ededed",
    "corrected": "#d5e8d4",
    "stale": "#f7e08b",
    "conflict": "#f7e08b",
}
"""Background of a cell by its style."""


def ink(fill: str) -> str:
    """Returns the more legible text colour on a background: black or white."""
    return "#000000" if luminance(fill) > 0.179 else "#ffffff"


def luminance(colour: str) -> float:
    """Returns the relative luminance of a colour `#rrggbb`, 0 to 1, as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
