"""Cues at the start and end of a text about sentences and questions."""

from __future__ import annotations

import re
from functools import lru_cache

from models.form import Form
from models.references import numbers_of, pattern_of

_ENDS = ".!?:…"
_CLOSERS = "\"'”’»)]"
_QUESTION_END = re.compile(r"\?\s*(?:\([^()]*\)\s*)?[.:]?$")
_AFTER = ".):"
"""What can follow a reference."""
_LIKELY_OPEN = 0.6


def openness(text: str, form: Form) -> float:
    """Returns how unfinished a text is: 0 after a full stop, 1 after a word that cannot end it."""
    end = text.rstrip().rstrip(_CLOSERS).rstrip()
    if not end or end[-1] in _ENDS:
        return 0.0
    last = end.rsplit(None, 1)[-1]
    is_count = last.isdigit() and len(last) < 4
    if end[-1] in ",;-\u2010\u00ad–/" or is_count or last.casefold() in form.never_last:
        return 1.0
    return _LIKELY_OPEN


def ends_question(text: str) -> bool:
    """Whether a text ends with a question mark, perhaps with a remark in brackets after it."""
    return _QUESTION_END.search(text) is not None


def asks(text: str, form: Form) -> bool:
    """Whether a text contains a question mark, or opens like a request, perhaps numbered."""
    return "?" in text or requests(text, form)


def requests(text: str, form: Form) -> bool:
    """Whether a text opens like a request, perhaps after a bare reference."""
    if form.may_open_with_reference(text):
        for pattern in form.reference_patterns:
            match = pattern.match(text)
            if match is not None and match.start("ref") == 0:
                text = text[match.end() :].lstrip()
                break
    return form.request_pattern.match(text) is not None


def reference_parts(text: str, form: Form) -> int:
    """Returns the number of parts of the bare reference that opens a text (3 for 2:3:1), or 0."""
    if not form.may_open_with_reference(text):
        return 0
    for pattern in form.reference_patterns:
        match = pattern.match(text)
        if match is not None and match.start("ref") == 0:
            return len(numbers_of(match["ref"]))
    return 0


def is_reference(text: str, form: Form) -> bool:
    """Whether a text is a reference by the form's examples; without examples, any text is."""
    pattern = _reference(form.reference_looks)
    return pattern is None or pattern.fullmatch(text.strip().rstrip(_AFTER)) is not None


@lru_cache(maxsize=16)
def _reference(looks: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(pattern_of([own.rstrip(_AFTER) for own in looks])) if looks else None
