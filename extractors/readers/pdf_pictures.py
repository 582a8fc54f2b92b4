"""The appearance of small pictures in a PDF, from their pixels."""

from __future__ import annotations

import ctypes
import hashlib

import pypdfium2.raw as pdfium

from extractors.readers.looks import colour_of_pixels

_MOST_PIXELS = 250_000
"""Maximum number of pixels; no answer mark has more."""
_MOST_BYTES = 1_000_000
_FEWEST_SEEN = 8
"""A picture has at least one visible pixel in this many."""
_BYTES = {pdfium.FPDFBitmap_BGR: 3, pdfium.FPDFBitmap_BGRx: 4, pdfium.FPDFBitmap_BGRA: 4}


def looks_of_image(handle: int) -> tuple[str, ...]:
    """Returns the appearance of a picture: the digest of its pixels, and their main colour.

    Args:
        handle: Address of pdfium's image object.
    """
    image = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(image, width, height)
    if width.value * height.value > _MOST_PIXELS:
        return ()
    bitmap = pdfium.FPDFImageObj_GetBitmap(image)
    if not bitmap:
        return ()
    try:
        return _looks_of(bitmap)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _looks_of(bitmap: pdfium.FPDF_BITMAP) -> tuple[str, ...]:
    size = _BYTES.get(pdfium.FPDFBitmap_GetFormat(bitmap))
    width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    if size is None or not 0 < stride * height <= _MOST_BYTES:
        return ()
    data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    rows = [data[at * stride : at * stride + width * size] for at in range(height)]
    whole = b"".join(rows)
    pixels = bytearray(4 * width * height)
    for at, place in enumerate((2, 1, 0)):
        pixels[at::4] = whole[place::size]
    opaque = (
        whole[3::4]
        if pdfium.FPDFBitmap_GetFormat(bitmap) == pdfium.FPDFBitmap_BGRA
        else _not_black(pixels)
    )
    pixels[3::4] = opaque
    named = f"picture:{hashlib.sha256(whole).hexdigest()[:8]}"
    return tuple(filter(None, (named, colour_of_pixels(bytes(pixels)))))


def _not_black(pixels: bytearray) -> bytes:
    """Returns the opacity of each pixel if pdfium omits it: masked pixels are black."""
    seen = bytes(
        255 * any(colours) for colours in zip(*(pixels[at::4] for at in range(3)), strict=True)
    )
    return seen if _FEWEST_SEEN * sum(map(bool, seen)) >= len(seen) else b"\xff" * len(seen)
