"""Size and weight of recognised words, which Tesseract does not report or only roughly.

Both are determined over the whole document: a report has few font sizes, and one is usual.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractors.ocr.hocr import ReadWord
from extractors.readers.pdf_lines import SURE_SPACE, Word

if TYPE_CHECKING:
    from extractors.ocr.picture import Ink  # which needs scipy, of the extra

Stroke = tuple[float, int]
"""Mean width of the strokes of a word, and how many it has."""

_CAPITAL = 0.7
"""Height of capitals, figures and tall letters in common fonts, in font sizes."""
_TALL = re.compile(r"[bdfhklA-Z0-9]")
_TALLER = re.compile(r"[^a-zA-Z0-9.,:;!?-]")
"""Characters that are or can be taller than a capital."""
_SAME_SIZE = 0.07
_NEAR_SIZE, _NEAR_SHORT = 0.15, 0.3
"""Largest error in the measured size of a line, as a share: of long lines, and of short ones."""
_TELLS = 12
"""Number of letters from which a line is long."""
_THIN, _REGULAR, _BOLD = 0.7, 1.12, 1.3
"""Bounds on a stroke's width as a multiple of the usual one: below the first it is not a stroke, up
to the second it is regular, from the third it is bold; in between it can be either."""
_NEXT_LINE = 1.6
"""Most font sizes between the baselines of two lines of a paragraph."""
_USUAL = 0.35
"""Most of a report is not bold, so this quantile of its strokes is that of the regular font."""
_WIDEST_STROKE = 0.3
"""Stretches of ink longer than this share of a line's height are not strokes."""
_FEWEST_STROKES = 16


def stroke_of(ink: Ink, word: ReadWord) -> tuple[float, int]:
    """Returns the mean width of a word's strokes in pixels, and how many there are.

    Args:
        ink: Which pixels of the page are ink, without drawn lines.
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
    """Returns the usual width of the regular font's strokes in a report, or 0 if unknown.

    Args:
        strokes: For each word, the mean width in font sizes, and how many there are.
    """
    known = sorted(stroke for stroke in strokes if stroke[1] >= _FEWEST_STROKES)
    if not known:
        return 0.0
    counts: NDArray[np.int64] = np.cumsum([count for _, count in known])
    return known[int(np.searchsorted(counts, _USUAL * counts[-1]))][0]


def are_bold(words: Sequence[Word], strokes: Sequence[Stroke], usual: float) -> list[bool]:
    """Returns which words of a page are bold.

    Each word is judged together with those beside it in its column. If that does not decide it, as
    with a single short word on its line, it is like the words before it, or like the line above.

    Args:
        words: The words in points, line by line from the top.
        strokes: Their strokes in font sizes.
        usual: Width of the usual strokes of the report in font sizes, or 0 if unknown.
    """
    if not usual:
        return [False] * len(words)
    found: list[bool] = []
    for at, word in enumerate(words):
        near = [place for place in (at - 1, at, at + 1) if 0 <= place < len(words)]
        beside = [place for place in near if place == at or _beside(words[place], word)]
        count = sum(strokes[place][1] for place in beside)
        width = sum(strokes[place][0] * strokes[place][1] for place in beside) / max(1, count)
        ratio = width / usual
        if count >= _FEWEST_STROKES and (_THIN < ratio <= _REGULAR or ratio >= _BOLD):
            found.append(ratio >= _BOLD)
            continue
        before = at - 1 if at - 1 in beside else _line_above(words, at)
        found.append(ratio > (_REGULAR + _BOLD) / 2 if before is None else found[before])
    return found


def _beside(one: Word, other: Word) -> bool:
    """Whether two words are side by side, with no gap that can part columns."""
    gap = max(one.along0, other.along0) - min(one.along1, other.along1)
    return gap <= SURE_SPACE * other.size and abs(one.across1 - other.across1) < 0.3 * other.size


def _line_above(words: Sequence[Word], at: int) -> int | None:
    """Returns the index of the word that begins the line right above a word, where it begins."""
    own = words[at]
    for place in range(at - 1, -1, -1):
        distance = own.across1 - words[place].across1
        if distance > _NEXT_LINE * own.size:
            return None
        if distance > 0.5 * own.size and abs(words[place].along0 - own.along0) < 0.3 * own.size:
            return place
    return None


def line_sizes(words: Sequence[ReadWord]) -> dict[int, float]:
    """Returns the font size of each line in pixels, measured on letters that show it.

    Tesseract's own height of a line is off by up to a seventh, so two lines of one paragraph
    differ. Letters as tall as a capital give it to within a thirtieth in all common fonts.

    Args:
        words: The words of a page.
    """
    heights: dict[int, list[float]] = {}
    for word in words:
        own = heights.setdefault(word.line, [])
        if _TALL.search(word.text) and not _TALLER.search(word.text):
            own.append((word.base - word.y0) / _CAPITAL)
    return {line: median(found) if found else 0.0 for line, found in heights.items()}


def usual_sizes(lines: Sequence[tuple[float, int]]) -> list[float]:
    """Returns the font sizes of a report in points, the most frequent first.

    Args:
        lines: Measured size of each line in points, 0 for none, and its number of letters.
    """
    counts: Counter[float] = Counter()
    for size, letters in lines:
        if size and letters >= _TELLS:
            counts[round(4 * size) / 4] += letters
    found: list[float] = []
    for size in sorted(counts, key=lambda one: -_around(counts, one)):
        if not any(abs(size - known) < _SAME_SIZE * known for known in found):
            found.append(size)
    return found


def _around(counts: Counter[float], size: float) -> float:
    return counts[size] + 0.5 * (counts[size - 0.25] + counts[size + 0.25])


def size_of(size: float, letters: int, sizes: Sequence[float]) -> float:
    """Returns the font size of a line in points: the nearest of the report's, if it is close.

    Args:
        size: Its measured size in points, 0 for none.
        letters: How many letters it has.
        sizes: The sizes of the report, the most frequent first.
    """
    if sizes and (not size or (letters < _TELLS and abs(sizes[0] - size) <= _NEAR_SHORT * size)):
        return sizes[0]
    nearest = min(sizes, key=lambda one: abs(one - size), default=0.0)
    if abs(nearest - size) <= _NEAR_SIZE * size:
        return nearest
    return max(1.0, round(2 * size) / 2)
