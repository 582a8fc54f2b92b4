"""Lines that end with an address of the web or of mail, or within one."""

from __future__ import annotations

import re

from extractors.line_ends.joint import BLANK, NOTHING, Joint, Seam
from extractors.line_ends.vocabulary import is_word

_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.|\w@|(?:[\w-]{2,}\.)+[a-z]{2,6}/", re.IGNORECASE)
_CHARACTERS = re.compile(r"[a-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", re.IGNORECASE)
"""Those of RFC 3986."""
_SIGNS = re.compile(r"[a-z0-9][/@=&?_%#~][a-z0-9]|\w\.\w|\d|[a-z]-[a-z]|[/=_-]$", re.IGNORECASE)
"""What few words of a sentence have."""
_LETTER = re.compile("[a-z]", re.IGNORECASE)
_GOES_ON = re.compile(r"[/?&#=].")
_NEVER_LAST = frozenset("-_=&@%#~+")
_AFTER_SENTENCE = ".,;:!?)”\"'"


def ends_in_address(text: str) -> bool:
    """Whether what stands after the last blank of a text is an address, or begins one."""
    return _ADDRESS.search(text, text.rfind(" ") + 1) is not None


def joint_in_address(token: str, following: str, *, is_full: bool, opens: bool) -> Joint:
    """Returns how a line meets the next after an address.

    Args:
        token: The address, as far as the line has it.
        following: The next line up to its first blank.
        is_full: Whether the line holds nothing else and is as long as lines get.
        opens: Whether the next line opens with a conjunction.
    """
    bare = following.rstrip(_AFTER_SENTENCE)
    last = token[-1]
    if last in _NEVER_LAST or token.endswith("://"):
        return NOTHING if bare else BLANK
    if _ADDRESS.match(following) or _CHARACTERS.fullmatch(bare) is None:
        return BLANK
    looks_so = _SIGNS.search(bare) is not None
    if last == "/" and not looks_so:
        return BLANK if opens or bare[0].isupper() else Joint(Seam.NOTHING, sure=False)
    if last == "/" or (last == "?" and "=" in bare) or _GOES_ON.match(following):
        return NOTHING
    if not is_full or last in _AFTER_SENTENCE or is_word(bare) or not _LETTER.search(bare):
        return BLANK
    return Joint(Seam.NOTHING, sure=looks_so)
