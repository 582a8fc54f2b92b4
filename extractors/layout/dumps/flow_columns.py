"""Text dumps, or pages of them, that give a table's left column first and its right column after.

The questions of a page come one after the other, with the text between tables, and then the
answers and comments. Here each page is set back into the order of cells: the rest of a cut row
first, then row by row. What the order of the dump cannot tell is marked as doubtful, and shown as
such in the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.blocks import HeadBlock
from extractors.layout.dumps.flow_align import place_chunks
from extractors.layout.dumps.flow_cell_starts import Before, opens_cell
from extractors.layout.dumps.flow_chunks import Chunk, ColumnHead, Gap, Place, chunks
from extractors.layout.dumps.flow_column_style import (
    Entry,
    Sides,
    column_style,
    ends_table,
    find_questions,
    is_last_column,
)
from extractors.layout.dumps.flow_order import (
    Pages,
    Signs,
    begins_question,
    is_mixed,
    pages_by_columns,
    signs_of_order,
)
from extractors.layout.dumps.flow_sides import PageTable, page_parts
from extractors.layout.rows.question_starts import question_starts
from models.document import Line
from models.form import Form


def in_cell_order(lines: Sequence[Line], form: Form, running: frozenset[int]) -> list[Entry]:
    """Returns the chunks and heads of a dump in the order of cells, row by row.

    Args:
        lines: All lines of the dump.
        form: The form, for answers, details and labels.
        running: Indices of lines that stand apart: running heads and feet, footnotes.
    """
    rows = {
        number: _with_heads_first(page, form)
        for number, page in _pages(_parted(chunks(lines, form, running), form)).items()
    }
    signs = signs_of_order(rows, form)
    goes = pages_by_columns(signs)
    if not any(goes.values()) and not _has_single_heads(rows):
        return _doubt_mixed([item for page in rows.values() for item in page], signs)
    columns = {
        number: _rejoined(page, form)
        for number, page in _pages(
            _parted(chunks(lines, form, running, by_columns=True), form)
        ).items()
    }
    pages = list(columns.values())
    sides = Sides(form, column_style(pages, form), find_questions(pages, form))
    ordered: list[Entry] = []
    plain: dict[int | None, list[Entry]] = {}
    before: Before | None = None
    for number, page in columns.items():
        if goes.get(number, False):
            before = _add_page(ordered, page, before, sides)
        else:
            plain[number] = _add_rows(ordered, rows.get(number, []), sides)
            before = _left_open(rows.get(number, []))
    return _doubt_mixed(ordered, signs_of_order(plain, form))


def _parted(entries: Iterable[Entry], form: Form) -> Iterator[Entry]:
    """Parts questions from what nothing parts them from in the dump."""
    for entry in entries:
        starts = question_starts([piece.text for piece in entry.pieces], form)
        if not starts or not isinstance(entry, Chunk):
            yield entry
            continue
        yield replace(entry, pieces=entry.pieces[: starts[0]])
        for start, end in pairwise([*starts, len(entry.pieces)]):
            yield Chunk(entry.pieces[start:end], Gap.NONE, False, False)


def _pages(items: Iterable[Entry]) -> dict[int | None, list[Entry]]:
    """Returns the items of each page; all in one where pages are not told."""
    pages: dict[int | None, list[Entry]] = {}
    for item in items:
        pages.setdefault(item.pieces[0].line.page, []).append(item)
    return pages


def _with_heads_first(page: Sequence[Entry], form: Form) -> list[Entry]:
    """Puts the heads of tables that go by rows together, where one slipped behind the first cell.

    Then questions follow the last head; in a table by columns only answers and comments do.
    """
    ordered: list[Entry] = []
    index = 0
    while index < len(page):
        end, last = _single_heads(page, index, form)
        own = page[index:end]
        if last and any(begins_question(page, at, form) for at in range(last, end)):
            heads = [item for item in own if isinstance(item, ColumnHead)]
            pieces = tuple(piece for head in heads for piece in head.pieces)
            ordered.append(HeadBlock(pieces, heads[-1].table, repeated=not index))
            ordered += [item for item in own if not isinstance(item, ColumnHead)]
        else:
            ordered += own
        index = end
    return ordered


def _single_heads(page: Sequence[Entry], start: int, form: Form) -> tuple[int, int]:
    """Returns where a table ends that begins here with a single head, and where its last head is.

    The latter is 0 where no such table begins; then the former is the entry after this one. The
    table ends with the next heading, table or page.
    """
    head, last, end = page[start], 0, start + 1
    if not isinstance(head, ColumnHead) or head.column:
        return end, 0
    while end < len(page) and not ends_table(page, end, form):
        item = page[end]
        if isinstance(item, HeadBlock) or (isinstance(item, ColumnHead) and not item.column):
            break
        if isinstance(item, ColumnHead) and is_last_column(item, form):
            last = end
        end += 1
    return (end, last) if last else (start + 1, 0)


def _has_single_heads(pages: Pages) -> bool:
    return any(isinstance(item, ColumnHead) for page in pages.values() for item in page)


def _doubt_mixed(items: list[Entry], signs: Signs) -> list[Entry]:
    """Marks all chunks as doubtful where what goes by rows shows the other order as well."""
    if not is_mixed(signs):
        return items
    return [replace(item, doubtful=True) if isinstance(item, Chunk) else item for item in items]


def _left_open(page: Sequence[Entry]) -> Before | None:
    """Returns the table that a page that goes by rows may leave open; its last cell is not told."""
    tables = [item.table for item in page if isinstance(item, HeadBlock | ColumnHead)]
    return Before(tables[-1]) if tables else None


def _add_page(
    ordered: list[Entry], page: Sequence[Entry], before: Before | None, sides: Sides
) -> Before | None:
    """Adds the text and the tables of a page; returns where its last table leaves off."""
    for part in page_parts(page, before, sides):
        if isinstance(part, Chunk):
            ordered.append(replace(part, place=Place.TEXT))
            before = None
        else:
            before = _add_table(ordered, part, before, sides)
    return before


def _add_rows(ordered: list[Entry], page: Sequence[Entry], sides: Sides) -> list[Entry]:
    """Adds a page that goes by rows, but for single tables on it; returns what goes by rows.

    Some tools choose anew for each table. A table goes by columns where cells stand between its
    heads.
    """
    rows: list[Entry] = []
    index = 0
    while index < len(page):
        end, last = _single_heads(page, index, sides.form)
        if last:
            _add_page(ordered, page[index:end], None, sides)
        else:
            ordered.append(page[index])
            rows.append(page[index])
        index = end
    return rows


def _rejoined(items: Sequence[Entry], form: Form) -> list[Entry]:
    """Joins paragraphs again that were parted at a word which is an answer only by chance."""
    joined: list[Entry] = []
    for item in items:
        last = joined[-1] if joined else None
        if (
            isinstance(item, Chunk)
            and isinstance(last, Chunk)
            and item.gap is Gap.NONE
            and item.text[:1].islower()
            and not opens_cell(last, form)
        ):
            joined[-1] = replace(last, pieces=(*last.pieces, *item.pieces))
        else:
            joined.append(item)
    return joined


def _add_table(
    ordered: list[Entry], table: PageTable, before: Before | None, sides: Sides
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


def _doubt_last_row(ordered: list[Entry]) -> None:
    """Marks the end of the row before a page as doubtful."""
    for index in range(len(ordered) - 1, -1, -1):
        item = ordered[index]
        if isinstance(item, Chunk):
            if item.place is not Place.TEXT:
                ordered[index] = replace(item, doubtful=True)
            return
