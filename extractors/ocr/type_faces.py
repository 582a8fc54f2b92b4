"""Size and weight of recognised words, which Tesseract does not tell or tells roughly.

Both are those of whole documents: a report has few sizes of type, and one that is usual.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.hocr import ReadWord
from extractors.ocr.picture import Ink

_LETTERS = 0.925
"""Height from the tallest to the lowest letter, in font sizes, of the usual fonts."""
_SAME_SIZE = 0.12
_NEAR_SIZE, _NEAR_SHORT = 0.2, 0.35
"""Shares by which a line's height is measured wrong: of long lines, and of short ones, which may
have no tall or no low letters."""
_TELLS = 12
"""Letters from which on a line is long."""
_BOLD = 1.24
"""A bold font's strokes are at least so many times as wide as the usual ones."""
_USUAL = 0.35
"""Most of a report is not bold, so this quantile of its strokes is that of the regular font."""
_WIDEST_STROKE = 0.3
"""Stretches of ink longer than this share of a line's height are no strokes."""
_FEWEST_STROKES = 16


def stroke_of(ink: Ink, word: ReadWord) -> tuple[float, int]:
    """Returns the mean width of a word's strokes in pixels, and how many there are.

    Args:
        ink: What of the page is ink, without drawn lines.
        word: The word.
    """
    part = ink[word.y0 : word.y1, word.x0 : word.x1]
    padded = np.zeros((part.shape[0], part.shape[1] + 2), np.int8)
    padded[:, 1:-1] = part
    steps = np.diff(padded, axis=1)
    widths = np.nonzero(steps == -1)[1] - np.nonzero(steps == 1)[1]
    widths = widths[widths < _WIDEST_STROKE * word.size]
    if not len(widths) or not word.size:
        return 0.0, 0
    return float(widths.mean()), len(widths)


def usual_stroke(strokes: Sequence[tuple[float, int]]) -> float:
    """Returns the usual width of the regular font's strokes of a report, 0 if none is known.

    Args:
        strokes: Of each word, the mean width in font sizes, and how many there are.
    """
    known = sorted(stroke for stroke in strokes if stroke[1] >= _FEWEST_STROKES)
    if not known:
        return 0.0
    counts: NDArray[np.int64] = np.cumsum([count for _, count in known])
    return known[int(np.searchsorted(counts, _USUAL * counts[-1]))][0]


def are_bold(line: Sequence[tuple[float, int]], usual: float) -> list[bool]:
    """Returns which words of a line are bold; each is looked at together with its neighbours.

    Args:
        line: The strokes of its words in font sizes, from the left.
        usual: Usual width of strokes, as `usual_stroke` returns it.
    """
    found = []
    for at in range(len(line)):
        near = line[max(0, at - 1) : at + 2]
        count = sum(number for _, number in near)
        mean = sum(width * number for width, number in near) / count if count else 0.0
        found.append(bool(usual) and count >= _FEWEST_STROKES and mean > _BOLD * usual)
    return found


def usual_sizes(lines: Sequence[tuple[float, int]]) -> list[float]:
    """Returns the font sizes of a report in points, the most frequent first.

    Args:
        lines: Height of each line in points, and how many letters it has.
    """
    counts: Counter[float] = Counter()
    for height, letters in lines:
        if letters >= _TELLS:
            counts[round(4 * height / _LETTERS) / 4] += letters
    found: list[float] = []
    for size in sorted(counts, key=lambda one: -_around(counts, one)):
        if not any(abs(size - known) < _SAME_SIZE * known for known in found):
            found.append(size)
    return found


def _around(counts: Counter[float], size: float) -> float:
    return counts[size] + 0.5 * (counts[size - 0.25] + counts[size + 0.25])


def size_of(height: float, letters: int, sizes: Sequence[float]) -> float:
    """Returns the font size of a line in points: the nearest of the report's, if it is near.

    Args:
        height: Height of the line in points.
        letters: How many letters it has.
        sizes: The sizes of the report, the most frequent first.
    """
    size = height / _LETTERS
    if letters < _TELLS and sizes and abs(sizes[0] - size) <= _NEAR_SHORT * size:
        return sizes[0]
    nearest = min(sizes, key=lambda one: abs(one - size), default=0.0)
    if abs(nearest - size) <= _NEAR_SIZE * size:
        return nearest
    return max(1.0, round(2 * size) / 2)
