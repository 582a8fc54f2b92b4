"""Assertion: a small interpreter of ConText rules.

After Chapman et al. (2007) and Harkema et al. (2009): a cue bears on the mentions in its scope,
which ends at its reach, at a terminating word and at the end of the sentence. Longer cues hide
the shorter ones of their direction inside them; pseudo cues hide all, and do nothing else. The
rules are those of medspaCy, read from its public JSON form.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from models.cues import Cue, Direction
from models.report import Assertion

_ORDER = (
    Assertion.AFFIRMED,
    Assertion.ENDED,
    Assertion.NEGATED,
    Assertion.PLANNED,
    Assertion.HYPOTHETICAL,
)
"""Which class holds where several fit; a cue that affirms takes back the others."""

_UNBOUND = 10_000


class Target(NamedTuple):
    """A mention in tokens, and its theme."""

    start: int
    end: int
    theme: str


class Judgement(NamedTuple):
    """What the text says of a target: its sentence, the class, and the cue in tokens."""

    sentence: tuple[int, int]
    assertion: Assertion
    cue: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A cue, ready to use: its class by its place in the order, and how many tokens it reaches."""

    cue: Cue
    rank: int
    reach: int


class _Place(NamedTuple):
    """Where a cue stands: its name in the vocabulary, first token, one past the last."""

    name: int
    start: int
    end: int


class _Scope(NamedTuple):
    """Where a cue that stands in the text bears."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    rule: _Rule


class ContextRules:
    """Says how mentions are asserted by the cues around them."""

    def __init__(self, nlp: Language, cues: Sequence[Cue]) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._rules: dict[int, dict[Direction, list[_Rule]]] = {}
        for cue in cues:
            name = " ".join(cue.literal.lower().split())
            if nlp.vocab.strings.add(name) not in self._rules:
                self._matcher.add(name, [nlp.make_doc(name)])
            rules = self._rules.setdefault(nlp.vocab.strings[name], {})
            for direction in _directions(cue):
                rules.setdefault(direction, []).append(_rule(cue))
        self._names = {
            direction: frozenset(name for name, rules in self._rules.items() if direction in rules)
            for direction in Direction
        }
        pseudo = self._names[Direction.PSEUDO]
        self._heard = {direction: names | pseudo for direction, names in self._names.items()}

    def judge(self, doc: Doc, targets: Sequence[Target], bounds: Sequence[int]) -> list[Judgement]:
        """Judges the mentions of a doc.

        Args:
            doc: The doc, with sentences set.
            targets: The mentions, in order.
            bounds: First tokens of the sentences, and the length of the doc.

        Returns:
            The judgement of each target, in their order.
        """
        best = _Best(targets)
        for scope in self._scopes(_outside(self._matcher(doc), targets), bounds):
            best.offer(scope)
        return [
            Judgement(_sentence(bounds, target.start), *best.of(place))
            for place, target in enumerate(targets)
        ]

    def has_doubt(self, doc: Doc) -> bool:
        """Whether a cue says of something in a doc that it is not, not yet, no more or perhaps."""
        cues = _outside(self._matcher(doc), ())
        return any(
            _ORDER[rule.rank] is not Assertion.AFFIRMED
            for direction in (Direction.FORWARD, Direction.BACKWARD)
            for cue in self._standing(cues, direction)
            for rule in self._ruling(cue.name, direction)
        )

    def _scopes(self, cues: Sequence[_Place], bounds: Sequence[int]) -> Iterator[_Scope]:
        """The scopes of the cues, cut at the ends of their sentences and at terminating words."""
        stops = [(place.start, place.end) for place in self._standing(cues, Direction.TERMINATE)]
        starts = [start for start, _ in stops]
        for name, start, end in self._standing(cues, Direction.FORWARD):
            stop = bisect_left(starts, end)
            bound = starts[stop] if stop < len(stops) else _UNBOUND
            for rule in self._ruling(name, Direction.FORWARD):
                limit = min(_sentence(bounds, start)[1], end + rule.reach, bound)
                yield _Scope(end, limit, start, end, rule)
        for name, start, end in self._standing(cues, Direction.BACKWARD):
            stop = bisect_left(starts, start)
            if stop and stops[stop - 1][1] == start:
                stop -= 1  # "X som har upphört": the word before the cue points at X
            bound = stops[stop - 1][1] if stop else 0
            for rule in self._ruling(name, Direction.BACKWARD):
                limit = max(_sentence(bounds, start)[0], start - rule.reach, bound)
                yield _Scope(limit, start, start, end, rule)

    def _standing(self, cues: Sequence[_Place], direction: Direction) -> list[_Place]:
        """The cues of a direction that no longer one of it, and no pseudo cue, hides."""
        heard = self._heard[direction]
        found = [cue for cue in cues if cue.name in heard]
        if not found:
            return found
        own = self._names[direction]
        return [cue for cue in _longest(found) if cue.name in own]

    def _ruling(self, name: int, direction: Direction) -> list[_Rule]:
        return self._rules[name].get(direction, [])


class _Best:
    """For each target the cue that decides: the first class in order, then the nearest cue."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._starts = [target.start for target in targets]
        self._longest = max((target.end - target.start for target in targets), default=0)
        self._outer = _outermost(targets)
        self._found: dict[int, tuple[int, int, _Scope]] = {}

    def offer(self, scope: _Scope) -> None:
        """Lets a cue bear on the targets in its scope."""
        first = bisect_left(self._starts, scope.start - self._longest)
        last = bisect_left(self._starts, scope.end)
        inside = [
            (_distance(scope, self._targets[place]), place)
            for place in range(first, last)
            if self._outer[place] and _bears_on(scope, self._targets[place])
        ]
        most = scope.rule.cue.max_targets
        if most is not None:
            inside = sorted(inside)[:most]
        for distance, place in inside:
            known = self._found.get(place)
            if known is None or (scope.rule.rank, distance) < known[:2]:
                self._found[place] = (scope.rule.rank, distance, scope)

    def of(self, place: int) -> tuple[Assertion, tuple[int, int] | None]:
        """The class of a target, and the cue that decided."""
        if place not in self._found:
            return Assertion.AFFIRMED, None
        rank, _, scope = self._found[place]
        return _ORDER[rank], (scope.cue_start, scope.cue_end)


