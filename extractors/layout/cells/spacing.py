"""Line spacing: within a paragraph, between paragraphs, and at a seam of the page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells.runs import TextLine
from extractors.line_ends.joiner import reads_on

_TELLING_GAP = 0.14
"""A gap above this share of the font size is noticeable."""
_LEAST_GAP = 1.2
_WIDEST = 3
"""Lines of a paragraph are less than this many times their size apart: double spacing is 2.4."""
_SENTENCES = 5
"""Fewest lines that go on inside a sentence whose distance is that of all lines of paragraphs."""
_COMMON = 0.15
"""Minimum share of the gaps with one width, if that is the paragraph spacing."""
_FEW = 3
"""Minimum number of gaps with one width, if it is not odd."""
_SEAM_PAGES = 3
_SAME_PLACE = 0.6
_LINE = 6.0
"""Distance above a seam, in points, in which no line can be."""


def usual_pitch(columns: Iterable[Sequence[TextLine]]) -> dict[int, float]:
    """Returns the usual distance between baselines by font size (rounded to half points).

    It is the most common distance, of those possible within a paragraph; where most paragraphs have
    a single line, or lines are spaced as widely as paragraphs elsewhere, that of the lines inside
    sentences.
    """
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    inside: dict[int, Counter[int]] = defaultdict(Counter)
    for lines in columns:
        for above, below in pairwise(lines):
            distance, size = below.base - above.base, below.size
            if (
                distance < _WIDEST * size
                and above.page == below.page
                and abs(above.size - size) < 0.6
            ):
                key = round(4 * distance)
                counts[round(2 * size)][key] += distance < 2 * size
                inside[round(2 * size)][key] += tears(above, below)
    pitch = {size: _most(found) for size, found in counts.items() if found.total()}
    for size, found in inside.items():
        if found.total() >= _SENTENCES and abs(pitch.get(size, 0) - _most(found)) > _LEAST_GAP:
            pitch[size] = _most(found)
    return pitch


def _most(found: dict[int, int]) -> float:
    """Returns the most common distance, in points, of those counted in quarters of a point."""
    return max(found, key=lambda key: (_around(found, key), -key)) / 4


def least_pitch(columns: Iterable[Sequence[TextLine]]) -> dict[int, float]:
    """Returns the least distance of baselines that is common, by font size as `usual_pitch` does.

    If most paragraphs have a single line, the most common distance is that between paragraphs.
    """
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for lines in columns:
        for above, below in pairwise(lines):
            distance, size = below.base - above.base, below.size
            if size <= distance < 2 * size and above.page == below.page:
                counts[round(2 * size)][round(4 * distance)] += abs(above.size - size) < 0.6
    return {
        size: min(key for key in found if _around(found, key) >= _COMMON * found.total()) / 4
        for size, found in counts.items()
        if found.total()
    }


def _around(found: dict[int, int], key: int) -> int:
    return _near(found, key) + found[key]


def pitch_of(line: TextLine, pitch: dict[int, float]) -> float:
    """Returns the usual pitch of a line's size; 1.2 times the size if none was seen."""
    return pitch.get(round(2 * line.size)) or 1.2 * line.size


_GOES_ON = re.compile(r"[a-zåäöéü](?!\))|\d{2,}(?![.)\d])|\d{4}")
"""Start of a line that continues a sentence: neither a list item nor a capital letter."""


class Spacing(NamedTuple):
    """The line spacing of a document.

    Attributes:
        pitch: Usual distance of baselines in a paragraph, by font size in half points.
        usual: Common gaps between paragraphs, by font size; both in half points.
        gaps: How often each gap between lines occurs, by font size and width, likewise.
        seams: Pages with a seam, and the baseline of the first line below it in half points: where
            the typesetting program took a page to end. The gap above it means nothing.
        is_uneven: Whether some gaps split a sentence: then a gap need not end a paragraph.
    """

    pitch: dict[int, float]
    usual: dict[int, set[int]]
    gaps: dict[int, dict[int, int]]
    seams: frozenset[tuple[int, int]] = frozenset()
    is_uneven: bool = False

    def white(self, above: TextLine, below: TextLine) -> float:
        """Returns how much further apart two lines are than within a paragraph, in points."""
        pitch = pitch_of(below, self.pitch)
        if above.size != below.size:
            pitch = max(pitch, pitch_of(above, self.pitch))
        return below.base - above.base - pitch

    def at_seam(self, above: TextLine, below: TextLine) -> bool:
        """Whether the seam is between two lines and can account for the whole gap."""
        place = round(2 * below.base)
        return self.white(above, below) < pitch_of(below, self.pitch) and any(
            (below.page, near) in self.seams for near in (place - 1, place, place + 1)
        )

    def is_usual(self, above: TextLine, below: TextLine) -> bool:
        """Whether two lines are as far apart as paragraphs of the document often are."""
        return round(2 * self.white(above, below)) in self.usual.get(round(2 * below.size), ())

    def is_odd(self, above: TextLine, below: TextLine) -> bool:
        """Whether a gap of less than a line is as wide as hardly any other of the size."""
        white = self.white(above, below)
        found, width = self.gaps.get(round(2 * below.size), {}), round(2 * white)
        is_alone = width not in found or _near(found, width) < _FEW
        return is_alone and white < pitch_of(below, self.pitch)


