"""Which mentions a cue bears on: those that it acts on, or that the verb it governs acts on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.themes.government import Government, Role, Standing, Verb
from models.cues import Cue, Direction, Reach
from models.taxonomy import Kind

_OBJECT = 8
"""Maximum tokens from a governing word to the start of its object."""
_VERB = 8
"""Maximum tokens from a cue to the verb it governs; the subject may come in between."""
_VERB_BEFORE = 4
"""Maximum tokens from a verb to the cue that negates it, as in `arbetar vi inte`."""
_VERB_MENTION = 3
"""Maximum tokens from a cue to the mention it governs, if that mention is itself a verb."""
_OWN_AUXILIARY = 4
"""Maximum tokens from a cue's own auxiliary to the cue, as in `har nu avvecklats`."""
_ANTECEDENT = 3
"""There are fewer tokens than this between a mention and the relative word that refers to it."""
_LEAD_IN = 6
"""Maximum tokens between a cue and the colon before the list it bears on."""


class Target(NamedTuple):
    """A mention in tokens, its theme, and the theme's kind."""

    start: int
    end: int
    theme: str
    kind: Kind = Kind.MEASURE


class Clause(NamedTuple):
    """The range of tokens that a cue may bear on.

    Attributes:
        floor: First token of the clause, or of what its relative word may refer to.
        limit: One past its last token.
        relative: Token of the relative word immediately before the cue, as in `X som ska införas`.
    """

    floor: int
    limit: int
    relative: int | None = None


class Hit(NamedTuple):
    """A target that a cue bears on, by index, and whether that is certain."""

    place: int
    is_sure: bool


