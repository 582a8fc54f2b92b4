"""Words to lines: what both PDF readers share, so that they split a page's text the same way.

A table's columns stand beside one another on one baseline. A line must end where a column ends,
for a line is never cut later, while two lines of one column are easily joined. Words therefore
join only over a gap that can be nothing but a word space; a wider gap joins only if nothing on
the page speaks for a column there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.readers.pdf_symbols import KINDS
from models.document import Box, Mark

SURE_SPACE = 0.35
"""A gap below this share of the line's height is a word space."""
WIDEST_SPACE = 0.85
"""A gap above this share of the line's height parts columns, also in justified text."""
BASELINE_SHARE = 0.3
"""Baselines that differ by less than this share of the line's height are one."""
NO_SPACE = 0.12
"""Words nearer than this share of the line's height, on one baseline, are one word."""
SURE_STARTS = 2
"""So many lines that begin at one place, each far from its neighbour, make a column's edge."""
DOUBTFUL_STARTS = 5
"""So many words that follow a wide gap make one: in justified text they hardly fall so."""
EDGE_TOLERANCE = 1.0
"""Points within which two lines begin at the same place."""


class Word(NamedTuple):
    """A word, or some that belong to one line without doubt, in the direction of reading.

    Attributes:
        text: The characters.
        along0: Where it begins along its baseline, in points.
        across0: Its top, across the baseline.
        along1: Where it ends along its baseline.
        across1: Its bottom, across the baseline.
        bold: Whether its first character is bold.
        turn: Quarter turns clockwise from upright text, 0 to 3.
        spaced: Whether the source has a blank or a line end before it.
        source: Where the reader finds it again.
    """

    text: str
    along0: float
    across0: float
    along1: float
    across1: float
    bold: bool
    turn: int
    spaced: bool
    source: int


@dataclass(slots=True)
class Run:
    """Words of one line of one column. Coordinates as in `Word`."""

    text: str
    along0: float
    across0: float
    along1: float
    across1: float
    bold: bool
    turn: int
    source: int
    bottom: float

    @property
    def box(self) -> Box:
        """Its rectangle on the page."""
        return turn_back((self.along0, self.across0, self.along1, self.across1), self.turn)


def turn_back(along: tuple[float, float, float, float], turn: int) -> Box:
    """Returns the rectangle on the page of coordinates along and across a turned baseline."""
    a0, c0, a1, c1 = along
    match turn:
        case 0:
            return Box(a0, c0, a1, c1)
        case 1:
            return Box(-c1, a0, -c0, a1)
        case 2:
            return Box(-a1, -c1, -a0, -c0)
        case _:
            return Box(c0, -a1, c1, -a0)


def turn_to(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """Returns a page rectangle as coordinates along and across a baseline; undoes `turn_back`."""
    x0, y0, x1, y1 = box
    match turn:
        case 0:
            return box
        case 1:
            return (y0, -x1, y1, -x0)
        case 2:
            return (-x1, -y1, -x0, -y0)
        case _:
            return (-y1, x0, -y0, x1)


def join(words: Sequence[Word], upright_rules: Iterable[Box]) -> list[Run]:
    """Joins words to runs, in the order of the words.

    Args:
        words: Words in the order of the source.
        upright_rules: Drawn vertical lines: words never join over one.

    Returns:
        Runs, each of one weight, one baseline and one column.
    """
    doubtful: list[float] = []
    joined = _join(words, lambda left, right: _join_at_doubt(right, doubtful))
    if not doubtful:
        return joined
    sure = [run.along0 for run in joined if run.turn == 0]
    edges = sorted(_crowded(sure, SURE_STARTS) + _crowded(sure + doubtful, DOUBTFUL_STARTS))
    rules = list(upright_rules)
    return _join(words, lambda left, right: _column_between(left, right, edges, rules))


def marks(words: Iterable[Word]) -> list[Mark]:
    """Returns a mark for each word that is a glyph that says something by its shape."""
    found = []
    for word in words:
        kind = KINDS.get(word.text)
        if kind is not None:
            box = (word.along0, word.across0, word.along1, word.across1)
            found.append(Mark(turn_back(box, word.turn), kind))
    return found


def _join_at_doubt(right: Word, doubtful: list[float]) -> bool:
    if right.turn == 0:
        doubtful.append(right.along0)
    return False


def _join(words: Sequence[Word], parts: Callable[[Run, Word], bool]) -> list[Run]:
    """Joins words; `parts` decides on gaps that may be a word space or a gutter."""
    runs: list[Run] = []
    run: Run | None = None
    for word in words:
        text, along0, across0, along1, across1, bold, turn, spaced, source = word
        if run is not None and turn == run.turn and text not in KINDS and run.text not in KINDS:
            height = across1 - across0
            gap = along0 - run.along1
            if (
                abs(across1 - run.bottom) <= BASELINE_SHARE * height
                and -0.5 * height < gap <= WIDEST_SPACE * height
                and (bold == run.bold or gap < NO_SPACE * height)
                and (gap <= SURE_SPACE * height or not parts(run, word))
            ):
                run.text += (" " if spaced else "") + text
                run.along1 = max(run.along1, along1)
                run.across0 = min(run.across0, across0)
                run.across1 = max(run.across1, across1)
                run.bottom = across1
                continue
        run = Run(text, along0, across0, along1, across1, bold, turn, source, across1)
        runs.append(run)
    return runs


def _crowded(places: list[float], support: int) -> list[float]:
    """Returns where at least `support` of the places are within the tolerance."""
    starts = sorted(places)
    return [
        start
        for start, last in zip(starts, starts[support - 1 :], strict=False)
        if last - start <= EDGE_TOLERANCE
    ]


def _column_between(left: Run, right: Word, edges: list[float], rules: list[Box]) -> bool:
    """Whether a column ends between two words with a wide gap."""
    nearest = bisect_left(edges, right.along0 - EDGE_TOLERANCE)
    if nearest < len(edges) and edges[nearest] <= right.along0 + EDGE_TOLERANCE:
        return True
    middle = (right.across0 + right.across1) / 2
    return any(
        left.along1 - 1 <= rule.x0 and rule.x1 <= right.along0 + 1 and rule.y0 <= middle <= rule.y1
        for rule in rules
    )
