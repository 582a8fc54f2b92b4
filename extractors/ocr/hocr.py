"""What Tesseract read, from hOCR, the format that the library and the program share.

See http://kba.github.io/hocr-spec/1.2/ for its properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_NUMBERS = r"\s+(-?[\d.]+(?:\s+-?[\d.]+)*)"
_BOX = re.compile("bbox" + _NUMBERS)
_BASELINE = re.compile("baseline" + _NUMBERS)
_SIZE = re.compile("x_size" + _NUMBERS)
_CONFIDENCE = re.compile("x_wconf" + _NUMBERS)
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})


class ReadWord(NamedTuple):
    """A word as Tesseract read it; positions are pixels from the picture's top left corner.

    Attributes:
        text: Its characters.
        x0: Left edge of its ink.
        y0: Top of its ink.
        x1: Right edge.
        y1: Bottom.
        base: Height of the baseline at its middle.
        size: Height of its line's letters, from the top of the tallest to the bottom of the lowest.
        confidence: How sure Tesseract is of it, 0 to 100.
        line: Number of its line on the page, from 0: words of one line stand on one baseline.
    """

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    base: float
    size: float
    confidence: float
    line: int = 0


def words_of(hocr: str) -> list[ReadWord]:
    """Returns the words of a page in the order of its hOCR.

    Args:
        hocr: The page, with or without the frame of an HTML file around it.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(hocr.strip().encode(), parser)
    if root is None:
        return []
    lines = [element for element in root.iter() if element.get("class") in _LINES]
    return [word for number, line in enumerate(lines) for word in _words(line, number)]


def _words(line: etree._Element, number: int) -> Iterator[ReadWord]:
    title = line.get("title", "")
    left, _, _, bottom = _numbers(_BOX, title, 4)
    slope, offset = _numbers(_BASELINE, title, 2)
    (size,) = _numbers(_SIZE, title, 1)
    for element in line.iter():
        if element.get("class") != "ocrx_word":
            continue
        text = "".join(element.itertext()).strip()
        about = element.get("title", "")
        x0, y0, x1, y1 = map(int, _numbers(_BOX, about, 4))
        if text and x1 > x0 and y1 > y0:
            base = bottom + offset + slope * ((x0 + x1) / 2 - left)
            (confidence,) = _numbers(_CONFIDENCE, about, 1)
            yield ReadWord(text, x0, y0, x1, y1, base, size, confidence, number)


def _numbers(pattern: re.Pattern[str], title: str, count: int) -> list[float]:
    """Returns the numbers of a property; zeros where it is missing."""
    found = pattern.search(title)
    numbers = [float(number) for number in found[1].split()] if found else []
    return [*numbers, *[0.0] * count][:count]
