"""Examples of the references of a questionnaire."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from models.references import may_be_reference

_DIGITS = re.compile(r"\d+")
_CAPITALS = re.compile(r"[A-ZÅÄÖÆØ&]+")
_SMALL = re.compile(r"[a-zåäöæø]+")
_MOST = 8
_LONGEST = 40
"""Maximum number of characters in an example that a form accepts."""
_AFTER_WORD = re.compile(r"(?<!\w)(?P<word>[^\W\d_]{3,20}) (?P<ref>\d+(?:[.:]\d+)+)(?![\w:])")
_OFTEN = 0.15
_LEAST = 3


def examples_of(references: Iterable[str]) -> list[str]:
    """Returns the first reference of each shape, at most eight.

    References have the same shape if only their digits and letters differ. Impossible references
    are left out.
    """
    found: dict[str, str] = {}
    for reference in references:
        if len(reference) > _LONGEST or not may_be_reference(reference):
            continue
        found.setdefault(_look(reference), reference)
    return list(found.values())[:_MOST]


def after_words(texts: Sequence[str]) -> dict[str, list[str]]:
    """Returns the references that follow a word, by that word: 1:1 in "Strategi 1:1".

    Args:
        texts: The texts of question cells; only words that recur in many of them count.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        first = {match["word"]: match["ref"] for match in reversed([*_AFTER_WORD.finditer(text)])}
        for word, reference in first.items():
            found[word.capitalize()].append(reference)
    enough = max(_LEAST, _OFTEN * len(texts))
    return {word: own for word, own in found.items() if len(own) >= enough}


def _look(reference: str) -> str:
    look = _DIGITS.sub("0", reference)
    look = _CAPITALS.sub(lambda match: "A" * min(2, len(match[0])), look)
    return _SMALL.sub(lambda match: "a" * min(2, len(match[0])), look)
