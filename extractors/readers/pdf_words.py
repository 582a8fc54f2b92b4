"""The words of a page from pdfium: one call for the characters, two boxes a word.

Most of a page's cost would be calls for single characters. A word's first and last character
tell where it stands, and the rest of its characters are looked at only where those two do not
fit together.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import pypdfium2.raw as pdfium

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_geometry import View
from extractors.readers.pdf_lines import Word, turn_to
from extractors.readers.pdf_symbols import KINDS, as_shown, is_symbol_font
from extractors.readers.pdf_text import HYPHEN_AT_LINE_END, is_bold_font
from models.document import Box

MOST_CHARACTERS = 400_000
"""No page that a person could read has more."""
_WORD = re.compile("[^ \t\r\n\ufffe]+\ufffe?|\ufffe")
_FONT_NAME = 128
REGULAR, BOLD, SYMBOL = range(3)
QUARTER = math.pi / 2
_SURE_SPACE = 0.3
"""A gap below this share of the height of the letters' boxes is a word space in any font."""
_WIDEST_LETTER = 1.6
"""A word is not wider than so many line heights a character, else its letters stand apart."""


class TooMuchTextError(Exception):
    """A page with more characters than any page has."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's characters and words.

    Attributes:
        characters: All characters in the order of the source; one for each of pdfium's.
        words: Its words in that order. `Word.source` is the index of its first character.
    """

    characters: str
    words: list[Word]


def read_words(text_page: engine.Handle, view: View) -> PageText:
    """Reads all words of a text page.

    Args:
        text_page: pdfium's handle of the page's text.
        view: How the page is seen.

    Raises:
        TooMuchTextError: The page has more than `MOST_CHARACTERS`.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        raise TooMuchTextError(count)
    if count <= 0:
        return PageText("", [])
    handle = engine.address_of(text_page)
    characters = _characters(text_page, handle, count)
    return PageText(characters, _words(handle, view, characters))


def _characters(text_page: engine.Handle, handle: int, count: int) -> str:
    """Returns the page's characters, exactly one for each that pdfium counts."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) != count:
        # pdfium leaves some control characters out of the text, and writes others as two.
        unicode = engine.char_unicode
        text = "".join(_character(unicode(handle, index)) for index in range(count))
    if HYPHEN_AT_LINE_END in text:
        text = "".join(
            "\ufffd" if letter == HYPHEN_AT_LINE_END and not _is_hyphen(handle, index) else letter
            for index, letter in enumerate(text)
        )
    return text


def _character(code: int) -> str:
    """Returns a character as pdfium's own text writes it, also where that leaves it out."""
    return HYPHEN_AT_LINE_END if code in {0, 2} or code > 0x10FFFF else chr(code)


def _is_hyphen(handle: int, index: int) -> bool:
    """Whether a sign that stands for a hyphen or for nothing known stands for a hyphen."""
    return bool(engine.char_hyphen(handle, index) == 1)


Span = tuple[int, int]
Bounds = tuple[float, float, float, float]


def _boxes(handle: int, spans: Sequence[Span]) -> list[float]:
    """Returns left, top, right, bottom of the first and of the last character of each span."""
    buffer = (ctypes.c_float * (8 * len(spans)))()
    start = ctypes.addressof(buffer)
    indices = [index for first, end in spans for index in (first, end - 1)]
    places = range(start, start + 16 * len(indices), 16)
    # `map` calls without a turn of the interpreter for each: this is the most frequent call.
    deque(map(engine.char_box, repeat(handle), indices, places), maxlen=0)
    return buffer[:]


def _styles(handle: int, spans: Sequence[Span]) -> list[int]:
    """Returns REGULAR, BOLD or SYMBOL for each span, by the name of its first character's font.

    Only the first word of each text object is asked for its font: the others share it.
    """
    buffer = ctypes.create_string_buffer(_FONT_NAME)
    flags = ctypes.c_int()
    places = ctypes.addressof(buffer), _FONT_NAME, ctypes.addressof(flags)
    known: dict[bytes, int] = {}
    result = []
    last, style = 0, REGULAR
    firsts = [first for first, _ in spans]
    owners = map(engine.char_object, repeat(handle), firsts)
    for first, owner in zip(firsts, owners, strict=True):
        if owner != last or not owner:
            last = owner
            buffer[0] = b"\0"
            engine.char_font(handle, first, *places)
            name = buffer.value
            known_style = known.get(name)
            if known_style is None:
                known_style = known[name] = _style(name.decode("utf-8", "replace"))
            style = known_style
        result.append(style)
    return result


def _style(font: str) -> int:
    if is_symbol_font(font):
        return SYMBOL
    return BOLD if is_bold_font(font) else REGULAR


