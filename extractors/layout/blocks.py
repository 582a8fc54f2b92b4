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
    CELL_SHARED = "cell-shared"
    HEAD_UNCERTAIN = "head-uncertain"
    JOIN_UNCERTAIN = "join-uncertain"
    COMMENT_UNCERTAIN = "comment-uncertain"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph outside tables.

    Attributes:
        paragraph: Its pieces.
        first_on_page: Whether it opens a page.
        is_footnote: Whether it is a footnote at the bottom of a page.
        opens_section: Whether it is a row of a table that heads the rows below it.
        in_table: Whether it stands in a table that is none of the form's.
    """

    paragraph: Paragraph
    first_on_page: bool = False
    is_footnote: bool = False
    opens_section: bool = False
    in_table: bool = False


class Answering(StrEnum):
    """How the rows of a table are answered.

    Attributes:
        WORDS: By the form's answer words.
        ANY: By any text.
        NONE: By nothing but a comment: no column holds an answer.
    """

    WORDS = "words"
    ANY = "any"
    NONE = "none"


class OtherCell(NamedTuple):
    """What stands of a row in a column that holds neither question nor answer.

    Attributes:
        head: The column's head as printed.
        cell: Its paragraphs.
        keep: Whether it goes into the datasets.
        borrowed: Whether the cell is another row's, merged downwards over this one.
    """

    head: str
    cell: Cell
    keep: bool = True
    borrowed: bool = False


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
        said: The answer that a picture or a colour says where no text does, in the form's words.
        ref: Paragraphs of the cell that holds the reference, where a column does.
        section: Paragraphs of the cell that names the section, where a column does.
        others: What stands in further columns.
        borrowed: Which of `ref`, `section` and `comment` stand in another row's cell, which is
            merged downwards over this one.
        answering: How its table is answered.
        ends_told: Whether it is sure where paragraphs end; None where no decision was made on it.
    """

    question: Cell
    answer: Paragraph
    comment: Cell
    doubts: frozenset[Doubt] = field(default_factory=frozenset)
    confidence: float = 1.0
    marked: bool = False
    marks: Paragraph = ()
    shared: Paragraph = ()
    said: str = ""
    ref: Cell = ()
    section: Cell = ()
    others: tuple[OtherCell, ...] = ()
    borrowed: frozenset[str] = frozenset()
    answering: Answering = Answering.WORDS
    ends_told: bool | None = None

    @property
    def own_comment(self) -> Cell:
        """The comment where it stands in the row's own cell."""
        return () if "comment" in self.borrowed else self.comment

    @property
    def own_ref(self) -> Cell:
        """The reference's cell where it is the row's own."""
        return () if "ref" in self.borrowed else self.ref

    @property
    def own_section(self) -> Cell:
        """The section's cell where it is the row's own."""
        return () if "section" in self.borrowed else self.section

    @property
    def own_others(self) -> tuple[Cell, ...]:
        """Its own cells in further columns."""
        return tuple(other.cell for other in self.others if not other.borrowed)


Block = TextBlock | HeadBlock | RowBlock


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as blocks in reading order, its running heads and feet, and what went wrong.

    Attributes:
        blocks: Text, table heads and rows.
        running: Running heads and feet.
        problems: What went wrong.
        by_weights: Whether the decoder told the rows, and not the tables of the file itself or the
            lines drawn around cells.
    """

    blocks: tuple[Block, ...]
    running: tuple[Piece, ...] = ()
    problems: tuple[ReadProblem, ...] = ()
    by_weights: bool = False


def pieces(block: Block) -> Iterator[Piece]:
    """Yields all pieces of a block."""
    match block:
        case TextBlock(paragraph):
            yield from paragraph
        case HeadBlock(head):
            yield from head
        case RowBlock(question, answer, marks=marks):
            own = (block.own_ref, block.own_section, block.own_comment, *block.own_others)
            for cell in (question, (marks, answer), *own):
                for paragraph in cell:
                    yield from paragraph
