"""Assertion: a small interpreter of ConText rules.

After Chapman et al. (2007) and Harkema et al. (2009): a cue bears on the mentions in its scope,
which ends at its reach, at a terminating word and at the end of the sentence. Longer cues hide
the shorter ones inside them; pseudo cues do nothing else. The rules are those of medspaCy, read
from its public JSON form.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from models.report import Assertion
from models.taxonomy import Cue, Direction

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
    """A cue, ready to use."""

    cue: Cue
    rank: int
    forward: bool
    backward: bool
    reach: int


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
        self._rules: dict[int, list[_Rule]] = {}
        for cue in cues:
            name = " ".join(cue.literal.lower().split())
            if nlp.vocab.strings.add(name) not in self._rules:
                self._matcher.add(name, [nlp.make_doc(name)])
            self._rules.setdefault(nlp.vocab.strings[name], []).append(_rule(cue))

    def judge(
        self, doc: Doc, targets: Sequence[tuple[int, int, str]], bounds: Sequence[int]
    ) -> list[Judgement]:
        """Judges the mentions of a doc.

        Args:
            doc: The doc, with sentences set.
            targets: Mentions as first token, one past the last token, and theme, in order.
            bounds: First tokens of the sentences, and the length of the doc.

        Returns:
            The judgement of each target, in their order.
        """
        cues = _longest(self._matcher(doc))
        judgements: list[Judgement] = []
        scopes: list[_Scope] = []
        sentence = (0, 0)
        own: list[Target] = []
        for target in (Target(*item) for item in targets):
            if not sentence[0] <= target.start < sentence[1]:
                judgements.extend(_judge_sentence(own, scopes, sentence))
                place = bisect_right(bounds, target.start)
                sentence = (bounds[place - 1], bounds[place])
                scopes = self._scopes(cues, sentence)
                own = []
            own.append(target)
        judgements.extend(_judge_sentence(own, scopes, sentence))
        return judgements

    def _scopes(
        self, cues: Sequence[tuple[int, int, int]], sentence: tuple[int, int]
    ) -> list[_Scope]:
        """The scopes of the cues in a sentence, cut at its ends and at terminating words."""
        inside = [cue for cue in cues if sentence[0] <= cue[1] < sentence[1]]
        if not inside:
            return []
        stops = [
            (start, end)
            for name, start, end in inside
            if any(rule.cue.direction is Direction.TERMINATE for rule in self._rules[name])
        ]
        scopes: list[_Scope] = []
        for name, start, end in inside:
            for rule in self._rules[name]:
                if rule.forward:
                    limit = min(sentence[1], end + rule.reach)
                    limit = min([limit, *(stop for stop, _ in stops if stop >= end)])
                    scopes.append(_Scope(end, limit, start, end, rule))
                if rule.backward:
                    limit = max(sentence[0], start - rule.reach)
                    limit = max([limit, *(stop for _, stop in stops if stop <= start)])
                    scopes.append(_Scope(limit, start, start, end, rule))
        return scopes


def _rule(cue: Cue) -> _Rule:
    both = cue.direction is Direction.BIDIRECTIONAL
    bears = cue.direction not in (Direction.TERMINATE, Direction.PSEUDO)
    return _Rule(
        cue=cue,
        rank=_ORDER.index(Assertion(cue.category.lower())) if bears else len(_ORDER),
        forward=both or cue.direction is Direction.FORWARD,
        backward=both or cue.direction is Direction.BACKWARD,
        reach=cue.max_scope or _UNBOUND,
    )


def _longest(cues: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Cues that no longer cue overlaps, in reading order."""
    kept: list[tuple[int, int, int]] = []
    for name, start, end in sorted(cues, key=lambda cue: (cue[1], -cue[2])):
        if kept and start < kept[-1][2]:
            if end - start > kept[-1][2] - kept[-1][1]:
                kept[-1] = (name, start, end)
            continue
        kept.append((name, start, end))
    return kept


def _judge_sentence(
    targets: Sequence[Target], scopes: Sequence[_Scope], sentence: tuple[int, int]
) -> list[Judgement]:
    if not scopes:
        return [Judgement(sentence, Assertion.AFFIRMED, None) for _ in targets]
    borne = [_bearing(scope, targets) for scope in scopes]
    judgements: list[Judgement] = []
    for target in targets:
        best: tuple[int, int, _Scope] | None = None
        for scope, bears_on in zip(scopes, borne, strict=True):
            if target in bears_on:
                candidate = (scope.rule.rank, _distance(scope, target), scope)
                if best is None or candidate[:2] < best[:2]:
                    best = candidate
        if best is None:
            judgements.append(Judgement(sentence, Assertion.AFFIRMED, None))
        else:
            scope = best[2]
            cue = (scope.cue_start, scope.cue_end)
            judgements.append(Judgement(sentence, _ORDER[best[0]], cue))
    return judgements


def _bearing(scope: _Scope, targets: Sequence[Target]) -> list[Target]:
    """The targets that a cue bears on."""
    cue = scope.rule.cue
    inside = [
        target
        for target in targets
        if target.start < scope.end
        and target.end > scope.start
        and not (target.start < scope.cue_end and target.end > scope.cue_start)
        and (not cue.allowed_types or target.theme in cue.allowed_types)
        and target.theme not in cue.excluded_types
        and not _is_nested(target, targets)
    ]
    if cue.max_targets is not None:
        inside.sort(key=lambda target: _distance(scope, target))
        del inside[cue.max_targets :]
    return inside


def _is_nested(target: Target, targets: Sequence[Target]) -> bool:
    """Whether a longer mention holds this one, and so is what the cue bears on."""
    return any(
        other.start <= target.start
        and target.end <= other.end
        and other.end - other.start > target.end - target.start
        for other in targets
    )


def _distance(scope: _Scope, target: Target) -> int:
    """How many tokens lie between a cue and a target."""
    return max(target.start - scope.cue_end, scope.cue_start - target.end)
