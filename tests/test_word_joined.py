"""Rows that an export split at the end of a page."""

from __future__ import annotations

from extractors.layout.blocks import Cell, Piece
from extractors.layout.marked.joining import joined_cell
from models.document import Box, Line


def cell(text: str, page: int, right: float) -> Cell:
    return ((Piece.whole(Line(page, text, page, Box(60, 700, right, 710), 10.0, False)),),)


def test_text_whose_font_gives_its_letters_no_width_begins_a_paragraph() -> None:
    """It ended the whole report with a division by zero."""
    found = joined_cell(cell("Det görs.", 1, 200), cell("Vakten gör det.", 2, 60))
    assert len(found) == 2
