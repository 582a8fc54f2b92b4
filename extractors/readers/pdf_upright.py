"""Sideways pages, and slanted or sideways text among upright text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from extractors.readers.pdf_lines import ASLANT, Word, turn_to
from extractors.readers.pdf_shapes import Drawings
from models.document import Sheet

_FEWEST_LINES = 3
"""Minimum lines in a direction for a page to be rotated to it."""


def set_upright(
    words: list[Word], drawings: Drawings, number: int, size: tuple[float, float]
) -> tuple[list[Word], Sheet | None]:
    """Returns the words of a page, rotated so that most of its text is upright.

    Args:
        words: The words as on the page in the file.
        drawings: Its drawings; their boxes are changed in place if the page is rotated.
        number: 1-based page of the file.
        size: Its width and height in points.

    Returns:
        The words, and how the page lies in the file; None if it is upright there.
    """
    turn = _main_turn(words)
    if not turn:
        return words, None
    sheet = Sheet(number, *size, turn)
    drawings.rules = [rule._replace(box=sheet.to_page(rule.box)) for rule in drawings.rules]
    drawings.rings = [sheet.to_page(ring) for ring in drawings.rings]
    drawings.inks = [sheet.to_page(ink) for ink in drawings.inks]
    drawings.marks = [mark._replace(box=sheet.to_page(mark.box)) for mark in drawings.marks]
    return [_upright(word, sheet) for word in words], sheet


def _main_turn(words: Sequence[Word]) -> int:
    """Returns the clockwise quarter turns, 0 to 3, of most lines of a page.

    A single long note in the margin does not rotate a page, however little else there is.
    """
    if not any(word.turn for word in words):
        return 0
    baselines = Counter(turn for turn, _ in {(word.turn, round(word.across1)) for word in words})
    del baselines[ASLANT]
    turn, count = max(baselines.items(), key=itemgetter(1), default=(0, 0))
    return turn if count >= _FEWEST_LINES else 0


def _upright(word: Word, sheet: Sheet) -> Word:
    turn = ASLANT if word.turn == ASLANT else (word.turn - sheet.turn) % 4
    box = turn_to(sheet.to_page(word.box), turn)
    return Word(word.text, *box, word.size, word.bold, turn, word.spaced, word.source)
