"""From recognised words to the lines of a page, as the PDF readers return them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from extractors.ocr import type_faces
from extractors.ocr.hocr import ReadWord
from extractors.ocr.type_faces import Stroke
from extractors.readers.pdf_bullets import BULLET, with_bullets
from extractors.readers.pdf_drawn_boxes import with_drawn_boxes
from extractors.readers.pdf_lines import Word, join, marks
from extractors.readers.pdf_shapes import Drawings
from models.document import Line

SURE = 90.0
"""Confidence below which a word flags its row. Of a thousand words above it in a clean scan, about
two are wrong."""
_ASCENT, _DESCENT = 0.9, 0.254
"""Shares of the font size that a line reaches above and below its baseline: as in the readers'
boxes, 22 per cent of the height lie below the baseline."""
_SAME_LINE = 0.35
_THINNEST = 3.0


def pdf_words(
    read: Sequence[ReadWord],
    sizes: Sequence[float],
    strokes: Sequence[Stroke],
    usual: float,
    scale: float,
) -> list[Word]:
    """Returns the words of a page with their weights, line by line from its top.

    Args:
        read: The words as Tesseract read them.
        sizes: Their font sizes.
        strokes: Their strokes in font sizes.
        usual: Width of the usual strokes of the report, in font sizes.
        scale: Points per pixel.

    Returns:
        The words in points; the source of each is its index in `read`.
    """
    words: list[Word] = []
    for at, (word, size) in enumerate(zip(read, sizes, strict=True)):
        base = word.base * scale
        top, foot = base - _ASCENT * size, base + _DESCENT * size
        place = (word.x0 * scale, top, word.x1 * scale, foot)
        words.append(Word(word.text, *place, size, False, 0, True, at))
    ordered = list(_in_order(words))
    bold = type_faces.are_bold(ordered, [strokes[word.source] for word in ordered], usual)
    return [word._replace(bold=own) for word, own in zip(ordered, bold, strict=True)]


def _in_order(words: Iterable[Word]) -> Iterator[Word]:
    """Yields words by baselines from the top, each baseline from the left."""
    row: list[Word] = []
    for word in sorted(words, key=attrgetter("across1")):
        if row and word.across1 - row[-1].across1 > _SAME_LINE * word.size:
            yield from sorted(row, key=attrgetter("along0"))
            row = []
        row.append(word)
    yield from sorted(row, key=attrgetter("along0"))


def lines_of(
    words: Sequence[Word], read: Sequence[ReadWord], drawings: Drawings, page: int
) -> list[Line]:
    """Returns the lines of a page, numbered from 1.

    Args:
        words: Its words, as `pdf_words` returns them.
        read: The words as Tesseract read them.
        drawings: Its drawn lines, and the marks found in its picture; marks that become signs in
            the text are removed from it.
        page: 1-based page.
    """
    words = with_drawn_boxes(words, drawings)
    upright = [rule.box for rule in drawings.rules if rule.box.x1 - rule.box.x0 <= _THINNEST]
    runs = join(words, upright)
    unsure = dict(zip(runs, _unsure(runs, words, read), strict=True))
    runs = with_bullets(runs, drawings.marks)
    drawings.marks += marks(words)
    return [
        Line(number, run.text, page, run.box, run.size, run.bold, False, unsure.get(run, ()))
        for number, run in enumerate(runs, 1)
    ]


def _unsure(
    runs: Sequence[Word], words: Sequence[Word], read: Sequence[ReadWord]
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yields, for each run, where the words are in it that Tesseract is not certain of."""
    rest = iter(words)
    for run in runs:
        spans: list[tuple[int, int]] = []
        at = 0
        while at < len(run.text):
            word = next(rest)
            at += run.text.startswith(" ", at)
            if read[word.source].confidence < SURE and word.text != BULLET:
                spans.append((at, at + len(word.text)))
            at += len(word.text)
        yield tuple(spans)
