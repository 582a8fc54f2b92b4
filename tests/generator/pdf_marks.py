"""Answer marks in a PDF: a glyph, a small picture or a check box."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


@cache
def picture() -> bytes:
    """A small PNG: a filled dot."""
    image = Image.new("RGB", (24, 24), "white")
    ImageDraw.Draw(image).ellipse((2, 2, 21, 21), fill=(0, 120, 60))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def draw_mark(canvas: Canvas, kind: str, x: float, top: float, size: float) -> None:
    """Draws a mark whose line's top is at `top` points from the bottom of the page."""
    side = size * 0.75
    bottom = top - size * 0.95
    if kind == "glyph":
        canvas.setFont("ZapfDingbats", size * 0.9)
        canvas.drawString(x, top - size * 0.93, "\u25cf")
    elif kind == "image":
        image = ImageReader(BytesIO(picture()))
        canvas.drawImage(image, x, bottom, side, side)
    elif kind == "checkbox":
        canvas.setLineWidth(0.7)
        canvas.rect(x, bottom, side, side, stroke=1, fill=0)
        canvas.line(x, bottom, x + side, bottom + side)
        canvas.line(x, bottom + side, x + side, bottom)
