"""Finds questions that nothing separates from the text before them.

Tight tables and some tools write cells below one another as one run of lines. A question is
recognised by what follows it, the reference or label of its cell, or by the reference that it opens
with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from extractors.layout.cells.cues import ends_question, openness
from extractors.layout.dumps.wording import opening_reference, starts_detail
from models.form import Form

_LONGEST_QUESTION = 6
"""Maximum lines of a question, in a narrow column."""


def question_starts(lines: Sequence[str], form: Form) -> list[int]:
    """Returns the lines of a run at which a question begins, except the first.

    Args:
        lines: Texts of lines of one column.
        form: The form, for references and labels.
    """
    return sorted(set(_starts(lines, form)))


def _starts(lines: Sequence[str], form: Form) -> Iterator[int]:
    detail: int | None = None  # the first line that opens a detail
    lengths: set[int] = set()  # of the references that lines above open with
    for at, text in enumerate(lines):
        if at and "?" in text and _asks_with_detail(lines, at, form):
            start = _first_line(lines, at, 1.0, form)
            if start is not None and not _is_end(lines, start - 1, detail, form):
                start = _first_line(lines, at, 0.1, form)
            if start is not None:
                yield start
        elif at and (
            (form.may_hold_reference(text) and _asks_with_reference(lines, at, lengths, form))
            or (detail is not None and _requests(lines, at, form))
        ):
            yield at
        if detail is None and starts_detail(text, form):
            detail = at
        if own := _bare_reference(text, form):
            lengths.add(len(own))


def _requests(lines: Sequence[str], at: int, form: Form) -> bool:
    """Whether a line after the end of a sentence begins a question without a question mark."""
    return form.request_pattern.match(lines[at]) is not None and not openness(lines[at - 1], form)


def _is_end(lines: Sequence[str], at: int, detail: int | None, form: Form) -> bool:
    """Whether a cell may end with a line: a sentence ends there, or a reference is above it.

    A question before its reference can contain a name that begins a line.
    """
    return not openness(lines[at], form) or (detail is not None and detail <= at)


def _asks_with_detail(lines: Sequence[str], at: int, form: Form) -> bool:
    """Whether a question ends with a line, and a reference or label follows it."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return ends_question(lines[at]) and starts_detail(following, form)


def _first_line(lines: Sequence[str], end: int, openest: float, form: Form) -> int | None:
    """Returns the first line of a question, given its last: a capital after a possible end."""
    for at in range(end, max(0, end - _LONGEST_QUESTION), -1):
        if lines[at][:1].isupper() and openness(lines[at - 1], form) < openest:
            return at
    return None


def _asks_with_reference(lines: Sequence[str], at: int, lengths: Set[int], form: Form) -> bool:
    """Whether a line opens with a bare reference, and a question continues from it to its end.

    A reference that follows a question is that of its detail, unless the question opens with one.
    """
    own = _bare_reference(lines[at], form)
    if own is None or openness(lines[at - 1], form) == 1:
        return False
    if ends_question(lines[at - 1]) and len(own) not in lengths:
        return False
    for end in range(at, min(at + _LONGEST_QUESTION, len(lines))):
        if ends_question(lines[end]):
            return (_first_line(lines, end, 1.0, form) or 0) <= at
        if lines[end].endswith((".", "!")):
            return False
    return False


def _bare_reference(text: str, form: Form) -> tuple[int, ...] | None:
    """Returns the reference without a word before it that a text opens with, or None."""
    if not form.may_open_with_reference(text):
        return None
    found = opening_reference(text, form)
    return found[1] if found is not None else None
