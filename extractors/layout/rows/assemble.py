"""Assembling a row from its parts on one or more pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.layout.blocks import Doubt, RowBlock
from extractors.layout.cells.cues import openness
from extractors.layout.cells.openings import is_unfinished, opens_detail
from extractors.layout.cells.paragraphs import Reader
from extractors.layout.rows.page_break import room_beside
from extractors.layout.rows.read_row import read_row
from extractors.layout.rows.row_cells import RowCells
from extractors.layout.rows.rows import Row
from models.document import Mark, MarkKind, Page
from models.form import Form
from models.form_tables import Column, TableForm

_UNCERTAIN = 0.6
_UNKNOWN = frozenset({Doubt.COLUMN_UNCERTAIN, Doubt.ANSWER_UNCERTAIN})
"""Doubts that the row borders do not settle."""
_BESIDE = 40.0
_FULL_LINE = 12.0
_LIST_INDENT = 15.0
_LIST_HEIGHT = 60.0


def assemble(
    row: Row,
    table: TableForm,
    reader: Reader,
    form: Form,
    rights: Sequence[float],
    marks: frozenset[int],
) -> RowBlock:
    """Returns a row with the paragraphs of its cells.

    Args:
        row: The row.
        table: The kind of its table.
        reader: Splits lines into paragraphs.
        form: The form.
        rights: Right edge of each column's text.
        marks: Numbers of the lines beside a drawn mark.
    """
    cells = [
        reader.cell(row.column(at), rights[at], weight_parts=column.holds is Column.QUESTION)
        for at, column in enumerate(table.columns)
    ]
    read = read_row(
        RowCells(
            table,
            (),
            tuple(cell.paragraphs for cell in cells),
            doubtful=row.is_crossed,
            ends_sure=all(cell.sure for cell in cells),
            is_sure=not row.border_unsure,
        ),
        None,
        form,
        marks,
    )
    doubts = set(read.doubts)
    if len(row.parts) > 1:
        doubts.add(Doubt.CUT)
    if row.cut_unsure:
        doubts.add(Doubt.CUT_UNCERTAIN)
    sure = round(row.probability * _UNCERTAIN ** len(doubts & _UNKNOWN), 3)
    return replace(read, doubts=frozenset(doubts), confidence=sure)


def breaks_off(row: Row, rights: Sequence[float]) -> bool:
    """Whether a table's last row seems to lack its end: its comment stops inside a sentence.

    Args:
        row: The row.
        rights: Right edge of each column's text.
    """
    lines = row.column(-1)
    room = room_beside(lines, rights[-1])
    return room is not None and room < _FULL_LINE and is_unfinished(lines[-1].text)


def may_end_before_break(row: Row, form: Form) -> bool:
    """Whether the text of a table's last row on its last page could be text below the table.

    It is only in the question column, and opens like a paragraph of its own.
    """
    if len(row.parts) < 2 or any(row.parts[-1].cells[1:]) or not row.parts[-1].cells[0]:
        return False
    above = [line for part in row.parts[:-1] for line in part.cells[0]]
    first = row.parts[-1].cells[0][0]
    is_open = bool(above) and openness(above[-1].text, form) == 1.0
    return not (is_open or first.text[:1].islower() or opens_detail(first.text, form))


def beside_marks(pages: Iterable[Page]) -> frozenset[int]:
    """Returns the numbers of the lines with a drawn mark to their left.

    If dots or pictures and empty boxes are above one another, the boxes are the options that were
    not chosen.
    """
    found: set[int] = set()
    for page in pages:
        if not page.marks:
            continue
        strong = [mark for mark in page.marks if mark.kind is not MarkKind.CHECKBOX]
        places = [(*line.box, line.number) for line in page.lines if line.box is not None]
        for mark in page.marks:
            if mark.kind is MarkKind.CHECKBOX and any(_in_one_list(mark, own) for own in strong):
                continue
            _, top, right, bottom = mark.box
            middle, first, last = (top + bottom) / 2, right - 2, right + _BESIDE
            near = [
                (x0, number)
                for x0, y0, _, y1, number in places
                if y0 <= middle <= y1 and first <= x0 <= last
            ]
            if near:
                # The first of equals.
                found.add(min(near)[1])
    return frozenset(found)


def _in_one_list(box: Mark, mark: Mark) -> bool:
    """Whether an empty box is directly above or below a mark."""
    return (
        abs(box.box.x0 - mark.box.x0) < _LIST_INDENT
        and abs(box.box.y0 - mark.box.y0) < _LIST_HEIGHT
    )
