"""Tables with a label for each field, such as "Fråga" with the question below or beside it.

A column header names a column once; here each question has its own labels, one above another or
beside their fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.layout.blocks import Cell, Piece
from extractors.layout.marked.cells import PageCell, SourceRow, cell_of
from extractors.layout.marked.joining import joined_cell, may_end_elsewhere
from extractors.layout.tables.heads import key_of
from models.document import SourceTable
from models.form import Form
from models.form_tables import TableForm

_LABEL_END = re.compile(r"\s*:\s*")


class Record(NamedTuple):
    """A question with its fields.

    Attributes:
        labels: The labels of its fields.
        cells: The text of each of its table's columns.
        ends_sure: Whether it is certain where the paragraphs of its fields end.
    """

    labels: tuple[Piece, ...]
    cells: tuple[Cell, ...]
    ends_sure: bool = True


class _Field(NamedTuple):
    """A label and what follows it in its cell."""

    column: int
    label: Piece
    rest: Cell


def read_records(table: SourceTable, form: Form) -> tuple[TableForm, list[Record]] | None:
    """Returns the records of a table and their kind, or None if it has none.

    It has records if every text in it follows a label, and each record has the labels of a kind of
    table once and in order; the last may be missing.
    """
    for kind in form.tables:
        records = _read(table.rows, kind)
        if records:
            return kind, records
    return None


def opens_record(rows: Sequence[SourceRow], form: Form) -> bool:
    """Whether the first text of some rows is the label of a question."""
    first = next((cell for row in rows for cell in map(cell_of, row) if cell), None)
    return first is not None and any(
        (field := _field(first, [{key_of(head) for head in kind.columns[0].heads}])) is not None
        and field.column == 0
        for kind in form.tables
    )


def _read(rows: Sequence[SourceRow], kind: TableForm) -> list[Record] | None:
    heads = [{key_of(head) for head in column.heads} for column in kind.columns]
    found: list[tuple[list[Piece], list[int], list[Cell]]] = []
    unsure: set[int] = set()
    waiting: list[int] = []
    for row in rows:
        cells = [cell for cell in map(cell_of, row) if cell]
        fields = [_field(cell, heads) for cell in cells]
        if any(fields):
            waiting = []
        told = not any(isinstance(cell, PageCell) and not cell.ends_sure for cell in row)
        current: int | None = None
        place = 0
        for cell, field in zip(cells, fields, strict=True):
            if field is not None:
                current = field.column
                if current == 0:
                    found.append(([], [], [() for _ in heads]))
                if not found or current in found[-1][1]:
                    return None
                found[-1][0].append(field.label)
                found[-1][1].append(current)
                found[-1][2][current] = field.rest
                waiting.append(current)
                continue
            if not found:
                return None
            # Without a label to its left it is in a row of fields below a row of labels.
            target = _below(waiting, place, found[-1][2], cell) if current is None else current
            if target is None:
                return None
            place += current is None
            before = found[-1][2][target]
            found[-1][2][target] = _with(before, cell)
            told &= not (_is_cut(before, cell) and may_end_elsewhere(before, cell))
        if not told:
            unsure.add(len(found) - 1)
        if len(waiting) > 1 and not any(fields):
            waiting = []  # several labels side by side are for one row of fields
    whole = list(range(len(heads)))
    if not found or any(len(order) < 2 or order != whole[: len(order)] for _, order, _ in found):
        return None
    return [
        Record(tuple(labels), tuple(cells), at not in unsure)
        for at, (labels, _, cells) in enumerate(found)
    ]


def _below(waiting: Sequence[int], place: int, filled: Sequence[Cell], cell: Cell) -> int | None:
    """Returns the column of the label above a cell; None if there is none.

    Where labels side by side have text of their own, that is more of a column header than the form
    knows, and they are no labels of fields.

    Args:
        waiting: The columns of the labels above.
        place: How many cells are to the left.
        filled: What the fields already hold.
        cell: The cell.
    """
    if not waiting or place >= len(waiting) > 1:
        return None
    column = waiting[min(place, len(waiting) - 1)]
    before = filled[column]
    return None if len(waiting) > 1 and before and not _is_cut(before, cell) else column


def _with(before: Cell, after: Cell) -> Cell:
    """Returns a field with its rest, which a page break can separate inside a paragraph."""
    return joined_cell(before, after) if _is_cut(before, after) else before + after


def _is_cut(before: Cell, after: Cell) -> bool:
    return bool(before) and before[-1][-1].line.page != after[0][0].line.page


def _field(cell: Cell, heads: Sequence[set[str]]) -> _Field | None:
    """Returns the field after a cell's label, which is alone on its line or before a colon."""
    first = cell[0][0]
    for column, keys in enumerate(heads):
        if key_of(first.text) in keys:
            rest = ((cell[0][1:],) if cell[0][1:] else ()) + cell[1:]
            return _Field(column, first, rest)
        colon = _LABEL_END.search(first.text)
        if colon and colon.end() < len(first.text) and key_of(first.text[: colon.start()]) in keys:
            label = first._replace(end=first.start + colon.end())
            label = label._replace(end=label.start + len(label.text.rstrip()))
            own = first._replace(start=first.start + colon.end())
            return _Field(column, label, ((own, *cell[0][1:]), *cell[1:]))
    return None
