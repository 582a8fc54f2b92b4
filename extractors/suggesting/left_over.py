"""Tables that seem to contain questions but from which a form has read nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.suggesting.cues import Cues, builtin_cues, matches
from extractors.suggesting.kinds import Kind, kinds_of
from extractors.suggesting.profiles import Profile, profiles_of
from extractors.suggesting.roles import Role, roles_of
from extractors.suggesting.tables import grids_of
from models.document import Document
from models.form import Form
from models.report import UNREAD_ROLES, Part

_FEWEST_ROWS = 3
_FEWEST_LINES = 2 * (_FEWEST_ROWS + 1)
_MANY = 0.5
_ANSWERING = frozenset({"answer", "answer_comment", "comment", "tick"})


def tables_left_over(document: Document, parts: Sequence[Part], form: Form) -> list[Kind]:
    """Returns the tables of a report that seem to hold questions but were not read as rows.

    A table seems to hold questions if it has several rows and a column beside its questions, and
    its questions end like questions or its headers say what both columns hold.

    Args:
        document: The source.
        parts: The parts of its report.
        form: The form it was read with.
    """
    outside = {part.line for part in parts if part.role in UNREAD_ROLES}
    if len(outside) < _FEWEST_LINES:
        return []
    outside -= {part.line for part in parts if part.role not in UNREAD_ROLES}
    rest = _only(document, outside)
    cues = builtin_cues()
    return [kind for kind in kinds_of([grids_of(rest)]) if _seems_to_ask(kind, form, cues)]


def _only(document: Document, numbers: set[int]) -> Document:
    """Returns a document with only some of its lines, and the tables made up of these."""
    pages = tuple(
        replace(page, lines=tuple(line for line in page.lines if line.number in numbers))
        for page in document.pages
    )
    tables = tuple(
        table
        for table in document.tables
        if all(line.number in numbers for row in table.rows for cell in row for line in cell.lines)
    )
    return replace(document, pages=pages, tables=tables)


def _seems_to_ask(kind: Kind, form: Form, cues: Cues) -> bool:
    if len(kind.rows) < _FEWEST_ROWS:
        return False
    profiles = profiles_of(kind)
    columns = list(zip(profiles, roles_of(profiles, cues), strict=True))
    question = next((own for own, role in columns if role.holds == "question"), None)
    answering = [(own, role) for own, role in columns if role.holds in _ANSWERING]
    if question is None or not answering:
        return False
    asking = sum(text.endswith("?") or _requests(text, form) for text in question.filled)
    return asking > _MANY * len(kind.rows) or (
        matches(question.head, cues.heads["question"]) == 1.0 and _say_so(answering, cues)
    )


def _requests(text: str, form: Form) -> bool:
    return form.request_pattern.match(text) is not None


def _say_so(columns: Iterable[tuple[Profile, Role]], cues: Cues) -> bool:
    """Whether the header of a column is a single word for answers."""
    return any(
        matches(profile.head, cues.heads[role.holds]) == 1.0
        for profile, role in columns
        if role.holds in cues.heads
    )
