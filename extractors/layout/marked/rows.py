"""Adds the rows of tables to the blocks of a document, each joined with its rest."""

from __future__ import annotations

from dataclasses import replace

from extractors.layout.blocks import (
    Block,
    Doubt,
    HeadBlock,
    RowBlock,
    TextBlock,
    pieces,
    words_of,
)
from extractors.layout.marked.cuts import is_answered, judge_rest, opens_asking, reads_over
from extractors.layout.marked.joining import doubted, joined, share_rest
from extractors.layout.rows.decide import Verdict
from extractors.layout.rows.read_row import Lone, lone_text, read_row
from extractors.layout.rows.row_cells import RowCells
from models.form import Form
from models.form_tables import Column, FullWidth, TableForm


class Rows:
    """Adds rows to blocks.

    Args:
        blocks: The blocks of the document so far; rows are added at their end.
        form: The form.
        beside_marks: Numbers of the lines that have a drawn mark beside them.
    """

    def __init__(self, blocks: list[Block], form: Form, beside_marks: frozenset[int]) -> None:
        self.a_table_a_row = False
        self._blocks = blocks
        self._form = form
        self._beside_marks = beside_marks

    def add(self, row: RowCells, *, may_go_on: bool) -> None:
        """Takes a row, or joins it with the one above if it is its rest.

        Args:
            row: The row.
            may_go_on: Whether a page or a table ends above it.
        """
        at = self._last_row()
        before = self._blocks[at] if at is not None else None
        before = before if isinstance(before, RowBlock) else None
        lone = lone_text(row, self._form, may_go_on=may_go_on)
        if lone is not None:
            self._lone(lone, at, before)
            return
        new = read_row(row, before, self._form, self._beside_marks)
        if at is None or before is None:
            self._blocks.append(new)
        elif row.goes_on(Column.QUESTION) and not (is_answered(new) and is_answered(before)):
            self._blocks[at] = joined(before, new, Verdict(True, True), cut=False)
        elif not new.question and not is_answered(new) and not new.own_ref:
            self._blocks[at] = joined(before, new, Verdict(True, True))
            share_rest(self._blocks, at, new.own_comment)
        else:
            verdict = self._judge(before, new, row.table) if may_go_on else Verdict(False, True)
            if verdict.goes_on:
                self._blocks[at] = joined(before, new, verdict)
                share_rest(self._blocks, at, new.own_comment)
            elif verdict.sure and not reads_over(before, new):
                self._blocks.append(new)
            else:
                self._blocks[at] = doubted(before)
                self._blocks.append(doubted(new))

    def _judge(self, before: RowBlock, new: RowBlock, table: TableForm) -> Verdict:
        rows = [block for block in self._blocks if isinstance(block, RowBlock)]
        verdict = judge_rest(before, new, table, rows, self._form)
        if self.a_table_a_row and (not verdict.goes_on or opens_asking(new, self._form)):
            return Verdict(False, True)
        return verdict

    def _lone(self, lone: Lone, at: int | None, before: RowBlock | None) -> None:
        """Takes a row that is not a question's row: a comment, a heading, or text."""
        if lone.kind is FullWidth.COMMENT and at is not None and before is not None:
            doubts = frozenset() if lone.ends_sure else {Doubt.JOIN_UNCERTAIN}
            comment = before.comment + lone.cell
            self._blocks[at] = replace(before, comment=comment, doubts=before.doubts | doubts)
            if lone.label:
                self._blocks.append(HeadBlock(lone.label, "", repeated=True))
            return
        if lone.kind is FullWidth.SECTION:
            self._blocks.append(TextBlock(words_of(lone.cell), opens_section=True))
            return
        label = (lone.label,) if lone.label else ()
        self._blocks += [TextBlock(paragraph) for paragraph in (*label, *lone.cell)]

    def _last_row(self) -> int | None:
        """Returns the index of the last row, if only column headers come after it."""
        for at in range(len(self._blocks) - 1, -1, -1):
            if isinstance(self._blocks[at], RowBlock):
                return at
            if isinstance(self._blocks[at], TextBlock):
                return None
        return None

    def flag_cut(self) -> None:
        """Flags the last row if it is on several pages."""
        row = self._blocks[-1]
        if isinstance(row, RowBlock) and len({piece.line.page for piece in pieces(row)}) > 1:
            self._blocks[-1] = replace(row, doubts=row.doubts | {Doubt.CUT})
