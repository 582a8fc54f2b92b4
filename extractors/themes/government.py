"""What words govern: verbs and their objects, and prepositional phrases no cue reaches into.

`ska införa X` plans X, but `ska stärka arbetet mot X` does not; `rutiner för X saknas` does not
negate X. The words come from the cue file (`models.cues.Grammar`), and only a few words of context
are examined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import Enum, IntEnum
from typing import NamedTuple

from spacy.language import Language

from extractors.themes.keys import base_key
from models.cues import Grammar

_PHRASE = 4
"""Maximum number of words between a preposition and the mention it governs."""
_APART = 3
"""Maximum number of words between a verb and its preposition or particle."""


class Role(Enum):
    """What a verb implies about what it acts on: whether that exists before the verb is done."""

    BRINGS_ABOUT = "brings about"
    APPEARS = "appears"
    CHANGES = "changes"


class Standing(IntEnum):
    """How a mention relates to a cue before or after it."""

    GOVERNED = 0
    UNSURE = 1
    INSIDE = 2


class Verb(NamedTuple):
    """A verb in tokens.

    Attributes:
        start: First token.
        end: One past its last token, or that of its particle.
        role: What it implies about what it acts on.
        bears_on_subject: Whether it acts, or may act, on its subject instead of an object.
        is_passive: Whether it has no object.
        is_past: Whether it is in a past tense.
    """

    start: int
    end: int
    role: Role
    bears_on_subject: bool
    is_passive: bool
    is_past: bool


class _Entry(NamedTuple):
    rest: tuple[str, ...]
    role: Role


class _Word(NamedTuple):
    """What is known about a word of the vocabulary."""

    text: str
    key: str
    is_preposition: bool
    is_conjunction: bool
    is_auxiliary: bool
    is_bullet: bool
    verbs: tuple[_Entry, ...]


class Government:
    """The words of a grammar, looked up in texts given as vocabulary numbers."""

    def __init__(self, nlp: Language, grammar: Grammar) -> None:
        self._strings = nlp.vocab.strings
        self._known: dict[int, _Word] = {}
        self._prepositions = _lower(grammar.prepositions)
        self._conjunctions = _lower(grammar.conjunctions)
        self._auxiliaries = _lower(grammar.auxiliaries)
        self._bullets = frozenset(grammar.bullets)
        self._bullet_numbers = frozenset(map(nlp.vocab.strings.add, grammar.bullets))
        self._endings = tuple(grammar.verb_endings)
        self._noun_endings = tuple(grammar.noun_endings)
        self._past_endings = tuple(grammar.past_endings)
        self._passive_endings = tuple(grammar.passive_endings)
        self._infinitive_endings = tuple(grammar.infinitive_endings)
        self._verbs: dict[str, list[_Entry]] = defaultdict(list)
        for role, verbs in (
            (Role.BRINGS_ABOUT, grammar.bring_about),
            (Role.APPEARS, grammar.appear),
            (Role.CHANGES, grammar.change),
        ):
            for verb in verbs:
                first, *rest = verb.lower().split()
                self._verbs[base_key(first)].append(_Entry(tuple(rest), role))
        for entries in self._verbs.values():
            entries.sort(key=lambda entry: -len(entry.rest))
        self._through: dict[str, dict[str, list[tuple[str, ...]]]] = defaultdict(dict)
        for phrase in grammar.through:
            first, *middle, last = phrase.lower().split()
            self._through[last].setdefault(base_key(first), []).append(tuple(middle))

    def standing(self, words: Sequence[int], start: int, floor: int) -> Standing:
        """Decides whether a mention is inside a prepositional phrase.

        Args:
            words: The words of the text, those of mentions masked by 0.
            start: First token of the mention.
            floor: First token to look at: where the cue ends, or the clause begins.
        """
        joined = after_mention = False
        place, last = start - 1, max(floor, start - 1 - _PHRASE)
        while place >= last:
            word = self._word(words[place])
            if word.is_preposition:
                head = self._head(words, place, floor)
                if head is None:
                    unsure = joined and not after_mention
                    return Standing.UNSURE if unsure else Standing.INSIDE
                place, last = head, max(floor, head - _PHRASE)
            elif word.is_auxiliary or word.verbs:
                break
            joined = joined or word.is_conjunction
            after_mention = after_mention or not word.text
            place -= 1
        return Standing.GOVERNED

    def verb_after(self, words: Sequence[int], start: int, end: int) -> Verb | None:
        """Returns the first known verb that begins in `start:end`."""
        return next((v for p in range(start, end) if (v := self._verb_at(words, p, end))), None)

    def verb_before(self, words: Sequence[int], start: int, end: int) -> Verb | None:
        """Returns the last known verb that begins in `start:end`."""
        places = range(end - 1, start - 1, -1)
        return next((v for p in places if (v := self._verb_at(words, p, len(words)))), None)

    def auxiliary_before(self, words: Sequence[int], start: int, end: int) -> int | None:
        """Returns the index of the last auxiliary in `start:end`."""
        places = range(end - 1, start - 1, -1)
        return next((p for p in places if self._word(words[p]).is_auxiliary), None)

    def is_verb_form(self, word: int) -> bool:
        """Whether a word has a verb ending."""
        return self._ends_as_verb(self._word(word).text)

    def is_infinitive(self, word: int) -> bool:
        """Whether a word looks like an infinitive; reliable only after a cue that governs one."""
        return self._word(word).text.endswith(self._infinitive_endings)

    def is_passive(self, word: int) -> bool:
        """Whether a word looks like a passive verb; reliable only before a cue that governs one."""
        return self._word(word).text.endswith(self._passive_endings)

    def has_comma(self, words: Sequence[int], start: int, end: int) -> bool:
        """Whether there is a comma in `start:end`."""
        return any(self._word(word).text == "," for word in words[start:end])

    def is_mark(self, word: int) -> bool:
        """Whether a word is punctuation, without letters or digits."""
        return not any(map(str.isalnum, self._word(word).text))

    def has_bullets(self, words: Sequence[int]) -> bool:
        """Whether any of the words is a list bullet."""
        return not self._bullet_numbers.isdisjoint(words)

    def opens_item(self, words: Sequence[int], start: int) -> bool:
        """Whether a sentence begins with a list bullet."""
        return self._word(words[start]).is_bullet

    def leads_in(self, words: Sequence[int], start: int, end: int) -> bool:
        """Whether a sentence ends with a colon, so that it may introduce a list."""
        texts = [self._word(word).text.strip() for word in words[max(start, end - 2) : end]]
        return ":" in texts

    def _verb_at(self, words: Sequence[int], place: int, limit: int) -> Verb | None:
        word = self._word(words[place])
        for rest, role in word.verbs:
            end = self._particle_end(words, place + 1, limit, rest)
            if end is not None:
                passive = word.text.endswith(self._passive_endings)
                past = word.text.endswith(self._past_endings)
                return Verb(place, end, role, passive or role is Role.APPEARS, passive, past)
        return None

    def _particle_end(
        self, words: Sequence[int], start: int, limit: int, rest: tuple[str, ...]
    ) -> int | None:
        """Where a verb's particle ends; it may come a few words after the verb."""
        if not rest:
            return start
        for place in range(start, min(limit, start + _APART) - len(rest) + 1):
            texts = (self._word(word).text for word in words[place : place + len(rest)])
            if tuple(texts) == rest:
                return place + len(rest)
        return None

    def _head(self, words: Sequence[int], place: int, floor: int) -> int | None:
        """The word before a preposition that a cue reaches through, as in `arbeta inte med`."""
        heads = self._through.get(self._word(words[place]).text)
        if heads is None:
            return None
        for other in range(place - 1, max(floor, place - 1 - _APART) - 1, -1):
            for middle in heads.get(self._word(words[other]).key, ()):
                between = tuple(self._word(word).text for word in words[other + 1 : place])
                if not middle or between[-len(middle) :] == middle:
                    return other
        return None

    def _word(self, number: int) -> _Word:
        word = self._known.get(number)
        if word is None:
            word = self._known[number] = self._learn(self._strings[number])
        return word

    def _learn(self, text: str) -> _Word:
        low = text.lower()
        key = base_key(low)
        return _Word(
            low,
            key,
            low in self._prepositions,
            low in self._conjunctions,
            low in self._auxiliaries,
            text in self._bullets,
            tuple(self._verbs.get(key, ())) if self._ends_as_verb(low) else (),
        )

    def _ends_as_verb(self, text: str) -> bool:
        return text.endswith(self._endings) and not text.endswith(self._noun_endings)


def _lower(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