def _rule(cue: Cue) -> _Rule:
    bears = cue.direction not in (Direction.TERMINATE, Direction.PSEUDO)
    rank = _ORDER.index(Assertion(cue.category.lower())) if bears else len(_ORDER)
    return _Rule(cue, rank, cue.max_scope or _UNBOUND)


def _directions(cue: Cue) -> tuple[Direction, ...]:
    both = (Direction.FORWARD, Direction.BACKWARD)
    return both if cue.direction is Direction.BIDIRECTIONAL else (cue.direction,)


def _longest(cues: Sequence[_Place]) -> list[_Place]:
    """Cues that no longer cue overlaps, in reading order; of equals the later one stands."""
    if all(one.end <= other.start for one, other in pairwise(cues)):
        return list(cues)
    kept: list[_Place] = []
    for cue in sorted(cues, key=lambda cue: (cue[1], -cue[2])):
        if kept and cue.start < kept[-1].end:
            longer = cue.end - cue.start >= kept[-1].end - kept[-1].start
            if longer and cue.start > kept[-1].start:
                kept[-1] = cue
            continue
        kept.append(cue)
    return kept


def _outside(cues: Sequence[tuple[int, int, int]], targets: Sequence[Target]) -> list[_Place]:
    """Cues that are not part of a mention, as in the title of a campaign."""
    inside = {token for target in targets for token in range(target.start, target.end)}
    return [
        _Place(*cue)
        for cue in cues
        if cue[1] not in inside or not inside.issuperset(range(cue[1], cue[2]))
    ]


def _bears_on(scope: _Scope, target: Target) -> bool:
    cue = scope.rule.cue
    return (
        target.start < scope.end
        and target.end > scope.start
        and not (target.start < scope.cue_end and target.end > scope.cue_start)
        and (not cue.allowed_types or target.theme in cue.allowed_types)
        and target.theme not in cue.excluded_types
    )


def _outermost(targets: Sequence[Target]) -> list[bool]:
    """For each target whether no longer one holds it: the longer one is what a cue bears on."""
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


def _sentence(bounds: Sequence[int], token: int) -> tuple[int, int]:
    """First token of the sentence of a token, and one past the last."""
    place = bisect_right(bounds, token)
    return bounds[place - 1], bounds[place]


def _distance(scope: _Scope, target: Target) -> int:
    """How many tokens lie between a cue and a target."""
    return max(target.start - scope.cue_end, scope.cue_start - target.end)
