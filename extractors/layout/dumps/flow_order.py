"""Whether the pages of a dump go by rows or by columns; some tools choose anew for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractors.layout.dumps.flow_chunks import Chunk, ColumnHead, is_answer
from extractors.layout.dumps.flow_column_style import Entry, ends_table
from extractors.layout.dumps.flow_evidence import asks, starts_detail
from extractors.text import unmark
from models.form import Form

_RARE = 0.1
_USUAL = 4.0
"""By how many signs a page must speak against the order that all the others have."""


Pages = Mapping[int | None, Sequence[Entry]]
"""The chunks and heads of a dump by page."""


Signs = Mapping[int | None, tuple[int, int]]
"""How often the order of each page tells of columns one after the other, and of rows."""


def signs_of_order(pages: Pages, form: Form) -> Signs:
    """Returns the signs of order of each page."""
    return {number: _signs(page, form) for number, page in pages.items()}


def pages_by_columns(signs: Signs) -> dict[int | None, bool]:
    """Returns for each page whether it gives the columns of a table one after the other.

    Then questions follow one another without an answer between them, or the heads of the columns
    stand apart with cells between them.
    """
    by_columns, by_rows = _totals(signs)
    usual = (by_columns - by_rows) / max(by_columns + by_rows, 1)
    return {number: own[0] - own[1] + _USUAL * usual > 0 for number, own in signs.items()}


def is_mixed(signs: Signs) -> bool:
    """Whether both orders are found in a dump: then neither can be trusted."""
    totals = _totals(signs)
    return min(totals) > max(1, _RARE * max(totals))


def _totals(signs: Signs) -> tuple[int, int]:
    return sum(own[0] for own in signs.values()), sum(own[1] for own in signs.values())


def _signs(page: Sequence[Entry], form: Form) -> tuple[int, int]:
    """Returns how often the order of a page tells of columns one after the other, and of rows."""
    by_columns, by_rows = int(_heads_stand_apart(page)), 0
    between: list[Chunk] | None = None
    for index, item in enumerate(page):
        if not isinstance(item, Chunk) or ends_table(page, index, form):
            between = None
        elif begins_question(page, index, form):
            if between:
                answered = any(_opens_with_answer(chunk, form) for chunk in between)
                told = [chunk for chunk in between if not _is_told(chunk, form)]
                by_columns += not answered and not told
                by_rows += answered and bool(told)
            between = []
        elif between is not None:
            # An answer between a question and its detail stands beside them.
            inside = len(between) == 1 and is_answer(between[0].text, form)
            by_rows += inside and starts_detail(item.text, form)
            between.append(item)
    return by_columns, by_rows


def _heads_stand_apart(page: Sequence[Entry]) -> bool:
    """Whether cells stand right before the head of a column that is not the first."""
    return any(
        isinstance(before, Chunk) and isinstance(item, ColumnHead) and item.column > 0
        for before, item in pairwise(page)
    )


def _opens_with_answer(chunk: Chunk, form: Form) -> bool:
    """Whether a chunk is an answer, or begins with one as where a comment shares its line."""
    return is_answer(chunk.text, form) or bool(form.answer_pattern.match(unmark(chunk.text)))


def _is_told(chunk: Chunk, form: Form) -> bool:
    return is_answer(chunk.text, form) or starts_detail(chunk.text, form)


def begins_question(page: Sequence[Entry], index: int, form: Form) -> bool:
    """Whether a chunk opens a question cell."""
    item = page[index]
    following = page[index + 1] if index + 1 < len(page) else None
    if not isinstance(item, Chunk) or is_answer(item.text, form):
        return False
    if asks(item.text, form):
        return True
    leads = isinstance(following, Chunk) and starts_detail(following.text, form)
    return leads and not starts_detail(item.text, form)
