"""Words wider than their column, which some programs cut anywhere, without a hyphen."""

from __future__ import annotations

import re

from extractors.line_ends.joint import BLANK, NOTHING, Joint, Seam
from extractors.line_ends.vocabulary import Vocabulary, is_compound, is_word

_SCHEME = re.compile(r"https?:(?=//)|(?:https?)(?=://)", re.IGNORECASE)
_LONG = 10
"""No shorter word is wider than a column of text."""
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def joint_in_cut_word(
    token: str, following: str, vocabulary: Vocabulary, *, cut_before: bool = False
) -> Joint:
    """Returns how a line meets the next where both words together are wider than a line.

    Args:
        token: What stands after the last blank of the line.
        following: The next line up to its first blank.
        vocabulary: The words of the report.
        cut_before: Whether what stands after the last blank begins on the line above, cut as well.
    """
    last, first = _LAST_WORD.search(token), _FIRST_WORD.match(following)
    if (scheme := _SCHEME.search(token + following)) and scheme.start() < len(token):
        return NOTHING
    if last is None or first is None or not first.group().islower():
        return BLANK
    if "@" in following:
        return Joint(Seam.NOTHING, sure=False) if "." in token[1:-1] else BLANK
    head, tail = last.group(), first.group()
    word = head + tail
    if len(word) < _LONG:
        return BLANK
    if cut_before and vocabulary.count(word):
        return NOTHING
    exists = vocabulary.count(word) or is_word(word) or is_compound(word, but=len(head))
    return NOTHING if exists and not (is_word(head) and _stands_alone(tail)) else BLANK


def _stands_alone(word: str) -> bool:
    return len(word) > 1 and is_word(word)
