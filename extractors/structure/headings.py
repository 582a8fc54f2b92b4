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

_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})\.?\s+(?P<title>\S.*)", re.DOTALL)
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
    """Returns the section number that a text opens with and the rest, or None."""
    match = _NUMBERED.match(text.strip())
    if not match or not any(letter.isalpha() for letter in match["title"]):
        return None
    return tuple(map(int, match["number"].split("."))), match["title"]


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
    candidate therefore does not grow with their number.
    """

    def __init__(self) -> None:
        self._best: dict[Number, dict[int, tuple[float, int]]] = {}

    def add(self, number: Number, total: float, position: int) -> None:
        """Records a chain by its last number, its total and the position of its last candidate."""
        for shared in range(len(number) + 1):
            following = number[shared] if shared < len(number) else -1
            chains = self._best.setdefault(number[:shared], {})
            own = (total, position)
            chains[following] = max(own, chains.get(following, own))

    def best_before(self, number: Number) -> tuple[float, int] | None:
        """Returns the best total minus the penalty, and its position; the later of equals."""
        found: tuple[float, int] | None = None
        for shared, part in enumerate(number):
            cost = float(sum(number[shared:]) - 1)
            for following, (total, position) in self._best.get(number[:shared], {}).items():
                if following < part:
                    own = (total - _SKIP_COST * (cost - max(0, following)), position)
                    found = own if found is None else max(own, found)
        return found
