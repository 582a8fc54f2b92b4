"""Text as it is kept and as it is compared: blanks collapsed, case folded, without marks."""

from __future__ import annotations

import re
from functools import lru_cache

SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
"""What raised numbers, as the marks of notes, are read as."""
_LETTERS_OF_MARKS = "lnqxüûþý"
"""What is left of dots, boxes and ticks of symbol fonts; none of them is a word."""
_MARK = re.compile(
    r"[^\w\s\"'”’»(\[]{1,2}\s*(?=\w)|\[[xX ]?\]\s*"
    rf"|[{_LETTERS_OF_MARKS}]\s+(?=[^\W\d_a-zåäö])"
)


def collapse(text: str) -> str:
    """Returns the text with every run of blanks as one blank, and none at its ends."""
    # Of all blanks only " " is printable, so that this tells most lines from those with others.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return " ".join(text.split())


def fold(text: str) -> str:
    """Returns the text as phrases are compared: blanks collapsed, case folded."""
    return collapse(text).casefold()


@lru_cache(maxsize=256)
def fold_all(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the phrases of a form as they are compared; each form's are folded once."""
    return tuple(map(fold, phrases))


def unmark(text: str) -> str:
    """Returns an answer without the mark (a bullet, a box, a symbol) that stands before it."""
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text
