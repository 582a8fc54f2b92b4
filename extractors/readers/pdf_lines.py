"""Words to lines, shared by both PDF readers so that they split a page's text the same way.

A table's columns share baselines. A line must end where a column ends, because a line is never
split later, while two lines of one column are easily joined. Words are therefore joined only over a
gap that must be a word space; a wider gap is bridged only if nothing on the page suggests a column
there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from extractors.readers.pdf_symbols import KINDS
from extractors.text import SUPERSCRIPTS as RAISED
from models.document import Box, Mark

SURE_SPACE = 0.4
"""A gap below this share of the font size is a word space."""
WIDEST_SPACE = 1.0
"""A gap above this share of the font size separates columns, even in justified text."""
BASELINE_SHARE = 0.3
"""Baselines that differ by less than this share of the font size are the same."""
NO_SPACE = 0.12
"""Words closer than this share of the font size, on one baseline, are one word."""
SURE_STARTS = 2
"""Number of lines starting at one place, far from their neighbours, that make a column edge."""
NEAR_LINES = 15.0
"""Such an edge applies to words within this many font sizes."""
DOUBTFUL_STARTS = 3
"""Number of words after a wide gap that make an edge, unless nearby text runs across it."""
EDGE_TOLERANCE = 1.0
"""Tolerance, in points, for two lines starting at the same place."""


ASLANT = 4
"""The turn of a word that is slanted, not rotated by quarter turns."""
SLANT = 0.03
"""Tolerance, in quarter turns, before rotated text counts as slanted."""


class Word(NamedTuple):
    """A word, or all words of one line of one column, in reading direction.

    Attributes:
        text: The characters.
        along0: Where it begins along its baseline, in points.
        across0: Its top, across the baseline.
        along1: Where it ends along its baseline.
        across1: Its bottom, across the baseline.
        size: Font size of its first character, in points.
        bold: Whether its first character is bold.
        turn: Clockwise quarter turns from upright, 0 to 3; or ASLANT, with the bounding box as its
            place.
        spaced: Whether the source has a space or a line end before it.
        source: Its index in the reader's own data.
    """

    text: str
    along0: float
    across0: float
    along1: float
    across1: float
    size: float
    bold: bool
    turn: int
    spaced: bool
    source: int

    @property
    def box(self) -> Box:
        """Its bounding box on the page."""
        return turn_back(self[1:5], self.turn) if self.turn else Box(*self[1:5])


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
        case 3:
            return Box(c0, -a1, c1, -a0)
        case _:
            return Box(*along)


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
        case 3:
            return (-y1, x0, -y0, x1)
        case _:
            return box


def join(words: Sequence[Word], upright_rules: Iterable[Box]) -> list[Word]:
    """Joins words into runs, in their order; a run is a longer `Word`.

    Args:
        words: Words in source order.
        upright_rules: Drawn vertical lines, which words are never joined across.

    Returns:
        Runs, each with one weight, one baseline and one column.
    """
    doubtful: list[Word] = []
    joined = _join(words, lambda _, right: _join_at_doubt(right, doubtful))
    if not doubtful:
        return joined
    starts = sorted((run.along0, run.across0) for run in joined if run.turn == 0)
    edges = _doubtful_edges(doubtful, words)
    rules = list(upright_rules)
    return _join(
        words,
        lambda end, right: (
            _begins_at(right, edges)
            or _begins_below(right, starts)
            or _rule_between(end, right, rules)
        ),
    )


def marks(words: Iterable[Word]) -> list[Mark]:
    """Returns a mark for each word that is a symbol glyph."""
    found = []
    for word in words:
        kind = KINDS.get(word.text)
        if kind is not None:
            box = (word.along0, word.across0, word.along1, word.across1)
            found.append(Mark(turn_back(box, word.turn), kind))
    return found


def _join_at_doubt(right: Word, doubtful: list[Word]) -> bool:
    if right.turn == 0:
        doubtful.append(right)
    return False


def _doubtful_edges(doubtful: Sequence[Word], words: Sequence[Word]) -> list[float]:
    """Returns where words after wide gaps are aligned, and no text runs across.

    In justified text words are aligned by chance, but then other lines run across.
    """
    edges = []
    for start in sorted(set(_crowded([word.along0 for word in doubtful], DOUBTFUL_STARTS))):
        own = [word for word in doubtful if 0 <= word.along0 - start <= EDGE_TOLERANCE]
        top, bottom = min(word.across0 for word in own), max(word.across1 for word in own)
        across = sum(
            word.along0 < start - EDGE_TOLERANCE
            and word.along1 > start + EDGE_TOLERANCE
            and top < word.across1
            and word.across0 < bottom
            for word in words
            if word.turn == 0
        )
        if DOUBTFUL_STARTS * across < len(own):
            edges.append(start)
    return edges


def _join(words: Sequence[Word], parts: Callable[[float, Word], bool]) -> list[Word]:
    """Joins words; `parts` decides whether an ambiguous gap separates columns.

    It is called with the end of the words so far. Most of pdfium's words are whole lines already.
    """
    runs: list[Word] = []
    last: Word | None = None
    end = bottom = 0.0
    for word in words:
        text, along0, across0, along1, across1, size, bold, turn, spaced, _ = word
        if last is not None and turn == last.turn and text not in KINDS and last.text not in KINDS:
            gap, lift = along0 - end, bottom - across1
            beside = gap < NO_SPACE * size and (text[0] in RAISED or last.text[-1] in RAISED)
            raised = beside and BASELINE_SHARE * size < lift < size
            opened = (
                last.text[0] in RAISED
                and RAISED.issuperset(last.text)
                and BASELINE_SHARE * size < -lift < size
            )
            if (
                (raised or opened or abs(lift) <= BASELINE_SHARE * size)
                and -0.5 * size < gap <= WIDEST_SPACE * size
                and (bold == last.bold or gap < NO_SPACE * size)
                and (gap <= SURE_SPACE * size or not parts(end, word))
            ):
                end, bottom = max(end, along1), bottom if raised else across1
                runs[-1] = last = Word(
                    last.text + (" " if spaced and not beside else "") + text,
                    last.along0,
                    min(last.across0, across0),
                    end,
                    max(last.across1, across1),
                    size if opened else last.size,
                    *last[6:],
                )
                continue
        last, end, bottom = word, along1, across1
        runs.append(word)
    return runs


def _crowded(places: list[float], support: int) -> list[float]:
    """Returns where at least `support` of the places are within the tolerance."""
    starts = sorted(places)
    return [
        start
        for start, last in zip(starts, starts[support - 1 :], strict=False)
        if last - start <= EDGE_TOLERANCE
    ]


def _begins_at(word: Word, edges: Sequence[float]) -> bool:
    nearest = bisect_left(edges, word.along0 - EDGE_TOLERANCE)
    return nearest < len(edges) and edges[nearest] <= word.along0 + EDGE_TOLERANCE


def _begins_below(word: Word, starts: Sequence[tuple[float, float]]) -> bool:
    """Whether a word begins where nearby lines do that are far from their own neighbours."""
    first = bisect_left(starts, (word.along0 - EDGE_TOLERANCE, 0.0))
    last = bisect_left(starts, (word.along0 + EDGE_TOLERANCE, 0.0))
    reach = NEAR_LINES * word.size
    near = sum(abs(down - word.across0) <= reach for _, down in starts[first:last])
    return near >= SURE_STARTS


def _rule_between(end: float, right: Word, rules: Sequence[Box]) -> bool:
    middle = (right.across0 + right.across1) / 2
    return any(
        end - 1 <= rule.x0 and rule.x1 <= right.along0 + 1 and rule.y0 <= middle <= rule.y1
        for rule in rules
    )
