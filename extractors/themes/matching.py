"""The phrase matchers of the pipeline."""

from __future__ import annotations

from spacy.matcher import PhraseMatcher
from spacy.vocab import Vocab


def phrase_matcher(attribute: str) -> PhraseMatcher:
    """Returns a matcher of phrases by NORM or LOWER of their tokens, whose names are in no text.

    A matcher enters the names of its patterns as words in its vocabulary. In that of the texts,
    each would be given a match key, which took a third of the time to make a tagger. Attributes
    are compared as hashes of strings, which are the same in every vocabulary.
    """
    return PhraseMatcher(Vocab(), attr=attribute)
