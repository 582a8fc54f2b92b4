"""Gaps that pdfium takes for spaces, on pages whose spaces are characters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_hyphens import stands_for
from extractors.readers.pdf_stretches import GAP, boxes

_AFTER_SIGN = re.compile(r"(?<=\S[-\u2010\u2013\u2014/?&=]) (?=\S)")
_LINE = re.compile("[^\r\n\ufffe]+")
_LINE_END = re.compile("[\r\n\ufffe]")
_BETWEEN_WORDS = re.compile(r"(?<=[^\W_]) (?=[^\W_])")
_INSIDE = re.compile(r"(?<=\S) (?=\S)")
_SAMPLE = 16
_OVERLAID = 0.18
"""Share of a space's width within which a letter begins that is printed over it."""
_WIDE = 0.6
"""Share of its width from which a space is no narrower than type is squeezed."""
_NEAR = 1000
"""Number of characters on either side that are examined, to see how a page writes spaces."""
_ENOUGH, _MOST = 20, 0.95
_MOST_HYPHENS = 2.5
"""A gap as wide as so many hyphens has more than one in it, or something else."""
_NARROWER = 0.1
"""Share of the font size by which a gap must be narrower than the spaces near it."""


def without_gaps(handle: int, text: str) -> str:
    """Returns the characters of a page, with GAP in place of false spaces.

    A program that justifies text may also widen places where a line could have been broken: after a
    hyphen or a slash. Such a gap is narrower than the spaces of its line, which are all characters.

    Args:
        handle: Address of pdfium's text page.
        text: Its characters, one for each of pdfium's.
    """
    found = [
        match.start()
        for match in _AFTER_SIGN.finditer(text)
        if engine.char_generated(handle, match.start()) == 1
    ]
    signs = {place: GAP for place in found if _is_narrow(handle, text, place)}
    signs |= {place: "-" for place in found if _hides_hyphen(handle, text, place)}
    signs |= dict.fromkeys(_overlaid(handle, text), GAP)
    if not signs:
        return text
    return "".join([signs.get(place, letter) for place, letter in enumerate(text)])


def _overlaid(handle: int, text: str) -> Iterator[int]:
    """Yields the spaces that the next letter is printed over: soft hyphens, as cairo writes them.

    A page that has any has many, so a few of its spaces are examined first. In a line that is
    squeezed into its column, all spaces are narrow: they count only if other lines have both kinds.
    """
    step = len(text) // _SAMPLE + 1
    sample = {text.find(" ", start) for start in range(1, len(text) - 1, step)}
    if not any(_advance(handle, text, place) < _OVERLAID for place in sample):
        return
    has_both = False
    found: list[int] = []
    for line in _LINE.finditer(text):
        places = [match.start() for match in _INSIDE.finditer(text, *line.span())]
        advances = [_advance(handle, text, place) for place in places]
        over = [place for place, own in zip(places, advances, strict=True) if own < _OVERLAID]
        is_wide = any(_WIDE <= own < math.inf for own in advances)
        has_both |= bool(over) and is_wide
        found += over
    if has_both:
        yield from found


def _advance(handle: int, text: str, place: int) -> float:
    """Returns how far from a space the next letter begins, as a share of the space's width.

    Infinite if there is no such space, or if pdfium added it.
    """
    if _INSIDE.match(text, place) is None or engine.char_generated(handle, place) == 1:
        return math.inf
    left, top, right, bottom, beside, _, _, above = boxes(handle, (place, place + 1))
    # On a sideways page letters follow each other upwards, and a box is as wide as it is high.
    width = min(right - left, abs(top - bottom))
    return max(abs(beside - left), abs(above - bottom)) / width if width > 0 else math.inf


def _hides_hyphen(handle: int, text: str, place: int) -> bool:
    """Whether there is another hyphen in a gap after a hyphen.

    Of two hyphens that each have themselves as replacement text, pdfium finds only the first.
    """
    if text[place - 1] != "-" or stands_for(handle, place - 1) != b"-":
        return False
    left, _, right, _ = boxes(handle, (place - 1,))
    return right - left < _width(handle, place) < _MOST_HYPHENS * (right - left)


def _is_narrow(handle: int, text: str, place: int) -> bool:
    """Whether a gap is narrower than every space character of its line.

    If pdfium makes up the spaces of its line, it has to be narrower than those between words. In a
    line of a single word, such as an address, it counts as narrower if the spaces near it are
    characters.
    """
    start, stop = max(place - _NEAR, 0), min(place + _NEAR, len(text))
    end = _LINE_END.search(text, place, stop)
    first = max(start, *(text.rfind(sign, start, place) + 1 for sign in "\r\n\ufffe"))
    last = end.start() if end else stop
    blanks = [at for at in range(first + 1, last - 1) if text[at] == " " and at != place]
    spaces = [at for at in blanks if engine.char_generated(handle, at) == 0] or [
        at for at in blanks if _BETWEEN_WORDS.match(text, at)
    ]
    if not spaces:
        return _writes_blanks(handle, text[start:stop], start)
    size = float(engine.char_size(handle, place - 1))
    narrowest = min(_width(handle, at) for at in spaces)
    return _width(handle, place) < narrowest - _NARROWER * size


def _writes_blanks(handle: int, near: str, start: int) -> bool:
    """Whether the spaces between nearby words are characters."""
    told = [
        engine.char_generated(handle, start + match.start()) == 0
        for match in _BETWEEN_WORDS.finditer(near)
    ]
    return len(told) >= _ENOUGH and sum(told) >= _MOST * len(told)


def _width(handle: int, blank: int) -> float:
    """Returns the distance between the letters on either side of a space."""
    _, _, right, _, left, _, _, _ = boxes(handle, (blank - 1, blank + 1))
    return left - right
