"""Near-identical comments from several boards, found without comparing every pair."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import pairwise

from rapidfuzz import fuzz

from models.report import Answer, Report
from pipeline.checking.consistency import Finding, Kind, board, where

SHORTEST = 80
"""Minimum number of characters: short comments are similar by chance."""

ALIKE = 90.0
"""Minimum similarity of near-identical comments, in per cent (rapidfuzz's normalized indel)."""

WORDS = 3
"""Words per shingle."""

SKETCH = 12
"""Number of smallest shingle hashes kept per comment (bottom-k sketch, Broder 1997). In practice,
two comments that share 90 % of their text share at least one of them."""

CROWD = 60
"""A bucket with more comments than this is compared in chains rather than pairwise."""


@dataclass(frozen=True, slots=True)
class _Comment:
    report: Report
    answer: Answer
    text: str


def same_comments(reports: Sequence[Report]) -> Iterator[Finding]:
    """Yields groups of near-identical comments from different boards."""
    comments = [
        _Comment(report, answer, text)
        for report in reports
        for answer in report.answers
        if len(text := " ".join(answer.comment.casefold().split())) >= SHORTEST
    ]
    groups = _Groups(len(comments))
    for first, second in _candidates(comments):
        if groups.root(first) != groups.root(second):
            ratio = fuzz.ratio(comments[first].text, comments[second].text, score_cutoff=ALIKE)
            if ratio >= ALIKE:
                groups.join(first, second)
    for members in groups.all():
        own = [comments[n] for n in members]
        if len({board(comment.report) for comment in own}) > 1:
            yield _finding(own)


def _finding(comments: Sequence[_Comment]) -> Finding:
    first = comments[0]
    least = min(fuzz.ratio(first.text, other.text) for other in comments[1:])
    how = "the same" if least == 100 else f"at least {least:.0f} % similar"
    start = first.answer.comment[:60].replace("\n", " ")
    return Finding(
        Kind.SAME_COMMENT,
        f"{len(comments)} comments are {how}: {start!r}…",
        tuple(where(comment.report, comment.answer) for comment in comments),
    )


def _candidates(comments: Sequence[_Comment]) -> Iterator[tuple[int, int]]:
    """Yields pairs whose sketches share a hash; identical comments as a chain."""
    alike: dict[str, int] = {}
    buckets: dict[bytes, list[int]] = defaultdict(list)
    for n, comment in enumerate(comments):
        if comment.text in alike:
            yield alike[comment.text], n
            continue
        alike[comment.text] = n
        for key in _sketch(comment.text):
            buckets[key].append(n)
    for members in buckets.values():
        if len(members) <= CROWD:
            yield from ((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
        else:
            yield from pairwise(members)


def _sketch(text: str) -> list[bytes]:
    """The smallest hashes of a text's word shingles."""
    words = re.findall(r"\w+", text)
    shingles: Iterable[str] = {
        " ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))
    }
    return nsmallest(SKETCH, (blake2b(s.encode(), digest_size=8).digest() for s in shingles))


class _Groups:
    """Disjoint sets of comments, merged pair by pair (union-find)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, item: int) -> int:
        while self._above[item] != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def join(self, first: int, second: int) -> None:
        a, b = sorted((self.root(first), self.root(second)))
        self._above[b] = a

    def all(self) -> list[list[int]]:
        held: dict[int, list[int]] = defaultdict(list)
        for item in range(len(self._above)):
            held[self.root(item)].append(item)
        return [members for members in held.values() if len(members) > 1]
