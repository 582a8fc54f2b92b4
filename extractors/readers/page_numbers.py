"""Page breaks of a text without form feeds, found by the printed page numbers.

Tools that join pages with plain line ends leave no other trace of page breaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_RUN = re.compile(r"\S+(?: \S+)*")
_SURE = re.compile(
    r"(?:\w+\.? )?(\d{1,4})(?: ?\( ?\d{1,4} ?\)| ?/ ?\d{1,4}| \w{2} \d{1,4})"
    r"|(?:sida|sid\.?|page) (\d{1,4})|[-–] ?(\d{1,4}) ?[-–]",
    re.IGNORECASE,
)
"""`4 (12)`, `Sida 4 av 12`, `Sida 4`, `- 4 -`."""
_ALONE = re.compile(r"(?:\w+\.? )?(\d{1,4})")
"""`4`, `Blad 4`: rows can be numbered like this too, but not on the right."""
_FEWEST_PAGES = 3
_FEWEST_LINES = 2
_MOST_HEAD = 4
_FAR = 20
"""Minimum column of a bare number that can be a page number."""
_MOST_LINES = 130
"""Maximum number of lines with text on a page."""
_FEW = 2


class _Number(NamedTuple):
    """A possible page number, and the index of its line."""

    line: int
    number: int


def page_starts(lines: Sequence[str]) -> list[int]:
    """Returns the indices of the first lines of pages, including the first; empty if unknown.

    Lines of the same form must count up by one from page to page over the whole text.

    Args:
        lines: All lines of a text without form feeds.
    """
    filled = [at for at, line in enumerate(lines) if line.strip()]
    chains = [_chain(own, filled) for own in _by_shape(lines).values()]
    chain = max(chains, key=len, default=[])
    if len(chain) < _FEWEST_PAGES:
        return []
    first, last = chain[0], chain[-1]
    before = bisect_left(filled, first.line)
    after = len(filled) - bisect_left(filled, last.line) - 1
    gaps = [_between(one, other, filled) for one, other in pairwise(chain)]
    if max(before, after, *gaps) > _MOST_LINES:
        return []
    if first.number == 1 and (before > _FEW or after <= before):
        return [0, *(one.line + 1 for one in chain if one is not last or after)]
    if after <= _FEW or first.number > 2:
        return []
    tops = [_top(one.line, lines, chain) for one in chain]
    return tops if first.number == 1 else [0, *tops]


def _by_shape(lines: Sequence[str]) -> dict[str, list[_Number]]:
    """Lines with only a number, or with a number set apart, by the rest of their text."""
    found: dict[str, list[_Number]] = defaultdict(list)
    for at, line in enumerate(lines):
        for run in _RUN.finditer(line):
            text = run.group()
            match = _SURE.fullmatch(text)
            if match is None and run.start() >= _FAR:
                match = _ALONE.fullmatch(text)
            if match:
                start, end = match.span(match.lastindex or 0)
                number = _Number(at, int(text[start:end]))
                found[f"{text[:start]}#{text[end:]}"].append(number)
    return found


def _chain(numbers: Sequence[_Number], filled: Sequence[int]) -> list[_Number]:
    """The longest run of numbers that count up by one, each on its own page."""
    ranks = [bisect_left(filled, one.line) for one in numbers]
    places: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(numbers):
        places[one.number].append(at)
    following: list[int | None] = []
    for one, rank in zip(numbers, ranks, strict=True):
        later = places.get(one.number + 1, [])
        at = bisect_left(later, rank + _FEWEST_LINES, key=ranks.__getitem__)
        following.append(later[at] if at < len(later) else None)
    lengths = [1] * len(numbers)
    for at in reversed(range(len(numbers))):
        if (then := following[at]) is not None:
            lengths[at] += lengths[then]
    starts = [at for at, one in enumerate(numbers) if one.number <= _FEW]
    start: int | None = max(starts, key=lengths.__getitem__, default=None)
    chain = []
    while start is not None:
        chain.append(numbers[start])
        start = following[start]
    return chain


def _between(one: _Number, other: _Number, filled: Sequence[int]) -> int:
    return bisect_left(filled, other.line) - bisect_left(filled, one.line)


def _top(line: int, lines: Sequence[str], chain: Sequence[_Number]) -> int:
    """The first line of the page header that ends with or near the page number."""
    top = line
    for step in _steps(lines, chain):
        top = line - step
    return max(0, top)


def _steps(lines: Sequence[str], chain: Sequence[_Number]) -> Iterator[int]:
    """Yields the distances above page numbers at which all pages but the first agree."""
    for step in range(1, _MOST_HEAD):
        above = {lines[one.line - step].strip() for one in chain[1:]}
        if len(above) > 1 or above == {""}:
            return
        yield step
