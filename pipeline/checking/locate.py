"""Locates theme mentions in the source: from character offsets in a comment to places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from models.report import Mention

Place = TypeVar("Place")


class Char(NamedTuple, Generic[Place]):
    """A character of the source and its place."""

    text: str
    place: Place


def locate(
    comment: str, mentions: Iterable[Mention], chars: Sequence[Char[Place]]
) -> list[tuple[Mention, list[Place]]]:
    """Returns the places of each mention's characters; none if it is not found.

    Blanks, line ends and hyphens are skipped, since lines were joined to make the comment. A
    surface that occurs several times is identified by the number of occurrences before it.

    Args:
        comment: The comment that the mentions' offsets refer to.
        mentions: The mentions to find.
        chars: The source's characters of the comment, in reading order.
    """
    folded = [(letter, char.place) for char in chars for letter in _fold(char.text)]
    stream = "".join(letter for letter, _ in folded)
    found = []
    for mention in mentions:
        surface = _fold(mention.surface)
        before = _fold(comment[: mention.start])
        nth = _count(before + surface, surface) if surface else 0
        start = _nth(stream, surface, nth)
        places = [place for _, place in folded[start : start + len(surface)]] if start >= 0 else []
        found.append((mention, places))
    return found


def _fold(text: str) -> str:
    """The characters of a text, except blanks, hyphens and others that line joining can change."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(
        char
        for char in composed
        if not char.isspace() and char not in "-\u00ad\u2010\u2011\ufffe\x02"
    )


def _count(text: str, wanted: str) -> int:
    """How many times `wanted` occurs in `text`, including overlaps."""
    return sum(text.startswith(wanted, at) for at in range(len(text) - len(wanted) + 1))


def _nth(text: str, wanted: str, nth: int) -> int:
    """Offset of the n-th occurrence of `wanted`, from 1; -1 if there is none."""
    at = -1
    for _ in range(nth):
        at = text.find(wanted, at + 1)
        if at < 0:
            break
    return at
