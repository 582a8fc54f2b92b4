"""The phrase matchers of the pipeline."""

from __future__ import annotations

from spacy.matcher import PhraseMatcher
from spacy.vocab import Vocab


def phrase_matcher(attribute: str) -> PhraseMatcher:
    """Returns a phrase matcher on NORM or LOWER with a vocabulary of its own.

    A matcher adds the names of its patterns to its vocabulary as words. In the vocabulary of the
    texts each would be given a match key, which took a third of the time to build a tagger.
    Attributes are compared as string hashes, which are the same in every vocabulary.
    """
    return PhraseMatcher(Vocab(), attr=attribute)
