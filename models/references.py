"""Patterns of references, made from examples: `A&A-01.1`, `1.1.1`.

An analyst writes an example instead of a pattern. The pattern made from it has no unbounded
repetition and no alternatives inside a repetition, so no form file can make extraction slow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

COLONS = r"\d+(?::\d+)+"
"""References of a form that gives no examples: 1:1, 2:3:1."""

_PARTS = re.compile(
    r"(?P<digits>\d+)|(?P<capitals>[A-ZÅÄÖÆØ&]+)|(?P<small>[a-zåäöæø]+)|(?P<sign>.)"
)
_NUMBER = re.compile(r"\d+")
_LETTERED = re.compile(r"\(?[^\W\d_][.):]")
_MOST_DIGITS = 4
_MOST_LETTERS = 6
_MOST_COUNTED = 1000
"""Digits of a number that are counted with: Python makes no number of more than 4300."""


def pattern_of(examples: Sequence[str]) -> str:
    """Returns a pattern for references that have the shape of one of the examples.

    A run of digits matches one to four digits, a single letter one letter, several letters of one
    case two to six of that case (an ampersand counts as a capital), anything else itself. A
    reference matches only as a whole: `1.1` does not match inside `1.1.1`.

    Args:
        examples: References, at least one.
    """
    longest_first = sorted(dict.fromkeys(examples), key=len, reverse=True)
    return rf"(?-i:{'|'.join(map(_one, longest_first))})(?![\w&]|[.:\-/]\w)"


def _one(example: str) -> str:
    parts = []
    for match in _PARTS.finditer(example.strip()):
        text = match[0]
        match match.lastgroup:
            case "digits":
                parts.append(rf"\d{{1,{_MOST_DIGITS}}}")
            case "capitals":
                parts.append(_letters("A-ZÅÄÖÆØ&", text))
            case "small":
                parts.append(_letters("a-zåäöæø", text))
            case _:
                parts.append(r"\s" if text.isspace() else re.escape(text))
    return "".join(parts)


def _letters(kind: str, text: str) -> str:
    return f"[{kind}]" if len(text) == 1 else rf"[{kind}]{{2,{_MOST_LETTERS}}}"


def may_be_reference(example: str) -> bool:
    """Whether an example can be a reference: it has a digit, or is a lettered item such as `a)`."""
    return bool(_NUMBER.search(example) or _LETTERED.fullmatch(example))


def is_letter(reference: str) -> bool:
    """Whether a reference is a list letter, with or without the sign after it: `a)`."""
    bare = reference.strip("().: ")
    return len(bare) == 1 and bare.isalpha()


def numbers_of(reference: str) -> tuple[int, ...]:
    """Returns the numbers in a reference: (2, 3, 1) for 2:3:1, (2,) for the item b)."""
    if is_letter(reference):
        return (ord(reference.strip("().: ").lower()) - ord("a") + 1,)
    return tuple(int(number[:_MOST_COUNTED]) for number in _NUMBER.findall(reference))
