"""An answer's PDF pages as an image: its fields boxed, its theme mentions marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pypdfium2 as pdfium
from PIL import Image

from extractors.readers.picture import as_pdf
from models.document import Box
from models.report import Answer, FieldBox, Mention, Report
from pipeline.checking.colours import FIELD_COLOURS, Colour, theme_colours
from pipeline.checking.drawing import beside, field_entries, legend, outline, tint, under
from pipeline.checking.locate import Char, locate
from pipeline.checking.shown import place
from pipeline.errors import StoppedError
from pipeline.guard import guarded

DPI = 120
"""Resolution of rendered pages in dpi: body text is sharp, and two pages fit on a screen."""

MOST_PIXELS = 20e6
"""Maximum pixels per page: a PDF can claim a page of 200 by 200 inches."""

DRAWN = frozenset({"pdf", "picture"})
"""Formats whose pages can be drawn; of others there are lines."""

PAGES_BESIDE = 3
"""Pages side by side before a new row begins."""

FINE = 1000
"""Scale for asking pdfium for positions: it returns integers, so points are subdivided."""

AROUND = 24.0
"""Margin above and below the boxes in a cropped image, in points."""


class PictureError(ValueError):
    """No image can be drawn. The message says why."""


@dataclass(frozen=True, slots=True)
class MentionBox:
    """The part of a theme mention on one line, in points from the page's top left corner."""

    page: int
    box: Box
    mention: Mention


def page_picture(
    data: bytes,
    report: Report,
    answer: Answer,
    *,
    passwords: Sequence[str] = (),
    dpi: int = DPI,
    crop: bool = False,
) -> Image.Image:
    """Returns the pages of an answer, side by side, with a legend.

    Args:
        data: The PDF file, or the picture.
        report: The report that was read from it.
        answer: One of its answers.
        passwords: Passwords to try where the file is encrypted.
        dpi: Resolution in dots per inch.
        crop: Only the part of each page around the boxes, in full width.

    Raises:
        PictureError: The file cannot be opened or drawn, or the answer's pages are not known.
    """
    pictures, groups = _drawn(data, report, answer, passwords=passwords, dpi=dpi, crop=crop)
    pages = beside(list(pictures.values()), PAGES_BESIDE)
    numbers = list(pictures)
    title = f"{answer.key} · {place(numbers[0], numbers[-1])} · {report.source}"
    colours = theme_colours(report)
    entries = field_entries() + [(group, colours[group]) for group in groups]
    return under(legend(pages.width, title, entries), pages)


def page_pictures(
    data: bytes,
    report: Report,
    answer: Answer,
    *,
    passwords: Sequence[str] = (),
    dpi: int = DPI,
    crop: bool = False,
) -> dict[int, Image.Image]:
    """Returns the pages of an answer, by number, without a legend.

    See `page_picture` for the arguments.

    Raises:
        PictureError: The file cannot be opened or drawn, or the answer's pages are not known.
    """
    return _drawn(data, report, answer, passwords=passwords, dpi=dpi, crop=crop)[0]


def _drawn(
    data: bytes,
    report: Report,
    answer: Answer,
    *,
    passwords: Sequence[str],
    dpi: int,
    crop: bool,
) -> tuple[dict[int, Image.Image], list[str]]:
    """The pages of an answer by number, and the groups of the themes marked on them.

    They are drawn in a process apart, as a damaged page can crash pdfium.
    """
    draw = partial(_draw, data, report, answer, passwords=passwords, dpi=dpi, crop=crop)
    try:
        return guarded(draw, report.source)
    except StoppedError as error:
        raise PictureError(str(error)) from error


def _draw(
    data: bytes,
    report: Report,
    answer: Answer,
    *,
    passwords: Sequence[str],
    dpi: int,
    crop: bool,
) -> tuple[dict[int, Image.Image], list[str]]:
    numbers = pages_of(answer)
    if not numbers:
        raise PictureError(f"The pages of {answer.key} are unknown.")
    colours = theme_colours(report)
    document = _open(as_pdf(data) if report.format == "picture" else data, passwords)
    try:
        if numbers[0] < 1 or numbers[-1] > len(document):
            raise PictureError(
                f"{answer.key} should be on page {numbers[-1]}, but {report.source} has only "
                f"{len(document)} pages. Read the report again."
            )
        marks = mention_boxes(document, report, answer)
        grounds = [(mark.page, mark.box, colours[mark.mention.group]) for mark in marks]
        pictures = {
            number: _page(document, number, answer, grounds, dpi=dpi, crop=crop)
            for number in numbers
        }
    finally:
        document.close()
    return pictures, sorted({mark.mention.group for mark in marks})


