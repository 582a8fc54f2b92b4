"""Choosing mentions among matches: guards, names that hide themes, overlaps within a theme."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.themes.keys import is_exact, is_name_key
from extractors.themes.patterns import IGNORED, CompiledPattern, Kind
from models.taxonomy import MAX_GAP, Guard, Taxonomy

RawMatch = tuple[int, int, CompiledPattern, int]
"""First token, one past the last, the pattern, and the number of the part that matched."""

_CAPITALS_WINDOW = 4


class Hit(NamedTuple):
    """A match in tokens: first token, one past the last, and the pattern."""

    start: int
    end: int
    pattern: CompiledPattern


class Resolver:
    """Chooses the mentions among the matches of a doc."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._families = {theme.id: taxonomy.family(theme.id) for theme in taxonomy.themes}

    def resolve(
        self,
        doc: Doc,
        raw: Sequence[RawMatch],
        sentences: Sequence[int],
        lists: Mapping[int, tuple[int, int]],
    ) -> list[Hit]:
        """Returns the mentions in reading order.

        Args:
            doc: The doc.
            raw: The matches.
            sentences: First tokens of the sentences.
            lists: For each token of a list of compounds, where the list begins and ends.
        """
        hits = [hit for hit in _join_gaps(raw, sentences) if _holds(doc, hit, sentences)]
        hiding = [hit for hit in hits if hit.pattern.kind in (Kind.TITLE, Kind.IGNORE)]
        if hiding:
            hits = [
                hit
                for hit in hits
                if hit.pattern.theme is not IGNORED
                and not any(_hides(other, hit) for other in hiding)
            ]
        if lists:
            hits = [_whole_list(hit, lists) for hit in hits]
        return self._without_overlaps(hits)

    def _without_overlaps(self, hits: list[Hit]) -> list[Hit]:
        """Keeps the longest of overlapping mentions of a theme, preferring children to parents."""
        if all(one.end <= other.start for one, other in pairwise(hits)):
            return hits
        hits.sort(key=lambda hit: (hit.start - hit.end, hit.start, -len(self._family(hit))))
        kept: list[Hit] = []
        taken: dict[int, set[str]] = {}
        for hit in hits:
            tokens = range(hit.start, hit.end)
            if any(hit.pattern.theme in taken.get(token, ()) for token in tokens):
                continue
            kept.append(hit)
            for token in tokens:
                taken.setdefault(token, set()).update(self._family(hit))
        kept.sort(key=lambda hit: (hit.start, hit.end, hit.pattern.theme))
        return kept

    def _family(self, hit: Hit) -> frozenset[str]:
        return self._families[hit.pattern.theme]


def _join_gaps(raw: Sequence[RawMatch], sentences: Sequence[int]) -> list[Hit]:
    """Matches of whole patterns, with the two parts of a gapped pattern joined."""
    hits = [Hit(start, end, p) for start, end, p, _ in raw if len(p.parts) == 1]
    if len(hits) == len(raw):
        return hits
    openings = [(start, end, p) for start, end, p, part in raw if len(p.parts) > 1 and part == 0]
    closings: dict[int, list[tuple[int, int]]] = {}
    for start, end, pattern, part in raw:
        if part == 1:
            closings.setdefault(id(pattern), []).append((start, end))
    for start, end, pattern in openings:
        limit = _sentence_end(sentences, start, end + MAX_GAP + 1)
        ends = closings.get(id(pattern), [])
        place = bisect_left(ends, (end, 0))
        if place < len(ends) and ends[place][0] < limit:
            hits.append(Hit(start, ends[place][1], pattern))
    return hits


def _sentence_end(sentences: Sequence[int], token: int, limit: int) -> int:
    """One past the last token of a token's sentence, or `limit` if that comes first."""
    place = bisect_right(sentences, token)
    return min(limit, sentences[place]) if place < len(sentences) else limit


def _hides(title: Hit, hit: Hit) -> bool:
    """Whether a name or an ignored phrase hides the match inside it."""
    inside = title.start <= hit.start and hit.end <= title.end
    if title.pattern.kind is Kind.IGNORE:
        return inside and title.pattern.hides_only in ("", hit.pattern.theme)
    return (
        inside
        and hit.pattern is not title.pattern
        and hit.end - hit.start < title.end - title.start
    )


def _whole_list(hit: Hit, lists: Mapping[int, tuple[int, int]]) -> Hit:
    """Extends a mention in a list of compounds to the whole list."""
    first = lists.get(hit.start, (hit.start, hit.end))
    last = lists.get(hit.end - 1, (hit.start, hit.end))
    return Hit(min(hit.start, first[0], last[0]), max(hit.end, first[1], last[1]), hit.pattern)


def _holds(doc: Doc, hit: Hit, sentences: Sequence[int]) -> bool:
    """Whether a match satisfies its case and its guards."""
    pattern = hit.pattern
    if pattern.exact and not _has_case(doc, hit):
        return False
    return not pattern.guards or all(
        _lets_pass(guard, doc, hit, sentences) for guard in pattern.guards
    )


def _has_case(doc: Doc, hit: Hit) -> bool:
    """Whether a name has its exact case, other than in all-capitals text."""
    if len(hit.pattern.exact) == 1 and not hit.pattern.is_common_word:
        word = hit.pattern.exact[0]
        return is_exact(word) or doc[hit.start].text.startswith(word)
    for word, token in zip(hit.pattern.exact, doc[hit.start : hit.end], strict=False):
        if not is_exact(word) and not token.text.startswith(word):
            return False
    if hit.end - hit.start > 1 or not hit.pattern.exact[0].isupper():
        return True
    around = doc[max(0, hit.start - _CAPITALS_WINDOW) : hit.end + _CAPITALS_WINDOW]
    words = [
        token.text
        for token in around
        if token.is_alpha and len(token) > 1 and not is_name_key(token.norm_)
    ]
    return len(words) < 2 or sum(word.isupper() for word in words) * 2 <= len(words)


def _lets_pass(guard: Guard, doc: Doc, hit: Hit, sentences: Sequence[int]) -> bool:
    return _lets_neighbours_pass(guard, doc, hit) and _lets_sentence_pass(
        guard, doc, hit, sentences
    )


def _lets_neighbours_pass(guard: Guard, doc: Doc, hit: Hit) -> bool:
    """Whether a guard accepts a match's own words and those immediately before and after it."""
    before = doc[hit.start - 1] if hit.start else None
    after = doc[hit.end] if hit.end < len(doc) else None
    if before is not None and (
        before.lower_ in guard.unless_before
        or (guard.not_after_number and before.like_num)
        or (guard.not_in_name and before.is_title and not before.is_sent_start)
    ):
        return False
    if after is not None and (
        after.lower_ in guard.unless_after
        or (guard.not_in_name and (after.is_title or after.is_upper))
    ):
        return False
    return not guard.parts_of_speech or doc[hit.start].pos_ in ("", *guard.parts_of_speech)


def _lets_sentence_pass(guard: Guard, doc: Doc, hit: Hit, sentences: Sequence[int]) -> bool:
    """Whether a guard accepts the words of a match's sentence."""
    if not (guard.only_near or guard.unless_near):
        return True
    place = bisect_right(sentences, hit.start)
    end = sentences[place] if place < len(sentences) else len(doc)
    near = {token.lower_ for token in doc[sentences[place - 1] : end]}
    return near.isdisjoint(guard.unless_near) and not (
        guard.only_near and near.isdisjoint(guard.only_near)
    )
