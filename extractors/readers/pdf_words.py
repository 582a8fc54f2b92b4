"""The words of a page from pdfium: one call for the characters, two boxes per word or line.

The first and last characters locate a word or line; the others are examined only if these two do
not agree.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import pypdfium2.raw as pdfium

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_blanks import without_gaps
from extractors.readers.pdf_fonts import BOLD, REGULAR, SYMBOL, Fonts
from extractors.readers.pdf_geometry import View
from extractors.readers.pdf_lines import ASLANT, NO_SPACE, Word, turn_to
from extractors.readers.pdf_raised import with_superscripts
from extractors.readers.pdf_stretches import QUARTER, WIDEST_LETTER, boxes, sizes, stretches
from extractors.readers.pdf_stretches import words as all_words
from extractors.readers.pdf_symbols import KINDS, as_shown
from extractors.readers.pdf_text import HYPHEN_AT_LINE_END, SOFT_HYPHEN
from models.document import Box

MOST_CHARACTERS = 400_000
"""Maximum number of characters; no legible page has more."""
_SIGN = re.compile(HYPHEN_AT_LINE_END)
_SURE_SPACE = 0.3
"""A gap below this share of the letter boxes' height is a word space in any font."""

_LIGATED = frozenset("fijlt")
"""Letters that occur in ligatures."""
_EVEN = 0.05
"""Maximum difference in width between the parts of one glyph, in points."""


class TooMuchTextError(Exception):
    """A page has more characters than is plausible."""


class PageText(NamedTuple):
    """A page's characters and words.

    Attributes:
        characters: All characters in source order, one for each of pdfium's.
        words: Its words in that order. `Word.source` is the index of its first character.
    """

    characters: str
    words: list[Word]


def read_words(text_page: engine.Handle, view: View, fonts: Fonts) -> PageText:
    """Reads all words of a text page.

    Args:
        text_page: pdfium's handle of the page's text.
        view: How the page is seen.
        fonts: The fonts of the document.

    Raises:
        TooMuchTextError: The page has more than `MOST_CHARACTERS`.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        raise TooMuchTextError(count)
    if count <= 0:
        return PageText("", [])
    handle = engine.address_of(text_page)
    characters = _characters(handle, count)
    return PageText(characters, _words(handle, view, characters, fonts))


def _characters(handle: int, count: int) -> str:
    """Returns the page's characters, exactly one for each that pdfium counts."""
    buffer = array("H", bytes(2 * count + 2))
    written = engine.text_of(handle, 0, count, buffer.buffer_info()[0])
    text = buffer[: max(written - 1, 0)].tobytes().decode("utf-16-le", "surrogatepass")
    if len(text) != count:
        # pdfium omits some control characters from the text, and writes others as two.
        unicode = engine.char_unicode
        text = "".join(_character(unicode(handle, index)) for index in range(count))
    places = [match.start() for match in _SIGN.finditer(text)]
    unknown = [place for place in places if not _is_hyphen(handle, place)]
    if unknown:
        letters = list(text)
        for place in unknown:
            letters[place] = "\ufffd"
        text = "".join(letters)
    if SOFT_HYPHEN in text:
        text = _with_drawn_hyphens(handle, text)
    return with_superscripts(handle, without_gaps(handle, text))


def _with_drawn_hyphens(handle: int, text: str) -> str:
    """Returns the characters of a page with a hyphen for each soft hyphen that has ink.

    A soft hyphen marks where a program may divide a word. In a PDF the lines are already set, so it
    is merely a name for the glyph, unless it is one of several characters of a ligature.
    """
    letters = list(text)
    for place, letter in enumerate(text):
        if letter == SOFT_HYPHEN and not _is_in_ligature(handle, text, place):
            left, _, right, _ = boxes(handle, [place])
            letters[place] = "-" if right > left else SOFT_HYPHEN
    return "".join(letters)


def _is_in_ligature(handle: int, text: str, place: int) -> bool:
    """Whether a character and its neighbours are one glyph, whose box pdfium divides evenly."""
    if not 0 < place < len(text) - 1 or not {text[place - 1], text[place + 1]} <= _LIGATED:
        return False
    x0, _, x1, _, x2, _, x3, _, x4, _, x5, _ = boxes(handle, [place - 1, place, place + 1])
    return max(abs(x2 - x1), abs(x4 - x3), abs(x1 - x0 - x3 + x2), abs(x5 - x4 - x3 + x2)) < _EVEN


def _character(code: int) -> str:
    """Returns a character as pdfium's text would have it, including omitted ones."""
    return HYPHEN_AT_LINE_END if code in {0, 2} or code > 0x10FFFF else chr(code)


def _is_hyphen(handle: int, index: int) -> bool:
    """Whether a code that can mean a hyphen or an unmapped glyph means a hyphen."""
    return bool(engine.char_hyphen(handle, index) == 1)


Bounds = tuple[float, float, float, float]


