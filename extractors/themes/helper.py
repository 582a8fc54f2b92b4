"""An optional trained spaCy pipeline: better sentences, and a veto by part of speech.

It never changes the match keys, so the same words match in every installation.
"""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.themes.sentences import set_sentences


class ModelError(ValueError):
    """A trained pipeline cannot be used. The message says what to do."""


def load_helper(name: str) -> Language:
    """Loads an installed trained pipeline.

    Raises:
        ModelError: It is not installed, cannot be loaded, or does not split sentences.
    """
    try:
        helper = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The spaCy pipeline {name!r} cannot be loaded ({str(error).splitlines()[0]}). "
            "Install it, or leave --spacy-model out."
        ) from error
    if not helper("Ett. Två.").has_annotation("SENT_START"):
        raise ModelError(
            f"The spaCy pipeline {name!r} finds no sentences. Name one with a parser or senter."
        )
    return helper


class Helper:
    """Copies sentences and parts of speech from a trained pipeline's analysis of a text."""

    def __init__(self) -> None:
        self._helper: Language | None = None

    def use(self, helper: Language) -> None:
        """Sets the trained pipeline to use."""
        self._helper = helper

    def __call__(self, doc: Doc) -> Doc:
        """Sets the sentences and parts of speech of one doc from the trained pipeline."""
        if self._helper is None or not len(doc):
            return doc
        other = self._helper(doc.text)
        begins = {sentence.start_char for sentence in other.sents}
        tags = {token.idx: token.pos_ for token in other if token.pos_}
        starts = {0}
        for token in doc:
            token.pos_ = tags.get(token.idx, "")
            paragraph = token.i > 0 and doc[token.i - 1].text.startswith("\n\n")
            if paragraph or token.idx in begins:
                starts.add(token.i)
        set_sentences(doc, sorted(starts))
        return doc
