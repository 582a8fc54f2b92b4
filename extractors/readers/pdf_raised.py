"""Raised numbers on a page, such as note marks, recognised by the position of their ink."""

from __future__ import annotations

import ctypes
import re
from typing import NamedTuple

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_stretches import sizes
from extractors.readers.superscripts import raised

_NUMBER = re.compile(r"(?<=[\w.,:;!?%)\]])(?:\r\n| )?[(\[]?(\d+)(?![\w/\u2013-])")
_AT_LINE_START = re.compile(r"(?:^|(?<=[\r\n\ufffe]))(\d{1,3})[ \r\n]{0,4}(?=[^\W\d_])")
_MOST_DIGITS = 3
_LIFTED = 0.2
"""Minimum height above the line at which the ink of a raised digit begins, in font sizes."""
_STANDING = 0.1
"""Maximum height at which the ink of other characters begins, in font sizes."""
_HIGH = 0.3
"""Minimum height at which the ink of a raised digit of any size begins, in font sizes."""
_LOW = 0.64
"""Maximum height of a small digit, in font sizes; other digits have at least two thirds."""
_NEAR = 0.3
"""Maximum distance of a raised digit from the character before it, in font sizes."""
_BLANK = 0.7
"""The same if there can be a space in between."""
_LEAST = 1.0
"""Points by which the ink of a raised digit is higher than that of the adjacent character."""
_LEVEL = 0.02
"""Maximum slant of upright text, in radians."""

_NUMBERS = (ctypes.c_double * 4)()
_PLACES = tuple(ctypes.addressof(_NUMBERS) + 8 * number for number in range(4))


class _Base(NamedTuple):
    """The character beside a number: its line and its size, in points."""

    line: float
    size: float


def with_superscripts(handle: int, text: str) -> str:
    """Returns the characters of a page, with raised digits as superscripts.

    Args:
        handle: Address of the page's text.
        text: Its characters, one for each of pdfium's.
    """
    letters: list[str] = []
    for match in _NUMBER.finditer(text):
        first, end = match.span(1)
        if not _stands_higher(handle, end - 1, match.start() - 1):
            continue
        base = _base(handle, match.start() - 1)
        start = end
        while base and start > first:
            before = start - 2 if text[start - 2] not in " \n" else match.start() - 1
            near = _are_near(handle, before, start - 1, _NEAR * base.size)
            if not (near and _is_raised(handle, start - 1, base)):
                break
            start -= 1
        # A whole number that stands higher, such as one in the next cell, is none beside a word.
        is_cut = base is not None and first < start and _is_raised(handle, start - 1, base)
        if not is_cut and 0 < end - start <= _MOST_DIGITS:
            letters = letters or list(text)
            letters[start:end] = raised(text[start:end])
    for match in _AT_LINE_START.finditer(text):
        first, end = match.span(1)
        if not _stands_higher(handle, first, match.end()):
            continue
        base = _base(handle, match.end())
        if base is None or not _is_raised(handle, first, base):
            continue
        if _are_near(handle, end - 1, match.end(), _BLANK * base.size):
            letters = letters or list(text)
            letters[first:end] = raised(text[first:end])
    return "".join(letters) if letters else text


def _base(handle: int, index: int) -> _Base | None:
    """Returns the character beside a number; None if it is not on an upright line."""
    ink, line = _ink(handle, index), ctypes.c_double()
    place = ctypes.addressof(line)
    x = ctypes.c_double()
    if ink is None or not engine.char_origin(handle, index, ctypes.addressof(x), place):
        return None
    ((size, _, _),) = sizes(handle, [index])
    is_level = abs(engine.char_angle(handle, index)) < _LEVEL
    if not is_level or ink[2] - line.value > _STANDING * size:
        return None
    return _Base(line.value, size)


def _is_raised(handle: int, digit: int, base: _Base) -> bool:
    """Whether a digit is raised above a line."""
    ink = _ink(handle, digit)
    if ink is None:
        return False
    _, _, bottom, top = ink
    is_small = top - bottom <= _LOW * base.size
    return (_LIFTED if is_small else _HIGH) * base.size <= bottom - base.line < base.size


def _are_near(handle: int, left: int, right: int, most: float) -> bool:
    """Whether a character is at most some points from the next."""
    before, after = _ink(handle, left), _ink(handle, right)
    return before is not None and after is not None and abs(after[0] - before[1]) < most


def _stands_higher(handle: int, digit: int, other: int) -> bool:
    """Whether the ink of a digit begins high enough above another's for it to be raised."""
    if not engine.char_ink(handle, digit, *_PLACES):
        return False
    bottom = _NUMBERS[2]
    return bool(engine.char_ink(handle, other, *_PLACES)) and bottom - _NUMBERS[2] > _LEAST


def _ink(handle: int, index: int) -> tuple[float, float, float, float] | None:
    """Returns left, right, bottom and top of the ink of a character."""
    if not engine.char_ink(handle, index, *_PLACES):
        return None
    left, right, bottom, top = _NUMBERS
    return left, right, bottom, top
