"""What an invented questionnaire says, before a file is drawn of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GoldRow:
    """A row that extraction is to find.

    Attributes:
        section: Title of its section without a number, or "" where it has none.
        ref: The reference as printed, or "".
        question: The whole question.
        answer: As printed, or the words that a form gives an icon; "" if blank.
        code: The code of the answer; "" where the questionnaire has no place for an answer.
        comment: Paragraphs parted by a blank line.
        extra: What stands in columns that are kept as they are: head and text.
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
        text: Its paragraphs, parted by line feeds.
        columns: How many columns it covers.
        rows: How many rows it covers.
        bold: Whether its text is bold.
        fill: Colour of its background as `#rrggbb`, or "".
        icon: Colour of the dot that stands in it, or "".
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
        head: Rows of its head.
        rows: Rows of its body.
        widths: Share of the width that each column has.
        lines: `grid`, `rows` or `none`: which lines are drawn.
        repeat: Whether the head stands on every page.
        shift: How many points right of the head's columns the body's stand.
        centred: Whether the head's cells are centred.
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
    """A filled-in questionnaire with the rows that are to be found in it.

    Attributes:
        title: Its title.
        owner: Who answers it.
        language: `sv` or `en`.
        blocks: What stands below the title, in order.
        rows: The gold.
        wide: Whether its pages lie on their side.
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
        paper: What it was drawn of.
        pages: The 1-based page where each gold row begins, in order; empty where pages are not
            known.
    """

    name: str
    data: bytes
    paper: Paper
    pages: tuple[int, ...] = ()
