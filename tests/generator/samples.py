"""The sample reports in `data/raw`, their gold in `data/gold`, and last year's of two boards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.generator.boards import make_board
from tests.generator.content import Table, Truth
from tests.generator.gold import Rendered
from tests.generator.kinds import render

SAMPLES: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (101, "dump", {"width": 76, "lines": 48, "repeat_heads": True, "form_feeds": False}),
    (102, "dump-layout", {"mark": ""}),
    (104, "pdf-ruled", {"mark": "image", "contents": True, "title_page": True}),
    (106, "pdf-unruled", {"mark": "glyph", "repeat_heads": False}),
    (109, "pdf-shaded", {"mark": "checkbox", "divide": True}),
    (110, "pdf-three", {"mark": "none", "rules": "horizontal"}),
    (112, "docx", {"heading_styles": True}),
)
"""Seed, kind and style of each sample."""

VARIANT = 1
"""All boards answer the same questionnaire, so that their answers can be compared."""


def samples() -> list[Rendered]:
    """Makes all samples, always with the same bytes."""
    return [
        render(make_board(seed, variant=VARIANT), kind, seed, **style)
        for seed, kind, style in SAMPLES
    ]


LAST_YEAR = (104, 106)
"""Seeds of the samples whose boards also have a report from the previous year, as Word files."""

KEPT = 4
"""One comment in this many was carried over unchanged."""

BEFORE = {"Ja": "Delvis", "Delvis": "Nej", "Pågår": "Nej", "Vet ej": "Ej aktuellt"}
"""The previous year's answer for every other answer; the rest were the same."""


def last_year() -> list[Rendered]:
    """Makes the previous year's reports, with answers that have changed since."""
    boards = [(seed, _a_year_before(make_board(seed, variant=VARIANT))) for seed in LAST_YEAR]
    return [render(board, "docx", seed, heading_styles=True) for seed, board in boards]


def _a_year_before(board: Truth) -> Truth:
    """A board's report with other answers and comments in most rows."""
    others = make_board(board.seed + 1000, variant=VARIANT).rows
    rows = {
        row.position: replace(
            row,
            answer=BEFORE.get(row.answer, row.answer) if row.position % 2 else row.answer,
            comment=row.comment if row.position % KEPT == 0 else other.comment,
        )
        for row, other in zip(board.rows, [*others, *others], strict=False)
    }
    blocks = [
        replace(block, rows=tuple(rows[row.position] for row in block.rows))
        if isinstance(block, Table)
        else block
        for block in board.blocks
    ]
    return replace(board, blocks=tuple(blocks))
