"""Words wider than their column, which some programs cut anywhere, without a hyphen."""

from __future__ import annotations

import re

from extractors.line_ends.joint import BLANK, NOTHING, Joint, Seam
from extractors.line_ends.vocabulary import Vocabulary, is_compound, is_word

_ADDRESS_OPENS = re.compile(r"(?:https?|ftp)://|\bwww\.", re.IGNORECASE)
_LONG = 10
"""In letters. No shorter word is wider than a column of text."""
_FILLED = 3.0
"""Letters by which a full line may seem narrower than the widest full line."""
_NARROW = 20
"""Column width, in letters, above which few compounds are cut."""
_LONG_WORD = 19
_LONG_ADDRESS = 20
_OPENING_LETTERS = len("https://")
_LOCAL_PART = re.compile(r"[\w.+-]+$")
_OPENING = "(<[\"'”’:"
_OFTEN = 3
_STEM = 4
"""Letters of a word's second part that tell it from others: "för|skol", "upp|följ"."""
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_HYPHENS = ("-", "\u2010", "\u2011")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def joint_in_cut_word(
    token: str,
    following: str,
    vocabulary: Vocabulary,
    *,
    room: float | None = None,
    cut_before: bool = False,
) -> Joint:
    """Returns how a line joins the next where both words together are wider than a line.

    Args:
        token: The text after the last space of the line.
        following: The next line up to its first space.
        vocabulary: The words of the report.
        room: How much wider the widest line is, in letters, if this line is a single word.
        cut_before: Whether the text after the last space begins on the line above, also cut.
    """
    if "@" in following:
        return _joint_in_mail_address(token.lstrip(_OPENING), following, vocabulary)
    last, first = _LAST_WORD.search(token), _FIRST_WORD.match(following)
    if last is None or first is None or not first.group().islower():
        return BLANK
    head, tail = last.group(), first.group()
    word = head + tail
    is_hyphened = following[len(tail) : len(tail) + 1] in _HYPHENS  # "e-post" begins a word
    if len(word) < _LONG and (room is None or is_hyphened):
        return BLANK
    is_written = vocabulary.count(word) > 0
    # Nearly any few letters are a compound of two short words: "pos|tåa".
    is_two_words = len(word) >= _LONG and is_compound(word, but=len(head))
    exists = is_written or is_word(word) or is_two_words
    are_words = is_word(head) and _stands_alone(tail)
    if (cut_before and is_written) or (exists and not are_words):
        return NOTHING
    if room is None:
        # Most lines end between words. Some end in a word cut where it was put together.
        return Joint(Seam.BLANK, sure=not exists or _are_apart(head, tail, vocabulary))
    return _joint_below_word(head, tail, room, vocabulary, exists=exists)


def _joint_below_word(
    head: str, tail: str, room: float, vocabulary: Vocabulary, *, exists: bool
) -> Joint:
    """Returns how a line that is a single word joins the next: the word may fill the line.

    Args:
        head: The word.
        tail: The first word of the next line.
        room: How much wider the widest line is, in letters.
        vocabulary: The words of the report.
        exists: Whether both together form a word.
    """
    if exists:
        is_cut = vocabulary.count(head + tail) > 0
        sure = is_cut and not vocabulary.count(head)
        return Joint(Seam.NOTHING if is_cut else Seam.BLANK, sure=sure and len(head) > len(tail))
    is_head = vocabulary.count(head) > 0 or is_word(head) or is_compound(head)
    is_tail = vocabulary.count(tail) > 1 or is_word(tail) or is_compound(tail)  # one is this
    if is_head and is_tail:  # "konsekvens|analyser": what a narrow column cuts fills its line
        return Joint(Seam.BLANK, sure=room > _FILLED or len(head) + room > _NARROW)
    is_cut = not is_head and not is_tail and len(head) + len(tail) >= _LONG_WORD
    return Joint(Seam.NOTHING if is_cut else Seam.BLANK, sure=False)


def cuts_address(token: str, following: str) -> bool:
    """Whether a line ends inside the opening of an address: "http:/|/", "ww|w."."""
    before, after = token[-_OPENING_LETTERS:], following[:_OPENING_LETTERS]
    return _ADDRESS_OPENS.match(following) is None and any(
        match.start() < len(before) < match.end()
        for match in _ADDRESS_OPENS.finditer(before + after)
    )


def _joint_in_mail_address(token: str, following: str, vocabulary: Vocabulary) -> Joint:
    """Returns how lines join before or inside an e-mail address that may be wider than a line.

    Args:
        token: The text after the last space of the line.
        following: The next line up to its first space; it contains an @.
        vocabulary: The words of the report, to check whether the token is one.
    """
    local = following.partition("@")[0]
    is_long = len(token) + len(following) >= _LONG_ADDRESS
    if not is_long or not _LOCAL_PART.match(token) or token.endswith("."):
        return BLANK
    if not local[:1].isalnum() or vocabulary.has_address(f"{token}{local}@"):
        return NOTHING
    if vocabulary.count(token) >= _OFTEN:
        return BLANK
    return Joint(Seam.BLANK if is_word(token) else Seam.NOTHING, sure=False)


def _stands_alone(word: str) -> bool:
    """Whether a word is no mere fragment: most Swedish compounds are in no list of words."""
    return len(word) > 1 and (is_word(word) or is_compound(word))


def _are_apart(head: str, tail: str, vocabulary: Vocabulary) -> bool:
    """Whether the report has the first of two words, and no word that begins with both."""
    return vocabulary.count(head) > 0 and not vocabulary.has_word(head + tail[:_STEM])
