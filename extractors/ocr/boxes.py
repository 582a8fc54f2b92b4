"""Bounding boxes of words as wide as their ink: Tesseract sometimes leaves out an end letter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np

from extractors.ocr.hocr import ReadWord
from extractors.ocr.picture import Ink
from extractors.ocr.type_faces import line_sizes

_WORD_SPACE = 0.18
"""Least white space between two words, in font sizes."""
_LOWEST, _TALLEST, _BELOW = 0.4, 1.0, 0.25
"""How far letters reach above the baseline, at least and at most, and below it, in font sizes."""
_FARTHEST = 1.5
"""Most that the boxes at the ends of a line are widened, in font sizes."""

Span = tuple[int, int]


def widened(words: Sequence[ReadWord], ink: Ink) -> list[ReadWord]:
    """Returns words whose boxes include their letters that were right beside the boxes.

    Args:
        words: The words as Tesseract read them, line by line.
        ink: What of the page is ink, without drawn lines and signs.
    """
    sizes = line_sizes(words)
    found: list[ReadWord] = []
    for line, group in groupby(words, key=attrgetter("line")):
        own = sorted(group, key=attrgetter("x0"))
        size = sizes[line] or own[0].size
        reach, space = round(_FARTHEST * size), _WORD_SPACE * size
        edges = [(word.x0, word.x1) for word in own]
        for at in range(len(own) + 1):
            low = own[at - 1].x1 if at else max(0, own[0].x0 - reach)
            high = own[at].x0 if at < len(own) else own[-1].x1 + reach
            rest = _pieces(ink, own[min(at, len(own) - 1)].base, size, (low, high))
            while at < len(own) and rest and edges[at][0] - rest[-1][1] < space:
                edges[at] = (rest.pop()[0], edges[at][1])
            while at and rest and rest[0][0] - edges[at - 1][1] < space:
                edges[at - 1] = (edges[at - 1][0], rest.pop(0)[1])
        found += [word._replace(x0=x0, x1=x1) for word, (x0, x1) in zip(own, edges, strict=True)]
    return found


def _pieces(ink: Ink, base: float, size: float, between: Span) -> list[Span]:
    """Returns where letters between two words belong to neither of them, from the left."""
    top, foot = max(0, round(base - _TALLEST * size)), round(base + _BELOW * size)
    low, high = between
    part = ink[top:foot, low:high]
    if not part.any():
        return []
    steps = np.diff(part.any(axis=0).astype(int), prepend=0, append=0)
    begins, ends = np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist()
    above = max(1, round(base - _LOWEST * size) - top)
    return [
        (low + begin, low + end)
        for begin, end in zip(begins, ends, strict=True)
        if part[:above, begin:end].any()
    ]
