"""Drawing with Pillow: fonts, boxes, legends, and images side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from models.document import Box
from pipeline.checking.colours import FIELD_COLOURS, Colour
from pipeline.checking.shown import visible

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (20, 20, 20)
MARGIN = 12
"""Margin around what is drawn, in pixels."""

PALETTE = 128
"""Colours in a saved image: enough for text and boxes at a third of the file size."""


FONT = Path(__file__).with_name("DejaVuSansMono.ttf")


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Returns the bundled font: those of Pillow and the system lack å, ä and ö, or vary."""
    return ImageFont.truetype(FONT, size)


def tint(picture: Image.Image, box: Box, colour: Colour, strength: float) -> None:
    """Colours a box of an RGB image like a highlighter: text in it stays as dark as before.

    Args:
        picture: The image; changed in place.
        box: Where, in pixels.
        colour: The colour of the highlighter.
        strength: 0 for none, 1 for the colour itself on white.
    """
    area = (
        max(0, round(box.x0)),
        max(0, round(box.y0)),
        min(picture.width, round(box.x1)),
        min(picture.height, round(box.y1)),
    )
    if area[0] >= area[2] or area[1] >= area[3]:
        return
    red, green, blue = (round(255 - (255 - part) * strength) for part in colour)
    region = picture.crop(area)
    ink = Image.new("RGB", region.size, (red, green, blue))
    picture.paste(ImageChops.multiply(region, ink), area)


def outline(picture: Image.Image, box: Box, colour: Colour) -> None:
    """Draws the outline of a box, in pixels, just outside it."""
    corners = (box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2)
    ImageDraw.Draw(picture).rectangle(corners, outline=colour, width=2)


def legend(width: int, title: str, entries: Sequence[tuple[str, Colour]]) -> Image.Image:
    """Returns a strip of the given width with a title and a key to the colours."""
    size, places = 16, []
    x, y = MARGIN, MARGIN + 26
    for name, _ in entries:
        own = 2 * size + round(font(size - 2).getlength(visible(name))) + 8
        if x + own > width and x > MARGIN:
            x, y = MARGIN, y + size + 8
        places.append((x, y))
        x += own
    picture = Image.new("RGB", (width, y + size + MARGIN), WHITE)
    draw = ImageDraw.Draw(picture)
    fitting = _fitting(visible(title), width - 2 * MARGIN, size)
    draw.text((MARGIN, MARGIN), fitting, BLACK, font(size))
    for (name, colour), (x, y) in zip(entries, places, strict=True):
        draw.rectangle((x, y, x + size, y + size), fill=colour, outline=BLACK)
        draw.text((x + size + 6, y - 1), visible(name), BLACK, font(size - 2))
    return picture


def field_entries() -> list[tuple[str, Colour]]:
    """Returns the legend's entries for the fields."""
    return [(name, FIELD_COLOURS[name]) for name in ("question", "answer", "comment")]


def beside(pictures: Sequence[Image.Image], columns: int) -> Image.Image:
    """Returns images side by side, in rows of `columns`."""
    rows = [pictures[at : at + columns] for at in range(0, len(pictures), columns)]
    width = max(sum(p.width + MARGIN for p in row) + MARGIN for row in rows)
    height = sum(max(p.height for p in row) + MARGIN for row in rows)
    whole, y = Image.new("RGB", (width, height), (200, 200, 200)), 0
    for row in rows:
        x = MARGIN
        for picture in row:
            whole.paste(picture, (x, y))
            x += picture.width + MARGIN
        y += max(p.height for p in row) + MARGIN
    return whole


def under(top: Image.Image, bottom: Image.Image) -> Image.Image:
    """Returns one image with `bottom` below `top`."""
    whole = Image.new("RGB", (max(top.width, bottom.width), top.height + bottom.height), WHITE)
    whole.paste(top, (0, 0))
    whole.paste(bottom, (0, top.height))
    return whole


def as_png(picture: Image.Image) -> bytes:
    """Returns an image as PNG: the same bytes for the same image."""
    buffer = BytesIO()
    reduced = picture.quantize(PALETTE, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    reduced.save(buffer, "PNG", optimize=False, compress_level=6)
    return buffer.getvalue()


def _fitting(text: str, width: int, size: int) -> str:
    """A text, cut with an ellipsis if it is too long for its place."""
    if font(size).getlength(text) <= width:
        return text
    while text and font(size).getlength(text + "…") > width:
        text = text[:-1]
    return text + "…"
