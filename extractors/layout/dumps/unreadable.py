"""What a dump has lost for good: then every row is doubted, and the report says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.layout.blocks import Block, Doubt, RowBlock
from models.document import Document, ReadProblem

_CONFIDENCE = 0.2
_LONGEST_PAGE = 90
"""Lines with text that a page of a dump holds at most."""

BY_COLUMNS = ReadProblem(
    "columns-in-turn",
    "The text has the columns of its tables one after the other, so that no one can tell which "
    "answer belongs to which question. Every row is doubtful. Hand in the PDF or Word file that "
    "it was made of, or a text that keeps the columns side by side (`pdftotext -layout`).",
)
WITHOUT_PAGES = ReadProblem(
    "pages-unknown",
    "The text does not tell where its pages end, so that running heads and feet can stand inside "
    "comments, and rows that a page cuts may be put together wrongly. Every row is doubtful. Hand "
    "in the PDF or Word file that it was made of, or a text that keeps the page breaks "
    "(`pdftotext -layout`).",
)


def lacks_pages(document: Document) -> bool:
    """Whether a dump is longer than a page, and nothing in it tells its pages."""
    filled = sum(bool(line.text.strip()) for line in document.lines)
    return not document.paged and filled > _LONGEST_PAGE


def doubt_rows(blocks: Iterable[Block], doubt: Doubt, *, most: float = _CONFIDENCE) -> list[Block]:
    """Returns blocks with every row doubted; `most` is the confidence that is left at most."""
    return [
        _doubted(block, doubt, most) if isinstance(block, RowBlock) else block for block in blocks
    ]


def _doubted(row: RowBlock, doubt: Doubt, most: float) -> RowBlock:
    return replace(row, doubts=row.doubts | {doubt}, confidence=min(row.confidence, most))
