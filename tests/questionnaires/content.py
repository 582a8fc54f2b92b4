"""The content of an invented questionnaire, before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GoldRow:
    """A row that extraction should find.

    Attributes:
        section: Title of its section without a number, or "" if it has none.
        ref: The reference as printed, or "".
        question: The whole question.
        answer: As printed, or the words that a form gives an icon; "" if blank.
        code: The code of the answer; "" if the questionnaire has no place for an answer.
        comment: Paragraphs separated by a blank line.
        extra: The content of columns that are kept unchanged: header and text.
    """

    section: str
    ref: str
    question: str
    answer: str
    code: str
    comment: str
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading; `row` is the place of the gold row that begins with it."""

    text: str
    level: int = 1
    row: int | None = None


@dataclass(frozen=True)
class Text:
    """A paragraph, after a bold label if there is one."""

    text: str
    label: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: Its paragraphs, separated by line feeds.
        columns: How many columns it covers.
        rows: How many rows it covers.
        bold: Whether its text is bold.
        fill: Colour of its background as `#rrggbb`, or "".
        icon: Colour of the dot in it, or "".
        row: Place of the gold row that begins with it.
    """

    text: str = ""
    columns: int = 1
    rows: int = 1
    bold: bool = False
    fill: str = ""
    icon: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Table:
    """A table; rows hold the cells that begin in them, as HTML does.

    Attributes:
        head: Its header rows.
        rows: Rows of its body.
        widths: Share of the width that each column has.
        lines: `grid`, `rows` or `none`: which lines are drawn.
        repeat: Whether the header is repeated on every page.
        shift: How many points the body's columns are to the right of the header's.
        centred: Whether the header's cells are centred.
    """

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    lines: str = "grid"
    repeat: bool = True
    shift: float = 0.0
    centred: bool = False


Block = Heading | Text | Table


@dataclass(frozen=True)
class Paper:
    """A filled-in questionnaire with the rows that should be found in it.

    Attributes:
        title: Its title.
        owner: Who answers it.
        language: `sv` or `en`.
        blocks: What comes below the title, in order.
        rows: The gold.
        wide: Whether its pages are in landscape.
    """

    title: str
    owner: str
    language: str
    blocks: tuple[Block, ...]
    rows: tuple[GoldRow, ...]
    wide: bool = False


@dataclass(frozen=True)
class Drawn:
    """A file with its gold.

    Attributes:
        name: File name.
        data: The file's bytes.
        paper: What it was rendered from.
        pages: The 1-based page where each gold row begins, in order; empty if pages are not
            known.
    """

    name: str
    data: bytes
    paper: Paper
    pages: tuple[int, ...] = ()
