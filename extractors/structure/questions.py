"""Splits a question cell into question, reference and detail."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.line_ends.joiner import LineJoiner
from extractors.structure.labels import detail_label
from models.form import Form

_QUESTION_MARK = re.compile(r"\?(?:\s*\([^()]*\))?\s*")

_MOST_PARTS = 20
"""Maximum number of paragraphs that a question continues in."""


class QuestionCell(NamedTuple):
    """A parsed question cell: its pieces, texts and reference."""

    question: Paragraph
    detail: Cell
    ref: str | None
    question_text: str = ""
    detail_texts: tuple[str, ...] = ()


def parse_question(cell: Cell, form: Form, joiner: LineJoiner) -> QuestionCell:
    """Parses a question cell.

    The question is the cell's first paragraph. If the paragraphs were not preserved, it ends at the
    end of a line with its question mark and any brackets after it, or before the line that opens
    with a reference or label of the form.
    """
    if not cell:
        return QuestionCell((), (), None)
    first, *rest = cell
    cut = _end_of_question(first, form)
    for _ in range(_MOST_PARTS):
        if cut < len(first) or not rest or not _is_unfinished_question(first, rest[0], form):
            break
        first, rest = (*first, *rest[0]), rest[1:]
        cut = _end_of_question(first, form)
    detail = ((first[cut:],) if first[cut:] else ()) + tuple(rest)
    asked = joiner.paragraph(first[:cut])
    texts = tuple(map(joiner.paragraph, detail))
    ref = reference("\n".join((asked, *texts)), form)
    return QuestionCell(first[:cut], detail, ref, asked, texts)


def reference(text: str, form: Form) -> str | None:
    """Returns the reference in a question cell: the first of the form's patterns that is found."""
    if not form.may_hold_reference(text):
        return None
    for pattern in form.reference_patterns:
        if match := pattern.search(text):
            return match["ref"]
    return None


def _end_of_question(paragraph: Paragraph, form: Form) -> int:
    """Number of pieces of a paragraph that belong to its question."""
    for index, piece in enumerate(paragraph):
        if index and _opens_detail(piece, form):
            return index
    text = " ".join(piece.text for piece in paragraph)
    blanks = len(text) - len(text.lstrip())
    ends = [end - blanks for end in accumulate(len(piece.text) + 1 for piece in paragraph)]
    for match in _QUESTION_MARK.finditer(text.lstrip()):
        # Only a question mark at the end of a line can end the question.
        index = bisect_right(ends, match.end() - 2)
        if index < len(ends) and ends[index] - 1 <= match.end():
            return index + 1
    return len(paragraph)


def _opens_detail(piece: Piece, form: Form) -> bool:
    text = piece.text
    if form.may_hold_reference(text) and any(
        pattern.match(text) for pattern in form.reference_patterns
    ):
        return True
    return detail_label(text, form) is not None


def _is_unfinished_question(first: Paragraph, following: Paragraph, form: Form) -> bool:
    """Whether a question continues in the next paragraph, for example after a page break."""
    text, after = first[-1].text.rstrip(), following[0].text
    if text.endswith("?") and after.startswith("("):
        return True
    if text.endswith((".", "?", "!", ":", ")")) or _opens_detail(following[0], form):
        return False
    return after[:1].islower() and any("?" in piece.text for piece in following)
