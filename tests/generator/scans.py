"""Reports as scans: every page a picture, clean or as an office scanner leaves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from random import Random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4_INCHES = 8.27


@dataclass(frozen=True)
class ScanStyle:
    """How a scan looks.

    Attributes:
        dpi: Resolution of the pictures.
        skew: Maximum rotation of pages in degrees, in either direction.
        noise: Standard deviation of the grey noise, of 255.
        blur: Radius of the blur, in pixels.
        speckle: Share of the pixels that are specks of dirt.
        quality: Quality of the JPEG, or 0 for lossless pictures.
        paper: Grey of the paper, of 255.
    """

    dpi: int = 300
    skew: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    speckle: float = 0.0
    quality: int = 0
    paper: int = 255


CLEAN_300 = ScanStyle()
CLEAN_200 = ScanStyle(dpi=200)
OFFICE = ScanStyle(300, skew=1.5, noise=10, blur=0.7, speckle=0.0003, quality=55, paper=244)
"""A page fed crookedly through a worn scanner that saves small files."""
GREY_200 = ScanStyle(200, skew=0.4, noise=4, blur=0.4, quality=75, paper=235)
"""What most copiers send by e-mail."""


def scanned(pdf: bytes, style: ScanStyle, seed: int, pages: range | None = None) -> bytes:
    """Returns a PDF whose pages are pictures of those of another one.

    Args:
        pdf: The report.
        style: How it is scanned.
        seed: Determines the angles and the noise.
        pages: Which pages, from 0; None for all.
    """
    pictures = page_pictures(pdf, style, seed, pages)
    buffer = BytesIO()
    if style.quality:
        how = {"format": "PDF", "quality": style.quality}
        pictures[0].save(
            buffer, save_all=True, append_images=pictures[1:], resolution=style.dpi, **how
        )
        return buffer.getvalue()
    document = pdfium.PdfDocument.new()
    for picture in pictures:
        image = pdfium.PdfImage.new(document)
        image.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
        width, height = (72 * side / style.dpi for side in picture.size)
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        page = document.new_page(width, height)
        page.insert_obj(image)
        page.gen_content()
    document.save(buffer)
    return buffer.getvalue()


def layered(
    pdf: bytes, seed: int, pages: range, misread: Callable[[str], str] = str, dpi: int = 300
) -> bytes:
    """Returns a PDF of pictures with an invisible text layer, as scanner software makes.

    Args:
        pdf: The report.
        seed: Determines the look of the scan.
        pages: Which pages, from 0.
        misread: Returns a line as misread by their text recognition.
        dpi: Resolution of the pictures.
    """
    pictures = page_pictures(pdf, ScanStyle(dpi), seed, pages)
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for index, picture in zip(pages, pictures, strict=True):
        width, height = (72 * side / dpi for side in picture.size)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        for x, y, size, text in _lines(pdf, index):
            line = canvas.beginText(x, y)
            line.setFont("Helvetica", size)
            line.setTextRenderMode(3)
            line.textOut(misread(text))
            canvas.drawText(line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _lines(pdf: bytes, index: int) -> Iterator[tuple[float, float, float, str]]:
    """Yields place, size and text of the lines of a page."""
    page = pdfium.PdfDocument(pdf)[index].get_textpage()
    for at in range(page.count_rects()):
        x0, y0, x1, y1 = page.get_rect(at)
        text = page.get_text_bounded(x0, y0, x1, y1).strip()
        if text:
            yield x0, y0, y1 - y0, text


def page_pictures(
    pdf: bytes, style: ScanStyle, seed: int, pages: range | None = None
) -> list[Image.Image]:
    """Returns the pages of a report as grey pictures."""
    document = pdfium.PdfDocument(pdf)
    random = Random(f"scan {seed}")
    wanted = pages or range(len(document))
    return [
        _worn(
            document[index].render(scale=style.dpi / 72, grayscale=True).to_pil().convert("L"),
            style,
            random,
        )
        for index in wanted
    ]


def _worn(picture: Image.Image, style: ScanStyle, random: Random) -> Image.Image:
    if style.skew:
        angle = random.uniform(-style.skew, style.skew)
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    if style.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(style.blur))
    grey = np.asarray(picture, dtype=np.float32) * (style.paper / 255)
    numbers = np.random.default_rng(random.randrange(2**32))
    if style.noise:
        grey += numbers.normal(0, style.noise, grey.shape)
    if style.speckle:
        grey[numbers.random(grey.shape) < style.speckle] = 40
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))
