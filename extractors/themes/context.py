"""Assertion: a small interpreter of cues, which bear on what they govern.

After ConText (Chapman et al. 2007, Harkema et al. 2009): a cue bears on the mentions in its clause,
which ends at terminating words and with the sentence. Longer cues hide shorter ones of the same
direction inside them; pseudo cues hide all others and have no other effect. Unlike in ConText, what
a cue bears on is decided by what it governs (`extractors.themes.bearing`), not by distance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.themes.bearing import Bearing, Clause, Hit, Target
from extractors.themes.government import Government
from extractors.themes.matching import phrase_matcher
from extractors.themes.sentences import words_of
from models.cues import Cue, Direction, Grammar
from models.report import Assertion
from models.taxonomy import Kind

_ORDER = (
    Assertion.AFFIRMED,
    Assertion.ENDED,
    Assertion.NEGATED,
    Assertion.PLANNED,
    Assertion.HYPOTHETICAL,
    Assertion.UNCERTAIN,
)
"""Which class wins if several apply; an affirming cue overrides the others."""

_CONDITION = _ORDER.index(Assertion.PLANNED) - 0.5
"""Rank in that order of what depends on a condition: it is not a plan."""

_GAP = "…"
"""In a cue, stands for the words between a verb and its `att`, as in `kommer nämnden att`."""
_GAP_WORDS = 4
"""Maximum number of words in a gap."""

_NOT_SAID_OF = {
    Kind.MEASURE: frozenset[Assertion](),
    Kind.PHENOMENON: frozenset({Assertion.PLANNED}),
    Kind.ACTOR: frozenset({Assertion.PLANNED, Assertion.HYPOTHETICAL}),
    Kind.LAW: frozenset({Assertion.PLANNED, Assertion.HYPOTHETICAL}),
}
"""Nobody plans what merely happens; what exists anyway is neither planned nor wished for."""


class Judgement(NamedTuple):
    """What the text says about a target: its sentence, the class, and the cue in tokens."""

    sentence: tuple[int, int]
    assertion: Assertion
    cue: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A compiled cue: its class, and the rank of that class."""

    cue: Cue
    assertion: Assertion
    rank: float


class _Place(NamedTuple):
    """An occurrence of a cue: its name in the vocabulary, first token, one past the last.

    For a cue with a gap, also where its words before the gap end.
    """

    name: int
    start: int
    end: int
    head_end: int | None = None

    @property
    def gap(self) -> tuple[int, int] | None:
        """First token of its gap, and one past the last."""
        return None if self.head_end is None else (self.head_end, self.end - 1)


