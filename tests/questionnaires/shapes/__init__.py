"""One module per family of shapes; each shape is a function from words to a filled-in paper."""

from __future__ import annotations

from collections.abc import Callable

from tests.questionnaires.content import Paper
from tests.questionnaires.shapes import (
    followed_up,
    icons,
    merged,
    recorded,
    reported,
    tables,
    written,
)
from tests.questionnaires.words import Words

Shape = Callable[[Words], Paper]

SHAPES: dict[str, Shape] = {
    "headings": written.headings,
    "numbered": written.numbered,
    "year-report": written.year_report,
    "security": tables.security,
    "conformance": tables.conformance,
    "description": tables.description,
    "shifted": tables.shifted,
    "ticked": tables.ticked,
    "applicability": merged.applicability,
    "merged": merged.merged,
    "under-row": merged.under_row,
    "lights": icons.lights,
    "ratings": icons.ratings,
    "checklist": reported.checklist,
    "boxes": reported.boxes,
    "risks": followed_up.risks,
    "equality": followed_up.equality,
    "four-grades": followed_up.four_grades,
    "control-plan": followed_up.control_plan,
    "cards": recorded.cards,
    "audit": recorded.audit,
    "interview": recorded.interview,
}
"""Every shape by its name."""
