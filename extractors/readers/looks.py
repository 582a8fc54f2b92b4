"""The appearance of pictures and areas, as forms name it: by colour, or by a picture's digest."""

from __future__ import annotations

import colorsys
import hashlib
from functools import lru_cache
from io import BytesIO

_HUES = (
    (18, "red"),
    (38, "orange"),
    (70, "yellow"),
    (170, "green"),
    (260, "blue"),
    (330, "purple"),
)
"""Where each colour ends on the hue circle, in degrees; after the last it is red again."""
_GREY = 0.18
"""Minimum saturation of what is seen as a colour."""
_LIGHT = 0.12
"""Minimum chroma; the pale tint of a table row has less."""
_DARK = 0.25
_MOST_PIXELS = 1_000_000
SIGNS = frozenset("●⬤•■◼◆▲▼")
"""Signs whose meaning is their colour."""
MOST_PICTURES = 4
"""Maximum number of pictures examined per cell."""


@lru_cache(4096)
def colour_of(red: int, green: int, blue: int) -> str:
    """Returns a colour as forms name it: `colour:green`; "" for one without meaning.

    White, grey, black and the pale tints of rows have no meaning.

    Args:
        red: Share of red, 0 to 255.
        green: Share of green.
        blue: Share of blue.
    """
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if saturation < _GREY or saturation * value < _LIGHT or value < _DARK:
        return ""
    name = next((name for end, name in _HUES if hue * 360 < end), "red")
    return f"colour:{name}"


def colour_written(value: str | None) -> str:
    """Returns the name that forms use for a colour in style syntax: `#2e9e4f`, `rgb(46,158,79)`.

    It is "" for a colour without meaning, and for any other text.
    """
    if not value:
        return ""
    from PIL import ImageColor  # noqa: PLC0415 - most reports have no colours

    try:
        red, green, blue, *alpha = ImageColor.getrgb(value.strip())
    except ValueError:
        return ""
    return "" if alpha == [0] else colour_of(red, green, blue)


def looks_of_picture(data: bytes) -> tuple[str, ...]:
    """Returns the appearance of a small picture: its digest, and its main colour.

    Args:
        data: The bytes of the picture's file.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most reports have no pictures

    named = f"picture:{hashlib.sha256(data).hexdigest()[:8]}"
    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return (named,)
            picture = opened.convert("RGBA").resize((16, 16))
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return (named,)
    return tuple(filter(None, (named, colour_of_pixels(picture.tobytes()))))


def colour_of_pixels(pixels: bytes) -> str:
    """Returns the most common colour of the coloured pixels; "" if few are coloured.

    Args:
        pixels: Red, green, blue and opacity of each pixel.
    """
    counts: dict[str, int] = {}
    seen = 0
    for red, green, blue, opaque in zip(*(pixels[at::4] for at in range(4)), strict=True):
        if opaque > 127 and min(red, green, blue) < 245:
            seen += 1
            name = colour_of(red, green, blue)
            counts[name] = counts.get(name, 0) + 1
    best = max(counts, key=lambda name: counts[name], default="")
    return best if best and 2 * counts[best] > seen else ""
