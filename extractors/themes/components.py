"""The two spaCy components: match keys on `token.norm_`, and themes in `doc.spans`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractors.themes.bearing import Target
from extractors.themes.context import ContextRules
from extractors.themes.keys import KeyMaker
from extractors.themes.matching import phrase_matcher
from extractors.themes.patterns import CompiledPattern, single_words
from extractors.themes.resolve import Hit, RawMatch, Resolver
from extractors.themes.sentences import sentence_starts, words_of
from models.report import Assertion
from models.taxonomy import Taxonomy

SPANS = "themes"
"""Key of the themes in `doc.spans`: label the theme, id the pattern."""

_FOUND = "svar_themes"
_LISTS = "svar_compound_lists"
_MAX_LIST = 8


class Found(NamedTuple):
    """A theme in a doc, in tokens.

    Attributes:
        hit: Its tokens, and the pattern that matched.
        sentence: First token of its sentence, and one past the last.
        assertion: What the text says about it.
        cue: First token of the deciding cue, and one past the last; None without one.
    """

    hit: Hit
    sentence: tuple[int, int]
    assertion: Assertion
    cue: tuple[int, int] | None


def found_themes(doc: Doc) -> list[Found]:
    """The themes that `Themes` found in a doc, in reading order."""
    themes: list[Found] = doc.user_data[_FOUND]
    return themes


class ThemeKeys:
    """Makes `token.norm_` the match key of each word, and resolves lists of compounds.

    The vocabulary asks for the key of a word when it first meets it, so not every word of every doc
    has to be visited.
    """

    def __init__(
        self, nlp: Language, taxonomy: Taxonomy, patterns: Sequence[CompiledPattern]
    ) -> None:
        names = {word for pattern in patterns for word in pattern.exact_words}
        heads = {head for pattern in patterns for head in pattern.heads}
        self._keys = KeyMaker(names, heads, single_words(patterns))
        self._strings = nlp.vocab.strings
        self._suspended: set[int] = set()
        _ask_for_norms(nlp, self._learn)
        self._whole = lru_cache(maxsize=10_000)(self._whole_word)
        self._conjunctions = frozenset((",", *taxonomy.conjunctions))

    def __call__(self, doc: Doc) -> Doc:
        """Resolves the lists of compounds of one doc."""
        words = words_of(doc)
        if not self._suspended.isdisjoint(words):
            doc.user_data[_LISTS] = self._resolve_lists(doc, words)
        return doc

    def key_of(self, word: str) -> str:
        """The match key of a single word."""
        return self._keys.key(word)

    def _learn(self, word: str) -> str:
        """The match key of a word that is new to the vocabulary."""
        if len(word) > 2 and (word[-1] == "-") != (word[0] == "-"):
            self._suspended.add(self._strings.add(word))
        return self._keys.key(word)

    def _resolve_lists(self, doc: Doc, words: list[int]) -> dict[int, tuple[int, int]]:
        """Gives the suspended part in a list of compounds the key of the word it stands for.

        Returns:
            For each token of a resolved list, the first token of the list and one past the last.
        """
        extents: dict[int, tuple[int, int]] = {}
        for place, word in enumerate(words):
            if word not in self._suspended:
                continue
            text = self._strings[word]
            other = self._other_part(doc, place, forward=text[-1] == "-")
            if other is None:
                continue
            key = self._whole(text, doc[other].text)
            if not key:
                continue
            doc[place].norm_ = key
            first, last = min(place, other), max(place, other) + 1
            first = min(first, extents.get(first, (first, 0))[0])
            for token in range(first, last):
                start, end = extents.get(token, (first, last))
                extents[token] = (min(start, first), max(end, last))
        return extents

    def _other_part(self, doc: Doc, place: int, *, forward: bool) -> int | None:
        """The token that completes a suspended compound: the first word after a conjunction."""
        step = 1 if forward else -1
        joined = False
        for other in range(place + step, place + step * _MAX_LIST, step):
            if not 0 <= other < len(doc):
                return None
            text = doc[other].text
            if text.lower() in self._conjunctions:
                joined = True
            elif text[-1] != "-" and text[0] != "-":
                return other if joined else None
        return None

    def _whole_word(self, part: str, other: str) -> str:
        """The key of the pattern word formed by the suspended `part` and a piece of `other`."""
        keys = [key for word in _completions(part, other) if (key := self._keys.word_key(word))]
        whole = (key for key in keys if not key.startswith("~"))
        return next(whole, keys[0] if keys else "")


def _ask_for_norms(nlp: Language, norm_of: Callable[[str], str]) -> None:
    """Lets a function decide the norm of every word of a pipeline, already known or not."""
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters[NORM] = norm_of
    for lexeme in vocab:
        lexeme.norm_ = norm_of(lexeme.orth_)
    # The tokenizer's special cases have norms of their own, which would hide those of the words.
    tokenizer: Any = nlp.tokenizer
    tokenizer.rules = {
        text: [{ORTH: part[ORTH]} for part in parts] for text, parts in tokenizer.rules.items()
    }


def _completions(part: str, other: str) -> Iterator[str]:
    """What a suspended part can stand for: its letters plus the end or start of the other word."""
    if part[-1] == "-":
        for cut in range(2, len(other) - 3):
            yield part[:-1] + other[cut:]
    else:
        for cut in range(len(other) - 2, 2, -1):
            yield other[:cut] + part[1:]


class Themes:
    """Finds the themes of a doc and how they are asserted."""

    def __init__(
        self,
        nlp: Language,
        taxonomy: Taxonomy,
        patterns: Sequence[CompiledPattern],
        keys: ThemeKeys,
    ) -> None:
        self._matcher = phrase_matcher("NORM")
        self._patterns: dict[int, tuple[CompiledPattern, int]] = {}
        self.context = ContextRules(nlp, taxonomy.cues, taxonomy.grammar, taxonomy.slots)
        self._kinds = {theme.id: theme.kind for theme in taxonomy.themes}
        self._resolver = Resolver(taxonomy)
        for number, pattern in enumerate(patterns):
            for part, text in enumerate(pattern.parts):
                name = f"{pattern.theme}/{number}/{part}"
                self._matcher.add(name, [keys(nlp.make_doc(text))])
                self._patterns[nlp.vocab.strings[name]] = (pattern, part)

    def __call__(self, doc: Doc) -> Doc:
        """Finds the themes of one doc, with sentences and keys set, and shows them as spans."""
        doc.spans[SPANS] = [
            Span(
                doc,
                found.hit.start,
                found.hit.end,
                label=found.hit.pattern.theme,
                span_id=found.hit.pattern.text,
            )
            for found in self.find(doc)
        ]
        return doc

    def find(self, doc: Doc) -> list[Found]:
        """Finds the themes of one doc, with sentences and keys set, in reading order."""
        raw = [(start, end, *self._patterns[name]) for name, start, end in self._matcher(doc)]
        found = self._found(doc, raw) if raw else []
        doc.user_data[_FOUND] = found
        return found

    def _found(self, doc: Doc, raw: list[RawMatch]) -> list[Found]:
        starts = sentence_starts(doc)
        hits = self._resolver.resolve(doc, raw, starts, doc.user_data.get(_LISTS, {}))
        if not hits:
            return []
        targets = [
            Target(hit.start, hit.end, theme := hit.pattern.theme, self._kinds[theme])
            for hit in hits
        ]
        judged = self.context.judge(doc, targets, [*starts, len(doc)])
        found = [Found(hit, *judgement) for hit, judgement in zip(hits, judged, strict=True)]
        return _with_explanations(doc, found)


def _with_explanations(doc: Doc, found: list[Found]) -> list[Found]:
    """Gives a name and its explanation in brackets one assertion: `GVI (gruppvåldsinsats)`."""
    for place, (first, second) in enumerate(pairwise(found)):
        if (
            first.hit.pattern.theme == second.hit.pattern.theme
            and first.hit.end + 1 == second.hit.start
            and first.assertion is not second.assertion
            and doc[first.hit.end].text == "("
        ):
            said = second if first.assertion is Assertion.AFFIRMED else first
            for other in (place, place + 1):
                found[other] = found[other]._replace(assertion=said.assertion, cue=said.cue)
    return found
