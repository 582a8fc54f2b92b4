"""Which paragraphs are numbered headings.

A report's headings count up: after 1.2 comes 1.2.1, 1.3 or 2. A comment can open a line with "1.1"
as well, and a table of contents counts up like the headings do. So every paragraph that looks like
a heading becomes a candidate with a score from its own evidence, and the chain of candidates that
counts up with the highest total is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.text import collapse

_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})\.?\s+(?P<title>\S.*)", re.DOTALL)
_CONTENTS_END = re.compile(r"(?:\.{3,}|\s\.(?:\s\.)+|…+|\s{2,}|\t)\s*\d{1,4}$")
_TRAILING_PAGE = re.compile(r"\s\d{1,4}$")
_LONGEST_TITLE = 250
_SKIP_COST = 1.0

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may be a heading.

    Attributes:
        index: Where it stands among its likes; the chain keeps this order.
        number: Its section number.
        score: Evidence for it from itself and what stands around it; negative speaks against.
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
    text = text.strip()
    return text[-1:].isdigit() and _CONTENTS_END.search(text) is not None


def wording_score(title: str) -> float:
    """Returns how much the wording of a title speaks for a heading."""
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
    """Returns the chain of candidates that counts up with the highest total score.

    Numbers that are left out cost, so that a report may lack sections; a chain never counts down.
    """
    best: list[tuple[float, int]] = []
    for position, candidate in enumerate(candidates):
        total, before = candidate.score - _SKIP_COST * _skipped_first(candidate.number), -1
        for earlier in range(position):
            skipped = _skipped(candidates[earlier].number, candidate.number)
            if skipped is None:
                continue
            other = best[earlier][0] + candidate.score - _SKIP_COST * skipped
            if other >= total:
                total, before = other, earlier
        best.append((total, before))
    if not best:
        return []
    position = max(range(len(best)), key=lambda place: best[place][0])
    if best[position][0] <= 0:
        return []
    chain = []
    while position >= 0:
        chain.append(candidates[position])
        position = best[position][1]
    return chain[::-1]


def _skipped_first(number: Number) -> float:
    """Returns how many numbers are left out before the first heading; 0 for 1."""
    return float(sum(number) + len(number) - 2)


def _skipped(before: Number, after: Number) -> float | None:
    """Returns how many numbers are left out between two headings; None if it counts down."""
    if after <= before:
        return None
    shared = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        shared += 1
    if shared == len(before):
        rest = after[shared:]
        return float(sum(rest) - len(rest)) + (len(rest) - 1)
    rest = after[shared + 1 :]
    return float(after[shared] - before[shared] - 1) + sum(rest)
