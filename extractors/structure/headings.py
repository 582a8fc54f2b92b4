"""Which paragraphs are numbered headings.

A report's headings are in ascending order: after 1.2 comes 1.2.1, 1.3 or 2. A comment can open a
line with "1.1" too, and a table of contents ascends like the headings do. So every paragraph that
looks like a heading becomes a candidate with a score from its own evidence, and the ascending chain
of candidates with the highest total score is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.text import collapse

_NUMBERED = re.compile(r"(?P<number>\d{1,5}(?:\.\d{1,5}){0,5})\.?\s+(?P<title>\S.*)", re.DOTALL)
_LARGEST = 99_999
_LARGEST_ALONE = 99
"""Larger numbers may be years, amounts or dates, so they count only where a report counts on."""
_CONTENTS_END = re.compile(r"(?:\.{3,}|\s\.(?:\s\.)+|…+|\s{2,}|\t)\s*\d{1,4}$")
_CONTENTS_END_LETTERS = 16
"""Only this much of a text's end is examined: more would just be dots and spaces, and slow."""
_TRAILING_PAGE = re.compile(r"\s\d{1,4}$")
_LONGEST_TITLE = 250
_SKIP_COST = 1.0

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may be a heading.

    Attributes:
        index: Its index among the paragraphs; the chain keeps this order.
        number: Its section number.
        score: Evidence from its text and context; negative is evidence against.
    """

    index: int
    number: Number
    score: float


def parse_number(text: str) -> tuple[Number, str] | None:
    """Returns the section number that a text opens with and the rest, or None.

    A number with a part above 99 is only found by a `Numbering`.
    """
    parsed = parse_heading(text)
    return None if parsed is None or max(parsed[0]) > _LARGEST_ALONE else parsed


def parse_heading(text: str) -> tuple[Number, str] | None:
    """Returns the section number, however large, that a known heading opens with, and its title."""
    match = _NUMBERED.match(text.strip())
    if not match or not any(letter.isalpha() for letter in match["title"]):
        return None
    return tuple(map(int, match["number"].split("."))), match["title"]


class Numbering:
    """Finds the section numbers of a report in the order of its text.

    A part above 99 counts only after the number before it: 1.100 after 1.99, but neither "2024" nor
    "150 000 kr" by itself.
    """

    def __init__(self) -> None:
        self._seen: set[Number] = set()

    def parse(self, text: str) -> tuple[Number, str] | None:
        """Returns the section number that the next text opens with and the rest, or None."""
        parsed = parse_heading(text)
        if parsed is None or not self._counts_on(parsed[0]):
            return None
        self._seen.update(parsed[0][:end] for end in range(1, len(parsed[0]) + 1))
        return parsed

    def _counts_on(self, number: Number) -> bool:
        return all(
            number[: place + 1] in self._seen or (*number[:place], part - 1) in self._seen
            for place, part in enumerate(number)
            if part > _LARGEST_ALONE
        )


def is_contents_entry(text: str) -> bool:
    """Whether a text ends like an entry of a table of contents: leaders or a gap, then a page."""
    text = text.strip()[-_CONTENTS_END_LETTERS:]
    return text[-1:].isdigit() and _CONTENTS_END.search(text) is not None


def wording_score(title: str) -> float:
    """Returns the score of a title's wording as evidence for a heading."""
    plain = collapse(title)
    score = 0.0
    if is_contents_entry(title):
        score -= 5
    elif _TRAILING_PAGE.search(plain) and not re.search(r"[12]\d{3}$", plain):
        score -= 1
    if plain[0].islower():
        score -= 3
    if plain.endswith((".", ",", ";", "?")):
        score -= 2
    if len(plain) > _LONGEST_TITLE:
        score -= 4
    return score


def choose(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Returns the ascending chain of candidates with the highest total score.

    Skipped numbers are penalised rather than forbidden, since a report may lack sections; a chain
    never descends.
    """
    totals: list[float] = []
    came: list[int] = []
    ends = _Ends()
    for position, candidate in enumerate(candidates):
        total, before = candidate.score - _SKIP_COST * _skipped_first(candidate.number), -1
        found = ends.best_before(candidate.number)
        if found is not None and found[0] + candidate.score >= total:
            total, before = found[0] + candidate.score, found[1]
        totals.append(total)
        came.append(before)
        ends.add(candidate.number, total, position)
    if not totals:
        return []
    position = max(range(len(totals)), key=lambda place: totals[place])
    if totals[position] <= 0:
        return []
    chain = []
    while position >= 0:
        chain.append(candidates[position])
        position = came[position]
    return chain[::-1]


def _skipped_first(number: Number) -> float:
    """Returns how many numbers are skipped before the first heading; 0 for 1."""
    return float(sum(number) + len(number) - 2)


class _Ends:
    """The best chains so far, by prefix of their last number.

    A number follows another if both have a common prefix, and the next component is greater or only
    the later number has one. The skipped numbers then depend on these components alone, so of all
    chains with the same prefix and next component only the best needs to be kept. The cost per
    candidate therefore hardly grows with their number.
    """

    def __init__(self) -> None:
        self._best: dict[Number, _PrefixMaximum] = {}

    def add(self, number: Number, total: float, position: int) -> None:
        """Records a chain by its last number, its total and the position of its last candidate."""
        for shared in range(len(number) + 1):
            following = number[shared] if shared < len(number) else -1
            chains = self._best.setdefault(number[:shared], _PrefixMaximum())
            chains.add(following, (total + _SKIP_COST * max(0, following), position))

    def best_before(self, number: Number) -> tuple[float, int] | None:
        """Returns the best total minus the penalty, and its position; the later of equals."""
        found: tuple[float, int] | None = None
        for shared, part in enumerate(number):
            chains = self._best.get(number[:shared])
            best = chains.below(part) if chains else None
            if best is not None:
                own = (best[0] - _SKIP_COST * (sum(number[shared:]) - 1), best[1])
                found = own if found is None else max(own, found)
        return found


class _PrefixMaximum:
    """The greatest of the values at keys below a key: a Fenwick tree of maxima.

    Source: P. M. Fenwick, "A new data structure for cumulative frequency tables", 1994.
    """

    def __init__(self) -> None:
        self._tree: dict[int, tuple[float, int]] = {}

    def add(self, key: int, value: tuple[float, int]) -> None:
        """Records a value at a key from -1 to `_LARGEST`."""
        place = key + 2
        while place <= _LARGEST + 2:
            self._tree[place] = max(value, self._tree.get(place, value))
            place += place & -place

    def below(self, key: int) -> tuple[float, int] | None:
        """Returns the greatest value at smaller keys, or None."""
        found: tuple[float, int] | None = None
        place = key + 1
        while place > 0:
            own = self._tree.get(place)
            if own is not None:
                found = own if found is None else max(own, found)
            place -= place & -place
        return found
