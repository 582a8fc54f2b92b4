"""Cells that are centred between the borders of their row, or stand at its foot.

There the first line of a question does not show where its row begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.layout.blocks import Doubt, Layout, Piece, RowBlock, words_of
from models.document import Box

_UNCERTAIN = 0.6


def begins_low(row: RowBlock) -> bool:
    """Whether a row's answer or comment begins a line or more above its question."""
    question, others = _extents(row)
    if question is None or others is None:
        return False
    return others.y0 < question.y0 - _height(row)


def doubt_uncentred(layout: Layout) -> Layout:
    """Returns a layout whose cells are centred, with doubt on the rows that are not."""
    return replace(
        layout,
        blocks=tuple(
            replace(
                block,
                doubts=block.doubts | {Doubt.QUESTION_UNCERTAIN},
                confidence=min(block.confidence, _UNCERTAIN),
            )
            if isinstance(block, RowBlock) and not _is_centred(block)
            else block
            for block in layout.blocks
        ),
    )


def _is_centred(row: RowBlock) -> bool:
    """Whether the middle of the question is that of the row, which is on one page."""
    question, others = _extents(row)
    if Doubt.CUT in row.doubts or question is None or others is None:
        return False
    return abs(question.y0 + question.y1 - others.y0 - others.y1) < _height(row)


def _extents(row: RowBlock) -> tuple[Box | None, Box | None]:
    """Returns where the question and the rest of a row are, on the row's first page."""
    page = row.question[0][0].line.page if row.question else None
    others = (*row.answer, *words_of(row.comment))
    return _around(words_of(row.question), page), _around(others, page)


def _around(pieces: Iterable[Piece], page: int | None) -> Box | None:
    boxes = [own.line.box for own in pieces if own.line.box and own.line.page == page]
    if not boxes:
        return None
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def _height(row: RowBlock) -> float:
    """Returns the height of the question's first line."""
    box = row.question[0][0].line.box
    return box.y1 - box.y0 if box else 0.0
