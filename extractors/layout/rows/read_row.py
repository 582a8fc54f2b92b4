"""A row of a table as a question with its answer and comment, and what is doubtful about it.

A cell merged downwards over several rows belongs to each of them; answers and comments shared this
way are flagged. A row with only one text can be the comment of the row above or the heading of the
rows below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.layout.blocks import (
    Answering,
    Cell,
    Doubt,
    OtherCell,
    Paragraph,
    Piece,
    RowBlock,
    words_of,
)
from extractors.layout.cells.answers import stands_alone
from extractors.layout.cells.cues import is_reference
from extractors.layout.rows.row_cells import RowCells, split_row
from extractors.text import fold, fold_all
from models.form import Form
from models.form_tables import Column, FullWidth, TableForm

_UNCERTAIN = 0.6
_SHARED = 0.9
_ANSWERS = (Column.ANSWER, Column.ANSWER_COMMENT)


class Lone(NamedTuple):
    """The only text of a row.

    Attributes:
        kind: What it is.
        cell: Its paragraphs, without the label.
        label: The label of a comment that it begins with, or ().
        ends_sure: Whether it is certain where its paragraphs end.
    """

    kind: FullWidth
    cell: Cell
    label: Paragraph = ()
    ends_sure: bool = True


def lone_text(row: RowCells, form: Form, *, may_go_on: bool) -> Lone | None:
    """Returns the only text of a row that is not a question's row, or None.

    Args:
        row: The row.
        form: The form.
        may_go_on: Whether the row can be the rest of one cut by a page break.
    """
    lone = row.alone()
    if not lone or not (row.full or (_heads_rows(row) and not may_go_on)):
        return None
    kind = row.table.full_width_rows
    label, rest = _without_label(lone, form)
    if label:
        return Lone(FullWidth.COMMENT, rest, label, row.ends_sure)
    return Lone(kind, lone, ends_sure=row.ends_sure)


def _heads_rows(row: RowCells) -> bool:
    """Whether a row whose other cells are empty is the heading of those below it.

    Where questions have references, such a row has only a reference or only a question.
    """
    table = row.table
    if table.full_width_rows is not FullWidth.SECTION or table.at(Column.REF) is None:
        return False
    return bool(row.of(Column.REF)) != bool(row.of(Column.QUESTION))


def _without_label(cell: Cell, form: Form) -> tuple[Paragraph, Cell]:
    """Separates the label of a comment at the beginning of a cell from the rest."""
    first = cell[0][0]
    before, colon, after = first.text.partition(":")
    if fold(before) not in fold_all(form.labels.comment) or (after.strip() and not colon):
        return (), cell
    label = Piece(first.line, first.start, first.start + len(before) + len(colon))
    blank = len(after) - len(after.lstrip())
    rest = Piece(first.line, label.end + blank, first.end)
    opening = ((rest,) if after.strip() else ()) + cell[0][1:]
    return (label,), ((opening,) if opening else ()) + cell[1:]


def read_row(
    row: RowCells,
    before: RowBlock | None,
    form: Form,
    beside_marks: frozenset[int] = frozenset(),
) -> RowBlock:
    """Returns a row as question, answer and comment.

    Args:
        row: Its cells.
        before: The row above it in the same table, or None.
        form: The form.
        beside_marks: Numbers of the lines that have a drawn mark beside them.
    """
    split = split_row(row, form, beside_marks)
    shared = split.shared
    doubts = {Doubt.ANSWER_UNCERTAIN} if split.doubtful else set()
    borrowed: set[str] = set()
    comment, ref, section = split.comment, row.of(Column.REF), row.of(Column.SECTION)
    others = row.others()
    if before is not None:
        if row.goes_on(*_ANSWERS) and not (split.answer or shared):
            shared = before.answer or before.shared
            doubts |= {Doubt.CELL_SHARED} if shared else set()
        if row.goes_on(Column.COMMENT, Column.ANSWER_COMMENT) and not comment and before.comment:
            comment = before.comment
            borrowed.add("comment")
            doubts |= {Doubt.CELL_SHARED} | (before.doubts & {Doubt.JOIN_UNCERTAIN})
        if row.goes_on(Column.REF) and not ref and before.ref:
            ref = before.ref
            borrowed.add("ref")
        if not section and before.section:
            section = before.section
            borrowed.add("section")
        others = _shared_others(others, before.others)
    if not row.question or not row.is_sure or _has_references(row, form):
        doubts.add(Doubt.QUESTION_UNCERTAIN)
    if row.doubtful or _share_a_line(row.question, split.answer):
        doubts.add(Doubt.COLUMN_UNCERTAIN)
    if not row.head_sure:
        doubts.add(Doubt.HEAD_UNCERTAIN)
    if not row.ends_sure:
        doubts.add(Doubt.JOIN_UNCERTAIN)
    said = "" if split.answer or shared else _said(row.looks, form)
    if said is None:
        doubts.add(Doubt.ANSWER_UNCERTAIN)
    if not (split.answer or shared or said) and comment and stands_alone(comment[0], form):
        doubts.add(Doubt.COLUMN_UNCERTAIN)
    mild = {Doubt.CELL_SHARED, Doubt.HEAD_UNCERTAIN, Doubt.JOIN_UNCERTAIN}
    return RowBlock(
        question=row.question,
        answer=split.answer,
        comment=comment,
        doubts=frozenset(doubts),
        confidence=_UNCERTAIN if doubts - mild else _SHARED if doubts else 1.0,
        marked=split.marked,
        marks=split.marks,
        shared=shared,
        said=said or "",
        ref=ref,
        section=section,
        others=others,
        borrowed=frozenset(borrowed),
        answering=answering_of(row.table, form),
    )


def _share_a_line(question: Cell, answer: Paragraph) -> bool:
    """Whether a source line was split between question and answer."""
    lines = {id(piece.line) for piece in words_of(question)}
    return any(id(piece.line) in lines for piece in answer)


def _said(looks: Sequence[str], form: Form) -> str | None:
    """Returns the answer that pictures or colours show; "" for none, None if that is uncertain."""
    words = {icon.word for icon in form.icons if icon.looks in looks}
    if len(words) == 1:
        return words.pop()
    return None if form.icons and looks else ""


def _has_references(row: RowCells, form: Form) -> bool:
    """Whether several references are below one another, as where no line separates rows."""
    lines = words_of(row.of(Column.REF))
    return (
        len(lines) > 1
        and bool(form.reference_looks)
        and all(is_reference(piece.text, form) for piece in lines)
    )


def answering_of(table: TableForm, form: Form) -> Answering:
    """Returns how the rows of a kind of table are answered."""
    at = table.at(Column.ANSWER, Column.ANSWER_COMMENT, Column.TICK)
    if at is None:
        return Answering.NONE
    is_free = form.takes_any_answer or table.columns[at].free_text
    return Answering.ANY if is_free else Answering.WORDS


def _shared_others(
    others: tuple[OtherCell, ...], before: tuple[OtherCell, ...]
) -> tuple[OtherCell, ...]:
    above = {other.head: other.cell for other in before}
    return tuple(
        other._replace(cell=above.get(other.head, ())) if other.borrowed else other
        for other in others
    )