class Bearing:
    """The targets of a text, and the cues that bear on them."""

    def __init__(
        self, words: Sequence[int], targets: Sequence[Target], government: Government
    ) -> None:
        self._words = _without_targets(words, targets)
        self._own_words = words
        self._targets = targets
        self._government = government
        self._starts = [target.start for target in targets]
        self._outer = _outermost(targets)

    def of_cue(
        self,
        cue: Cue,
        span: tuple[int, int],
        clause: Clause,
        gap: tuple[int, int] | None = None,
    ) -> list[Hit]:
        """Returns the targets that a cue bears on within its clause.

        Args:
            cue: The cue.
            span: Its first token, and one past its last.
            clause: Where its clause begins and ends.
            gap: First token of its gap, and one past the last: the gap holds the subject.
        """
        start, end = span
        if cue.max_scope is not None:
            floor, limit = start - cue.max_scope, end + cue.max_scope
            floor, limit = max(clause.floor, floor), min(clause.limit, limit)
            clause = Clause(floor, limit, clause.relative)
        match cue.direction:
            case Direction.FORWARD:
                return self._forward(cue, end, clause)
            case Direction.BACKWARD:
                return self._backward(cue, start, clause)
            case Direction.BIDIRECTIONAL:
                return self._backward(cue, start, clause) or self._forward(cue, end, clause)
        return self._by_verb(cue, span, clause, gap)

    def in_item(self, end: int, lead_in_end: int, item: tuple[int, int]) -> list[Hit]:
        """Returns the targets in an item of a list that a cue in its lead-in bears on."""
        if lead_in_end - end > _LEAD_IN:
            return []
        start = item[0] + 1
        verb = self._government.verb_after(self._words, start, min(item[1], start + 2))
        if verb is not None and verb.role is Role.CHANGES:
            return []
        start = verb.end if verb is not None else start
        return list(self._governed(start, item[1], start))

    def _forward(self, cue: Cue, end: int, clause: Clause) -> list[Hit]:
        if cue.reach is Reach.CLAUSE:
            return list(self._inside(end, clause.limit))
        return list(self._governed(end, self._object_end(end, clause), end))

    def _backward(self, cue: Cue, start: int, clause: Clause) -> list[Hit]:
        if cue.reach is Reach.CLAUSE:
            return list(self._inside(clause.floor, start))
        return self._subject(start, clause)

    def _by_verb(
        self, cue: Cue, span: tuple[int, int], clause: Clause, gap: tuple[int, int] | None
    ) -> list[Hit]:
        """The targets that the verb governed by a cue brings about."""
        start, end = span
        verb = self._governed_verb(end, clause)
        mention = self._verb_mention(cue, start, end, verb.start if verb else clause.limit)
        if mention is not None:
            return [mention]
        if verb is None and cue.verb_may_precede:
            verb = self._verb_before(start, clause)
        if verb is None or verb.role is Role.CHANGES or (verb.is_past and cue.present_only):
            return []
        after = max(verb.end, end)
        behind = self._governed(after, self._object_end(after, clause), verb.start)
        if not verb.bears_on_subject:
            return list(behind)
        if gap is not None:
            before = list(self._governed(*gap, gap[0]))
        else:
            before = [
                *self._subject(min(start, verb.start), clause),
                *self._governed(end, verb.start, end),
            ]
        return before if before and verb.is_passive else [*before, *behind]

    def _verb_mention(self, cue: Cue, start: int, end: int, limit: int) -> Hit | None:
        """A mention that is itself the verb: `ska kartlägga`, `kartläggs inte`."""
        for hit in self._inside(end, min(limit, end + _VERB_MENTION)):
            if self._is_verb(hit.place, passive=False):
                return hit
        if cue.verb_may_precede:
            for hit in self._inside(start - 1, start):
                if self._is_verb(hit.place, passive=True):
                    return hit
        return None

    def _is_verb(self, place: int, *, passive: bool) -> bool:
        target = self._targets[place]
        word = self._own_words[target.start]
        government = self._government
        looks = government.is_passive(word) if passive else government.is_infinitive(word)
        return looks and target.end == target.start + 1

    def _verb_before(self, start: int, clause: Clause) -> Verb | None:
        """The verb shortly before a cue that negates it, if no comma separates them."""
        first = max(clause.floor, start - _VERB_BEFORE)
        verb = self._government.verb_before(self._words, first, start)
        if verb is None or self._government.has_comma(self._words, verb.start, start):
            return None
        return verb

    def _governed_verb(self, end: int, clause: Clause) -> Verb | None:
        """The verb after a cue; in `ha infört`, the second of the two."""
        limit = min(clause.limit, end + _VERB)
        verb = self._government.verb_after(self._words, end, limit)
        if verb is None:
            return None
        return self._government.verb_after(self._words, verb.end, min(limit, verb.end + 1)) or verb

    def _object_end(self, start: int, clause: Clause) -> int:
        """One past the last token at which the object of the word before `start` may begin."""
        limit = min(clause.limit, start + _OBJECT)
        verb = self._government.verb_after(self._words, start, limit)
        return verb.start if verb is not None else limit

    def _subject(self, start: int, clause: Clause) -> list[Hit]:
        """The targets that are the subject of the cue or verb at `start`."""
        if clause.relative is not None:
            last = list(self._inside(clause.floor, clause.relative))[-1:]
            return [hit for hit in last if self._gap(hit, clause.relative) < _ANTECEDENT]
        floor = self._subject_floor(start, clause)
        return list(self._governed(floor, start, floor))

    def _gap(self, hit: Hit, token: int) -> int:
        """Number of tokens between a target and a later token."""
        return token - self._targets[hit.place].end

    def _subject_floor(self, start: int, clause: Clause) -> int:
        """First token where the subject of a cue may begin: after any other verb or auxiliary."""
        verb = self._government.verb_before(self._words, clause.floor, start)
        floor = verb.end if verb is not None else clause.floor
        limit = start - _OWN_AUXILIARY
        auxiliary = self._government.auxiliary_before(self._words, floor, limit)
        return floor if auxiliary is None else auxiliary + 1

    def _governed(self, start: int, end: int, floor: int) -> Iterator[Hit]:
        for place, _ in self._inside(start, end):
            standing = self._government.standing(self._words, self._starts[place], floor)
            if standing is not Standing.INSIDE:
                yield Hit(place, standing is Standing.GOVERNED)

    def _inside(self, start: int, end: int) -> Iterator[Hit]:
        """The targets that begin in a range of tokens and are not inside a longer one."""
        for place in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            if self._outer[place]:
                yield Hit(place, is_sure=True)


def _without_targets(words: Sequence[int], targets: Sequence[Target]) -> list[int]:
    """The words of a text with mentions masked by 0: verbs inside mentions govern nothing."""
    masked = list(words)
    for target in targets:
        masked[target.start : target.end] = [0] * (target.end - target.start)
    return masked


def _outermost(targets: Sequence[Target]) -> list[bool]:
    """For each target, whether it is outside all longer ones: cues bear on the longer target."""
    if all(one.end <= other.start for one, other in pairwise(targets)):
        return [True] * len(targets)
    order = sorted(range(len(targets)), key=lambda p: (targets[p].start, -targets[p].end))
    outer = [True] * len(targets)
    reach, start = -1, -1
    for place in order:
        target = targets[place]
        if target.end > reach:
            reach, start = target.end, target.start
        elif target.end < reach or target.start > start:
            outer[place] = False
    return outer
