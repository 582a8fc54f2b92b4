"""Whether a row is the rest of one that a page break or an export cuts."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.blocks import Cell, Doubt, RowBlock, text_of, words_of
from extractors.layout.cells.cues import asks, ends_question, is_reference
from extractors.layout.cells.openings import is_unfinished
from extractors.layout.rows.decide import Verdict, judge
from extractors.layout.rows.habits import Habits
from extractors.layout.rows.page_break import Side
from models.form import Form
from models.form_tables import Column, TableForm


def judge_rest(
    before: RowBlock, after: RowBlock, table: TableForm, rows: Sequence[RowBlock], form: Form
) -> Verdict:
    """Judges whether a row is the rest of the one before it.

    Args:
        before: The row above.
        after: The row after a page or a table ends.
        table: The kind of their table.
        rows: The rows so far, which show whether questions have a question mark.
        form: The form.
    """
    if table.at(Column.REF) is not None and before.ref:
        if after.own_ref:
            return Verdict(is_cut_reference(before.ref, after.own_ref, form), True)
        return Verdict(True, not (is_answered(before) and is_answered(after)))
    if not table.is_plain and not is_answered(after) and _both_ask(before, after):
        return Verdict(False, False)
    asking = sum("?" in text_of(row.question) for row in rows)
    habits = Habits(asks=asking > 0.6 * len(rows))
    return judge(_side(before), _side(after), habits, form)


def opens_asking(row: RowBlock, form: Form) -> bool:
    """Whether a row begins with its own question, not with the rest of one."""
    text = text_of(row.question)
    return asks(text, form) and not text[0].islower()


def _side(row: RowBlock) -> Side:
    pieces = words_of(row.question)
    return Side(
        question=text_of(row.question),
        answer=is_answered(row),
        comment=text_of(row.comment),
        opens_bold=bool(pieces) and bool(pieces[0].line.bold),
        ends_bold=bool(pieces) and bool(pieces[-1].line.bold),
    )


def is_answered(row: RowBlock) -> bool:
    """Whether a row has an answer, in its own cell or elsewhere."""
    return bool(row.answer or row.shared or row.said)


def reads_over(before: RowBlock, after: RowBlock) -> bool:
    """Whether a sentence in a comment cut by a page break seems to end in the comment below it."""
    if Doubt.CUT not in before.doubts or not (before.comment and after.own_comment):
        return False
    below = after.own_comment[0][0].text
    return is_unfinished(before.comment[-1][-1].text) and below[:1].islower()


def _both_ask(before: RowBlock, after: RowBlock) -> bool:
    """Whether two rows each have a complete question."""
    texts = text_of(before.question), text_of(after.question)
    return all(ends_question(text) and text[:1].isupper() for text in texts)


def is_cut_reference(before: Cell, after: Cell, form: Form) -> bool:
    """Whether a page break cuts a reference: together the parts are one, but neither is alone."""
    if not form.reference_looks:
        return False
    first, second = (
        "".join(piece.text for paragraph in cell for piece in paragraph) for cell in (before, after)
    )
    return is_reference(first + second, form) and not (
        is_reference(first, form) and is_reference(second, form)
    )
