"""Matches the questions of two years, whatever their numbers and wording."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from models.report import Report, Status

ALIKE = 80.0
"""Minimum similarity of two questions that can be the same, in per cent (normalized indel)."""

APART = 3.0
"""If another question's similarity is within this margin, in per cent, the match is uncertain."""

SAME_KEY = 6.0
"""Bonus to the similarity for the same key: it decides between two similar questions."""


class Kind(StrEnum):
    """How a question changed."""

    SAME = "same"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    RENUMBERED_REWORDED = "renumbered-reworded"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it appears in most reports of a year.

    Attributes:
        key: Its key.
        question: Its wording.
        detail: The text after it in the question cell.
        section: The title of its section.
    """

    key: str
    question: str
    detail: str
    section: str


@dataclass(frozen=True, slots=True)
class Match:
    """A question in two years.

    Attributes:
        kind: How it changed.
        old: The earlier question; None if it is new.
        new: The later question; None if it was removed.
        likeness: Similarity of the two in per cent; 0 if there is only one.
        unsure: Whether another question is nearly as similar.
    """

    kind: Kind
    old: Asked | None
    new: Asked | None
    likeness: float = 0.0
    unsure: bool = False


def match_questions(old: Sequence[Report], new: Sequence[Report]) -> tuple[Match, ...]:
    """Matches the questions of two years.

    The same key is not enough: if it now asks something else, one question was removed and another
    is new. Pairs are formed greedily, the most similar first.
    """
    before, after = asked(old), asked(new)
    scored = sorted(_candidates(before, after), key=lambda pair: (-pair.rank, pair.old, pair.new))
    taken_old: set[int] = set()
    taken_new: dict[int, Match] = {}
    for pair in scored:
        if pair.old in taken_old or pair.new in taken_new:
            continue
        taken_old.add(pair.old)
        a, b = before[pair.old], after[pair.new]
        rivals = (p for p in scored if (p.old == pair.old) != (p.new == pair.new))
        unsure = any(pair.rank - rival.rank < APART for rival in rivals)
        taken_new[pair.new] = Match(_kind(a, b), a, b, pair.likeness, unsure)
    gone = [Match(Kind.GONE, a, None) for n, a in enumerate(before) if n not in taken_old]
    came = [taken_new.get(n) or Match(Kind.NEW, None, b) for n, b in enumerate(after)]
    return (*came, *gone)


def asked(reports: Sequence[Report]) -> list[Asked]:
    """Returns the questions of a year in order, each as it appears in most reports."""
    forms: dict[str, Counter[Asked]] = defaultdict(Counter)
    places: dict[str, int] = {}
    for report in reports:
        if report.status == Status.FAILED:
            continue
        titles = {section.section: section.title for section in report.sections}
        for answer in report.answers:
            title = titles.get(answer.section, "")
            forms[answer.key][Asked(answer.key, answer.question, answer.detail, title)] += 1
            places[answer.key] = min(places.get(answer.key, answer.position), answer.position)
    order = sorted(forms, key=lambda key: (places[key], key))
    return [min(forms[key], key=lambda form: (-forms[key][form], _texts(form))) for key in order]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two questions that could be the same, by their indexes in the lists."""

    old: int
    new: int
    likeness: float
    rank: float


def _candidates(before: Sequence[Asked], after: Sequence[Asked]) -> Iterator[_Pair]:
    old_texts, new_texts = [_texts(a) for a in before], [_texts(b) for b in after]
    for i, a in enumerate(old_texts):
        for j, b in enumerate(new_texts):
            if fuzz.ratio(a[0], b[0], score_cutoff=ALIKE) == 0.0:
                continue
            likeness = _likeness(a, b)
            if likeness >= ALIKE:
                bonus = SAME_KEY if before[i].key == after[j].key else 0.0
                yield _Pair(i, j, likeness, likeness + bonus)


def _likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Similarity of two questions in per cent: mainly wording, then detail, then section."""
    total = weights = 0.0
    for weight, one, other in zip((3.0, 1.0, 1.0), a, b, strict=True):
        if one or other:
            total += weight * fuzz.ratio(one, other)
            weights += weight
    return total / weights if weights else 100.0


def _texts(asked: Asked) -> tuple[str, str, str]:
    return bare(asked.question), bare(asked.detail), bare(asked.section)


def bare(text: str) -> str:
    """Returns a text without numbers, case and extra whitespace, which renumbering can change."""
    return " ".join(re.sub(r"\d+(?:[:.]\d+)*", " ", text.casefold()).split())


def _kind(old: Asked, new: Asked) -> Kind:
    moved = old.key != new.key
    reworded = _texts(old)[:2] != _texts(new)[:2]
    if moved:
        return Kind.RENUMBERED_REWORDED if reworded else Kind.RENUMBERED
    return Kind.REWORDED if reworded else Kind.SAME
