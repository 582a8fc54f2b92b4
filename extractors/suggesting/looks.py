"""The appearance of the pictures and colours of a report, as forms name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.document import Box, Document, Page, SourceTable

_COLOUR = "colour:"


class Look(NamedTuple):
    """A picture or a coloured area, and its place on the page."""

    box: Box
    looks: str


def chosen(looks: Sequence[str]) -> str:
    """Returns the name that a form should use: the colour if there is one."""
    return next((own for own in looks if own.startswith(_COLOUR)), looks[0] if looks else "")


def looks_on(page: Page) -> list[Look]:
    """Returns the pictures and coloured areas of a page that carry meaning."""
    marks = [Look(mark.box, chosen(mark.looks)) for mark in page.marks if mark.looks]
    return marks + [Look(rule.box, rule.looks) for rule in page.rules if rule.looks]


def count_looks(document: Document) -> Counter[tuple[str, int | None]]:
    """Counts the pictures and colours of a document, each with all its names, by page."""
    found: Counter[tuple[str, int | None]] = Counter()
    for page in document.pages:
        for mark in page.marks:
            found.update((look, page.number) for look in mark.looks)
        found.update((rule.looks, page.number) for rule in page.rules if rule.looks)
    for table in document.tables:
        found.update((look, None) for look in _in_cells(table))
    return found


def _in_cells(table: SourceTable) -> Iterator[str]:
    for row in table.rows:
        for cell in row:
            yield from cell.looks
            for inner in cell.tables:
                yield from _in_cells(inner)
