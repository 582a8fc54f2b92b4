"""Rows of a dump without columns whose questions look unlike all the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.blocks import Block, Doubt, RowBlock
from extractors.layout.dumps.flow_evidence import asks, starts_detail
from models.form import Form

_UNCERTAIN_CONFIDENCE = 0.6
_FEWEST = 5
_USUAL = 0.7
_LATE_QUESTION = re.compile(r"[^?]*\w{3}[.!]\s+[^\W\d_a-zåäö][^?]*\?")


def doubt_strange_rows(blocks: Sequence[Block], form: Form) -> list[Block]:
    """Marks rows as doubtful that begin unlike most rows of the dump, and the rows before them.

    A row that begins in the middle of a sentence, that asks nothing, or that asks only after a
    sentence, may be the end of the comment before it.
    """
    rows = [block for block in blocks if isinstance(block, RowBlock)]
    usual = [not _is_strange(row, form) for row in rows]
    if len(rows) < _FEWEST or sum(usual) < _USUAL * len(rows):
        return list(blocks)
    doubted = list(blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, RowBlock) and _is_strange(block, form):
            doubted[at] = _doubted(block)
            before = doubted[at - 1] if at else None
            if isinstance(before, RowBlock):
                doubted[at - 1] = _doubted(before)
    return doubted


def _doubted(row: RowBlock) -> RowBlock:
    return replace(
        row,
        doubts=row.doubts | {Doubt.QUESTION_UNCERTAIN},
        confidence=min(row.confidence, _UNCERTAIN_CONFIDENCE),
    )


def _is_strange(row: RowBlock, form: Form) -> bool:
    paragraphs = [" ".join(piece.text for piece in paragraph) for paragraph in row.question]
    if not paragraphs:
        return True
    first = paragraphs[0]
    if first[:1].islower() or _LATE_QUESTION.match(first):
        return True
    is_told = "?" in first or asks(first, form)
    return not is_told and not any(starts_detail(text, form) for text in paragraphs)
