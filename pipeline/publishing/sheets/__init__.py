"""The sheets of an export, as headings and rows: pure of any file format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publishing.sheets.lists import lists
from pipeline.publishing.sheets.matrices import matrices

if TYPE_CHECKING:
    from pipeline.publishing.content import Content
    from pipeline.publishing.names import ThemeNames
    from pipeline.publishing.sheets.model import Sheet
    from pipeline.publishing.words import Words

ORDER = (
    "answers", "matrix", "themes", "mentions", "not_asked", "problems", "corrections", "reports",
)  # fmt: skip
"""Sheets by id, in the order of a workbook."""


def all_sheets(content: Content, words: Words, names: ThemeNames) -> list[Sheet]:
    """Returns the sheets of an export but the one on the file itself."""
    made = [*lists(content, words, names), *matrices(content, words, names)]
    return sorted(made, key=lambda sheet: ORDER.index(sheet.id))
