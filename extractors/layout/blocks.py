"""Blocks: what layout hands to structure. Text outside tables, table heads, and whole rows.

Every character of the source that is not blank stands in exactly one piece of exactly one block,
or in a running head or foot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from models.document import Line, ReadProblem


class Piece(NamedTuple):
    """A part of a line: `line.text[start:end]`, without blanks at its ends."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the piece."""
        return self.line.text[self.start : self.end]

    @classmethod
    def whole(cls, line: Line) -> Piece:
        """A piece of all of a line but the blanks at its ends."""
        start = len(line.text) - len(line.text.lstrip())
        return cls(line, start, max(start, len(line.text.rstrip())))


Paragraph = tuple[Piece, ...]
"""Pieces in reading order that read as one paragraph. Never empty."""

Cell = tuple[Paragraph, ...]
"""Paragraphs of one cell, also over page breaks; empty where the cell is blank."""


class Doubt(StrEnum):
    """Evidence that a row may not be put together right; each becomes a flag of the answer."""

    CUT = "cut"
    CUT_UNCERTAIN = "cut-uncertain"
    COLUMN_UNCERTAIN = "column-uncertain"
    ANSWER_UNCERTAIN = "answer-uncertain"
    QUESTION_UNCERTAIN = "question-uncertain"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph outside tables.

    Attributes:
        paragraph: Its pieces.
        first_on_page: Whether it opens a page.
        is_footnote: Whether it is a footnote at the bottom of a page.
    """

    paragraph: Paragraph
    first_on_page: bool = False
    is_footnote: bool = False


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """A table head, also where it is repeated on a new page.

    Attributes:
        pieces: Its pieces.
        table: Id of the kind of table in the form.
        repeated: Whether it only repeats the head of a table that goes on.
    """

    pieces: Paragraph
    table: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RowBlock:
    """A row, put together over page breaks.

    Attributes:
        question: Paragraphs of the question cell.
        answer: Pieces of the answer; empty where it is blank.
        comment: Paragraphs of the comment.
        doubts: Evidence against the row.
        confidence: 0 to 1: how sure it is that every piece is in its cell.
        marked: Whether an answer mark was seen beside the answer.
        marks: Pieces of the row that are no text of a field: mark glyphs before the answer, and
            options that were printed but not taken.
        shared: Pieces that say the answer and belong to another block: the head of the column that
            is ticked, or a cell that is merged over several rows. Empty where `answer` says it.
        ends_told: Whether the source tells where paragraphs end: false in a dump whose columns are
            laid out with blanks, for its empty lines are those of the whole page.
    """

    question: Cell
    answer: Paragraph
    comment: Cell
    doubts: frozenset[Doubt] = field(default_factory=frozenset)
    confidence: float = 1.0
    marked: bool = False
    marks: Paragraph = ()
    shared: Paragraph = ()
    ends_told: bool = True


Block = TextBlock | HeadBlock | RowBlock


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as blocks in reading order, its running heads and feet, and what went wrong."""

    blocks: tuple[Block, ...]
    running: tuple[Piece, ...] = ()
    problems: tuple[ReadProblem, ...] = ()


def pieces(block: Block) -> Iterator[Piece]:
    """Yields all pieces of a block."""
    match block:
        case TextBlock(paragraph):
            yield from paragraph
        case HeadBlock(own):
            yield from own
        case RowBlock(question, answer, comment, marks=marks):
            for cell in (question, (marks, answer), comment):
                for paragraph in cell:
                    yield from paragraph
