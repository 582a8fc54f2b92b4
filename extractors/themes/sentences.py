"""Sentence boundaries: the rule of spaCy's sentencizer, without visiting every token.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis, unless the next word
begins with a lower-case letter, and at the end of every paragraph. A bullet begins one.
Abbreviations form one token with their full stop (`Taxonomy.abbreviations`), so no sentence ends
there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.attrs import ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

_STOPS = frozenset({".", "!", "?", "…", "...", "..", "!!", "?!"})
_BULLETS = frozenset("•●▪◦‣\uf0b7\u2043")
_PARAGRAPH = "\n\n"
_NOT_A_START = np.uint64(2**64 - 1)

_WORDS = "svar_words"
_STARTS = "svar_sentence_starts"

_ORDINARY, _SMALL, _MARK, _STOP, _BULLET, _BREAK = range(6)


class Sentences:
    """Sets the sentence boundaries of a doc."""

    def __init__(self, nlp: Language, closing: Sequence[str]) -> None:
        """Initialises with the abbreviations that may end a sentence."""
        self._strings = nlp.vocab.strings
        self._stops = _STOPS.union(closing)
        self._kinds: dict[int, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Sets the boundaries of one doc."""
        if len(doc):
            set_sentences(doc, self._starts(words_of(doc)))
        return doc

    def _starts(self, words: Sequence[int]) -> list[int]:
        """First tokens of the sentences."""
        known = self._kinds
        try:
            kinds = list(map(known.__getitem__, words))
        except KeyError:
            kinds = [known[word] if word in known else self._learn(word) for word in words]
        ends = [place for place, kind in enumerate(kinds) if kind >= _STOP]
        starts = [0]
        for place in ends:
            start = self._start_after(kinds, place)
            if starts[-1] < start < len(kinds):
                starts.append(start)
        return starts

    @staticmethod
    def _start_after(kinds: Sequence[int], place: int) -> int:
        """The token that begins the sentence after a stop, or one past the last token."""
        if kinds[place] == _BULLET:
            return place
        start = place + 1
        if kinds[place] == _BREAK:
            return start
        while start < len(kinds) and kinds[start] in (_MARK, _STOP):
            start += 1
        small = start < len(kinds) and kinds[start] == _SMALL
        return len(kinds) if small else start

    def _learn(self, word: int) -> int:
        text: str = self._strings[word]
        if text in self._stops:
            kind = _STOP
        elif text.startswith(_PARAGRAPH):
            kind = _BREAK
        elif text in _BULLETS:
            kind = _BULLET
        elif text[0].islower():
            kind = _SMALL
        else:
            kind = _ORDINARY if text[0].isalnum() else _MARK
        self._kinds[word] = kind
        return kind


def words_of(doc: Doc) -> list[int]:
    """The vocabulary numbers of a doc's words, read once for all components."""
    words: list[int] | None = doc.user_data.get(_WORDS)
    if words is None:
        words = doc.user_data[_WORDS] = doc.to_array(ORTH).tolist()
    return words


def set_sentences(doc: Doc, starts: Sequence[int]) -> None:
    """Starts a sentence at each of the given tokens, and nowhere else."""
    column = np.full(len(doc), _NOT_A_START, dtype=np.uint64)
    column[list(starts)] = 1
    doc.user_data[_STARTS] = starts
    array: Any = column.reshape(-1, 1)
    doc.from_array([SENT_START], array)


def sentence_starts(doc: Doc) -> Sequence[int]:
    """First tokens of the sentences of a doc, as `set_sentences` set them."""
    starts: Sequence[int] = doc.user_data.get(_STARTS, (0,))
    return starts
