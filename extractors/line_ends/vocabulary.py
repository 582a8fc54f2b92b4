"""A report's own words and those of Swedish, as evidence on divided words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import zip_longest

from extractors.swedish_words import is_known

_TOKEN = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_INSIDE = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")
_DIVIDED_HEAD = re.compile(r"(?:^|[\s(/-])([^\W\d_]{2,})([-\u2010\u2011])\s*$")
_FIRST_LETTERS = re.compile(r"[a-zåäöé]{2,}")
_HYPHEN = ("-", "\u2010", "\u2011")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_WIDE_GAP = re.compile(r"\s{3,}")
_ADDRESS_SIGN = re.compile(r"\w[@/.]\w")
_AT_END = " \t-\u00ad"
_OPENING = "(<[\"'”’"
_VOWEL = re.compile("[aeiouyåäöéüáàè]")
_LEAST_LINES = 60
"""Number of lines without a divided word that shows that the report divides none."""
_LEAST_DIVIDED = 2
_SHARE_DIVIDED = 0.005
"""A report that divides words does so on several lines in a hundred; half of these are detected."""
_SHORTEST_PART = 3
_LONGEST_WORD = 80


class Vocabulary:
    """The words of one report, and a list of Swedish words.

    Both are consulted only for line-end hyphens: most reports need neither.

    Args:
        lines: All lines of the report.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines

    def count(self, word: str) -> int:
        """Returns how often the report has a word on one line, ignoring case."""
        return self._words[word.casefold().translate(_HYPHENS)]

    def has_word(self, opening: str) -> bool:
        """Whether the report has, on one line, a word that opens this way, ignoring case."""
        opening = opening.casefold()
        return any(count and word.startswith(opening) for word, count in self._words.items())

    def has_address(self, opening: str) -> bool:
        """Whether the report has, on one line, an address or similar token that opens this way."""
        at = bisect_left(self._addresses, opening)
        return at < len(self._addresses) and self._addresses[at].startswith(opening)

    def hyphenates(self, head: str) -> bool:
        """Whether the report has, on one line, a word that opens with this head and a hyphen."""
        return head.casefold() in self._hyphenated

    @cached_property
    def inserted(self) -> frozenset[str]:
        """Hyphens inserted by a program where it divided words: used only at line ends.

        They are distinguishable if words have a different hyphen of their own.
        """
        inside = {letter for line in self._columns for letter in _INSIDE.findall(line)}
        at_end = {match[2] for line in self._columns if (match := _divided_head(line))}
        return frozenset(at_end - inside) if inside else frozenset()

    @cached_property
    def divides(self) -> bool | None:
        """Whether the report divides words at line ends; None if it is too short to know.

        A line ends with a divided word if the letters before its hyphen are not a word, or are one
        with the next line's first ones. Text without divided words has hardly any such lines: its
        hyphens come after words.
        """
        lines = self._columns
        if self.inserted:
            return False  # the other line-end hyphens are the writer's
        heads = [
            (match[1], below)
            for line, below in zip_longest(lines, lines[1:], fillvalue="")
            if (match := _divided_head(line)) and self._may_be_divided(match[1])
        ]
        cut = sum(not (is_word(head) or is_compound(head)) for head, _ in heads)
        divided = sum(_is_rejoined(head, below) for head, below in heads)
        enough = max(_LEAST_DIVIDED, _SHARE_DIVIDED * len(lines))
        if cut >= enough or divided >= enough:
            return True
        if len(lines) < _LEAST_LINES or cut > _SHARE_DIVIDED * len(lines):
            return None
        return False

    def _may_be_divided(self, head: str) -> bool:
        return head.islower() and has_vowel(head) and not self.hyphenates(head)

    @cached_property
    def _columns(self) -> list[str]:
        """The lines, split where a dump lays out columns with spaces."""
        return [part for line in self._lines for part in _WIDE_GAP.split(line) if part]

    @cached_property
    def _addresses(self) -> list[str]:
        """Tokens that look like addresses, sorted."""
        lines = [line for line in self._columns if _ADDRESS_SIGN.search(line)]
        words = {word.lstrip(_OPENING) for line in lines for word in line.split()}
        return sorted(word for word in words if _ADDRESS_SIGN.search(word))

    @cached_property
    def _words(self) -> Counter[str]:
        text = "\n".join(self._columns).casefold().translate(_HYPHENS)
        words = Counter(_TOKEN.findall(text))
        for line in text.split("\n"):
            end = len(line.rstrip(_AT_END))
            if line[end - 1 : end].isalnum():
                # The last token may be cut.
                words[_TOKEN.findall(line, line.rfind(" ", 0, end) + 1, end)[-1]] -= 1
        return words

    @cached_property
    def _hyphenated(self) -> frozenset[str]:
        return frozenset(
            word.partition("-")[0] for word, count in self._words.items() if count and "-" in word
        )


def _divided_head(line: str) -> re.Match[str] | None:
    """Finds the letters and the hyphen that a line ends with."""
    return _DIVIDED_HEAD.search(line) if line.rstrip().endswith(_HYPHEN) else None


def has_vowel(word: str) -> bool:
    """Whether letters include a vowel; no word is divided before or after letters without one."""
    return _VOWEL.search(word.casefold()) is not None


def _is_rejoined(head: str, below: str) -> bool:
    """Whether letters are a word with those that open the line below."""
    tail = _FIRST_LETTERS.match(below)
    return tail is not None and is_word(head + tail[0])


def is_word(word: str) -> bool:
    """Whether a word exists in Swedish, in this form or as the first part of a compound."""
    low = word.casefold()
    return is_known(low) or (low.endswith("s") and is_known(low[:-1]))


def is_compound(word: str, but: int = 0) -> bool:
    """Whether a word is a compound of two Swedish words that are not split at `but`."""
    return len(word) <= _LONGEST_WORD and any(
        place != but and is_word(word[:place]) and is_word(word[place:])
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    )
