"""Information that a dump lost for good: every row is doubted, and the report says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from extractors.layout.blocks import Block, Doubt, Layout, Piece, RowBlock, TextBlock
from extractors.layout.cells.answers import is_answer
from extractors.layout.cells.cues import asks
from models.document import Document, ReadProblem
from models.form import Form

_CONFIDENCE = 0.2
_LONGEST_PAGE = 90
"""Maximum number of text lines on a page of a dump."""
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 300
_SHORTEST, _LONGEST = 4.3, 10.0
"""Bounds on the average word length, in letters, of a Nordic language: 5.8 to 6.4 were seen, 3.3
where there were spaces between syllables, 18 where there were none between words."""

BY_COLUMNS = ReadProblem(
    "columns-in-turn",
    "The text has the columns of its tables one after the other, so nothing shows which answer "
    "belongs to which question. Every row is doubtful. Submit the PDF or Word file that it was "
    "made from, or a text that keeps the columns side by side (`pdftotext -layout`).",
)
WITHOUT_PAGES = ReadProblem(
    "pages-unknown",
    "The text does not show where its pages end, so running headers and footers may be inside "
    "comments, and rows cut by a page break may be put together wrongly. Every row is doubtful. "
    "Submit the PDF or Word file that it was made from, or a text that keeps the page breaks "
    "(`pdftotext -layout`).",
)
WITHOUT_WORDS = ReadProblem(
    "words-damaged",
    "The words of the text are split by spaces, or run together without any. Every row is "
    "doubtful. Submit the PDF or Word file that it was made from.",
)


def doubt_unreadable(
    layout: Layout, document: Document, form: Form, *, has_columns: bool
) -> Layout:
    """Returns the layout of a dump, with its rows doubted if the dump lost what shows them.

    Args:
        layout: The layout.
        document: The dump.
        form: The form.
        has_columns: Whether its columns are side by side, so that page breaks must be known.
    """
    losses: list[tuple[ReadProblem, Doubt, Callable[[Document], bool]]] = [
        (WITHOUT_WORDS, Doubt.JOIN_UNCERTAIN, lacks_words)
    ]
    if has_columns:
        losses.append((WITHOUT_PAGES, Doubt.CUT_UNCERTAIN, lacks_pages))
    for problem, doubt, is_lost in losses:
        if is_lost(document):
            layout = doubt_rows(layout, problem, doubt)
    outside = answers_outside(layout, form) if has_columns else None
    return replace(layout, problems=(*layout.problems, outside)) if outside else layout


def answers_outside(layout: Layout, form: Form) -> ReadProblem | None:
    """Returns an error for answers next to other text outside all tables: rows that were not found.

    A single one counts only beside a question: covers have lines such as "Godkänd  Ja".

    Args:
        layout: The layout of a dump whose columns are side by side.
        form: The form, for its answers.
    """
    found: list[Piece] = []
    asked = False
    for block in layout.blocks:
        if not isinstance(block, TextBlock):
            continue
        own = [
            after
            for before, after in pairwise(block.paragraph)
            if before.line.number == after.line.number and is_answer(after.text, form)
        ]
        found += own
        asked |= bool(own) and any(asks(piece.text, form) for piece in block.paragraph)
    if len(found) <= 1 - asked:
        return None
    pages = sorted({piece.line.page for piece in found if piece.line.page})
    return ReadProblem(
        "answers-outside-tables",
        f"{len(found)} {'answers stand' if len(found) > 1 else 'answer stands'} beside other text "
        "where no table was found: rows are missing. "
        "Compare the pages with the source, or submit the PDF or Word file.",
        "error",
        pages[0] if pages else None,
    )


def lacks_pages(document: Document) -> bool:
    """Whether a dump is longer than a page, and nothing in it shows its page breaks."""
    filled = sum(bool(line.text.strip()) for line in document.lines)
    return not document.paged and filled > _LONGEST_PAGE


def lacks_words(document: Document) -> bool:
    """Whether the words of a dump are far shorter or longer than words are."""
    lengths = [len(word) for line in document.lines for word in _WORD.findall(line.text)]
    if len(lengths) < _FEWEST_WORDS:
        return False
    return not _SHORTEST <= sum(lengths) / len(lengths) <= _LONGEST


def doubt_rows(
    layout: Layout, problem: ReadProblem, doubt: Doubt, *, most: float = _CONFIDENCE
) -> Layout:
    """Returns a layout with every row doubted, and the problem.

    Args:
        layout: The layout.
        problem: What was lost.
        doubt: What is uncertain about every row.
        most: Highest confidence that is left.
    """
    blocks = tuple(_doubted(block, doubt, most) for block in layout.blocks)
    return replace(layout, blocks=blocks, problems=(*layout.problems, problem))


def _doubted(block: Block, doubt: Doubt, most: float) -> Block:
    if not isinstance(block, RowBlock):
        return block
    confidence = min(block.confidence, most)
    return replace(block, doubts=block.doubts | {doubt}, confidence=confidence)
