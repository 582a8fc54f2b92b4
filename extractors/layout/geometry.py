"""From lines with boxes to blocks: text, table heads, and whole rows over page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.blocks import Block, HeadBlock, Layout, Piece, RowBlock, TextBlock
from extractors.layout.cells.paragraphs import Reader, count_breaks
from extractors.layout.cells.runs import TextLine, lines_of, lines_without, usual_pitch
from extractors.layout.furniture.footnotes import split_footnotes, usual_size
from extractors.layout.furniture.running import running_numbers
from extractors.layout.furniture.stamps import stamp_numbers
from extractors.layout.rows.assemble import (
    RowBuilder,
    beside_marks,
    breaks_off,
    doubted,
    row_part,
    seem_one,
)
from extractors.layout.rows.cuts import Habits, judge
from extractors.layout.rows.row_style import RowStyle, learn_style
from extractors.layout.rows.rows import Fragment, fragments
from extractors.layout.tables.heads import Head
from extractors.layout.tables.rules import strokes_of
from extractors.layout.tables.tables import PageLines, Table, TableArea, TextArea, find_tables
from models.document import Document, Format, Page
from models.form import Form, TableForm

_GAPLESS = 2
"""So many times more often lines end early without a gap than with, if gaps do not show."""

_Parted = list[tuple[TableArea, list[Fragment]] | TextArea]


class _Laid(NamedTuple):
    """A table with its areas parted into rows, and the right edge of each column's text."""

    parts: _Parted
    rights: list[float]


def layout(document: Document, form: Form) -> Layout:
    """Returns a document with boxes as blocks in reading order.

    Args:
        document: A document whose lines have boxes.
        form: The form that it was made with.
    """
    stamps = stamp_numbers(document.pages)
    read = [(page, lines_of(page, stamps)) for page in document.pages]
    running = running_numbers(read, form) | stamps
    pages = _pages(read, running)
    on_grid = document.format is Format.TEXT
    found = find_tables(pages, form, on_grid=on_grid)
    areas = [area for item in found if isinstance(item, Table) for area in item.areas]
    pitch = usual_pitch(_columns(areas, found))
    style = learn_style(areas, pitch, form)
    tables = {
        id(item): _Laid(_parted(item, style, form), _rights(item))
        for item in found
        if isinstance(item, Table)
    }
    questions = count_breaks(_cells(found, tables, 0), form)
    comments = count_breaks(_cells(found, tables, -1), form) if on_grid else None
    reader = Reader(
        pitch,
        form,
        on_grid=on_grid,
        broken_lines=questions.inside > questions.between,
        gapless=comments is not None and comments.inside > _GAPLESS * (comments.between + 1),
    )
    work = _Blocks(reader, form, _habits(found, tables, style, form), _text_right(found))
    marks = beside_marks(document.pages)
    for item in found:
        if isinstance(item, Table):
            work.table(item, tables[id(item)], marks)
        else:
            work.text(item)
    work.flush()
    return Layout(
        tuple(work.blocks),
        tuple(Piece.whole(line) for line in document.lines if line.number in running),
    )


def _pages(
    read: Sequence[tuple[Page, Sequence[TextLine]]], running: frozenset[int]
) -> list[PageLines]:
    """Returns the pages without running heads and feet, footnotes apart."""
    kept = [(page, lines_without(lines, page, running), strokes_of(page)) for page, lines in read]
    usual = usual_size([lines for _, lines, _ in kept])
    pages = []
    for page, lines, strokes in kept:
        height = page.height or max((line.base for line in lines), default=0.0)
        stop = split_footnotes(lines, strokes, height, usual)
        pages.append(
            PageLines(page.number, height, tuple(lines[:stop]), strokes, tuple(lines[stop:]))
        )
    return pages


def _columns(
    areas: Sequence[TableArea], found: Sequence[Table | TextArea]
) -> Iterator[Sequence[TextLine]]:
    """Yields the lines of each column of each table on each page, and of the text outside."""
    for area in areas:
        for index in range(len(area.columns.borders) + 1):
            yield area.column(index)
    for item in found:
        if isinstance(item, TextArea):
            yield item.lines


def _cells(
    found: Sequence[Table | TextArea], tables: dict[int, _Laid], column: int
) -> Iterator[tuple[Sequence[TextLine], float]]:
    """Yields the lines of a column's cells on every page, with the column's right edge."""
    for item in found:
        if isinstance(item, Table):
            parts, rights = tables[id(item)]
            for part in parts:
                if not isinstance(part, TextArea):
                    for fragment in part[1]:
                        yield fragment.cells[column], rights[column]


def _text_right(found: Sequence[Table | TextArea]) -> float:
    """Returns how far right text outside tables reaches, but for a few lines."""
    rights = sorted(line.x1 for item in found if isinstance(item, TextArea) for line in item.lines)
    return rights[int(0.95 * (len(rights) - 1))] if rights else 0.0


def _parted(table: Table, style: RowStyle, form: Form) -> _Parted:
    return [
        (part, fragments(part, style, form)) if isinstance(part, TableArea) else part
        for part in table.parts
    ]


