"""Rows of a dump whose text suggests an error, however certain their borders seemed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.blocks import (
    Block,
    Cell,
    Doubt,
    HeadBlock,
    RowBlock,
    TextBlock,
    pieces,
    text_of,
    words_of,
)
from extractors.layout.cells.answers import is_answer
from extractors.layout.cells.cues import openness
from extractors.structure.headings import parse_number
from models.form import Form
from models.references import may_be_reference

_GLUED_FIGURE = re.compile(r"(?<=[^\W\d_]{2}[a-zåäö])\d{1,2}\b")
_SENTENCE_THEN_QUESTION = re.compile(r"[^\W\d_]{3,}\.\s+[^\W\d_].*\?")
_SENTENCE_END = re.compile(r"(?:^|\s)[^\W\d_]{4,}\.$")
_SPACES = re.compile(r"\s+")
_LONG = 25
"""Number of letters from which two lines are not the same by chance."""
_MOST = 0.6
"""Highest confidence of such a row."""
_MOST_BLANK = 0.97
"""Highest confidence of a row without an answer: share of such rows that were right on the bench
where all else was sure. No mark is left in a dump to show that nothing was lost."""


def doubt_suspects(blocks: Sequence[Block], form: Form) -> list[Block]:
    """Returns the blocks of a dump with a doubt on each row whose text suggests an error.

    Args:
        blocks: The blocks, in reading order.
        form: The form, for words that cannot end a sentence.
    """
    rows = [block for block in blocks if isinstance(block, RowBlock)]
    doubts: list[set[Doubt]] = [set(_own(row, form)) for row in rows]
    for (at, row), (below, next_row) in pairwise(enumerate(rows)):
        if _first_line(row) and _first_line(row) == _first_line(next_row):
            doubts[at].add(Doubt.CUT_UNCERTAIN)
            doubts[below].add(Doubt.CUT_UNCERTAIN)
    for at, row in enumerate(rows):
        # A page break cut the question; its first line was taken for the end of the comment above.
        is_cut = _opens_within_a_sentence(text_of(row.question))
        # Or nothing separated the end of the comment above from the question.
        is_glued = _SENTENCE_THEN_QUESTION.search(text_of(row.question[:1])) is not None
        if is_cut or is_glued:
            doubts[at].add(Doubt.QUESTION_UNCERTAIN)
        if at and (is_glued or (is_cut and openness(text_of(rows[at - 1].comment), form))):
            doubts[at - 1].add(Doubt.QUESTION_UNCERTAIN)
    ends = {id(row) for row in _ended_early(blocks)}
    for row, own in zip(rows, doubts, strict=True):
        if id(row) in ends:
            own.add(Doubt.CUT_UNCERTAIN)
    told = iter(zip(rows, doubts, strict=True))
    return [_with(*next(told)) if isinstance(block, RowBlock) else block for block in blocks]


def _with(row: RowBlock, doubts: set[Doubt]) -> RowBlock:
    is_blank = not (row.answer or row.shared)
    most = _MOST if doubts else _MOST_BLANK if is_blank else 1.0
    return replace(row, doubts=row.doubts | doubts, confidence=min(row.confidence, most))


def _ended_early(blocks: Sequence[Block]) -> Iterator[RowBlock]:
    """Yields rows followed by text outside tables, on the next line or below a repeated header."""
    row: RowBlock | None = None
    for before, after in pairwise(blocks):
        goes_on = isinstance(before, HeadBlock) and before.repeated
        row = before if isinstance(before, RowBlock) else row if goes_on else None
        if row is None or not isinstance(after, TextBlock):
            continue
        own = [piece.line.number for piece in pieces(row)]
        first = after.paragraph[0]
        is_next = goes_on or (bool(own) and first.line.number == max(own) + 1)
        if is_next and parse_number(first.text) is None:
            yield row


def _first_line(row: RowBlock) -> str:
    """The first line of a question, if it is long enough to be unique."""
    text = row.question[0][0].text if row.question else ""
    return text if len(text) >= _LONG else ""


def _opens_within_a_sentence(question: str) -> bool:
    """Whether a question opens with a lower-case letter other than a list letter ("a) Finns")."""
    return question[:1].islower() and not may_be_reference(question[:2])


def _own(row: RowBlock, form: Form) -> Iterator[Doubt]:
    """Signs of an error in a row itself."""
    cells = (row.question, row.comment)
    if any(openness(text_of(cell), form) == 1 for cell in cells):
        yield Doubt.CUT_UNCERTAIN
    if not row.answer and not row.shared and _holds_an_answer(row.question, form):
        yield Doubt.ANSWER_UNCERTAIN
    # Where one cell ends and the other begins was told by little.
    if _shares_a_line(row):
        yield Doubt.COLUMN_UNCERTAIN
    # The rest of one cell was taken for that of the other.
    if any(map(_goes_on_after_a_sentence, cells)):
        yield Doubt.CUT_UNCERTAIN
    # If a page break cuts through a line, both pages have it.
    if any(map(_repeats_a_line, cells)):
        yield Doubt.CUT_UNCERTAIN
    # The mark of a footnote was raised, or the figure is part of the word.
    if any(_GLUED_FIGURE.search(text_of(cell)) for cell in cells):
        yield Doubt.JOIN_UNCERTAIN


def _holds_an_answer(question: Cell, form: Form) -> bool:
    """Whether a line of a question, but for its last one, ends with an answer of the form."""
    lines = [piece.text for piece in words_of(question)][:-1]
    return any(
        is_answer(line[space.end() :], form) for line in lines for space in _SPACES.finditer(line)
    )


def _shares_a_line(row: RowBlock) -> bool:
    """Whether a single space parts the question cell from another one."""
    starts = {(own.line.number, own.start) for own in (*row.answer, *words_of(row.comment))}
    return any((own.line.number, own.end + 1) in starts for own in words_of(row.question))


def _goes_on_after_a_sentence(cell: Cell) -> bool:
    """Whether a line opens with a small letter although a sentence ends on the line above."""
    lines = [piece.text for piece in words_of(cell)]
    return any(
        after[:1].islower() and _SENTENCE_END.search(before) and not may_be_reference(after[:2])
        for before, after in pairwise(lines)
    )


def _repeats_a_line(cell: Cell) -> bool:
    lines = [piece.text for piece in words_of(cell)]
    long = [line for line in lines if len(line) >= _LONG]
    return len(set(long)) < len(long) or any(
        before == after or (" " in after and before.endswith(after))
        for before, after in pairwise(lines)
    )
