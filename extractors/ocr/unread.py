"""Which pages of a PDF have no usable text."""

from __future__ import annotations

from extractors.ocr.layers import POOR_LAYER
from models.document import Document, Format


class ManyPagesError(Exception):
    """A report has more pages to recognise than allowed: it needs more time.

    Attributes:
        pages: How many there are.
    """

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages

    def __str__(self) -> str:
        return f"{self.pages} pages are to be read by text recognition"


UNREAD = frozenset({"scan", "garbled-text", POOR_LAYER})
"""Codes of the problems of pages whose text cannot be read, or cannot be trusted."""


def unread_pages(document: Document) -> frozenset[int]:
    """Returns the numbers of the pages that only text recognition can read."""
    if document.format not in (Format.PDF, Format.PICTURE):
        return frozenset()
    return frozenset(
        problem.page
        for problem in document.problems
        if problem.code in UNREAD and problem.page is not None
    )
