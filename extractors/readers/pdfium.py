"""The first PDF reader: pdfium, at the speed of a native engine."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat

import pypdfium2.raw as pdfium

from extractors.collector import no_collector
from extractors.readers import pdf_engine as engine
from extractors.readers import pdf_problems as problems
from extractors.readers.pdf_bullets import with_bullets
from extractors.readers.pdf_cut_off import continued_below, continued_unseen
from extractors.readers.pdf_damage import damage
from extractors.readers.pdf_drawings import read_drawings
from extractors.readers.pdf_drawn_boxes import with_drawn_boxes
from extractors.readers.pdf_fonts import Fonts
from extractors.readers.pdf_geometry import View, view_of
from extractors.readers.pdf_hyphens import Hyphens
from extractors.readers.pdf_lines import Word, join, marks
from extractors.readers.pdf_shapes import Drawings
from extractors.readers.pdf_slices import set_halves_aside
from extractors.readers.pdf_tags import Tags, believed
from extractors.readers.pdf_text import clean, is_garbled, is_plain, needs_care
from extractors.readers.pdf_upright import set_upright
from extractors.readers.pdf_visibility import Unseen, unseen
from extractors.readers.pdf_words import TooMuchTextError, read_words
from models.document import Box, Document, Format, Line, Page, ReadProblem, Sheet, Tag

MOST_PAGES = 20_000
"""Maximum number of pages read; a report has some tens."""
_INVISIBLE = 3
_FILLED_IN = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT})


def read(data: bytes, *, passwords: tuple[str, ...] = ()) -> Document:
    """Reads a PDF file.

    Args:
        data: The bytes of the file.
        passwords: Passwords to try if the file is encrypted; the empty one is tried first.

    Returns:
        Its pages with lines, rules and marks; what could not be read is in `problems`.

    Raises:
        ReadError: `encrypted`, `broken-pdf` or `no-pages`.
    """
    pages: list[Page] = []
    found = damage(data)
    fonts, hyphens = Fonts(), Hyphens()
    number = 1
    with no_collector(), _opened(data, passwords) as document:
        tags = Tags(document)
        count = pdfium.FPDF_GetPageCount(document)
        if count <= 0:
            raise problems.no_pages()
        for index in range(min(count, MOST_PAGES)):
            page, page_problems = _read_page(document, index, number, fonts, hyphens, tags)
            number += len(page.lines)
            pages.append(page)
            found += page_problems
        if count > MOST_PAGES:
            found.append(problems.unread_pages(MOST_PAGES + 1, count))
        pages = hyphens.settled(believed(set_halves_aside(document, pages)))
        pages = list(map(continued_unseen, pages))
        title = _title(document)
    return Document(Format.PDF, "pdfium", tuple(pages), title=title, problems=tuple(found))


@contextmanager
def _opened(data: bytes, passwords: tuple[str, ...]) -> Iterator[engine.Handle]:
    """Opens a file with the first password that fits, and closes it."""
    pdfium.FPDF_InitLibrary()
    for password in ("", *passwords):
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), password.encode())
        if document:
            break
        error = pdfium.FPDF_GetLastError()
        if error == pdfium.FPDF_ERR_SECURITY:
            raise problems.unknown_encryption()
        if error != pdfium.FPDF_ERR_PASSWORD:
            raise problems.broken()
    else:
        raise problems.encrypted()
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _title(document: engine.Handle) -> str:
    buffer = ctypes.create_string_buffer(1024)
    size = pdfium.FPDF_GetMetaText(document, b"Title", buffer, len(buffer))
    return buffer.raw[: max(min(size, 1024) - 2, 0)].decode("utf-16-le", "replace").strip()


def _read_page(
    document: engine.Handle, index: int, number: int, fonts: Fonts, hyphens: Hyphens, tags: Tags
) -> tuple[Page, list[ReadProblem]]:
    """Reads a page; `number` is that of its first line. Never raises: a failed page is empty."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return Page(index + 1), [problems.failed(index + 1, "it cannot be loaded")]
    try:
        page = _with_filled_in(document, index, page)
        return _page(page, index + 1, number, fonts, hyphens, tags.of_page(page))
    except TooMuchTextError as error:
        return Page(index + 1), [problems.failed(index + 1, f"{error} characters")]
    finally:
        pdfium.FPDF_ClosePage(page)


def _with_filled_in(document: engine.Handle, index: int, page: engine.Handle) -> engine.Handle:
    """Renders form fields and typed annotations into a page: their text is visible too."""
    for place in range(min(pdfium.FPDFPage_GetAnnotCount(page), 1000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, place)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _FILLED_IN:
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document, index)
            break
    return page


