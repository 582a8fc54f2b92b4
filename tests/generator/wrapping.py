"""Breaks paragraphs into lines as a word processor does: at spaces, after hyphens, in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[str], float]

_VOWELS = "aeiouyåäöéAEIOUYÅÄÖ"
_DIVIDE = re.compile(rf"(?<=[a-zåäö{_VOWELS}])(?=[bcdfghjklmnpqrstvxz][{_VOWELS}])")
_REAL_HYPHEN = re.compile(r"(?<=\w-)(?=\w)")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A line, and whether its last word is divided and continues in the next."""

    text: str
    divided: bool = False


def wrap(text: str, width: float, measure: Measure, *, divide: bool = False) -> list[Wrapped]:
    """Wraps a paragraph. Line breaks and double spaces in it are kept; a long word sticks out."""
    lines: list[Wrapped] = []
    for part in text.split("\n"):
        line = ""
        for gap, word in re.findall(r"(\s*)(\S+)", part):
            line = _add(lines, line, gap if line else "", word, width, measure, divide)
        if line:
            lines.append(Wrapped(line))
    return lines


def _add(
    lines: list[Wrapped],
    line: str,
    gap: str,
    word: str,
    width: float,
    measure: Measure,
    divide: bool,
) -> str:
    if measure(line + gap + word) <= width:
        return line + gap + word
    head, tail, divided = _break(word, line + gap, width, measure, divide)
    if head:
        lines.append(Wrapped(line + gap + head, divided))
        return _add(lines, "", "", tail, width, measure, divide)
    if line:
        lines.append(Wrapped(line))
        return _add(lines, "", "", word, width, measure, divide)
    return word


def _break(
    word: str, before: str, width: float, measure: Measure, divide: bool
) -> tuple[str, str, bool]:
    """The longest start of a word that fits on the line, and whether a hyphen was inserted."""
    real = [match.start() for match in _REAL_HYPHEN.finditer(word) if _may_break(word, match)]
    for place in reversed(real):
        if measure(before + word[:place]) <= width:
            return word[:place], word[place:], False
    # A word with signs in it (SSPF, 1:1, e-post) is not divided.
    bare = word.rstrip(".,;:!?)")
    if divide and len(bare) >= 8 and re.fullmatch(r"\(?[A-ZÅÄÖ]?[a-zåäö]+", bare):
        for place in reversed([match.start() for match in _DIVIDE.finditer(bare)]):
            if 3 <= place <= len(bare) - 3 and measure(before + word[:place] + "-") <= width:
                return word[:place] + "-", word[place:], True
    return "", word, False


def _may_break(word: str, match: re.Match[str]) -> bool:
    # Between two lower-case letters nobody could tell a real hyphen from a divided word.
    left, right = word[match.start() - 2], word[match.start()]
    return not (left.islower() and right.islower())
