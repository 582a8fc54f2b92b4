"""Pages whose text stands sideways, and text that stands aslant or sideways among upright text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from extractors.readers.pdf_lines import ASLANT, Word, turn_to
from extractors.readers.pdf_shapes import Drawings
from models.document import Sheet

_FEWEST_LINES = 3
"""A page with fewer lines in a direction is not turned to it."""


def set_upright(
    words: list[Word], drawings: Drawings, number: int, size: tuple[float, float]
) -> tuple[list[Word], Sheet | None]:
    """Returns the words of a page as they stand once most of its text is upright.

    Args:
        words: The words as the page of the file shows them.
        drawings: What is drawn on it; where the page is turned, its boxes are changed in place.
        number: 1-based page of the file.
        size: Its width and height in points.

    Returns:
        The words, and where the page stands in the file, None where it is upright there.
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
    """Returns the quarter turns clockwise, 0 to 3, in which most lines of a page stand.

    A single long note in the margin turns no page, however little else stands on it.
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