class ContextRules:
    """Decides how mentions are asserted, from the cues around them."""

    def __init__(
        self,
        nlp: Language,
        cues: Sequence[Cue],
        grammar: Grammar | None = None,
        slots: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._matcher = phrase_matcher("LOWER")
        self._government = Government(nlp, grammar or Grammar())
        self._rules: dict[int, dict[Direction, list[_Rule]]] = {}
        self._last_words: dict[int, int] = {}
        for cue in cues:
            for literal in cue.literals(dict(slots or {})):
                name = " ".join(literal.lower().split())
                head, _, last_word = name.partition(f" {_GAP} ")
                if nlp.vocab.strings.add(name) not in self._rules:
                    self._matcher.add(name, [nlp.make_doc(head)])
                if last_word:
                    self._last_words[nlp.vocab.strings[name]] = nlp.vocab.strings.add(last_word)
                rules = self._rules.setdefault(nlp.vocab.strings[name], {})
                rules.setdefault(cue.direction, []).append(_rule(cue))
        self._names = {
            direction: frozenset(name for name, rules in self._rules.items() if direction in rules)
            for direction in Direction
        }
        pseudo = self._names[Direction.PSEUDO]
        self._heard = {direction: names | pseudo for direction, names in self._names.items()}
        self._bearing = [direction for direction in Direction if direction.bears]
        self._deciding = frozenset().union(*(self._names[direction] for direction in self._bearing))

    def judge(self, doc: Doc, targets: Sequence[Target], bounds: Sequence[int]) -> list[Judgement]:
        """Judges the mentions of a doc.

        Args:
            doc: The doc, with sentences set.
            targets: The mentions, in order.
            bounds: First tokens of the sentences, and the length of the doc.

        Returns:
            One judgement per target, in the same order.
        """
        best: dict[int, tuple[float, int, _Rule, _Place]] = {}
        matches = self._matcher(doc)
        if not self._deciding.isdisjoint(name for name, _, _ in matches):
            words = words_of(doc)
            places = self._places(matches, words)
            lists = self._lists(words, targets, bounds)
            relevant = {_sentence(bounds, target.start)[0] for target in targets} | lists.keys()
            near = [p for p in places if bounds[bisect_right(bounds, p.start) - 1] in relevant]
            cues = _outside(near, targets)
            bearing = Bearing(words, targets, self._government)
            for rule, place, hits in self._hits(cues, bearing, bounds, lists):
                for hit in _nearest(rule.cue, place, hits, targets):
                    _offer(best, hit, rule, place, targets[hit.place])
        return [
            Judgement(_sentence(bounds, target.start), *_decided(best.get(place)))
            for place, target in enumerate(targets)
        ]

    def is_verb_form(self, word: int) -> bool:
        """Whether a word of the vocabulary has the ending of a verb."""
        return self._government.is_verb_form(word)

    def has_doubt(self, part: Span) -> bool:
        """Whether a cue marks anything in a text as other than affirmed."""
        words = words_of(part.doc)[part.start : part.end]
        cues = self._places(self._matcher(part), words)
        return any(
            rule.assertion is not Assertion.AFFIRMED
            for direction in self._bearing
            for cue in self._standing(cues, direction)
            for rule in self._rules[cue.name][direction]
        )

    def _places(
        self, matches: Sequence[tuple[int, int, int]], words: Sequence[int]
    ) -> list[_Place]:
        """All occurrences of cues; one with a gap only if its last word follows."""
        if self._last_words.keys().isdisjoint(name for name, _, _ in matches):
            return [_Place(*match) for match in matches]
        stops = {start for name, start, _ in matches if name in self._names[Direction.TERMINATE]}
        found: list[_Place] = []
        for name, start, end in matches:
            if name not in self._last_words:
                found.append(_Place(name, start, end))
            elif (reached := self._past_gap(name, end, words, stops)) is not None:
                found.append(_Place(name, start, reached, end))
        return found

    def _past_gap(self, name: int, end: int, words: Sequence[int], stops: Set[int]) -> int | None:
        """One past the last word of a cue whose words before its gap end at `end`."""
        last_word = self._last_words[name]
        for place in range(end, min(end + _GAP_WORDS + 1, len(words))):
            if words[place] == last_word:
                return place + 1 if place > end else None
            if place in stops or self._government.is_mark(words[place]):
                return None
        return None

    def _hits(
        self,
        cues: Sequence[_Place],
        bearing: Bearing,
        bounds: Sequence[int],
        lists: Mapping[int, Sequence[tuple[int, int]]],
    ) -> Iterator[tuple[_Rule, _Place, list[Hit]]]:
        """Yields each cue with the targets that it bears on."""
        stops = [(place.start, place.end) for place in self._standing(cues, Direction.TERMINATE)]
        for direction in self._bearing:
            for place in self._standing(cues, direction):
                sentence = _sentence(bounds, place.start)
                clause = _clause(place, sentence, stops)
                for rule in self._rules[place.name][direction]:
                    if rule.cue.at_start and place.start != sentence[0]:
                        continue
                    yield rule, place, bearing.of_cue(rule.cue, place[1:3], clause, place.gap)
                    for item in lists.get(sentence[0], ()):
                        yield rule, place, bearing.in_item(place.end, sentence[1], item)

    def _lists(
        self, words: Sequence[int], targets: Sequence[Target], bounds: Sequence[int]
    ) -> dict[int, list[tuple[int, int]]]:
        """The list items with targets, by the first token of the sentence that introduces them."""
        found: dict[int, list[tuple[int, int]]] = {}
        if not self._government.has_bullets(words):
            return found
        for first in sorted({_sentence(bounds, target.start)[0] for target in targets}):
            place = bisect_left(bounds, first)
            item = (first, bounds[place + 1])
            while place > 0 and self._government.opens_item(words, bounds[place]):
                place -= 1
            lead_in = bounds[place], bounds[place + 1]
            if lead_in[0] < first and self._government.leads_in(words, *lead_in):
                found.setdefault(lead_in[0], []).append(item)
        return found

    def _standing(self, cues: Sequence[_Place], direction: Direction) -> list[_Place]:
        """The cues of a direction that are hidden by neither a longer one nor a pseudo cue."""
        heard = self._heard[direction]
        found = [cue for cue in cues if cue.name in heard]
        if not found:
            return found
        own = self._names[direction]
        return [cue for cue in _longest(found) if cue.name in own]


def _rule(cue: Cue) -> _Rule:
    if not cue.direction.bears:
        return _Rule(cue, Assertion.AFFIRMED, len(_ORDER))
    assertion = Assertion(cue.category.lower())
    return _Rule(cue, assertion, _CONDITION if cue.is_condition else _ORDER.index(assertion))


def _clause(place: _Place, sentence: tuple[int, int], stops: Sequence[tuple[int, int]]) -> Clause:
    """The part of a sentence between the terminating words around a cue."""
    behind = bisect_left(stops, (place.end, 0))
    limit = min(sentence[1], stops[behind][0]) if behind < len(stops) else sentence[1]
    before = bisect_left(stops, (place.start, 0))
    relative = None
    if before and stops[before - 1][1] == place.start:
        before -= 1  # "X som har upphört": the word before the cue refers to X
        relative = stops[before][0]
    floor = max(sentence[0], stops[before - 1][1]) if before else sentence[0]
    return Clause(floor, limit, relative)


def _nearest(
    cue: Cue, place: _Place, hits: Sequence[Hit], targets: Sequence[Target]
) -> Sequence[Hit]:
    """The targets that a cue bears on, out of those it governs."""
    allowed = [hit for hit in hits if _takes(cue, place, targets[hit.place])]
    if cue.max_targets is None:
        return allowed
    return sorted(allowed, key=lambda hit: _distance(place, targets[hit.place]))[: cue.max_targets]


def _takes(cue: Cue, place: _Place, target: Target) -> bool:
    return (
        not any(target.start < end and target.end > start for start, end in _own_words(place))
        and (not cue.allowed_types or target.theme in cue.allowed_types)
        and target.theme not in cue.excluded_types
    )


def _own_words(place: _Place) -> tuple[tuple[int, int], ...]:
    """The tokens of a cue without its gap."""
    if place.head_end is None:
        return ((place.start, place.end),)
    return (place.start, place.head_end), (place.end - 1, place.end)


def _offer(
    best: dict[int, tuple[float, int, _Rule, _Place]],
    hit: Hit,
    rule: _Rule,
    place: _Place,
    target: Target,
) -> None:
    """Keeps a cue for a target unless a better one is known, by class and then distance."""
    if rule.assertion in _NOT_SAID_OF[target.kind]:
        return
    if not hit.is_sure and rule.assertion is not Assertion.AFFIRMED:
        rule = _Rule(rule.cue, Assertion.UNCERTAIN, _ORDER.index(Assertion.UNCERTAIN))
    offered = rule.rank, _distance(place, target)
    if hit.place not in best or offered < best[hit.place][:2]:
        best[hit.place] = (*offered, rule, place)


def _decided(
    found: tuple[float, int, _Rule, _Place] | None,
) -> tuple[Assertion, tuple[int, int] | None]:
    """The class of a target, and the deciding cue."""
    if found is None:
        return Assertion.AFFIRMED, None
    _, _, rule, place = found
    return rule.assertion, (place.start, place.end)


def _longest(cues: Sequence[_Place]) -> list[_Place]:
    """Cues not overlapped by a longer one, in reading order; of equally long ones, the later."""
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


def _outside(cues: Sequence[_Place], targets: Sequence[Target]) -> list[_Place]:
    """Cues that are not part of a mention, as in the title of a campaign."""
    inside = {token for target in targets for token in range(target.start, target.end)}
    return [
        cue
        for cue in cues
        if cue.start not in inside or not inside.issuperset(range(cue.start, cue.end))
    ]


def _sentence(bounds: Sequence[int], token: int) -> tuple[int, int]:
    """First token of the sentence of a token, and one past the last."""
    place = bisect_right(bounds, token)
    return bounds[place - 1], bounds[place]


def _distance(place: _Place, target: Target) -> int:
    """Number of tokens between a cue and a target."""
    return max(target.start - place.end, place.start - target.end)
