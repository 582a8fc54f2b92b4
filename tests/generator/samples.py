"""The sample reports in `data/raw` and their gold in `data/gold`."""

from __future__ import annotations

from typing import Any

from tests.generator.boards import make_board
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
