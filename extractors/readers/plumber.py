"""The second PDF reader: pdfplumber, an engine that shares no code with pdfium.

It is slow, and serves as a second opinion and for files that pdfium cannot open. Words and rules
come from its own parsing; only splitting lines at columns is shared with `pdfium`.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from extractors.readers import pdf_problems as problems
from extractors.readers.pdf_bullets import with_bullets
from extractors.readers.pdf_damage import damage
from extractors.readers.pdf_drawn_boxes import with_drawn_boxes
from extractors.readers.pdf_lines import ASLANT, SLANT, Word, join, marks, turn_to
from extractors.readers.pdf_shapes import MOST_OBJECTS, Drawings, is_small
from extractors.readers.pdf_symbols import KINDS, as_shown, dingbat, is_symbol_font
from extractors.readers.pdf_text import SOFT_HYPHEN, clean, is_bold_font, is_garbled
from extractors.readers.pdf_upright import set_upright
from extractors.readers.pdfium import MOST_PAGES
from extractors.readers.plumber_looks import colour_of_paint, looks_of_image
from models.document import Box, Document, Format, Line, Page, ReadProblem

Item = dict[str, Any]
"""A character, rectangle, line, curve or image as pdfplumber describes it."""

WORD_GAP = 0.15
"""Letters further apart than this share of their height belong to two words."""
SURE_GAP = 0.35
"""A space in a gap below this share of their height is a word space."""
SHADOW = 0.12
"""Two equal letters closer than half of this share of the font size are one letter drawn twice."""
_STANDARD_FONTS = ("Helvetica", "Times", "Courier", "Arial")
_UNUSED = frozenset(f"(cid:{code})" for code in (127, 129, 141, 143, 144, 157))
"""Codes that WinAnsiEncoding leaves unused show a bullet (ISO 32000-1, annex D.2)."""
_BLANKS = " \t\r\n"
_CID = re.compile(r"\(cid:\d+\)")


def read(data: bytes, *, passwords: tuple[str, ...] = ()) -> Document:
    """Reads a PDF file like `extractors.readers.pdfium.read`, with another engine.

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
    number = 1
    document = _open(data, passwords)
    count = _count(document)
    for index in range(min(count, MOST_PAGES)):
        page, page_problems = _read_page(document.pages[index], index + 1, number)
        number += len(page.lines)
        pages.append(page)
        found += page_problems
    if count > MOST_PAGES:
        found.append(problems.unread_pages(MOST_PAGES + 1, count))
    title = str(document.metadata.get("Title") or "").strip()
    return Document(Format.PDF, "plumber", tuple(pages), title=title, problems=tuple(found))


