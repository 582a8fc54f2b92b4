"""Questions whose full text is known: they decide where a question cell ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from models.form import Form, KnownQuestion

_LINE_ENDS = re.compile(r"[\s\-\u00ad\u2010\u2011]+")
_LEAST_START = 12


class Match(IntEnum):
    """How a cell compares with the known questions."""

    NONE = 0
    START = 1
    WHOLE = 2


def squeeze(text: str) -> str:
    """Returns a text without what line ends change: blanks and hyphens, and without case."""
    return _LINE_ENDS.sub("", text).casefold()


def known_cells(form: Form) -> frozenset[str]:
    """Returns the form's known questions, each with its detail, as `squeeze` gives them."""
    return _cells(form.questions)


@lru_cache(maxsize=16)
def _cells(questions: tuple[KnownQuestion, ...]) -> frozenset[str]:
    return frozenset(squeeze(f"{known.question}{known.detail}") for known in questions)


def match(cell: str, known: Iterable[str]) -> Match:
    """Returns whether a squeezed cell is a known question, or the start of one.

    Args:
        cell: Text of the cell as `squeeze` gives it.
        known: The known questions, as `known_cells` gives them.
    """
    found = Match.NONE
    for full in known:
        if full == cell:
            return Match.WHOLE
        if len(cell) >= _LEAST_START and full.startswith(cell):
            found = Match.START
    return found
