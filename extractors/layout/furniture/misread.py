"""Running lines misread by text recognition, recognised by those on other pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

_ALIKE = 80.0
"""Minimum share of matching letters of a long line, in per cent."""
_SHORT = 6
"""Maximum letters of a bare page number: all of them can be misread."""
_SAME_PLACE = 6.0
"""Maximum difference of one edge of a page number, in points."""
PAGE = re.compile(r"<page([+-]\d+)>")
"""Replaces a number in the text of a running line, as its distance from the page number."""


class Running(NamedTuple):
    """A running line of one page.

    Attributes:
        text: Its text, with `PAGE` for a number that counts the pages.
        x0: Its left edge in points.
        x1: Its right edge.
    """

    text: str
    x0: float
    x1: float

    @property
    def likeness(self) -> tuple[str, int, int]:
        """The same for running lines that a misread one resembles alike."""
        return self.text, round(self.x0 / _SAME_PLACE), round(self.x1 / _SAME_PLACE)


def resembled(line: Running, page: int, others: Iterable[Running]) -> Running | None:
    """Returns the running line that a line probably is, apart from misread letters, or None.

    Args:
        line: The line of a page that was recognised.
        page: 1-based page.
        others: Running lines of other pages at the same height.
    """
    return next((other for other in others if _is_like(line, page, other)), None)


def _is_like(line: Running, page: int, other: Running) -> bool:
    expected = PAGE.sub(lambda match: str(page + int(match[1])), other.text)
    if len(expected) > _SHORT:
        return fuzz.ratio(line.text, expected) >= _ALIKE
    beside = min(abs(line.x0 - other.x0), abs(line.x1 - other.x1))
    return len(line.text) <= len(expected) + 1 and beside <= _SAME_PLACE
