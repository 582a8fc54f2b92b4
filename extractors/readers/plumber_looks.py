"""The appearance of areas and small pictures found by pdfplumber."""

from __future__ import annotations

from typing import Any

from extractors.readers.looks import colour_of, colour_of_pixels

_MOST_PIXELS = 250_000
"""Maximum number of pixels; no answer mark has more."""
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
"""Pillow's mode for the raw bytes of an unpacked picture, by the number of bytes per pixel."""


def colour_of_paint(paint: Any) -> str:  # noqa: ANN401 - pdfplumber has no types
    """Returns the fill colour of a shape, as forms name it; "" for none.

    Args:
        paint: Shares of grey, of red, green and blue, or of cyan, magenta, yellow and black.
    """
    values = paint if isinstance(paint, (tuple, list)) else (paint,)
    if not all(isinstance(value, (int, float)) for value in values):
        return ""
    if len(values) == 4:
        *inks, black = values
        values = [(1 - ink) * (1 - black) for ink in inks]
    if len(values) != 3:
        return ""
    red, green, blue = (round(255 * min(1.0, max(0.0, float(value)))) for value in values)
    return colour_of(red, green, blue)


def looks_of_image(image: dict[str, Any]) -> tuple[str, ...]:
    """Returns the appearance of a small picture: its main colour.

    Its digest is not included, as the two readers unpack pictures differently.
    """
    width, height = image.get("srcsize") or (0, 0)
    if not 0 < width * height <= _MOST_PIXELS:
        return ()
    try:
        colour = colour_of_pixels(_pixels(image["stream"], int(width), int(height)))
    except Exception:  # a damaged picture can raise nearly any error
        return ()
    return (colour,) if colour else ()


def _pixels(stream: Any, width: int, height: int) -> bytes:  # noqa: ANN401
    """Returns red, green, blue and opacity of each pixel."""
    picture = _unpacked(stream, width, height).convert("RGBA")
    mask = stream.get("SMask")
    if mask is not None:
        resolved = mask.resolve() if hasattr(mask, "resolve") else mask
        size = int(resolved["Width"]), int(resolved["Height"])
        picture.putalpha(_unpacked(resolved, *size).convert("L").resize(picture.size))
    pixels: bytes = picture.resize((16, 16)).tobytes()
    return pixels


def _unpacked(stream: Any, width: int, height: int) -> Any:  # noqa: ANN401
    from io import BytesIO  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415 - most reports have no pictures

    data = stream.get_data()
    filters = {str(name) for name, _ in stream.get_filters()}
    if any("DCT" in name or "JPX" in name for name in filters):
        return Image.open(BytesIO(data))
    mode = _MODES[len(data) // (width * height)]
    return Image.frombytes(mode, (width, height), data)