def _page(
    page: engine.Handle,
    page_number: int,
    number: int,
    fonts: Fonts,
    hyphens: Hyphens,
    tags: dict[int, Tag],
) -> tuple[Page, list[ReadProblem]]:
    fonts.turn_page()
    view = view_of(page)
    drawings = read_drawings(page, view)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return Page(page_number), [problems.failed(page_number, "its text cannot be loaded")]
    try:
        lines, sheet, found = _lines(
            text_page, view, drawings, page_number, number, fonts, hyphens, tags
        )
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    if drawings.skipped:
        found.append(problems.many_drawings(page_number))
    width, height = sheet.page_size if sheet else view.size
    shapes = tuple(drawings.rules), tuple(drawings.marks)
    return Page(page_number, width, height, lines, *shapes, sheet), found


def _lines(
    text_page: engine.Handle,
    view: View,
    drawings: Drawings,
    page: int,
    number: int,
    fonts: Fonts,
    hyphens: Hyphens,
    tags: dict[int, Tag],
) -> tuple[tuple[Line, ...], Sheet | None, list[ReadProblem]]:
    """Returns the lines of a page, numbered from `number`, its sheet, and what is wrong."""
    text = read_words(text_page, view, fonts)
    handle = engine.address_of(text_page)
    hidden_words, partly = _unseen(handle, text.words, drawings, view)
    words, sheet = set_upright(text.words, drawings, page, view.size)
    lost = [word for word in words if word.source in hidden_words]
    words = [word for word in words if word.source not in hidden_words] if lost else words
    words = with_drawn_boxes(words, drawings)
    upright = [rule.box for rule in drawings.rules if rule.box.x1 - rule.box.x0 <= 3.0]
    runs = [*with_bullets(join(words, upright), drawings.marks), *join(lost, upright)]
    drawings.marks += marks(words)
    plain = is_plain(text.characters)
    careful = not plain and needs_care(text.characters)
    width, height = sheet.page_size if sheet else view.size
    covered = [word.box for word in words if word.source in partly] if partly else []
    lines: list[Line] = []
    outside: list[Word] = []
    for run in runs:
        box = x0, y0, x1, y1 = run.box
        if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height:
            outside.append(run)
            continue
        content = clean(run.text) if careful and needs_care(run.text) else run.text
        if "-" in content:
            content = hyphens.seen(handle, text.characters, run, content, number + len(lines))
        aside = run.turn != 0 or run.source in hidden_words
        tag = _tag(handle, run.source, tags) if tags else None
        line = Line(number + len(lines), content, page, box, run.size, run.bold, aside, tag=tag)
        lines.append(line._replace(covered=_holds_any(box, covered)) if covered else line)
    found = _text_problems(handle, runs, "" if plain else text.characters, drawings, page)
    if outside:
        lines = continued_below(lines, [run.box for run in outside])
        found.append(problems.outside(page, [clean(run.text) for run in outside]))
    if lost:
        found.append(problems.unseen(page, [run.text for run in join(lost, upright)]))
    return tuple(lines), sheet, found


def _holds_any(line: Box, words: Sequence[Box]) -> bool:
    """Whether the middle of a word is in a line."""
    return any(
        line.x0 <= (word.x0 + word.x1) / 2 <= line.x1
        and line.y0 <= (word.y0 + word.y1) / 2 <= line.y1
        for word in words
    )


def _tag(handle: int, index: int, tags: dict[int, Tag]) -> Tag | None:
    """Returns the tag of a character's text object."""
    owner = engine.char_object(handle, index)
    return tags.get(engine.object_content(owner)) if owner else None


def _text_problems(
    handle: int, runs: list[Word], suspect: str, drawings: Drawings, page: int
) -> list[ReadProblem]:
    """Returns problems with a page's text; `suspect` is the part that can reveal garbling."""
    solid = sum([len(run.text) for run in runs])
    found = problems.no_text(page, solid, drawings.image_share, drawings.paths)
    if found is not None:
        return [found]
    errors = list(map(engine.char_unmapped, repeat(handle), [run.source for run in runs]))
    unmapped = 0
    if 1 in errors:
        unmapped = sum(len(run.text) for run, error in zip(runs, errors, strict=True) if error == 1)
    if is_garbled(suspect, solid, unmapped):
        return [problems.garbled(page)]
    if runs and all(_is_invisible(handle, run.source) for run in runs):
        return [problems.invisible(page)]
    return []


def _unseen(handle: int, words: Sequence[Word], drawings: Drawings, view: View) -> Unseen:
    """Returns the hidden words, on a page with mostly visible text.

    If most is hidden, it is the text layer of a scan, and all there is.
    """
    found = unseen(handle, words, drawings.painting, view)
    letters = sum([len(word.text) for word in words])
    if 2 * sum([len(word.text) for word in words if word.source in found.wholly]) >= letters:
        return Unseen(frozenset(), frozenset())
    return found


def _is_invisible(handle: int, index: int) -> bool:
    owner = engine.char_object(handle, index)
    return bool(owner) and engine.render_mode(owner) == _INVISIBLE