def _words(handle: int, view: View, characters: str, fonts: Fonts) -> list[Word]:
    """Returns the words; adjacent ones that clearly belong to one line come as one.

    This loop runs for every line and many words of a report, so it uses few calls.
    """
    words: list[Word] = []
    left, _, _, top = view.box
    turned = view.turn != 0
    start = last = -1
    closing = base = 0.0
    weight = REGULAR
    found = all_words(handle, characters, fonts) if turned else stretches(handle, characters, fonts)
    for first, end, style, size, turn, (x0, t0, _, b0, x2, t1, x3, b1) in found:
        height = t0 - b0
        is_mark = characters[first] in KINDS
        if turn is None:
            start = -1
            words.append(_slanting(handle, view, characters, (first, end), size, style))
            continue
        if (
            turned
            or turn
            or style == SYMBOL
            or (is_mark and end - first > 1)
            or not -0.2 * height < b1 - b0 < 0.2 * height
            or x3 - x0 >= (end - first) * height * WIDEST_LETTER
            or (x2 <= x0 and end - first > 1)
        ):
            start = -1
            words += _careful(handle, view, characters, (first, end), style, fonts)
            continue
        across0, across1 = top - (t0 if t0 > t1 else t1), top - (b0 if b0 < b1 else b1)
        if (
            first == last + 1
            and b0 == base
            and style == weight
            and x0 - closing >= 0
            and characters[last] == " "
            and start >= 0
            and not is_mark
            and (x0 - closing < _SURE_SPACE * height or _fills(handle, last, x0 - closing))
        ):
            before = words[-1]
            words[-1] = Word(
                characters[start:end],
                before.along0,
                min(before.across0, across0),
                x3 - left,
                max(before.across1, across1),
                *before[5:],
            )
        else:
            text, spaced = characters[first:end], _is_spaced(characters, first)
            box = (x0 - left, across0, x3 - left, across1)
            if spaced and words and _touches(words[-1], box, size, characters[first - 1]):
                spaced = False
            words.append(Word(text, *box, size, style == BOLD, 0, spaced, first))
            start, weight = -1 if is_mark else first, style
        last, closing, base = end, x3, b1
    return words


def _fills(handle: int, index: int, gap: float) -> bool:
    """Whether a space is a glyph as wide as the gap: then nothing else can be in it."""
    left, _, right, _ = boxes(handle, [index])
    return bool(right - left > 0.85 * gap)


def _touches(before: Word, box: Bounds, size: float, blank: str) -> bool:
    """Whether a word continues the previous one without a gap, despite a line end in between.

    On some pages pdfium mistakes lines for columns of letters, and ends a line after each letter.
    """
    gap = box[0] - before.along1
    return (
        blank in f"\r\n{HYPHEN_AT_LINE_END}"
        and before.turn == 0
        and abs(box[3] - before.across1) < 0.1 * size
        and -0.2 * size < gap < NO_SPACE * size
    )


def _is_spaced(characters: str, first: int) -> bool:
    return first == 0 or characters[first - 1] in " \t\r\n\ufffe"


def _careful(
    handle: int, view: View, characters: str, span: tuple[int, int], style: int, fonts: Fonts
) -> list[Word]:
    """Returns the words of a span with rotated, displaced, spaced or symbol letters."""
    first, end = span
    indices = range(first, end)
    heightless = fonts.of(engine.char_object(handle, first)).heightless
    places = zip(*[iter(boxes(handle, indices, heightless=heightless))] * 4, strict=True)
    seen = [view.seen(left, bottom, right, top) for left, top, right, bottom in places]
    turns = [_turn(handle, index, view.turn) for index in indices]
    pictures = [False] * len(seen)
    if style == SYMBOL:
        owners = map(engine.char_object, repeat(handle), indices)
        pictures = [fonts.of(owner).style == SYMBOL for owner in owners]
    letters = list(characters[first:end])
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
            ((size, *_),) = sizes(handle, [first + start])
            words.append(Word(text, *box, size, style == BOLD, turns[start], spaced, first + start))
            start = k
    return words


def _slanting(
    handle: int, view: View, characters: str, span: tuple[int, int], size: float, style: int
) -> Word:
    """Returns a slanted word, with its bounding box."""
    first, end = span
    places = zip(*[iter(boxes(handle, range(first, end)))] * 4, strict=True)
    seen = [view.seen(left, bottom, right, top) for left, top, right, bottom in places]
    spaced = _is_spaced(characters, first)
    box = _around(seen)
    return Word(characters[first:end], *box, size, style == BOLD, ASLANT, spaced, first)


def _around(boxes: Sequence[Bounds]) -> Bounds:
    lows0, lows1, highs0, highs1 = zip(*boxes, strict=True)
    return min(lows0), min(lows1), max(highs0), max(highs1)


def _turn(handle: int, index: int, page_turn: int) -> int:
    """Returns the clockwise quarter turns of a character as displayed."""
    angle = engine.char_angle(handle, index)
    return (page_turn + round(angle / QUARTER)) % 4 if angle >= 0 else page_turn


def _apart(left: Box, right: Box, turn: int) -> bool:
    """Whether two adjacent letters cannot belong to one word."""
    a = turn_to(left, turn)
    b = turn_to(right, turn)
    height = max(a[3] - a[1], b[3] - b[1])
    return (
        b[0] - a[2] > 0.6 * height
        or a[0] - b[0] > 0.6 * height
        or min(a[3], b[3]) - max(a[1], b[1]) < 0.2 * min(a[3] - a[1], b[3] - b[1])
    )
