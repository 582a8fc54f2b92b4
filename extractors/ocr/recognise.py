"""Reads the pages of a document whose text cannot be read otherwise."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium

from extractors.ocr import engine as tesseract
from extractors.ocr import problems, type_faces
from extractors.ocr.layers import POOR_LAYER, reads_better
from extractors.ocr.type_faces import Stroke
from extractors.ocr.unread import UNREAD, ManyPagesError, unread_pages
from extractors.ocr.words import lines_of, pdf_words
from extractors.readers.picture import as_pdf
from models.document import Document, Format, Line, Page, ReadProblem

if TYPE_CHECKING:
    from extractors.ocr.pages import Reading
    from extractors.ocr.picture import Grey

    Picture = tuple[int, Grey, tuple[float, float]]
    """A page's number, its picture, and its size in points."""

DPI = 300
MOST_PIXELS = 26e6
"""Most pixels in a picture: an A2 page at 300 dpi; larger pages are read at a lower resolution."""
_MOST_TOGETHER = 1.5 * MOST_PIXELS
"""Most pixels of pages read side by side, which bounds the memory: four A4 pages."""


def recognise(
    document: Document,
    data: bytes,
    passwords: Sequence[str] = (),
    *,
    every_page: bool = False,
    most: int | None = None,
    threads: int = 1,
) -> Document:
    """Returns a document whose pages without text are read from their pictures.

    Args:
        document: A PDF or a picture as read by one of the readers.
        data: The bytes of the file.
        passwords: Passwords to try if it is encrypted.
        every_page: Whether to read the pages that have text as well.
        most: Most pages that may be read; None for no limit.
        threads: Most pages to read side by side.

    Returns:
        The document with these pages replaced, its lines renumbered, and problems that say so; if
        Tesseract is missing, the unchanged document with the advice to install it.

    Raises:
        ManyPagesError: There are more pages to read than `most`.
    """
    unread = unread_pages(document)
    numbers = [page.number for page in document.pages if every_page or page.number in unread]
    if not numbers:
        return document
    engine = tesseract.engine()
    if engine is None:
        return _without_engine(document)
    if most is not None and len(numbers) > most:
        raise ManyPagesError(len(numbers))
    if document.format is Format.PICTURE:
        data = as_pdf(data)
    readings: dict[int, Reading] = {}
    found: list[ReadProblem] = []
    for number, reading in _side_by_side(_pictures(data, passwords, numbers), engine, threads):
        try:
            readings[number] = reading.result()
        except tesseract.RecognitionError as error:
            found.append(problems.failed(number, str(error)))
    if not every_page:
        _drop_no_better(readings, document)
    return _with_readings(document, readings, found, tesseract.version())


def _side_by_side(
    pictures: Iterable[Picture], engine: tesseract.Engine, threads: int
) -> Iterator[tuple[int, Future[Reading]]]:
    """Yields what is read on each page, in the order of the pages, however many are read at a time.

    Tesseract and most of what is done to a picture let other threads run meanwhile. Pages are drawn
    in this thread alone, for pdfium has no others, and no earlier than there is room for them.
    """
    from extractors.ocr.pages import read_page  # noqa: PLC0415 - scipy comes with the extra

    waiting: deque[tuple[int, int, Future[Reading]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for number, grey, size in pictures:
            waiting.append((number, grey.size, pool.submit(read_page, engine, grey, number, size)))
            pixels = sum(own for _, own, _ in waiting) + grey.size  # with the next one
            while waiting and (len(waiting) >= threads or pixels > _MOST_TOGETHER):
                first, own, reading = waiting.popleft()
                reading.exception()  # waits for it
                pixels -= own
                yield first, reading
        yield from ((number, reading) for number, _, reading in waiting)


def _pictures(data: bytes, passwords: Sequence[str], numbers: Sequence[int]) -> Iterator[Picture]:
    """Yields the pages of the given numbers as pictures, with their sizes in points."""
    with _opened(data, passwords) as document:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(DPI / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            grey = np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
            bitmap.close()
            page.close()
            yield number, grey, (width, height)


def _drop_no_better(readings: dict[int, Reading], document: Document) -> None:
    """Drops new readings of pages whose own invisible text is no worse."""
    layers = {found.page for found in document.problems if found.code == POOR_LAYER}
    pages = [page for page in document.pages if page.number in layers & set(readings)]
    new = [word.text for page in pages for word in readings[page.number].words]
    if not reads_better(new, [line.text for page in pages for line in page.lines]):
        for page in pages:
            del readings[page.number]


def _opened(data: bytes, passwords: Sequence[str]) -> pdfium.PdfDocument:
    for password in passwords:
        try:
            return pdfium.PdfDocument(data, password=password)
        except pdfium.PdfiumError:
            continue
    return pdfium.PdfDocument(data)


def _with_readings(
    document: Document, readings: dict[int, Reading], found: list[ReadProblem], version: str
) -> Document:
    """Replaces the recognised pages with what was read on them."""
    from extractors.ocr.spelling import doubted  # noqa: PLC0415 - scipy comes with the extra

    words = doubted([reading.words for reading in readings.values()])
    readings = {
        number: replace(reading, words=own)
        for (number, reading), own in zip(readings.items(), words, strict=True)
    }
    known = type_faces.usual_sizes([line for one in readings.values() for line in one.lines()])
    sizes = {number: reading.sizes(known) for number, reading in readings.items()}
    strokes = {number: reading.strokes_of(sizes[number]) for number, reading in readings.items()}
    usual = type_faces.usual_stroke([one for page in strokes.values() for one in page])
    pages: list[Page] = []
    lines = 0
    for page in document.pages:
        new, number = page, page.number
        if number in readings:
            new = _page(readings[number], sizes[number], strokes[number], usual)
        pages.append(_numbered(new, lines))
        lines += len(new.lines)
    kept = [
        problem
        for problem in document.problems
        if problem.page not in readings or problem.code not in UNREAD | {"invisible-text"}
    ]
    found += problems.recognised(readings, version)
    return replace(document, pages=tuple(pages), problems=(*kept, *found))


def _page(
    reading: Reading, sizes: Sequence[float], strokes: Sequence[Stroke], usual: float
) -> Page:
    sheet, drawings = reading.sheet, reading.drawings
    words = pdf_words(reading.words, sizes, strokes, usual, reading.scale)
    lines = lines_of(words, reading.words, drawings, sheet.number)
    return Page(
        sheet.number,
        *sheet.page_size,
        tuple(lines),
        tuple(drawings.rules),
        tuple(drawings.marks),
        sheet if sheet.turn or sheet.skew else None,
        recognised=True,
    )


def _numbered(page: Page, before: int) -> Page:
    lines: list[Line] = [
        line._replace(number=number) for number, line in enumerate(page.lines, before + 1)
    ]
    return replace(page, lines=tuple(lines))


def _without_engine(document: Document) -> Document:
    advised = tuple(
        problems.with_advice(problem) if problem.code in UNREAD else problem
        for problem in document.problems
    )
    return replace(document, problems=advised)
