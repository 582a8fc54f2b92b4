"""How much a part of a dump looks like an answer."""

from __future__ import annotations

import re

from extractors.layout.cells.openings import starts_item
from extractors.layout.dumps.chunks import Chunk, is_answer
from extractors.text import unmark
from models.form import Form
from models.form_tables import Column, TableForm

_FEW_WORDS = 5
_BEGINS_COMMENT = re.compile(r"[-–]\s+[^\W\d_a-zåäö]|[^a-zåäö,.;:(\-–/]")
"""What can follow an answer on its line: not a lower-case letter or a sign that continues it."""


def has_answer_column(table: TableForm) -> bool:
    """Whether answers of a kind of table have their own column."""
    return any(column.holds is Column.ANSWER for column in table.columns)


def answer_look(part: Chunk, form: Form, has_column: bool) -> int:
    """Returns how much a part looks like an answer.

    3 if it is only an answer, 2 if it begins with one and the comment shares its line, 1 if by its
    length it could be one that the form does not know; otherwise 0.

    Args:
        part: The part.
        form: The form, for its answers.
        has_column: Whether answers have their own column.
    """
    if is_answer(part.text, form):
        return 3
    text = unmark(part.text)
    match = form.answer_pattern.match(text)
    if match and has_column:
        rest = text[match.end() :].lstrip()
        return 2 if rest and _BEGINS_COMMENT.match(rest) else 0
    is_short = len(part.pieces) == 1 and len(text.split()) <= _FEW_WORDS
    if not is_short or text[:1].islower() or starts_item(part.text):
        return 0
    return int(not text.endswith((".", "?", ":")))
