"""The sheets of an export as headings and rows, independent of any file format."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.publishing.sheets.lists import Lists
from pipeline.publishing.sheets.matrices import question_matrix, theme_matrix

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
    """Returns the sheets of an export, except the one about the file itself."""
    makers = _makers(content, words, names)
    return [makers[name]() for name in ORDER]


def one_sheet(name: str, content: Content, words: Words, names: ThemeNames) -> Sheet:
    """Returns one sheet by its id, without building the others."""
    return _makers(content, words, names)[name]()


def _makers(content: Content, words: Words, names: ThemeNames) -> dict[str, Callable[[], Sheet]]:
    lists = Lists(content, words, names)
    return {
        "answers": lists.answers,
        "matrix": lambda: question_matrix(content, words),
        "themes": lambda: theme_matrix(content, words, names),
        "mentions": lists.mentions,
        "not_asked": lists.not_asked,
        "problems": lists.problems,
        "corrections": lists.corrections,
        "reports": lists.reports,
    }
