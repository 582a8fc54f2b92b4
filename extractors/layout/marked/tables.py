"""From the tables that a source itself marks to blocks: its rows, and the text between tables.

An export can split a table where its pages end. A table without column headers that follows another
continues it, and its first row can be the rest of a row. A table that has the form's tables in its
cells is only page layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.blocks import (
    Block,
    HeadBlock,
    Layout,
    Paragraph,
    TextBlock,
    text_of,
    words_of,
)
from extractors.layout.marked.cells import PageCell, SourceRow, cell_of, paragraphs_of
from extractors.layout.marked.heads import ColumnFinder, Columns, stands_over
from extractors.layout.marked.placed import place
from extractors.layout.marked.records import Record, opens_record, read_records
from extractors.layout.marked.rows import Rows
from extractors.layout.rows.row_cells import RowCells, split_row
from models.document import Document, Line, SourceTable, TableCell
from models.form import Form
from models.form_tables import TableForm

_FEWEST_TABLES = 3


def layout(document: Document, form: Form) -> Layout:
    """Returns a document that marks its tables as blocks in reading order."""
    work = Blocks(form, notes=document.notes)
    work.expect(document.tables)
    work.flow(document.lines, document.tables)
    return Layout(tuple(work.blocks))


class _Records(NamedTuple):
    """A table of records, and the blocks made from it."""

    table: SourceTable
    start: int
    stop: int


class Blocks:
    """Collects blocks in reading order.

    Args:
        form: The form.
        beside_marks: Numbers of the lines that have a drawn mark beside them.
        notes: Numbers of the lines of notes.
    """

    def __init__(
        self,
        form: Form,
        beside_marks: frozenset[int] = frozenset(),
        *,
        notes: frozenset[int] = frozenset(),
    ) -> None:
        self.blocks: list[Block] = []
        self._form = form
        self._heads = ColumnFinder(form)
        self._beside_marks = beside_marks
        self._notes = notes
        self._columns: Columns | None = None
        self._touches = False
        self._added = Rows(self.blocks, form, beside_marks)
        self._over_heads: set[tuple[str, ...]] = set()
        self._open_records: _Records | None = None

    def expect(self, tables: Sequence[SourceTable]) -> None:
        """Learns from all tables of a document whether each has only one row."""
        self._added.a_table_a_row = _have_a_row_each(tables, self._heads)

    def flow(self, lines: Sequence[Line], tables: Sequence[SourceTable]) -> None:
        """Takes lines and the tables among them, of the document or of a cell, in order."""
        inside = {
            line.number
            for table in tables
            for row in table.rows
            for cell in row
            for line in cell.lines
        }
        waiting = sorted(tables, key=lambda table: table.first_line)
        for line in lines:
            while waiting and waiting[0].first_line <= line.number:
                self.table(waiting.pop(0))
            if line.number not in inside:
                self.line(line)
        for table in waiting:
            self.table(table)

    def line(self, line: Line) -> None:
        """Takes a paragraph outside tables."""
        is_footnote = line.number in self._notes
        self.text([TextBlock(own, is_footnote=is_footnote) for own in paragraphs_of(line)])

    def text(self, blocks: Sequence[TextBlock]) -> None:
        """Takes paragraphs outside tables."""
        if blocks:
            self.blocks += blocks
            self._touches = False

    def table(self, table: SourceTable) -> None:
        """Takes a table: rows of the form, a layout table around such tables, or text."""
        heads = self._heads_of(table.rows)
        if not any(heads) and self._goes_on_with_record(table):
            return
        start = len(self.blocks)
        records = None if any(heads) else read_records(table, self._form)
        self._take(table, heads, records)
        if records or (not any(heads) and opens_record(table.rows, self._form)):
            self._open_records = _Records(table, start, len(self.blocks))

    def _goes_on_with_record(self, table: SourceTable) -> bool:
        """Takes a table that continues the record at the end of the previous table."""
        before = self._open_records
        if before is None or before.stop != len(self.blocks):
            return False
        if opens_record(table.rows, self._form):
            return False
        whole = replace(before.table, rows=(*before.table.rows, *table.rows))
        records = read_records(whole, self._form)
        if not records:
            return False
        del self.blocks[before.start :]
        self._records(*records)
        self._open_records = _Records(whole, before.start, len(self.blocks))
        return True

    def _take(
        self,
        table: SourceTable,
        heads: Sequence[Columns | None],
        records: tuple[TableForm, list[Record]] | None,
    ) -> None:
        if records:
            self._records(*records)
        elif any(heads):
            first = next(at for at, head in enumerate(heads) if head)
            self._as_text(table.rows[:first])
            self._rows(table.rows[first:], heads[first:])
        elif not any(map(self._frames, table.rows)) and self._goes_on(table):
            self._rows(table.rows, heads)
        else:
            self._as_text(table.rows)

    def _heads_of(self, rows: Sequence[SourceRow]) -> list[Columns | None]:
        """Returns the columns of each row that is part of a header, None for the others."""
        heads = self._heads.find(rows)
        self._take_rows_over(heads, rows)
        return heads

    def _take_rows_over(self, heads: list[Columns | None], rows: Sequence[SourceRow]) -> None:
        """Adds to a table's header rows the rows above them that are repeated with them."""
        for at, (over, head) in enumerate(pairwise(heads)):
            if over or not head:
                continue
            words = tuple(text_of(cell_of(cell)) for cell in rows[at])
            repeated = words in self._over_heads and (at or self._touches)
            if repeated or (at == 0 and stands_over(rows[at], head)):
                heads[at] = head
            if at == 0:
                self._over_heads.add(words)

    def _rows(self, rows: Sequence[SourceRow], heads: Sequence[Columns | None]) -> None:
        """Takes rows of which the first is a header row, or continues the previous table."""
        may_go_on = self._touches
        for row, head in zip(rows, heads, strict=True):
            if head:
                repeated = may_go_on or self._touches
                words = _words(row)
                self.blocks.append(HeadBlock(words, head.table.id, repeated=repeated))
                self._columns = head
            elif self._frames(row):
                self._as_text([row])
                continue
            elif self._columns and any(cell_of(cell) for cell in row):
                self._added.add(place(row, self._columns), may_go_on=may_go_on)
                may_go_on = False
            self._touches = True

    def _frames(self, row: SourceRow) -> bool:
        """Whether a row has tables of the form in its cells."""
        return any(
            any(map(self._frames, table.rows))
            or any(self._heads.find(table.rows))
            or read_records(table, self._form) is not None
            for cell in row
            for table in cell.tables
        )

    def _goes_on(self, table: SourceTable) -> bool:
        """Whether a table without column headers continues the previous one."""
        columns = self._columns
        if columns is None:
            return False
        width = max((len(row) for row in table.rows), default=0)
        if width < sum(span[0] >= 0 for span in columns.spans):
            return False
        if self._touches:
            return True
        splits = [
            split_row(place(row, columns), self._form, self._beside_marks)
            for row in table.rows
            if len(row) == width
        ]
        return sum(bool(split.answer or split.shared) for split in splits) > 0.5 * len(splits)

    def _as_text(self, rows: Sequence[SourceRow]) -> None:
        first = len(self.blocks)
        for row in rows:
            for cell in row:
                self._cell_as_text(cell)
        self.blocks[first:] = [
            replace(own, in_table=True) if isinstance(own, TextBlock) else own
            for own in self.blocks[first:]
        ]

    def _cell_as_text(self, cell: TableCell) -> None:
        if isinstance(cell, PageCell):
            self.text([TextBlock(paragraph) for paragraph in cell.paragraphs])
        else:
            self.flow(cell.lines, cell.tables)

    def _records(self, table: TableForm, records: Sequence[Record]) -> None:
        for record in records:
            self.blocks.append(HeadBlock(record.labels, table.id, repeated=self._touches))
            row = RowCells(table, (), record.cells, ends_sure=record.ends_sure)
            self._added.add(row, may_go_on=False)
            self._added.flag_cut()
            self._touches = True
        self._columns = None


def _words(row: SourceRow) -> Paragraph:
    return tuple(piece for cell in row for piece in words_of(cell_of(cell)))


def _have_a_row_each(tables: Sequence[SourceTable], finder: ColumnFinder) -> bool:
    """Whether a document has a table for each row: most have only one row and a header."""
    counts = [
        sum(
            not head and any(map(cell_of, row))
            for row, head in zip(table.rows, finder.find(table.rows), strict=True)
        )
        for table in tables
        if max((len(row) for row in table.rows), default=0) > 1
    ]
    return len(counts) >= _FEWEST_TABLES and 2 * counts.count(1) > len(counts)