def _habits(
    found: Sequence[Table | TextArea], tables: dict[int, _Laid], style: RowStyle, form: Form
) -> Habits:
    """Learns from the page breaks that text alone decides how the others are drawn."""
    habits = Habits(bold_starts=style.bold_starts, asks=style.asks, numbered=style.numbered)
    closed_cuts: list[bool] = []
    turns: list[bool] = []
    open_rows = False
    for item in found:
        if not isinstance(item, Table):
            continue
        laid, rights = tables[id(item)]
        parts = [own[1] for own in laid if not isinstance(own, TextArea) and own[1]]
        turns += [
            one.shaded != other.shaded
            for own in parts
            for one, other in pairwise(own)
            if one.shaded is not None
        ]
        for before, after in pairwise(parts):
            one = row_part(before[-1:], item.head.table, form, rights)
            other = row_part(after[:1], item.head.table, form, rights)
            verdict = judge(replace(one, open_edge=None), other, habits, form)
            if one.open_edge is None or not verdict.sure:
                continue
            if verdict.goes_on:
                closed_cuts.append(not one.open_edge)
            else:
                open_rows |= one.open_edge
    return habits._replace(
        closed_cuts=any(closed_cuts) if closed_cuts else None,
        open_rows=open_rows,
        zebra=len(turns) > 1 and sum(turns) >= 0.9 * len(turns),
    )


class _Blocks:
    """Collects blocks in reading order."""

    def __init__(self, reader: Reader, form: Form, habits: Habits, right: float) -> None:
        self.blocks: list[Block] = []
        self._reader = reader
        self._form = form
        self._habits = habits
        self._right = right
        self._text: list[TextArea] = []

    def text(self, area: TextArea) -> None:
        """Takes text outside tables; it is parted when its end is known."""
        self._text.append(area)

    def flush(self) -> None:
        """Parts the text that was taken since the last table."""
        self.blocks += self._paragraphs(self._text)
        self._text.clear()

    def _paragraphs(self, areas: Sequence[TextArea]) -> list[Block]:
        opens = {id(area.lines[0]) for area in areas if area.first_on_page}
        notes = {id(line) for area in areas if area.is_footnote for line in area.lines}
        lines = [line for area in areas for line in area.lines]
        return [
            TextBlock(
                tuple(piece for line in paragraph for piece in line.pieces),
                first_on_page=id(paragraph[0]) in opens,
                is_footnote=id(paragraph[0]) in notes,
            )
            for paragraph in self._reader.text(lines, self._right)
        ]

    def table(self, table: Table, laid: _Laid, marks: frozenset[int]) -> None:
        """Takes a table with all its pages."""
        self.flush()
        blocks: list[Block | RowBuilder] = []
        row: RowBuilder | None = None
        rights = laid.rights
        for part in laid.parts:
            if isinstance(part, TextArea):
                blocks += self._paragraphs([part])
                continue
            area, found = part
            if area.head:
                blocks.append(_head_block(area.head, repeated=area.continues))
            for fragment in found:
                row = self._row(row, fragment, area, rights, table.head.table, blocks)
        if row is not None and breaks_off(row, rights):
            row.cut_unsure = True
        self.blocks += self._built(blocks, rights, marks)

    def _built(
        self, blocks: Sequence[Block | RowBuilder], rights: Sequence[float], marks: frozenset[int]
    ) -> list[Block]:
        """Builds the rows of a table, and doubts neighbours that may be one row."""
        built = [
            block.build(self._reader, self._form, rights, marks)
            if isinstance(block, RowBuilder)
            else block
            for block in blocks
        ]
        rows = [at for at, block in enumerate(blocks) if isinstance(block, RowBuilder)]
        for at, following in pairwise(rows):
            one, other, block = built[at], built[following], blocks[following]
            if isinstance(block, RowBuilder) and block.is_bounded:
                continue
            if isinstance(one, RowBlock) and isinstance(other, RowBlock) and seem_one(one, other):
                built[at], built[following] = doubted(one), doubted(other)
        return built

    def _row(
        self,
        row: RowBuilder | None,
        fragment: Fragment,
        area: TableArea,
        rights: Sequence[float],
        kind: TableForm,
        blocks: list[Block | RowBuilder],
    ) -> RowBuilder:
        """Adds a fragment to the row that it goes on with, or opens a new row with it."""
        unsure = False
        if row is not None and fragment.open_top:
            # The middle of a row over many pages tells nothing that its ends do not.
            ends = [*row.fragments[:1], *row.fragments[1:][-2:]]
            before = row_part(ends, kind, self._form, rights)
            after = row_part([fragment], kind, self._form, rights)
            verdict = judge(before, after, self._habits, self._form)
            unsure = not verdict.sure
            row.cut_unsure |= unsure
            if verdict.goes_on:
                row.fragments.append(fragment)
                return row
        lines = [line for cell in fragment.cells for line in cell]
        crossed = any(area.columns.crossed_by(line) for line in lines)
        new = RowBuilder(kind, [fragment], cut_unsure=unsure, crossed=crossed)
        blocks.append(new)
        return new


def _head_block(head: Head, *, repeated: bool) -> HeadBlock:
    return HeadBlock(tuple(run.piece for run in head.runs), head.table.id, repeated)


def _rights(table: Table) -> list[float]:
    """Returns the right edge of each column's text.

    A word alone on its line can be wider than its column, as addresses are, and tells nothing.
    """
    rights = []
    for index in range(len(table.head.columns)):
        lines = [line for area in table.areas for line in area.column(index)]
        wrapped = [line.x1 for line in lines if " " in line.text]
        rights.append(max(wrapped or [line.x1 for line in lines], default=0.0))
    return rights
