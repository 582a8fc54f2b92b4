"""Unanswered rows at the end of a table that were taken for text outside it.

A last row with neither answer nor comment looks like a paragraph below its table: nothing beside it
shows the columns. Such rows must never be lost without a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from models.document import Box, Document, Line
from models.form import Form
from models.report import UNREAD_ROLES, Part, Problem, Role, Severity

CODE = "row-unread"
"""Code of the problems."""
_ASKS = re.compile(r"\?(?:\s*\([^()]*\))?$")
_ASKED = frozenset({Role.REF, Role.QUESTION, Role.DETAIL})
_BESIDE = frozenset({Role.ANSWER, Role.COMMENT})
_SAME = 2.0
"""Most points between left edges or gaps that are the same."""


class _Placed(NamedTuple):
    part: Part
    line: Line
    box: Box
    text: str


class _Run(NamedTuple):
    """Consecutive parts of one row, or of one role outside rows."""

    position: int | None
    role: Role
    own: tuple[_Placed, ...]

    def on(self, page: int | None) -> list[Box]:
        """Returns the boxes of its parts on a page."""
        return [placed.box for placed in self.own if placed.part.page == page]


def unread_rows(document: Document, parts: Sequence[Part], form: Form) -> list[Problem]:
    """Returns a problem for each text that seems to be an unanswered last row of a table.

    It is directly below the table, in the column of its questions and in their type. It is an error
    if it asks: it has a question mark or a reference, or opens as a request no farther below the
    table than its rows are apart. Other text that near is a warning, unless it opens as an
    instruction. Its position is that of the row above, which may be wrong too.
    """
    runs = list(_runs(document, parts))
    return [
        problem
        for above, below in pairwise(runs)
        if above.position is not None and below.role in UNREAD_ROLES
        for problem in _unread(above, below, runs, form)
    ]


def _runs(document: Document, parts: Sequence[Part]) -> Iterator[_Run]:
    lines = {line.number: line for line in document.lines if line.box is not None}
    placed = [
        _Placed(part, line, line.box, line.text[part.start : part.end].strip())
        for part in parts
        if part.role is not Role.RUNNING
        and (line := lines.get(part.line)) is not None
        and line.box is not None
    ]
    for (position, role), run in groupby(placed, key=_kind):
        yield _Run(position, role, tuple(run))


def _kind(placed: _Placed) -> tuple[int | None, Role]:
    part = placed.part
    return part.position, Role.QUESTION if part.position is not None else part.role


def _unread(above: _Run, below: _Run, runs: Sequence[_Run], form: Form) -> Iterator[Problem]:
    """Yields a problem if text below a row seems to be another row of its table."""
    first, page = below.own[0], above.own[-1].part.page
    asked = [placed for placed in above.own if placed.part.role in _ASKED]
    if not asked or first.part.page is None or page is None or first.part.page - page > 1:
        return
    left = min(placed.box.x0 for placed in asked)
    beside = _answers_from(runs, page, left + (first.line.size or _SAME))
    looks = {(placed.line.size, placed.line.bold) for placed in asked}
    if beside is None or abs(first.box.x0 - left) > _SAME:
        return
    if (first.line.size, first.line.bold) not in looks:
        return
    lines = list(
        takewhile(lambda own: left - _SAME <= own.box.x0 and own.box.x1 <= beside, below.own)
    )
    near = first.part.page == page and _is_near(above, first.box, runs, page)
    if lines and (asks := _asks(lines, form, near=near)) is not None:
        yield _problem(above, lines[0], asks=asks)


def _answers_from(runs: Iterable[_Run], page: int, least: float) -> float | None:
    """Returns the left edge of the answers of the page's tables, right of a place."""
    return min(
        (
            placed.box.x0
            for run in runs
            for placed in run.own
            if placed.part.page == page and placed.part.role in _BESIDE and placed.box.x0 > least
        ),
        default=None,
    )


def _is_near(above: _Run, box: Box, runs: Sequence[_Run], page: int) -> bool:
    """Whether text is no farther below a row than the rows of its page are from each other."""
    gaps = [
        min(own.y0 for own in lower.on(page)) - max(own.y1 for own in upper.on(page))
        for upper, lower in pairwise(runs)
        if lower.position is not None
        and (upper.position is not None or upper.role is Role.TABLE_HEAD)
        and upper.on(page)
        and lower.on(page)
    ]
    gap = box.y0 - max(own.y1 for own in above.on(page))
    return bool(gaps) and gap <= max(gaps) + _SAME


def _asks(lines: Sequence[_Placed], form: Form, *, near: bool) -> bool | None:
    """Whether text asks; None if it is certainly no row."""
    opening = lines[0].text
    if any(pattern.match(opening) for pattern in form.reference_patterns):
        return True
    if any(_ASKS.search(placed.text) for placed in lines):
        return True
    if not near or opening.startswith(tuple(form.labels.instruction)):
        return None
    return form.request_pattern.match(opening) is not None


def _problem(above: _Run, first: _Placed, *, asks: bool) -> Problem:
    return Problem(
        Severity.ERROR if asks else Severity.WARNING,
        CODE,
        "This text below a table seems to be its last row, without an answer, and was read as "
        f"text outside the table: “{first.text}”.",
        position=above.position,
        page=first.part.page,
        line=first.part.line,
        stage="check",
        advice="Compare the end of the table with the source: if it is a row, its question is "
        "missing from the answers.",
    )
