"""How far lines stand apart: in a paragraph, between paragraphs, and where the page has a seam."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells.runs import TextLine
from extractors.line_ends.joiner import reads_on

_TELLING_GAP = 0.14
"""A gap above this share of the font size is seen."""
_LEAST_GAP = 1.2
_COMMON = 0.15
"""Share of the gaps that one width has at least if paragraphs stand so far apart."""
_SEAM_PAGES = 3
_SAME_PLACE = 0.6
_LINE = 6.0
"""Points above a seam in which no line of any size can stand."""


def usual_pitch(columns: Iterable[Sequence[TextLine]]) -> dict[int, float]:
    """Returns the usual distance between baselines by font size (rounded to half points).

    It is the distance that occurs most, of those that one paragraph can have.
    """
    counts: dict[int, dict[int, int]] = {}
    for lines in columns:
        for above, below in pairwise(lines):
            distance, size = below.base - above.base, below.size
            if distance < 2 * size and above.page == below.page and abs(above.size - size) < 0.6:
                by_distance = counts.setdefault(round(2 * size), {})
                key = round(4 * distance)
                by_distance[key] = by_distance.get(key, 0) + 1
    return {
        size: max(found, key=lambda key: (_around(found, key), -key)) / 4
        for size, found in counts.items()
    }


def least_pitch(columns: Iterable[Sequence[TextLine]]) -> dict[int, float]:
    """Returns the least distance of baselines that is common, by font size as `usual_pitch` does.

    Where most paragraphs have but one line, the distance that occurs most is that of paragraphs.
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
    return found.get(key - 1, 0) + 2 * found[key] + found.get(key + 1, 0)


def pitch_of(line: TextLine, pitch: dict[int, float]) -> float:
    """Returns the usual pitch of a line's size; 1.2 times the size where none was seen."""
    return pitch.get(round(2 * line.size)) or 1.2 * line.size


_GOES_ON = re.compile(r"[a-zåäöéü](?!\))|\d{2,}(?![.)\d])|\d{4}")
"""How lines begin that go on with a sentence: neither an item of a list nor a capital letter."""


class Spacing(NamedTuple):
    """How far the lines of a document stand apart.

    Attributes:
        pitch: Usual distance of baselines in a paragraph, by font size in half points.
        usual: How wide the white between paragraphs often is, by font size; both in half points.
        seams: Pages with a seam, and the baseline of the first line below it in half points: where
            the program that set the text took a page to end. White above it says nothing.
        is_uneven: Whether some white tears a sentence apart: then white need not end a paragraph.
    """

    pitch: dict[int, float]
    usual: dict[int, set[int]]
    seams: frozenset[tuple[int, int]] = frozenset()
    is_uneven: bool = False

    def white(self, above: TextLine, below: TextLine) -> float:
        """Returns how much further apart than in a paragraph two lines stand, in points."""
        pitch = pitch_of(below, self.pitch)
        if above.size != below.size:
            pitch = max(pitch, pitch_of(above, self.pitch))
        return below.base - above.base - pitch

    def at_seam(self, above: TextLine, below: TextLine) -> bool:
        """Whether the seam lies between two lines, and the white there can be all its own."""
        place = round(2 * below.base)
        return self.white(above, below) < pitch_of(below, self.pitch) and any(
            (below.page, near) in self.seams for near in (place - 1, place, place + 1)
        )

    def is_usual(self, above: TextLine, below: TextLine) -> bool:
        """Whether two lines stand as far apart as the paragraphs of the document often do."""
        return round(2 * self.white(above, below)) in self.usual.get(round(2 * below.size), ())


def is_seen(white: float, size: float) -> bool:
    """Whether white between lines is more than unevenness of type of a size."""
    return white > _LEAST_GAP and white > _TELLING_GAP * size


def tears(above: TextLine, below: TextLine) -> bool:
    """Whether white between two lines would tear a sentence or a divided word apart."""
    breaks_off = above.text[-1:].isalnum() or reads_on(above.text)
    return breaks_off and _GOES_ON.match(below.text) is not None


def spacing_of(
    columns: Sequence[Sequence[TextLine]],
    outside: Sequence[Sequence[TextLine]],
    *,
    on_grid: bool,
    pitch: dict[int, float] | None = None,
) -> Spacing:
    """Returns how far the lines of a document stand apart.

    Args:
        columns: The lines of each column of each table on each page.
        outside: The lines of the text outside tables, which can have a pitch of its own.
        on_grid: Whether they stand on a grid of characters: then no seam is looked for.
        pitch: The distance of baselines in a paragraph, if it is known.
    """
    if pitch is None:
        pitch = usual_pitch([*columns, *outside])
    usual = _usual_gaps(columns, pitch)
    if on_grid:
        return Spacing(pitch, usual)
    torn = any(
        is_seen(white := _white(above, below, pitch), below.size)
        and white < pitch_of(below, pitch)
        and above.page == below.page
        and tears(above, below)
        for lines in columns
        for above, below in pairwise(lines)
    )
    seams = _seams(columns, pitch, usual) if torn else frozenset[tuple[int, int]]()
    return Spacing(pitch, usual, seams, torn)


def _usual_gaps(
    columns: Iterable[Sequence[TextLine]], pitch: dict[int, float]
) -> dict[int, set[int]]:
    """Returns how wide, in half points, the white between paragraphs of a size often is."""
    counts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for lines in columns:
        for above, below in pairwise(lines):
            white = _white(above, below, pitch)
            if above.size == below.size and white < 1.5 * pitch_of(below, pitch):
                counts[round(2 * below.size)][round(2 * white)] += is_seen(white, below.size)
    return {
        size: {
            width
            for width in found
            if _around(found, width) - found[width] >= _COMMON * sum(found.values()) > 0
        }
        for size, found in counts.items()
    }


def _white(above: TextLine, below: TextLine, pitch: dict[int, float]) -> float:
    return below.base - above.base - pitch_of(below, pitch)


def _seams(
    columns: Iterable[Sequence[TextLine]], pitch: dict[int, float], usual: dict[int, set[int]]
) -> frozenset[tuple[int, int]]:
    """Returns the pages with a seam, and its place in half points.

    Text flows as it will: that it begins at one height on page after page, below white as no
    paragraphs have between them, is no chance.
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
