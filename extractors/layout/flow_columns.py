"""Text dumps that give a page's left column first and its right column after.

The questions of a page come one after the other, with the text between tables, and then the
answers and comments. Here each page is set back into the order of cells: the rest of a cut row
first, then row by row. What the order of the dump cannot tell is marked as doubtful, and shown as
such in the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extractors.layout.blocks import HeadBlock
from extractors.layout.flow_align import place_chunks
from extractors.layout.flow_cell_starts import Before, opens_cell
from extractors.layout.flow_chunks import Chunk, ColumnHead, Gap, Item, Place, is_answer
from extractors.layout.flow_column_style import (
    Entry,
    Sides,
    column_style,
    ends_table,
    find_questions,
)
from extractors.layout.flow_evidence import asks, starts_detail
from extractors.layout.flow_sides import PageTable, page_parts
from extractors.text import unmark
from models.form import Form

_RARE = 0.1


def goes_by_columns(items: Sequence[Entry], form: Form) -> bool:
    """Whether a dump gives the columns of a page or of a table one after the other.

    Then questions follow one another without an answer between them, or the heads of the columns
    stand apart with cells between them.
    """
    by_columns, by_rows = _signs_of_order(items, form)
    return by_columns > by_rows


def doubt_mixed_orders(items: Sequence[Entry], form: Form) -> list[Entry]:
    """Marks all chunks as doubtful where rows and columns both follow one another in a dump.

    Some tools choose anew for each page; then no order can be trusted.
    """
    signs = _signs_of_order(items, form)
    if min(signs) <= max(1, _RARE * max(signs)):
        return list(items)
    return [replace(item, doubtful=True) if isinstance(item, Chunk) else item for item in items]


def _signs_of_order(items: Sequence[Entry], form: Form) -> tuple[int, int]:
    """Returns how often the order tells of columns one after the other, and of rows."""
    apart = by_columns = by_rows = 0
    for _, page in groupby(items, key=_page):
        own = list(page)
        apart += _heads_stand_apart(own)
        between: list[Chunk] | None = None
        for index, item in enumerate(own):
            if not isinstance(item, Chunk) or ends_table(own, index, form):
                between = None
            elif _asks(own, index, form):
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
    return by_columns + apart, by_rows


def by_cells(items: Sequence[Entry], form: Form) -> list[Item]:
    """Returns the items of a dump that goes by columns in the order of cells, row by row.

    Args:
        items: Chunks, and the heads of single columns.
        form: The form, for answers, details and labels.
    """
    pages = [list(page) for _, page in groupby(_rejoined(items, form), key=_page)]
    sides = Sides(form, column_style(pages, form), find_questions(pages, form))
    ordered: list[Item] = []
    before: Before | None = None
    for page in pages:
        for part in page_parts(page, before, sides):
            if isinstance(part, Chunk):
                ordered.append(replace(part, place=Place.TEXT))
                before = None
                continue
            before = _add_table(ordered, part, before, sides)
    return ordered


def _rejoined(items: Sequence[Entry], form: Form) -> list[Entry]:
    """Joins paragraphs again that were parted at a word which is an answer only by chance."""
    joined: list[Entry] = []
    for item in items:
        last = joined[-1] if joined else None
        if (
            isinstance(item, Chunk)
            and isinstance(last, Chunk)
            and item.gap is Gap.NONE
            and _page(item) == _page(last)
            and item.text[:1].islower()
            and not opens_cell(last, form)
        ):
            joined[-1] = replace(last, pieces=(*last.pieces, *item.pieces))
        else:
            joined.append(item)
    return joined


def _add_table(
    ordered: list[Item], table: PageTable, before: Before | None, sides: Sides
) -> Before:
    """Adds what a page has of a table; returns where it leaves off."""
    goes_on = before if table.goes_on else None
    placed = place_chunks(table, goes_on, sides.is_three(table.name), sides.questions, sides.form)
    if placed.doubts_before:
        _doubt_last_row(ordered)
    if table.head:
        ordered.append(HeadBlock(table.head, table.name, repeated=True))
    ordered += placed.chunks
    return placed.after


def _doubt_last_row(ordered: list[Item]) -> None:
    """Marks the end of the row before a page as doubtful."""
    for index in range(len(ordered) - 1, -1, -1):
        item = ordered[index]
        if isinstance(item, Chunk):
            if item.place is not Place.TEXT:
                ordered[index] = replace(item, doubtful=True)
            return


def _page(item: Entry) -> int | None:
    return item.pieces[0].line.page


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


def _asks(page: Sequence[Entry], index: int, form: Form) -> bool:
    """Whether a chunk opens a question cell."""
    item = page[index]
    following = page[index + 1] if index + 1 < len(page) else None
    if not isinstance(item, Chunk) or is_answer(item.text, form):
        return False
    if asks(item.text, form):
        return True
    leads = isinstance(following, Chunk) and starts_detail(following.text, form)
    return leads and not starts_detail(item.text, form)
