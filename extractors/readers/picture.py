"""Pictures as reports: scans that were saved as PNG, JPEG or TIFF. Text recognition reads them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.readers.errors import ReadError
from models.document import Document, Format, Page, ReadProblem

MOST_PIXELS = 80e6
"""Maximum pixels of a page; an A3 page at 600 dpi has 70 million."""
MOST_PAGES = 500
"""Maximum number of pages of a TIFF file."""
_FEWEST_PIXELS = 600
"""Minimum pixels of the short side: smaller pictures are logos and the like, not pages."""
_SHORT_SIDE = 8.27
"""Size of an A4 page in inches; the resolution given by cameras and many programs is arbitrary."""
_LIKELY_SIDES = (5.0, 24.0)
"""Sides of a page up to A2, in inches. A fax has 204 dots an inch across and 98 down."""
_WHITE = 255
_ORIENTATION, _UPRIGHT = 0x0112, 4
"""EXIF's orientation tag, and its highest value for an upright or upside-down picture."""


def read(data: bytes) -> Document:
    """Reads a picture as pages without text, each with the problem that it was not recognised.

    Raises:
        ReadError: It is broken, too small to be a page, or too large.
    """
    image = _opened(data)
    pages = tuple(
        Page(number, *_points(frame)) for number, frame in enumerate(_frames(image), start=1)
    )
    return Document(
        Format.PICTURE, "picture", pages, problems=tuple(_unread(page.number) for page in pages)
    )


def as_pdf(data: bytes) -> bytes:
    """Returns a PDF with a page for each picture of a file, in greyscale.

    Raises:
        ReadError: It is broken, too small to be a page, or too large.
    """
    document = pdfium.PdfDocument.new()
    for frame in _frames(_opened(data)):
        width, height = _points(frame)
        picture = pdfium.PdfImage.new(document)
        bitmap = pdfium.PdfBitmap.from_pil(_grey(frame))
        picture.set_bitmap(bitmap)
        bitmap.close()
        picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
        page = document.new_page(width, height)
        page.insert_obj(picture)
        page.gen_content()
        page.close()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise _broken() from None


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """Yields the pictures of a file; each is only valid until the next."""
    count = getattr(image, "n_frames", 1)
    if count > MOST_PAGES:
        raise ReadError(
            "too-large", f"The picture has {count} pages, more than any report has. Split the file."
        )
    for at in range(count):
        try:
            image.seek(at)
        except (OSError, ValueError, SyntaxError, EOFError):
            raise _broken() from None
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise _too_large()
        if min(width, height) < _FEWEST_PIXELS:
            raise ReadError(
                "other-kind",
                f"The picture has {width} x {height} pixels: too few to read a page in. If it is a "
                "report, scan it again at 300 dpi; if not, move it away.",
            )
        yield image


def _points(image: Image.Image) -> tuple[float, float]:
    """Returns width and height of a picture as displayed, in points."""
    width, height = image.size
    across, down = (float(dots or 0) for dots in image.info.get("dpi", (0, 0)))
    if image.format != "PNG" and image.getexif().get(_ORIENTATION, 1) > _UPRIGHT:
        across, down = down, across
        if _has_orientation(image):
            width, height = height, width
    low, high = _LIKELY_SIDES
    likely = across > 0 and down > 0
    if not likely or not all(low <= side <= high for side in (width / across, height / down)):
        across = down = min(width, height) / _SHORT_SIDE
    return 72 * width / across, 72 * height / down


def _has_orientation(image: Image.Image) -> bool:
    """Whether to read EXIF: Pillow itself rotates TIFF, and a PNG would be decoded for it."""
    return image.format == "JPEG"


def _grey(image: Image.Image) -> Image.Image:
    """Returns a picture in greyscale as displayed: upright, and white where it is transparent."""
    try:
        upright = ImageOps.exif_transpose(image) if _has_orientation(image) else image
        if upright.mode.startswith(("I", "F")):  # 16 bits or more
            values = np.asarray(upright, dtype=np.float32)
            return Image.fromarray(
                (values * (_WHITE / max(1.0, float(values.max())))).astype(np.uint8)
            )
        if "A" in upright.getbands() or "transparency" in upright.info:
            seen = upright.convert("RGBA")
            paper = Image.new("RGBA", seen.size, "white")
            upright = Image.alpha_composite(paper, seen)
        return upright.convert("L")
    except (OSError, ValueError, SyntaxError):
        raise _broken() from None


def _unread(page: int) -> ReadProblem:
    return ReadProblem(
        "scan",
        f"Page {page} is a picture, so nothing on it was read. Read it with --ocr auto, or submit "
        "the report in its original format.",
        "error",
        page,
    )


def _broken() -> ReadError:
    return ReadError(
        "broken-picture",
        "The picture cannot be opened: it may be cut or damaged. Open it in a picture viewer, and "
        "save or fetch it again.",
    )


def _too_large() -> ReadError:
    return ReadError(
        "too-large",
        f"The picture has more than {MOST_PIXELS / 1e6:.0f} million pixels. Scan it again at 300 "
        "dpi, or save it smaller.",
    )
