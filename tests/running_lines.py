"""The running headers and footers of a document, as the tests ask for them."""

from __future__ import annotations

from extractors.layout.cells.runs import lines_of
from extractors.layout.furniture.running import running_numbers
from models.document import Document, Line
from models.form import Form


def split(document: Document, form: Form | None = None) -> tuple[list[Line], list[Line]]:
    """Returns the running lines of a document, and the others, each in order."""
    found = running_numbers([(page, lines_of(page)) for page in document.pages], form)
    lines = document.lines
    return (
        [line for line in lines if line.number in found],
        [line for line in lines if line.number not in found],
    )
