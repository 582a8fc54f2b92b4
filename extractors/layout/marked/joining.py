"""Rejoins a row that an export or a page break cuts."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from extractors.layout.blocks import Block, Cell, Doubt, OtherCell, RowBlock
from extractors.layout.cells.openings import is_unfinished
from extractors.layout.rows.decide import Verdict

_UNCERTAIN = 0.6
_CUT = 0.97
_SURE_ROOM = 1.5
"""Room for the next word, in multiples of its width, at which a line surely ends its paragraph."""


def joined(before: RowBlock, after: RowBlock, verdict: Verdict, *, cut: bool = True) -> RowBlock:
    """Returns a row with its rest; `cut` says that an export separated them."""
    doubts = before.doubts | after.doubts - {Doubt.QUESTION_UNCERTAIN}
    row = replace(
        before,
        question=joined_cell(before.question, after.question),
        answer=before.answer + after.answer,
        shared=before.shared or after.shared,
        said=before.said or after.said,
        comment=joined_cell(before.comment, after.own_comment),
        ref=_joined_reference(before.ref, after.own_ref),
        section=before.section or after.section,
        others=_joined_others(before.others, after.others),
        doubts=doubts | {Doubt.CUT} if cut else doubts,
        confidence=min(before.confidence, _CUT) if cut else before.confidence,
        marked=before.marked or after.marked,
        marks=before.marks + after.marks,
    )
    if cut and may_end_elsewhere(before.comment, after.own_comment):
        row = replace(row, doubts=row.doubts | {Doubt.JOIN_UNCERTAIN})
    return row if verdict.sure else doubted(row)


def share_rest(blocks: list[Block], at: int, rest: Cell) -> None:
    """Gives each row that shares a comment the part of it on the next page.

    Args:
        blocks: The blocks; row `at` has been joined with its rest.
        at: Index of the last row that shares the comment.
        rest: The comment's part on the next page.
    """
    last = blocks[at]
    if not rest or not isinstance(last, RowBlock) or "comment" not in last.borrowed:
        return
    for place in range(at - 1, -1, -1):
        row = blocks[place]
        if not isinstance(row, RowBlock):
            continue
        blocks[place] = replace(
            row, comment=last.comment, doubts=row.doubts | {Doubt.CUT} | _joins(last)
        )
        if "comment" not in row.borrowed:
            break


def _joins(row: RowBlock) -> frozenset[Doubt]:
    return row.doubts & {Doubt.JOIN_UNCERTAIN}


def _joined_reference(before: Cell, after: Cell) -> Cell:
    """Returns a reference cut by a page break as one paragraph."""
    if not before or not after:
        return before or after
    return (tuple(piece for cell in (before, after) for own in cell for piece in own),)


def _joined_others(
    before: tuple[OtherCell, ...], after: tuple[OtherCell, ...]
) -> tuple[OtherCell, ...]:
    if not before or not after:
        return before or after
    return tuple(
        one._replace(cell=joined_cell(one.cell, () if other.borrowed else other.cell))
        for one, other in zip(before, after, strict=True)
    )


def joined_cell(before: Cell, after: Cell) -> Cell:
    """Joins two parts of a cell; a paragraph that breaks off continues.

    It breaks off inside a sentence, or where the page left no room for the next word.
    """
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    is_open = is_unfinished(last[-1].text) and first[0].text[:1].islower()
    if is_open or _is_full(before, after):
        return (*before[:-1], last + first, *after[1:])
    return before + after


def _is_full(before: Cell, after: Cell) -> bool:
    """Whether the last line of a cell on a page leaves no room for the next word."""
    return _room(before, after) < 1.0


def _room(before: Cell, after: Cell) -> float:
    """Returns how many times the next word would have fitted on the last line of a page."""
    last, first = before[-1][-1].line.box, after[0][0].line.box
    boxes = [piece.line.box for cell in (before, after) for own in cell for piece in own]
    if last is None or first is None:
        return inf
    right = max(box.x1 for box in boxes if box is not None)
    text = after[0][0].text
    letter = (first.x1 - first.x0) / max(1, len(text))
    needed = letter * (1 + len(text.split(maxsplit=1)[0]))
    return (right - last.x1) / needed if needed > 0 else inf


def may_end_elsewhere(before: Cell, after: Cell) -> bool:
    """Whether a paragraph may either end with the page or continue: its sentence ends there.

    A line on which the next word nearly fitted shows neither.
    """
    if not before or not after or is_unfinished(before[-1][-1].text):
        return False
    return not after[0][0].text[:1].islower() and _room(before, after) < _SURE_ROOM


def doubted(row: RowBlock) -> RowBlock:
    """Returns a row, flagged since it may be cut elsewhere than it seems."""
    return replace(
        row, doubts=row.doubts | {Doubt.CUT_UNCERTAIN}, confidence=min(row.confidence, _UNCERTAIN)
    )
