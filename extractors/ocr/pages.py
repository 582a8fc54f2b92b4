"""From a picture of a page to its content: words, drawn lines, marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from extractors.ocr.boxes import widened
from extractors.ocr.dark import find_dark, turned_light
from extractors.ocr.drawn import find_rules, without
from extractors.ocr.engine import Engine
from extractors.ocr.hocr import ReadWord
from extractors.ocr.letters import UNSURE, corrected
from extractors.ocr.picture import (
    Grey,
    Ink,
    ink_of,
    paper_of,
    skew_of,
    specks_of,
    straightened,
    turned,
)
from extractors.ocr.shading import find_shades, without_shades
from extractors.ocr.signs import find_signs
from extractors.ocr.type_faces import Stroke, line_sizes, size_of, stroke_of
from extractors.readers.pdf_shapes import Drawings
from models.document import Box, Sheet

_POOR = 60.0
"""Mean confidence below which a page may be upside down or on its side."""
_FEWEST_LETTERS = 20
_TALLEST = 4.0
"""Greatest height of a word, in multiples of the usual height."""
_AROUND = 4
"""Pixels around a word that belong to it: Tesseract's boxes miss the edges of letters."""
_REACH = 25.0
"""Most points between a box and the word after it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read on a page; positions are pixels of the picture once it is straightened.

    Attributes:
        sheet: The page of the file, and how it was turned.
        scale: Points per pixel.
        words: The words, as Tesseract read them.
        strokes: Mean width of the strokes of each in pixels, and how many it has.
        drawings: Drawn lines and marks, in points.
        unread: Share of the ink, apart from lines and signs, that is in no word.
    """

    sheet: Sheet
    scale: float
    words: list[ReadWord]
    strokes: list[Stroke]
    drawings: Drawings = field(repr=False)
    unread: float = 0.0

    @property
    def confidence(self) -> float:
        """Tesseract's confidence in the page's letters, 0 to 100."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * word.confidence for word in self.words) / max(1, letters)

    def lines(self) -> list[tuple[float, int]]:
        """Returns the measured size of each line in points, and how many letters it has."""
        letters = self._letters()
        return [(size * self.scale, letters[line]) for line, size in line_sizes(self.words).items()]

    def sizes(self, known: Sequence[float]) -> list[float]:
        """Returns the font size of each word in points, from the sizes used in the report."""
        letters, own = self._letters(), line_sizes(self.words)
        return [size_of(own[w.line] * self.scale, letters[w.line], known) for w in self.words]

    def strokes_of(self, sizes: Sequence[float]) -> list[Stroke]:
        """Returns the strokes of each word in font sizes; 0 on a damaged page without a size."""
        return [
            (width * self.scale / size if size else 0.0, count)
            for (width, count), size in zip(self.strokes, sizes, strict=True)
        ]

    def _letters(self) -> dict[int, int]:
        letters: dict[int, int] = {}
        for word in self.words:
            letters[word.line] = letters.get(word.line, 0) + len(word.text)
        return letters


def read_page(engine: Engine, grey: Grey, number: int, size: tuple[float, float]) -> Reading:
    """Reads the picture of a page, turned upright if it is on its side or upside down.

    Args:
        engine: Tesseract.
        grey: The picture of the whole page as it is seen.
        number: 1-based page of the file.
        size: Its width and height in points.

    Raises:
        RecognitionError: Tesseract failed, or took too long.
    """
    best = _read(engine, grey, Sheet(number, *size))
    for turn in (2, 1, 3):
        if best.confidence >= _POOR or sum(len(w.text) for w in best.words) < _FEWEST_LETTERS:
            break
        other = _read(engine, turned(grey, turn), Sheet(number, *size, turn))
        best = max(best, other, key=lambda reading: reading.confidence)
    return best


def _read(engine: Engine, grey: Grey, sheet: Sheet) -> Reading:
    paper = paper_of(grey)
    skew = skew_of(ink_of(grey, paper))
    if skew:
        grey = straightened(grey, skew, int(np.median(paper)))
        paper = paper_of(grey)
    scale = sheet.page_size[0] / grey.shape[1]
    dark = find_dark(grey, scale)
    if dark:
        grey = turned_light(grey, dark)
        paper = paper_of(grey)
    shades = find_shades(grey, paper, scale)
    if shades:
        grey = without_shades(grey, shades)
        paper = paper_of(grey)
    ink = ink_of(grey, paper)
    drawn = find_rules(ink, scale)
    specks = specks_of(ink, scale)
    no_text = [part for part in (drawn.ink, specks) if part is not None]
    for part in no_text:
        ink &= ~part
    signs = find_signs(ink, scale)
    clean = without(grey, no_text, signs.places, paper)
    areas = [shade.rule(scale) for shade in (*dark, *shades)]
    drawings = Drawings(rules=[*drawn.rules, *areas], skipped=drawn.skipped)
    signs.put_into(drawings)
    words = [
        word._replace(confidence=UNSURE)
        if any(_beside(word, box, scale) for box in signs.unsure)
        else word
        for word in engine.words(clean, round(72 / scale))
    ]
    for rows, columns in signs.places:
        ink[rows, columns] = False
    words = corrected(widened(words, ink), ink)
    words += [
        _leader(box, count, number, scale) for number, (box, count) in enumerate(signs.leaders)
    ]
    return Reading(
        sheet._replace(skew=skew),
        scale,
        words,
        [stroke_of(ink, word) for word in words],
        drawings,
        _unread(ink, words),
    )


def _unread(ink: Ink, words: Sequence[ReadWord]) -> float:
    """Returns the share of the ink that is in no word."""
    whole = np.count_nonzero(ink)
    rest = ink.copy()
    tallest = _TALLEST * float(np.median([word.y1 - word.y0 for word in words] or [0]))
    for word in words:
        if word.y1 - word.y0 > tallest:
            continue  # a region that was taken for a word
        above, left = max(0, word.y0 - _AROUND), max(0, word.x0 - _AROUND)
        rest[above : word.y1 + _AROUND, left : word.x1 + _AROUND] = False
    return np.count_nonzero(rest) / whole if whole else 0.0


def _leader(box: Box, count: int, number: int, scale: float) -> ReadWord:
    """A row of dots as a word, on its own line."""
    x0, y0, x1, y1 = (round(side / scale) for side in box)
    return ReadWord("." * count, x0, y0, x1, y1, y1, 0.0, 100.0, -1 - number)


def _beside(word: ReadWord, box: Box, scale: float) -> bool:
    """Whether a word is right after a box that may be ticked."""
    gap, middle = word.x0 * scale - box.x1, (box.y0 + box.y1) / 2
    return -1.0 <= gap <= _REACH and word.y0 * scale <= middle <= word.y1 * scale
