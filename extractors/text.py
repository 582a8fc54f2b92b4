"""Normalising text for storage and comparison: white space, case, marks."""

from __future__ import annotations

import re
from functools import lru_cache

SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Superscript digits, as which raised numbers such as note marks are read."""
_LETTERS_OF_MARKS = "lnqxüûþý"
"""Remains of dots, boxes and ticks from symbol fonts; none of them is a word."""
_SIGNED = r"[-\u2010-\u2015\u2212+±~≈<>≤≥=€$£#§]{1,2}\s*\d"
"""What is part of an answer: "–3 %", "< 10", "§ 43"."""
_UNTICKED = "☐⬜❑❒"
_MARK = re.compile(
    rf"(?!{_SIGNED}|[{_UNTICKED}])[^\w\s\"'”’»(\[]{{1,2}}\s*(?=\w)|\[[xX ]?\]\s*"
    rf"|[{_LETTERS_OF_MARKS}]\s+(?=[^\W\d_a-zåäö])"
)


def collapse(text: str) -> str:
    """Returns the text with runs of white space collapsed to one space, and stripped."""
    # Of all white space only " " is printable, so this quickly settles most lines.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return " ".join(text.split())


def fold(text: str) -> str:
    """Returns the text normalised for comparison: white space collapsed, case-folded."""
    return collapse(text).casefold()


@lru_cache(maxsize=256)
def fold_all(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the phrases of a form normalised for comparison, cached per form."""
    return tuple(map(fold, phrases))


def unmark(text: str) -> str:
    """Returns an answer without the mark (a bullet, a box, a symbol) before it."""
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text
