"""Whether a paragraph ends with its page, where its last line does not show it.

A program moves text to the next page where its line has no room, or where a single line of its
paragraph would be left behind (widows and orphans, as in CSS Fragmentation, section 3.3). So a page
with room for another line ends a paragraph, unless only two lines of it follow. How long the
document's paragraphs are tells the rest: how likely the two texts are two, and how likely one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells.line_breaks import ends_early
from extractors.layout.cells.openings import is_unfinished, starts_item
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import Spacing, is_seen, pitch_of
from extractors.layout.decoding.evidence import Evidence, names_of
from extractors.layout.decoding.weights import builtin_weights, chance_of

KIND = "page-ends"
ENDS, GOES_ON = "ends", "goes-on"
_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*(?=\s|$)")
_MOST = 9
"""Number of sentences from which paragraphs are equally long."""
_UNSEEN = 4.0
"""Paragraphs of every length together that are assumed on top of those seen."""
_MOST_TOLD = 2.0
"""Log-odds that the lengths of paragraphs can tell at most."""
_TOGETHER = 2
"""Lines of a paragraph that programs keep together before and after a page's end."""

Parts = Sequence[Sequence[TextLine]]
"""The lines of a cell on each of its pages."""


class Cut(NamedTuple):
    """A page end between two lines of a cell.

    Attributes:
        above: Lines of the last paragraph on the page, as far as gaps show.
        below: Lines of the first paragraph on the next page, likewise.
        room: How many more lines the page had room for, as far as other pages show.
        two: Log-odds that two paragraphs are as long as these, against one as long as both.
        leaves_single: Whether the document leaves single lines of paragraphs before or after pages.
        is_even: Whether the line above is as wide as a justified line that its paragraph continues.
    """

    above: Sequence[TextLine]
    below: Sequence[TextLine]
    room: float = 0.0
    two: float = 0.0
    leaves_single: bool = False
    is_even: bool = False


def _leaves_single(cut: Cut) -> bool:
    return not cut.leaves_single and 1 in {len(cut.above), len(cut.below)}


def _has_room(cut: Cut, lines: float) -> bool:
    return len(cut.below) > _TOGETHER and cut.room >= lines


EVIDENCE: tuple[Evidence[Cut], ...] = (
    Evidence("sentence unfinished", lambda cut: is_unfinished(cut.above[-1].text)),
    Evidence("list item", lambda cut: starts_item(cut.above[0].text)),
    Evidence("justified line is full", lambda cut: cut.is_even),
    Evidence("lengths of paragraphs", lambda cut: max(-_MOST_TOLD, min(cut.two, _MOST_TOLD))),
    Evidence("lines above", lambda cut: math.log(len(cut.above))),
    Evidence("lines below", lambda cut: math.log(len(cut.below))),
    Evidence("single line, and none elsewhere", _leaves_single),
    Evidence("almost room for a line", lambda cut: _has_room(cut, 0.8)),
    Evidence("room for a line", lambda cut: _has_room(cut, 0.97)),
)


def chance_of_end(cut: Cut) -> float:
    """Returns the probability that a paragraph ends with the page."""
    return chance_of(cut, EVIDENCE, builtin_weights(KIND, names_of(EVIDENCE)), (ENDS, GOES_ON))


class PageEnds:
    """What the pages of a document show about the ends of pages.

    Args:
        cells: Comments, with the right edge of their column's text.
        spacing: Line spacing of the document.
        heights: Height of each page without footnotes.
        gapless: Whether gaps between paragraphs do not show.
    """

    def __init__(
        self,
        cells: Iterable[tuple[Parts, float]],
        spacing: Spacing,
        heights: Mapping[int, float],
        *,
        gapless: bool,
    ) -> None:
        self._cells = cells
        self._spacing = spacing
        self._heights = heights
        self._gapless = gapless

    def cut(self, lines: Sequence[TextLine], at: int, right: float) -> Cut:
        """Returns the page end above the line of a cell with an index."""
        first = last = at
        while first > 1 and not self._is_apart(lines[first - 2], lines[first - 1], right):
            first -= 1
        while last + 1 < len(lines) and not self._is_apart(lines[last], lines[last + 1], right):
            last += 1
        above, below = lines[first - 1 : at], lines[at : last + 1]
        room = self._room(above[-1])
        return Cut(
            above,
            below,
            room if room < len(below) + 1 else 0.0,
            self._two(_sentences(above), _sentences(below)),
            self._shown.leaves_single,
        )

    def _is_apart(self, above: TextLine, below: TextLine, right: float) -> bool:
        """Whether two lines are on different pages, or show a gap."""
        return (
            above.page != below.page
            or below.base <= above.base
            or is_seen(self._spacing.white(above, below), below.size)
            or (self._gapless and ends_early(above, below, right))
        )

    def _room(self, line: TextLine) -> float:
        height = self._heights.get(line.page)
        foot = self._shown.feet.get(height, 0.0) if height else 0.0
        return max(0.0, (foot - line.base) / pitch_of(line, self._spacing.pitch))

    def _two(self, above: int, below: int) -> float:
        return math.log(self._share(above) * self._share(below) / self._share(above + below))

    def _share(self, sentences: int) -> float:
        """Returns the share of paragraphs that have a number of sentences."""
        found = self._shown.lengths
        unseen = _UNSEEN / _MOST
        return (found[min(sentences, _MOST)] + unseen) / (found.total() + _UNSEEN)

    @cached_property
    def _shown(self) -> _Shown:
        feet: dict[float, float] = {}
        lengths: Counter[int] = Counter()
        leaves_single = False
        for parts, right in self._cells:
            found = [self._blocks(lines, right) for lines in parts]
            for blocks in filter(None, found):
                last = blocks[-1][-1]
                if height := self._heights.get(last.page):
                    feet[height] = max(feet.get(height, 0.0), last.base)
            for above, below in pairwise(found):
                if above and below and _reads_over(above[-1], below[0]):
                    leaves_single |= 1 in {len(above[-1]), len(below[0])}
            for at, blocks in enumerate(found):
                whole = blocks[at > 0 : len(blocks) - (at + 1 < len(found))]
                lengths.update(min(_sentences(own), _MOST) for own in whole if _is_prose(own))
        return _Shown(feet, lengths, leaves_single)

    def _blocks(self, lines: Sequence[TextLine], right: float) -> list[list[TextLine]]:
        """Returns the lines of a cell on one page, split where gaps show."""
        blocks: list[list[TextLine]] = []
        for line in lines:
            if blocks and not self._is_apart(blocks[-1][-1], line, right):
                blocks[-1].append(line)
            else:
                blocks.append([line])
        return blocks


class _Shown(NamedTuple):
    """What is seen on all pages together.

    Attributes:
        feet: The lowest baseline of text in tables, by the height of pages.
        lengths: Number of paragraphs with each number of sentences.
        leaves_single: Whether single lines stand before or after a page that cuts their sentence.
    """

    feet: dict[float, float]
    lengths: Counter[int]
    leaves_single: bool


def _sentences(lines: Sequence[TextLine]) -> int:
    return max(1, len(_SENTENCE.findall(" ".join(line.text for line in lines))))


def _is_prose(lines: Sequence[TextLine]) -> bool:
    """Whether lines are whole sentences: neither a list item nor an answer."""
    return not (is_unfinished(lines[-1].text) or starts_item(lines[0].text))


def _reads_over(above: Sequence[TextLine], below: Sequence[TextLine]) -> bool:
    return is_unfinished(above[-1].text) and below[0].text[:1].islower()
