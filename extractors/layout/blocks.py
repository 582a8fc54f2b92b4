"""Blocks: what layout passes to structure. Text outside tables, table headers, and complete rows.

Every non-blank character of the source is in exactly one piece of exactly one block, or in a
running header or footer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from models.document import Line, ReadProblem


class Piece(NamedTuple):
    """A part of a line: `line.text[start:end]`, stripped."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the piece."""
        return self.line.text[self.start : self.end]

    @classmethod
    def whole(cls, line: Line) -> Piece:
        """A piece of a whole line, stripped."""
        start = len(line.text) - len(line.text.lstrip())
        return cls(line, start, max(start, len(line.text.rstrip())))


Paragraph = tuple[Piece, ...]
"""Pieces in reading order that form one paragraph. Never empty."""

Cell = tuple[Paragraph, ...]
"""Paragraphs of one cell, across page breaks; empty if the cell is blank."""


def words_of(cell: Cell) -> Paragraph:
    """Returns the pieces of a cell, across its paragraphs."""
    return tuple(piece for paragraph in cell for piece in paragraph)


def text_of(cell: Cell) -> str:
    """Returns the text of a cell, with a space between its pieces."""
    return " ".join([piece.text for paragraph in cell for piece in paragraph])


class Doubt(StrEnum):
    """Reasons why a row may not be assembled correctly; each becomes a flag of the answer."""

    CUT = "cut"
    CUT_UNCERTAIN = "cut-uncertain"
    COLUMN_UNCERTAIN = "column-uncertain"
    ANSWER_UNCERTAIN = "answer-uncertain"
    QUESTION_UNCERTAIN = "question-uncertain"
    CELL_SHARED = "cell-shared"
    HEAD_UNCERTAIN = "head-uncertain"
    TEXT_HIDDEN = "text-hidden"
    JOIN_UNCERTAIN = "join-uncertain"
    COMMENT_UNCERTAIN = "comment-uncertain"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph outside tables.

    Attributes:
        paragraph: Its pieces.
        is_footnote: Whether it is a footnote at the bottom of a page.
        opens_section: Whether it is a table row that is the heading of the rows below it.
        in_table: Whether it is in a table that is not in the form.
    """

    paragraph: Paragraph
    is_footnote: bool = False
    opens_section: bool = False
    in_table: bool = False


class Answering(StrEnum):
    """How the rows of a table are answered.

    Attributes:
        WORDS: By the form's answer words.
        ANY: By any text.
        NONE: Only by a comment: no column holds an answer.
    """

    WORDS = "words"
    ANY = "any"
    NONE = "none"


class OtherCell(NamedTuple):
    """The cell of a row in a column for neither question, answer nor comment.

    Attributes:
        head: The column header as printed.
        cell: Its paragraphs.
        keep: Whether it goes into the datasets.
        borrowed: Whether the cell belongs to a row above and is vertically merged over this one.
    """

    head: str
    cell: Cell
    keep: bool = True
    borrowed: bool = False


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """A table header, including repetitions on later pages.

    Attributes:
        pieces: Its pieces.
        table: Id of the kind of table in the form.
        repeated: Whether it only repeats the header of a continued table.
    """

    pieces: Paragraph
    table: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RowBlock:
    """A row, assembled across page breaks.

    Attributes:
        question: Paragraphs of the question cell.
        answer: Pieces of the answer; empty if it is blank.
        comment: Paragraphs of the comment.
        doubts: Evidence against the row.
        confidence: Probability, 0 to 1, that every piece is in its proper cell.
        marked: Whether an answer mark was seen beside the answer.
        marks: Pieces of the row that are not text of a field: mark glyphs before the answer, and
            options that were not chosen.
        shared: Pieces that give the answer but belong to another block: the header of the ticked
            column, or a cell merged over several rows. Empty if `answer` gives it.
        said: The answer given by a picture or a colour instead of text, in the form's words.
        ref: Paragraphs of the reference cell, if there is such a column.
        section: Paragraphs of the cell that names the section, if there is such a column.
        others: Cells in other columns.
        borrowed: Which of `ref`, `section` and `comment` are in a cell of a row above that is
            vertically merged over this one.
        answering: How its table is answered.
        ends_told: Whether it is certain where paragraphs end; None if no decision was needed.
        borders: Probability, 0 to 1, that the row begins and ends where it should, if the decoder
            found that on pages; its doubts are not in it.
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
    borders: float | None = None

    @property
    def own_comment(self) -> Cell:
        """The comment, if it is in the row's own cell."""
        return () if "comment" in self.borrowed else self.comment

    @property
    def own_ref(self) -> Cell:
        """The reference cell, if it is the row's own."""
        return () if "ref" in self.borrowed else self.ref

    @property
    def own_section(self) -> Cell:
        """The section cell, if it is the row's own."""
        return () if "section" in self.borrowed else self.section

    @property
    def own_others(self) -> tuple[Cell, ...]:
        """Its own cells in other columns."""
        return tuple(other.cell for other in self.others if not other.borrowed)


Block = TextBlock | HeadBlock | RowBlock


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as blocks in reading order, its running headers and footers, and problems.

    Attributes:
        blocks: Text, table headers and rows.
        running: Running headers and footers.
        problems: What went wrong.
        by_weights: Whether rows were found by the decoder rather than from the file's own tables or
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
