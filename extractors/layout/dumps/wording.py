"""What a text of a dump opens with: a label, a reference, an item of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.cells.cues import ends_question
from extractors.structure.labels import detail_label
from models.form import Form
from models.references import numbers_of

_LIST_NUMBER = re.compile(r"(\d{1,4})[.)]\s")
_MORE_WORDS = re.compile(r"[.)]?\s+\w")
_LINE_ENDS = re.compile(r"[\s\-\u00ad\u2010\u2011]+")

_LONGEST_OPENING = 400
"""Number of letters that show what a text opens with."""

Reference = tuple[int, ...]
"""The number of a reference: (2, 3, 1) for 2:3:1."""


def squeeze(text: str) -> str:
    """Returns a text without what line ends can change: spaces, hyphens and case."""
    return _LINE_ENDS.sub("", text).casefold()


def asks(text: str, form: Form) -> bool:
    """Whether a text asks: it ends with a question mark, or begins like a request."""
    return ends_question(text) or bool(form.request_pattern.match(text))


def list_number(text: str) -> int | None:
    """Returns the number of a list that a text opens with, or None."""
    match = _LIST_NUMBER.match(text)
    return int(match[1]) if match else None


def opening_kind(text: str, form: Form) -> str:
    """Returns the label or reference of the form that a text opens with; "" for neither."""
    label = detail_label(text, form)
    if label is not None:
        return label
    reference = opening_reference(text, form)
    return reference[0] if reference else ""


def opening_reference(text: str, form: Form) -> tuple[str, Reference] | None:
    """Returns the reference of the form that a text opens with and its number, or None."""
    if not form.may_hold_reference(text):
        return None
    for phrase, pattern in zip(form.references, form.reference_patterns, strict=True):
        match = pattern.match(text)
        if match and _MORE_WORDS.match(text, match.end()):
            return phrase, numbers_of(match["ref"])
    return None


def without_reference(text: str, form: Form) -> str:
    """Returns a text normalised for comparing questions: squeezed, without an opening reference."""
    for pattern in form.reference_patterns:
        if match := pattern.match(text):
            return squeeze(text[match.end() :])
    return squeeze(text)


def row_reference(lines: Sequence[str], form: Form) -> Reference | None:
    """Returns the reference of a row's lines: at a line's start, or after a label."""
    text = " ".join(lines)
    if not form.may_hold_reference(text):
        return None
    start, searched = 0, False
    for line in lines:
        opening = text[start : start + _LONGEST_OPENING]
        if opening_kind(opening, form):
            for pattern in form.reference_patterns:
                # If the first opening has no match further on, no later one has.
                found = pattern.match(opening) if searched else pattern.search(text[start:])
                if found:
                    return numbers_of(found["ref"])
            searched = True
        start += len(line) + 1
    return None
