"""Locates the words of a page with as few pdfium calls as possible.

Calls for single characters would be most of a page's cost. But most text objects are one line of a
paragraph or cell, and a line exactly as wide as its letters and spaces has no gap in it, so two
boxes locate all of it. Other lines are split into words, with two boxes each.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import repeat

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_fonts import SYMBOL, Font, Fonts
from extractors.readers.pdf_lines import SLANT
from extractors.readers.pdf_symbols import KINDS

GAP = "\u2028"
"""Replaces a space that pdfium added where the page has none; occurs on no page."""
_MARK = f"[{''.join(KINDS)}](?= )"
_LETTERS = f"[^ \t\r\n\ufffe{GAP}]+"
_WORD = re.compile(f"{_LETTERS}\ufffe?|\ufffe")
_WORDS = re.compile(f"{_MARK}|{_LETTERS}(?: {_LETTERS})*\ufffe?|\ufffe")
WIDEST_LETTER = 1.6
"""Maximum width of a word, in line heights per character; a wider one is letter-spaced."""
QUARTER = math.pi / 2
_ASCENT, _DESCENT = 0.9, 0.21
"""Ascent and descent of common fonts, in font sizes."""
_UNEVEN = 0.05
"""Share of the height by which boxes may differ in a line if the font declares its height."""
_EVEN = 0.1
"""Share of the height by which a line may differ from the width of its letters: some overhang."""

Span = tuple[int, int]
Corners = tuple[float, float, float, float, float, float, float, float]
"""Left, top, right, bottom of the first letter of a span, then of its last."""


Owner = int | None
"""Address of a text object; None if a character has none."""
Size = tuple[float, float, int | None]
"""Font size as seen, in points, upwards and along the line; quarter turns of the text on the page
as stored in the file, counterclockwise; None if it is slanted."""
Stretch = tuple[int, int, int, float, int | None, Corners]
"""A word, or words of one text object that are certainly side by side: index of the first
character, index after the last, style of the font, its size as seen, its quarter turns, where they
begin and end."""


def boxes(handle: int, indices: Sequence[int], *, heightless: bool = False) -> array[float]:
    """Returns left, top, right, bottom of each of the characters, concatenated.

    Args:
        handle: Address of the page's text.
        indices: The characters.
        heightless: Whether their font is.
    """
    numbers = array("f", bytes(16 * len(indices)))
    start, _ = numbers.buffer_info()
    places = range(start, start + 16 * len(indices), 16)
    # `map` avoids interpreter overhead per call: this is the most frequent call.
    deque(map(engine.char_box, repeat(handle), indices, places), maxlen=0)
    if heightless:
        _give_height(handle, indices, numbers)
    return numbers


def _give_height(handle: int, indices: Sequence[int], numbers: array[float]) -> None:
    """Extends boxes that end at the ink of their letters to the height of other fonts' boxes.

    Without it the baseline of a line would follow the shape of its first letter.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    origin = ctypes.addressof(x), ctypes.addressof(y)
    for place, (index, (size, *_)) in enumerate(zip(indices, sizes(handle, indices), strict=True)):
        if not engine.char_origin(handle, index, *origin):
            continue
        up, down = size * _ASCENT, size * _DESCENT
        left, top, right, bottom = range(4 * place, 4 * place + 4)
        match _quarters(engine.char_angle(handle, index)):
            case 0:
                numbers[top], numbers[bottom] = y.value + up, y.value - down
            case 1:
                numbers[left], numbers[right] = x.value - down, x.value + up
            case 2:
                numbers[top], numbers[bottom] = y.value + down, y.value - up
            case 3:
                numbers[left], numbers[right] = x.value - up, x.value + down


def sizes(handle: int, indices: Sequence[int]) -> list[Size]:
    """Returns the font size and rotation of each of the characters.

    The size is the font's size scaled by its matrix.
    """
    numbers = array("f", bytes(24 * len(indices)))
    start, _ = numbers.buffer_info()
    places = range(start, start + 24 * len(indices), 24)
    known = map(engine.char_matrix, repeat(handle), indices, places)
    given = map(engine.char_size, repeat(handle), indices)
    ways: dict[tuple[float, ...], Size] = {}
    result = []
    # The matrices exist once `known` does.
    for is_known, size, (a, b, c, d, _, _) in zip(
        list(known), given, zip(*[iter(numbers)] * 6, strict=True), strict=True
    ):
        way = (size, a, b, c, d) if is_known else (size, 1.0, 0.0, 0.0, 1.0)
        seen = ways.get(way)
        if seen is None:
            turn = _quarters(math.atan2(way[2], way[1]))
            seen = ways[way] = round(size * math.hypot(*way[3:]), 1), size * way[1], turn
        result.append(seen)
    return result


def words(handle: int, characters: str, fonts: Fonts) -> Iterator[Stretch]:
    """Yields the words of a page one by one."""
    spans = [match.span() for match in _WORD.finditer(characters)]
    owners = _owners(handle, [first for first, _ in spans])
    for (first, end), font, (size, _, turn), corners in _measured(handle, spans, owners, fonts):
        yield first, end, font.style, size, turn, corners