def _words(handle: int, view: View, characters: str) -> list[Word]:
    """Returns the words; neighbours that belong to one line without doubt come as one.

    This loop runs once for every word of a report, so it does without calls and copies.
    """
    spans = [match.span() for match in _WORD.finditer(characters)]
    boxes = iter(_boxes(handle, spans))
    words: list[Word] = []
    left, _, _, top = view.box
    turned = view.turn != 0
    sizes = _Sizes(handle)
    start = last = -1
    opening = closing = ceiling = floor = base = 0.0
    weight = REGULAR

    def flush() -> None:
        if start >= 0:
            box = (opening - left, top - ceiling, closing - left, top - floor)
            spaced = _is_spaced(characters, start)
            size = sizes.of(start)
            words.append(Word(characters[start:last], *box, size, weight == BOLD, 0, spaced, start))

    for (first, end), style, (x0, t0, _, b0, x2, t1, x3, b1) in zip(
        spans, _styles(handle, spans), zip(*[boxes] * 8, strict=True), strict=True
    ):
        height = t0 - b0
        if (
            turned
            or style == SYMBOL
            or characters[first] in KINDS
            or not -0.2 * height < b1 - b0 < 0.2 * height
            or x3 - x0 >= (end - first) * height * _WIDEST_LETTER
            or (x2 <= x0 and end - first > 1)
        ):
            flush()
            start = -1
            words += _careful(handle, view, characters, (first, end), style)
        elif (
            first == last + 1
            and b0 == base
            and style == weight
            and x0 - closing >= 0
            and characters[last] == " "
            and start >= 0
            and (x0 - closing < _SURE_SPACE * height or _fills(handle, last, x0 - closing))
        ):
            last, closing, base = end, x3, b1
            ceiling = max(ceiling, t1)
            floor = min(floor, b1)
        else:
            flush()
            start, last, weight, opening, closing, base = first, end, style, x0, x3, b1
            ceiling, floor = (t0 if t0 > t1 else t1), (b0 if b0 < b1 else b1)
    flush()
    return words


def _fills(handle: int, index: int, gap: float) -> bool:
    """Whether a blank is a glyph as wide as the gap: then nothing else can be in it."""
    left, _, right, _ = _boxes(handle, [(index, index + 1)])[:4]
    return bool(right - left > 0.85 * gap)


def _is_spaced(characters: str, first: int) -> bool:
    return first == 0 or characters[first - 1] in " \t\r\n\ufffe"


def _careful(handle: int, view: View, characters: str, span: Span, style: int) -> list[Word]:
    """Returns the words of a span whose letters turn, jump, stand apart or are pictures."""
    first, end = span
    spans = [(index, index + 1) for index in range(first, end)]
    numbers = _boxes(handle, spans)
    seen = [
        view.seen(numbers[k], numbers[k + 3], numbers[k + 2], numbers[k + 1])
        for k in range(0, len(numbers), 8)
    ]
    turns = [_turn(handle, index, view.turn) for index in range(first, end)]
    pictures = [False] * len(spans)
    if style == SYMBOL:
        pictures = [style == SYMBOL for style in _styles(handle, spans)]
    letters = list(characters[first:end])
    sizes = _Sizes(handle)
    words: list[Word] = []
    start = 0
    for k in range(1, len(seen) + 1):
        if (
            k == len(seen)
            or turns[k] != turns[start]
            or pictures[k] != pictures[start]
            or letters[start] in KINDS
            or _apart(seen[k - 1], seen[k], turns[k])
        ):
            text = "".join(map(as_shown, letters[start:k]) if pictures[start] else letters[start:k])
            box = _around([turn_to(box, turns[start]) for box in seen[start:k]])
            spaced = start > 0 or _is_spaced(characters, first)
            size = sizes.of(first + start)
            words.append(Word(text, *box, size, style == BOLD, turns[start], spaced, first + start))
            start = k
    return words


def _around(boxes: Sequence[Bounds]) -> Bounds:
    lows0, lows1, highs0, highs1 = zip(*boxes, strict=True)
    return min(lows0), min(lows1), max(highs0), max(highs1)


class _Sizes:
    """Font sizes as seen: the font's size times how far its matrix stretches it upwards."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.matrix = (ctypes.c_float * 6)()
        self.place = ctypes.addressof(self.matrix)

    def of(self, index: int) -> float:
        """Returns the size in points of a character, rounded to a tenth."""
        size: float = engine.char_size(self.handle, index)
        if engine.char_matrix(self.handle, index, self.place):
            size *= math.hypot(self.matrix[2], self.matrix[3])
        return round(size, 1)


def _turn(handle: int, index: int, page_turn: int) -> int:
    """Returns the quarter turns clockwise of a character as seen."""
    angle = engine.char_angle(handle, index)
    return (page_turn + round(angle / QUARTER)) % 4 if angle >= 0 else page_turn


def _apart(left: Box, right: Box, turn: int) -> bool:
    """Whether two neighbouring letters cannot belong to one word."""
    a = turn_to(left, turn)
    b = turn_to(right, turn)
    height = max(a[3] - a[1], b[3] - b[1])
    return (
        b[0] - a[2] > 0.6 * height
        or a[0] - b[0] > 0.6 * height
        or min(a[3], b[3]) - max(a[1], b[1]) < 0.2 * min(a[3] - a[1], b[3] - b[1])
    )
