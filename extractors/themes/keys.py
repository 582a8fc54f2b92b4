"""The match key of a word: shared by all its inflections and, ideally, by nothing else.

An acronym or mixed-case name keeps its exact case, including at the start of a compound or in the
genitive. A word of four letters or fewer is its own key, and so is a lemma of that length. The key
of every other word is the Snowball stem of its greedy simplemma lemma, unless an open pattern
matches it or it is a misspelling of a long pattern word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import snowballstemmer
from rapidfuzz.distance import OSA

from extractors import swedish_words

SHORT = 4
"""Words of at most this many letters are their own key."""

LONG = 9
"""Pattern words of at least this many letters may be misspelled by one letter."""

MAX_WORD = 60
"""Longer words are left as they are: not Swedish words, but perhaps addresses or table lines."""

_stemmer = snowballstemmer.stemmer("swedish")
_GENITIVE = re.compile(r"[:'’]?s$")


def is_exact(word: str) -> bool:
    """Whether a word of a name is recognisable by case: an acronym, or capitals inside."""
    return any(character.isupper() for character in word[1:]) or ("-" in word and word[0].isupper())


def is_name_key(key: str) -> bool:
    """Whether a key belongs to an acronym or mixed-case name."""
    return key.startswith("!")


def base_key(word: str) -> str:
    """The key of a word regardless of the patterns."""
    low = word.lower()
    if len(low) <= SHORT:
        return "=" + low
    if len(low) > MAX_WORD:
        return low
    lemma = swedish_words.lemma(low).lower()
    if len(lemma) <= SHORT:
        return "." + lemma
    stem: str = _stemmer.stemWord(lemma)
    return stem


class KeyMaker:
    """Gives every word its match key, taking the words of the patterns into account."""

    def __init__(self, names: Iterable[str], heads: Iterable[str], words: Iterable[str]) -> None:
        """Learns the exact-case names, the open heads and the single-word patterns."""
        self._names = frozenset(names)
        self._heads = {head.lower(): "~" + head.lower() for head in heads}
        self._head_lengths = sorted({len(head) for head in self._heads}, reverse=True)
        self._words = frozenset(map(base_key, words))
        self._near: dict[str, set[str]] = defaultdict(set)
        for target in (*self._words, *self._names, *self._heads):
            if len(target) >= LONG:
                for part in _shortened(target):
                    self._near[part].add(target)

    def key(self, word: str, *, near: bool = True) -> str:
        """The key of a word as written; without `near`, a misspelling has a key of its own."""
        name = self._name(word)
        if name:
            return "!" + name
        low = word.lower()
        if low in self._heads:
            return self._heads[low]
        found = base_key(word)
        if found in self._words:
            return found
        known = self._head(low) or self._joined(low)
        if known or not near:
            return known or found
        return self._typo(word, low, found) or found

    def word_key(self, word: str) -> str:
        """The key of a word that is itself a whole pattern, as written, or ""."""
        key = self.key(word, near=False)
        return key if key[0] in "!~" or key in self._words else ""

    def _name(self, word: str) -> str:
        """The acronym or name that a word is, or begins with as a compound or genitive."""
        if word in self._names:
            return word
        if not any(character.isupper() for character in word):
            return ""
        for index in range(len(word) - 1, 0, -1):
            if word[index] in "-:–" and word[:index] in self._names:
                return word[:index]
        bare = _GENITIVE.sub("", word)
        return bare if bare in self._names else ""

    def _head(self, low: str) -> str:
        for length in self._head_lengths:
            if length <= len(low) and low[:length] in self._heads:
                return self._heads[low[:length]]
        return ""

    def _joined(self, low: str) -> str:
        """The unhyphenated form of a compound written with a superfluous hyphen."""
        if "-" not in low[1:-1]:
            return ""
        whole = low.replace("-", "")
        key = base_key(whole)
        return key if key in self._words else self._head(whole)

    def _typo(self, word: str, low: str, found: str) -> str:
        """The long pattern word that an unknown word differs from by one letter."""
        if len(low) < LONG - 1 or len(low) > MAX_WORD or not low.isalpha():
            return ""
        if swedish_words.is_known(low):
            return ""
        for form in (found, word) if is_exact(word) else (found,):
            for part in _shortened(form):
                for target in self._near.get(part, ()):
                    if target[0] == form[0] and OSA.distance(form, target) <= 1:
                        if target in self._names:
                            return "!" + target
                        return self._heads.get(target, target)
        return ""


def _shortened(word: str) -> Iterator[str]:
    """A word, and the word with each single letter left out."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]