def stretches(handle: int, characters: str, fonts: Fonts) -> Iterator[Stretch]:
    """Yields the words of a page; words of one text object without gaps come as one."""
    spans, owners = _of_one_object(handle, characters)
    for (first, end), font, (size, along, turn), corners in _measured(handle, spans, owners, fonts):
        text = characters[first:end]
        if " " not in text or (
            font.style != SYMBOL
            and _is_even(corners, end - first, sum(map(font.width_of, text)) * along)
        ):
            yield first, end, font.style, size, turn, corners
        else:
            parts = [match.span() for match in _WORD.finditer(characters, first, end)]
            for (start, stop), places in zip(
                parts, _corners(handle, parts, [font] * len(parts)), strict=True
            ):
                yield start, stop, font.style, size, turn, places


def _of_one_object(handle: int, characters: str) -> tuple[list[Span], list[Owner]]:
    """Returns spans of words in one text object, with single spaces between, and the objects."""
    spans = [match.span() for match in _WORDS.finditer(characters)]
    owners = _owners(handle, [first for first, _ in spans])
    last_owners = _owners(handle, [end - 1 for _, end in spans])
    if owners == last_owners:
        return spans, owners
    found: list[tuple[Span, Owner]] = []
    for span, owner, last_owner in zip(spans, owners, last_owners, strict=True):
        if owner == last_owner:
            found.append((span, owner))
        else:
            found += _by_object(handle, characters, span)
    return [span for span, _ in found], [owner for _, owner in found]


def _by_object(handle: int, characters: str, span: Span) -> list[tuple[Span, Owner]]:
    """Splits a span of words where another text object begins."""
    words = [match.span() for match in _WORD.finditer(characters, *span)]
    owners = _owners(handle, [first for first, _ in words])
    found: list[tuple[Span, Owner]] = []
    previous: Owner = None
    for word, owner in zip(words, owners, strict=True):
        if owner is not None and owner == previous:
            found[-1] = (found[-1][0][0], word[1]), owner
        else:
            found.append((word, owner))
        previous = owner
    return found


def _owners(handle: int, indices: Sequence[int]) -> list[Owner]:
    """Returns the text object of each of the characters."""
    return list(map(engine.char_object, repeat(handle), indices))


def _measured(
    handle: int, spans: Sequence[Span], owners: Sequence[Owner], fonts: Fonts
) -> Iterator[tuple[Span, Font, Size, Corners]]:
    """Yields the spans, each with the font and the sizes of its first letter."""
    size = sizes(handle, [first for first, _ in spans])
    known = list(map(fonts.of, owners))
    corners = _corners(handle, spans, known)
    if _find_heightless(handle, spans, known, corners):
        corners = _corners(handle, spans, known)
    return zip(spans, known, size, corners, strict=True)


def _corners(handle: int, spans: Sequence[Span], known: Sequence[Font]) -> list[Corners]:
    numbers = iter(boxes(handle, [index for first, end in spans for index in (first, end - 1)]))
    corners: list[Corners] = list(zip(*[numbers] * 8, strict=True))
    for place, font in enumerate(known):
        if font.heightless:
            first, end = spans[place]
            x0, t0, x1, b0, x2, t1, x3, b1 = boxes(handle, (first, end - 1), heightless=True)
            corners[place] = (x0, t0, x1, b0, x2, t1, x3, b1)
    return corners


def _find_heightless(
    handle: int, spans: Sequence[Span], known: Sequence[Font], corners: Sequence[Corners]
) -> bool:
    """Marks fonts whose letter boxes differ within a line; returns whether any is new."""
    found = False
    for (first, _), font, (x0, t0, x1, b0, x2, t2, x3, b2) in zip(
        spans, known, corners, strict=True
    ):
        if (b0 == b2 and t0 == t2) or font.heightless:
            continue
        turn = _quarters(engine.char_angle(handle, first))
        if turn is not None:
            sides = (b0, t0, b2, t2) if turn % 2 == 0 else (x0, x1, x2, x3)
            found |= _is_uneven(*sides)
            font.heightless = _is_uneven(*sides)
    return found


def _is_uneven(low0: float, high0: float, low1: float, high1: float) -> bool:
    """Whether the boxes of two letters on one line differ in height or depth."""
    height = max(high0 - low0, high1 - low1)
    return max(abs(low0 - low1), abs(high0 - high1)) > _UNEVEN * height


def _quarters(angle: float) -> int | None:
    """Returns the quarter turns of an angle in radians, or None if it is not a multiple."""
    quarters = angle / QUARTER
    turn = round(quarters)
    return turn % 4 if abs(quarters - turn) <= SLANT else None


def _is_even(corners: Corners, count: int, expected: float) -> bool:
    """Whether words of one text object are as wide as their letters, so there are no gaps."""
    x0, t0, _, b0, _, _, x3, b1 = corners
    height, width = t0 - b0, x3 - x0
    return (
        abs(width - expected) < _EVEN * height
        and b0 == b1
        and width < count * height * WIDEST_LETTER
    )