def pages_of(answer: Answer) -> list[int]:
    """Returns the page numbers of an answer: those of its boxes, else first to last."""
    if answer.boxes:
        return sorted({box.page for box in answer.boxes})
    if answer.page_first is None:
        return []
    return list(range(answer.page_first, (answer.page_last or answer.page_first) + 1))


def mention_boxes(document: pdfium.PdfDocument, report: Report, answer: Answer) -> list[MentionBox]:
    """Locates the theme mentions of an answer on its pages, one box per line."""
    mentions = [m for m in report.themes if m.position == answer.position]
    if not mentions:
        return []
    boxes = [box for box in answer.boxes if box.field == "comment"]
    chars = [char for box in boxes for char in _chars(document[box.page - 1], box)]
    return [
        MentionBox(page, box, mention)
        for mention, places in locate(answer.comment, mentions, chars)
        for page, box in _by_line(places)
    ]


def _open(data: bytes, passwords: Sequence[str]) -> pdfium.PdfDocument:
    for password in (None, *passwords):
        try:
            return pdfium.PdfDocument(data, password=password)
        except pdfium.PdfiumError:
            continue
    raise PictureError("The file cannot be opened as a PDF with the given passwords.")


def _page(
    document: pdfium.PdfDocument,
    number: int,
    answer: Answer,
    grounds: Sequence[tuple[int, Box, Colour]],
    *,
    dpi: int,
    crop: bool,
) -> Image.Image:
    """Renders a page and draws on it; pages are numbered from 1."""
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(dpi / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    own = [box for box in answer.boxes if box.page == number]
    for on_page, box, ground in grounds:
        if on_page == number:
            tint(picture, _scaled(box, scale), ground, 1.0)
    for field in own:
        box, colour = _scaled(_box(field), scale), FIELD_COLOURS[field.field]
        tint(picture, box, colour, 0.07)
        outline(picture, box, colour)
    if not (crop and own):
        return picture
    top = max(0, int((min(box.y0 for box in own) - AROUND) * scale))
    bottom = min(picture.height, int((max(box.y1 for box in own) + AROUND) * scale))
    return picture.crop((0, top, picture.width, bottom)) if top < bottom else picture


def _chars(page: pdfium.PdfPage, field: FieldBox) -> Iterator[Char[tuple[int, Box]]]:
    """Yields the characters whose centre is in a field's box, with their own boxes."""
    text, as_seen = page.get_textpage(), _as_seen(page)
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        xs, ys = zip(as_seen(left, top), as_seen(right, bottom), strict=True)
        x, y = sum(xs) / 2, sum(ys) / 2
        if field.x0 - 1 <= x <= field.x1 + 1 and field.y0 - 1 <= y <= field.y1 + 1:
            box = Box(min(xs), min(ys), max(xs), max(ys))
            yield Char(text.get_text_range(index, 1), (field.page, box))


def _as_seen(page: pdfium.PdfPage) -> Callable[[float, float], tuple[float, float]]:
    """Returns a mapping from PDF coordinates to points from the top left of the page as seen."""
    width, height = (round(side * FINE) for side in page.get_size())
    to_device = pdfium.PdfPosConv(page, (0, 0, width, height, 0)).to_bitmap
    (x0, y0), (xx, xy), (yx, yy) = to_device(0, 0), to_device(FINE, 0), to_device(0, FINE)
    each = FINE * FINE

    def as_seen(x: float, y: float) -> tuple[float, float]:
        return (
            x0 / FINE + (xx - x0) * x / each + (yx - x0) * y / each,
            y0 / FINE + (xy - y0) * x / each + (yy - y0) * y / each,
        )

    return as_seen


def _by_line(places: Sequence[tuple[int, Box]]) -> Iterator[tuple[int, Box]]:
    """Joins the boxes of consecutive characters on a line."""
    held: tuple[int, Box] | None = None
    for page, box in places:
        if held and held[0] == page and box.x0 >= held[1].x0 and box.y0 < held[1].y1:
            old = held[1]
            held = (page, Box(old.x0, min(old.y0, box.y0), box.x1, max(old.y1, box.y1)))
            continue
        if held:
            yield held
        held = (page, box)
    if held:
        yield held


def _box(field: FieldBox) -> Box:
    return Box(field.x0, field.y0, field.x1, field.y1)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(value * scale for value in box))