def _open(data: bytes, passwords: tuple[str, ...]) -> Any:  # noqa: ANN401 - pdfplumber has no types
    """Opens a file with the first password that fits.

    Only the pages need closing, which is done one by one; pdfplumber's own close would search a
    damaged file for its pages again, and fail again.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its warnings are for developers
    for password in ("", *passwords):
        try:
            document = pdfplumber.open(io.BytesIO(data), password=password)
        except PdfminerException as error:
            if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
                continue
            raise problems.broken() from error
        except Exception as error:  # pdfminer raises nearly anything on damaged files
            raise problems.broken() from error
        return document
    raise problems.encrypted()


def _count(document: Any) -> int:  # noqa: ANN401 - pdfplumber has no types
    try:
        count = len(document.pages)
    except Exception as error:
        raise problems.broken() from error
    if count == 0:
        raise problems.no_pages()
    return count


def _read_page(
    page: Any,  # noqa: ANN401
    number: int,
    first_line: int,
) -> tuple[Page, list[ReadProblem]]:
    """Reads a page and frees its objects. Never raises: a failed page is empty."""
    try:
        return _page(page, number, first_line)
    except Exception as error:  # pdfminer raises nearly anything on damaged pages
        return Page(number), [problems.failed(number, type(error).__name__)]
    finally:
        page.close()


def _page(
    page: Any,  # noqa: ANN401
    number: int,
    first_line: int,
) -> tuple[Page, list[ReadProblem]]:
    x0, y0, x1, y1 = page.cropbox
    width, height = x1 - x0, y1 - y0
    characters = list(_once(page.chars))
    drawings = _drawings(page, (x0, y0))
    words = [word for word in _words(characters, (x0, y0)) if word.text]
    words, sheet = set_upright(words, drawings, number, (float(width), float(height)))
    words = with_drawn_boxes(words, drawings)
    upright = [rule.box for rule in drawings.rules if rule.box.x1 - rule.box.x0 <= 3.0]
    runs = with_bullets(join(words, upright), drawings.marks)
    drawings.marks += marks(words)
    if sheet:
        width, height = sheet.page_size
    lines: list[Line] = []
    hidden: list[str] = []
    for run in runs:
        text = clean(run.text)
        box = run.box
        if box.x1 <= 0 or box.y1 <= 0 or box.x0 >= width or box.y0 >= height:
            hidden.append(text)
            continue
        aside = run.turn != 0
        lines.append(Line(first_line + len(lines), text, number, box, run.size, run.bold, aside))
    found = _problems(runs, drawings, number)
    if hidden:
        found.append(problems.outside(number, hidden))
    shapes = tuple(drawings.rules), tuple(drawings.marks)
    return Page(number, float(width), float(height), tuple(lines), *shapes, sheet), found


def _problems(runs: list[Word], drawings: Drawings, page: int) -> list[ReadProblem]:
    text = " ".join(run.text for run in runs)
    solid = sum(len(run.text) for run in runs)
    found = problems.no_text(page, solid, drawings.image_share, drawings.paths)
    if found is None and is_garbled(text, solid):
        found = problems.garbled(page)
    result = [] if found is None else [found]
    return [*result, problems.many_drawings(page)] if drawings.skipped else result


def _once(characters: Iterable[Item]) -> Iterator[Item]:
    """Yields each letter once, even if drawn twice to look bold or cast a shadow.

    pdfplumber's own `dedupe_chars` takes longer than everything else.
    """
    seen: set[tuple[str, float, int, int]] = set()
    for character in characters:
        text, left, top = character["text"], character["x0"], character["top"]
        size = round(float(character["size"]), 2)
        unit = max(SHADOW * size, 0.01)  # places are compared within letters of one size only
        columns = {math.floor(left / unit - 0.5), math.floor(left / unit + 0.5)}
        rows = {math.floor(top / unit - 0.5), math.floor(top / unit + 0.5)}
        if any((text, size, column, row) in seen for column in columns for row in rows):
            continue
        seen.add((text, size, math.floor(left / unit), math.floor(top / unit)))
        yield character


def _words(characters: list[Item], corner: tuple[float, float]) -> Iterator[Word]:
    """Yields the words of a page in the order of its content."""
    word: Word | None = None
    blank: Item | None = None
    for index, character in enumerate(characters):
        text = _text(character)
        if not text.strip(_BLANKS):
            blank = character
            continue
        turn = _turn(character["matrix"])
        along0, across0, along1, across1 = turn_to(_box(character, corner), turn)
        goes_on = (
            word is not None
            and KINDS.keys().isdisjoint((word.text, text))
            and (blank is None or is_bold_font(character["fontname"]) == word.bold)
            and _belongs(word, blank, turn, along0, across0, across1)
        )
        if word is not None and goes_on:
            word = word._replace(
                text=word.text + (" " if blank else "") + text,
                along1=max(word.along1, along1),
                across0=min(word.across0, across0),
                across1=max(word.across1, across1),
            )
        else:
            if word is not None:
                yield word
            spaced = blank is not None or word is None or along0 > word.along1
            bold = is_bold_font(character["fontname"])
            size = round(across1 - across0, 1)  # pdfminer's boxes are as high as the font
            box = (along0, across0, along1, across1)
            word = Word(text, *box, size, bold, turn, spaced, index)
        blank = None
    if word is not None:
        yield word


def _text(character: Item) -> str:
    """Returns the text of a character that pdfminer does not map."""
    text, font = str(character["text"]), str(character["fontname"])
    if text == SOFT_HYPHEN and character["x1"] > character["x0"]:
        return "-"  # it is drawn
    if text in _UNUSED and font.startswith(_STANDARD_FONTS):
        return "•"
    if is_symbol_font(font):
        return "".join(map(as_shown, text))
    if "dingbats" in font.lower():
        return "".join(map(dingbat, text))
    return _CID.sub("\ufffd", text)


def _belongs(
    word: Word, blank: Item | None, turn: int, along0: float, across0: float, across1: float
) -> bool:
    """Whether a letter continues a word, judged only by its position and the space before it.

    If a space glyph is as wide as the gap, nothing else can be in it.
    """
    height = across1 - across0
    overlap = min(across1, word.across1) - max(across0, word.across0)
    gap = along0 - word.along1
    if blank is None and turn == word.turn == ASLANT:
        return True
    if blank is None:
        fits = gap < WORD_GAP * height
    else:
        fits = gap < SURE_GAP * height or float(blank["adv"]) > 0.85 * gap
    return (
        turn == word.turn
        and fits
        and gap > -0.5 * height
        and overlap > 0.3 * min(height, word.across1 - word.across0)
    )


def _turn(matrix: tuple[float, ...]) -> int:
    """Returns the clockwise quarter turns of a character as displayed, or ASLANT."""
    angle = math.atan2(matrix[1], matrix[0]) / (math.pi / 2)
    return ASLANT if abs(angle - round(angle)) > SLANT else -round(angle) % 4


def _drawings(page: Any, corner: tuple[float, float]) -> Drawings:  # noqa: ANN401
    found = Drawings()
    area = max(float(page.width) * float(page.height), 1.0)
    for image in page.images:
        box = _box(image, corner)
        found.add_image(box, area, looks_of_image(image) if is_small(box) else ())
    shapes = [*page.rects, *page.lines, *page.curves]
    found.paths = len(shapes)
    found.skipped = len(shapes) > MOST_OBJECTS
    for shape in shapes[:MOST_OBJECTS]:
        _add_shape(found, shape, corner)
    return found


def _add_shape(found: Drawings, shape: Item, corner: tuple[float, float]) -> None:
    filled, stroked = bool(shape.get("fill")), bool(shape.get("stroke"))
    if not (filled or stroked):
        return
    if filled and not stroked and _is_white(shape.get("non_stroking_color")):
        return
    points = [(float(x) - corner[0], float(y) - corner[1]) for x, y in shape["pts"]]
    steps = [step[0] for step in shape.get("path") or ()]
    if "h" in steps or shape["object_type"] == "rect":
        points.append(points[0])
    curved = not {"c", "v", "y"}.isdisjoint(steps)
    looks = colour_of_paint(shape.get("non_stroking_color")) if filled else ""
    found.add_outline(points, curved=curved, filled=filled, looks=looks)


def _box(item: Item, corner: tuple[float, float]) -> Box:
    return Box(
        float(item["x0"]) - corner[0],
        float(item["top"]) - corner[1],
        float(item["x1"]) - corner[0],
        float(item["bottom"]) - corner[1],
    )


def _is_white(color: Any) -> bool:  # noqa: ANN401
    if color is None:
        return False
    values = color if isinstance(color, (tuple, list)) else (color,)
    if not all(isinstance(value, (int, float)) for value in values):
        return False
    if len(values) == 4:
        return bool(max(values) <= 0.01)
    return len(values) in {1, 3} and bool(min(values) >= 0.99)
