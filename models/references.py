"""What references look like, told by examples: `A&A-01.1`, `1.1.1`.

An analyst writes an example instead of a pattern. What is made of it holds no repetition without a
bound and no choice inside a repetition, so that no form file can make extraction slow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

COLONS = r"\d+(?::\d+)+"
"""References where a form gives no example: 1:1, 2:3:1."""

_PARTS = re.compile(
    r"(?P<digits>\d+)|(?P<capitals>[A-ZÅÄÖÆØ&]+)|(?P<small>[a-zåäöæø]+)|(?P<sign>.)"
)
_NUMBER = re.compile(r"\d+")
_LETTERED = re.compile(r"\(?[^\W\d_][.):]")
_MOST_DIGITS = 4
_MOST_LETTERS = 6


def pattern_of(examples: Sequence[str]) -> str:
    """Returns the pattern of references that look like one of some examples.

    A run of digits stands for one to four digits, one letter for one letter, more letters of a kind
    for two to six of that kind (an ampersand counts as a capital), all else for itself. A reference
    is found as a whole: `1.1` is none in `1.1.1`.

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
    """Whether an example can be a reference: it has a figure, or is a lettered item as `a)`."""
    return bool(_NUMBER.search(example) or _LETTERED.fullmatch(example))


def is_letter(reference: str) -> bool:
    """Whether a reference, maybe with the sign after it, is a letter of a list: `a)`."""
    bare = reference.strip("().: ")
    return len(bare) == 1 and bare.isalpha()


def numbers_of(reference: str) -> tuple[int, ...]:
    """Returns the numbers in a reference: (2, 3, 1) of 2:3:1, (2,) of the item b)."""
    if is_letter(reference):
        return (ord(reference.strip("().: ").lower()) - ord("a") + 1,)
    return tuple(map(int, _NUMBER.findall(reference)))
