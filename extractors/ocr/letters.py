"""Letters that the picture shows to differ from what Tesseract read.

Only what the picture shows is corrected: how wide a dash is, how high a letter is, whether there is
a full stop. What it makes doubtful is marked as uncertain, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy import ndimage

from extractors.ocr.hocr import ReadWord
from extractors.ocr.picture import Ink
from extractors.ocr.type_faces import line_sizes

UNSURE = 0.0
"""Confidence of a word that the picture contradicts."""
_DASHES = "-–—"
_WIDTHS = ((0.14, 0.34, "-"), (0.4, 0.7, "–"), (0.8, 1.2, "—"))
"""Widths of the ink of hyphen and dashes in font sizes, in the usual fonts."""
_FLAT = 0.16
_SAME_SHAPE = frozenset("oöcsvwxzOÖCSVWXZ")
"""Letters whose capital has the same shape."""
_SMALL, _CAPITAL = (0.38, 0.57), (0.62, 0.82)
"""Heights of their bodies, without accents, in font sizes."""
_STOP = (0.05, 0.2)
"""Sides of a full stop in font sizes."""
_DOT_HEIGHT = 0.5
"""Least height of the dot of a j above the baseline, in font sizes."""
_WORD_SPACE = 0.2
_RAISED = 0.2
"""Height above the baseline of the bottom of a raised sign (a note number), in font sizes."""
_RAISED_WIDTH = 0.4
"""Greatest width of such a sign, in font sizes."""
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}[.,;:]?")
_AT_ALONE = re.compile(r"[(]?[QOÖGa©®&€e@][Q&()]?")
_AT_GLUED = re.compile(r"[(]?[Q©®&€@][Q&()]?")
"""What Tesseract reads for @, by itself and before the domain."""
_MAILBOX = re.compile(r"[\w.+-]+")
_AT_WIDTH = (0.7, 1.2)


class Spot(NamedTuple):
    """A connected spot of ink, in pixels of the page."""

    x0: int
    y0: int
    x1: int
    y1: int


def corrected(words: Sequence[ReadWord], ink: Ink) -> list[ReadWord]:
    """Returns the words of a page with their letters corrected by its picture.

    Args:
        words: The words as Tesseract read them, line by line from the left.
        ink: What of the page is ink, without drawn lines and signs.
    """
    sizes = line_sizes(words)
    found = [_by_picture(word, ink, sizes[word.line]) for word in words]
    return _with_at_signs(found, ink, sizes)


def _by_picture(word: ReadWord, ink: Ink, size: float) -> ReadWord:
    if not size:
        return word
    if any(dash in word.text for dash in _DASHES):
        word = _with_dashes(word, ink, size)
    if word.text[0] in _SAME_SHAPE:
        word = _with_case(word, ink, size)
    elif word.text[0] == "J":
        word = _with_dotted(word, ink, size)
    last = word.text[-1]
    if last.isalnum() or last in ")”":
        word = _with_stop(word, ink, size)
    if last in "?!" and _ends_raised(word, ink, size):
        word = word._replace(confidence=UNSURE)
    if last in "”\"'’" and word.text[-2:-1].isdigit():
        word = word._replace(confidence=UNSURE)  # the number or star of a note
    return word


def spots(ink: Ink, place: Spot) -> list[Spot]:
    """Returns the connected spots of ink in a part of a page, from the left."""
    x0, y0 = max(0, place.x0), max(0, place.y0)
    part = ink[y0 : max(y0, place.y1), x0 : max(x0, place.x1)]
    if not part.size:
        return []
    labels, _ = ndimage.label(part, np.ones((3, 3)))
    return sorted(
        Spot(x0 + along.start, y0 + down.start, x0 + along.stop, y0 + down.stop)
        for down, along in ndimage.find_objects(labels)
    )


def _with_dashes(word: ReadWord, ink: Ink, size: float) -> ReadWord:
    """Distinguishes hyphen, dash and long dash by their widths."""
    flat = [
        spot
        for spot in spots(ink, Spot(word.x0, word.y0, word.x1, word.y1))
        if spot.y1 - spot.y0 <= _FLAT * size
        and spot.x1 - spot.x0 >= _WIDTHS[0][0] * size
        and 0.08 * size < word.base - (spot.y0 + spot.y1) / 2 < 0.5 * size
    ]
    places = [at for at, letter in enumerate(word.text) if letter in _DASHES]
    if len(flat) != len(places):
        return word
    letters = list(word.text)
    sure = True
    for at, spot in zip(places, flat, strict=True):
        share = (spot.x1 - spot.x0) / size
        kind = next((dash for low, high, dash in _WIDTHS if low <= share <= high), "")
        sure &= bool(kind)
        letters[at] = kind or letters[at]
    confidence = word.confidence if sure else UNSURE
    return word._replace(text="".join(letters), confidence=confidence)


def _with_case(word: ReadWord, ink: Ink, size: float) -> ReadWord:
    """Distinguishes a capital from a small letter of the same shape by the height of its body."""
    place = Spot(word.x0, word.y0, word.x0 + round(0.8 * size), word.y1)
    bodies = [
        spot
        for spot in spots(ink, place)
        if spot.x0 < word.x0 + 0.25 * size and word.base - spot.y1 < 0.12 * size
    ]
    if len(bodies) != 1 or bodies[0].x1 >= place.x1:
        return word
    share = (word.base - bodies[0].y0) / size
    first = word.text[0]
    if _SMALL[0] <= share <= _SMALL[1]:
        first = first.lower()
    elif _CAPITAL[0] <= share <= _CAPITAL[1]:
        first = first.upper()
    return word._replace(text=first + word.text[1:])


def _with_dotted(word: ReadWord, ink: Ink, size: float) -> ReadWord:
    """Distinguishes a small j from a capital by its dot, which is a spot of its own."""
    place = Spot(word.x0, word.y0, word.x0 + round(0.45 * size), word.y1)
    parts = [spot for spot in spots(ink, place) if spot.x0 < word.x0 + 0.2 * size]
    dots = [
        spot
        for spot in parts
        if word.base - spot.y1 >= _DOT_HEIGHT * size and spot.y1 - spot.y0 <= _STOP[1] * size
    ]
    if len(parts) != 2 or len(dots) != 1:
        return word
    return word._replace(text="j" + word.text[1:])


def _with_stop(word: ReadWord, ink: Ink, size: float) -> ReadWord:
    """Adds a full stop or a comma right after a word that was missed."""
    low, high = _STOP
    place = Spot(
        word.x1 + 1,
        round(word.base - 0.35 * size),
        word.x1 + round((_WORD_SPACE + high) * size),
        round(word.base + 0.25 * size),
    )
    found = spots(ink, place)
    if len(found) != 1:
        return word
    spot = found[0]
    width, height, below = spot.x1 - spot.x0, spot.y1 - spot.y0, spot.y1 - word.base
    if not (low * size <= width <= high * size and spot.x1 < place.x1 - 1):
        return word
    if low * size <= height <= high * size and abs(below) <= 0.07 * size:
        return word._replace(text=f"{word.text}.", x1=spot.x1)
    if height > 1.3 * width and below > 0.09 * size and height <= 2 * high * size:
        return word._replace(text=f"{word.text},", x1=spot.x1)
    return word


def _ends_raised(word: ReadWord, ink: Ink, size: float) -> bool:
    """Whether no part of the last sign of a word is near the baseline."""
    place = Spot(word.x1 - round(0.5 * size), word.y0, word.x1, word.y1 + 1)
    last = [spot for spot in spots(ink, place) if spot.x0 > word.x1 - _RAISED_WIDTH * size]
    return bool(last) and all(word.base - spot.y1 > _RAISED * size for spot in last)


def _with_at_signs(words: Sequence[ReadWord], ink: Ink, sizes: dict[int, float]) -> list[ReadWord]:
    """Rejoins addresses that Tesseract split at @, which it does not know.

    They are marked as uncertain. No gap as wide as a word space may separate their parts.
    """
    found: list[ReadWord] = []
    for word in words:
        domain, pieces = _domain(word, found)
        box, size = found[-pieces] if pieces else word, sizes[word.line]
        if (
            not (pieces and size)
            or not _MAILBOX.fullmatch(box.text)
            or box.line != word.line
            or not _are_one_word(ink, box, word, size)
        ):
            found.append(word)
            continue
        del found[-pieces:]
        found.append(
            word._replace(
                text=f"{box.text}@{domain}",
                x0=box.x0,
                y0=min(box.y0, word.y0),
                y1=max(box.y1, word.y1),
                confidence=UNSURE,
            )
        )
    return found


def _domain(word: ReadWord, before: Sequence[ReadWord]) -> tuple[str, int]:
    """Returns the domain that a word can be, and how many words before it are in its address."""
    if len(before) > 1 and _AT_ALONE.fullmatch(before[-1].text) and _DOMAIN.fullmatch(word.text):
        return word.text, 2
    glued = _AT_GLUED.match(word.text)
    if before and glued and _DOMAIN.fullmatch(word.text, glued.end()):
        return word.text[glued.end() :], 1
    return "", 0


def _are_one_word(ink: Ink, first: ReadWord, last: ReadWord, size: float) -> bool:
    """Whether there is a sign as wide as @ but no word space between two pieces of a word."""
    line = Spot(first.x0, min(first.y0, last.y0), last.x1, max(first.y1, last.y1))
    columns = np.flatnonzero(ink[line.y0 : line.y1, line.x0 : line.x1].any(axis=0))
    if any(after - before > _WORD_SPACE * size for before, after in pairwise(columns.tolist())):
        return False
    low, high = _AT_WIDTH
    middle = Spot(first.x0, line.y0, last.x0 + round(high * size), line.y1)
    return any(
        low * size <= spot.x1 - spot.x0 <= high * size and spot.y1 - spot.y0 >= 0.6 * size
        for spot in spots(ink, middle)
    )