def is_seen(white: float, size: float) -> bool:
    """Whether a gap between lines is more than unevenness at a font size."""
    return white > _LEAST_GAP and white > _TELLING_GAP * size


def tears(above: TextLine, below: TextLine) -> bool:
    """Whether a paragraph break between two lines would split a sentence or a divided word."""
    breaks_off = above.text[-1:].isalnum() or reads_on(above.text)
    return breaks_off and _GOES_ON.match(below.text) is not None


def spacing_of(
    columns: Sequence[Sequence[TextLine]],
    outside: Sequence[Sequence[TextLine]],
    *,
    on_grid: bool,
    pitch: dict[int, float] | None = None,
) -> Spacing:
    """Returns the line spacing of a document.

    Args:
        columns: The lines of each column of each table on each page.
        outside: The lines of the text outside tables, which can have a pitch of its own.
        on_grid: Whether they are on a character grid: then no seam is searched for.
        pitch: The distance of baselines in a paragraph, if it is known.
    """
    if pitch is None:
        pitch = usual_pitch([*columns, *outside])
    gaps = _gaps(columns, pitch)
    usual = {
        size: {width for width in found if _near(found, width) >= _COMMON * sum(found.values()) > 0}
        for size, found in gaps.items()
    }
    if on_grid:
        return Spacing(pitch, usual, gaps)
    torn = any(
        is_seen(white := _white(above, below, pitch), below.size)
        and white < pitch_of(below, pitch)
        and above.page == below.page
        and tears(above, below)
        for lines in columns
        for above, below in pairwise(lines)
    )
    seams = _seams(columns, pitch, usual) if torn else frozenset[tuple[int, int]]()
    return Spacing(pitch, usual, gaps, seams, torn)


def _gaps(
    columns: Iterable[Sequence[TextLine]], pitch: dict[int, float]
) -> dict[int, dict[int, int]]:
    """Counts the gaps between paragraphs, in half points, by font size."""
    counts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for lines in columns:
        for above, below in pairwise(lines):
            white = _white(above, below, pitch)
            if above.size == below.size and white < 1.5 * pitch_of(below, pitch):
                counts[round(2 * below.size)][round(2 * white)] += is_seen(white, below.size)
    return counts


def _near(found: dict[int, int], width: int) -> int:
    """Returns how often there is a gap of a width or half a point more or less."""
    return sum(found.get(near, 0) for near in (width - 1, width, width + 1))


def _white(above: TextLine, below: TextLine, pitch: dict[int, float]) -> float:
    return below.base - above.base - pitch_of(below, pitch)


def _seams(
    columns: Iterable[Sequence[TextLine]], pitch: dict[int, float], usual: dict[int, set[int]]
) -> frozenset[tuple[int, int]]:
    """Returns the pages with a seam, and its position in half points.

    Text normally flows freely: if it begins at the same height on page after page, below a gap
    wider than between paragraphs, that is no coincidence.
    """
    bases: dict[int, list[float]] = defaultdict(list)
    begun: dict[int, set[int]] = defaultdict(set)
    odd: dict[int, set[int]] = defaultdict(set)
    torn: set[int] = set()
    for lines in columns:
        for line in lines:
            bases[line.page].append(line.base)
        for above, below in pairwise(lines):
            white = _white(above, below, pitch)
            if above.page != below.page or not (
                is_seen(white, below.size) and white < pitch_of(below, pitch)
            ):
                continue
            place = round(2 * below.base)
            begun[place].add(below.page)
            if tears(above, below):
                torn.add(place)
            if round(2 * white) not in usual.get(round(2 * below.size), ()):
                odd[place].add(below.page)
    places = [
        place
        for place, pages in begun.items()
        if (place in torn and len(pages) >= _SEAM_PAGES - 1)
        or (place in odd and len(pages) >= _SEAM_PAGES)
    ]
    return frozenset(
        (page, place)
        for place in places
        for page, own in bases.items()
        if not any(place / 2 - _LINE < base < place / 2 - _SAME_PLACE for base in own)
    )
