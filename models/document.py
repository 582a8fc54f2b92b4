"""What any reader yields: pages of lines, drawn rules and answer marks.

Coordinates are PDF points from the top left corner of the page as a person sees it (rotation
and crop box applied), y growing downwards. Pages are numbered from 1. Where a source has no
geometry (a text dump, a Word file), boxes, sizes and weights are None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page, in points from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Format(StrEnum):
    """What kind of file a document was read from, and how its text is laid out."""

    PDF = "pdf"
    WORD = "docx"
    ODT = "odt"
    HTML = "html"
    TEXT = "text"


class Sheet(NamedTuple):
    """Where a page stands in the file, where that is not simply one of its pages.

    Two pages can stand side by side on a sheet, and a page can stand sideways on it.

    Attributes:
        number: 1-based number of the sheet among the pages of the file.
        width: Width of the sheet as it is seen, in points.
        height: Its height.
        turn: Quarter turns clockwise that the text on it stands turned, 0 to 3.
        left: How far right of the sheet's left edge the page begins, once it stands upright.
        skew: Degrees counterclockwise by which it was turned about its middle to stand straight,
            after the quarter turns: scans lie askew.
    """

    number: int
    width: float
    height: float
    turn: int = 0
    left: float = 0.0
    skew: float = 0.0

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the sheet once its text stands upright, in points."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)

    def to_page(self, box: Box) -> Box:
        """Returns where a box of the sheet stands on the page."""
        x0, y0, x1, y1 = box
        match self.turn:
            case 0:
                upright = box
            case 1:
                upright = Box(y0, self.width - x1, y1, self.width - x0)
            case 2:
                upright = Box(self.width - x1, self.height - y1, self.width - x0, self.height - y0)
            case _:
                upright = Box(self.height - y1, x0, self.height - y0, x1)
        upright = self._tilted(upright, self.skew)
        return Box(upright.x0 - self.left, upright.y0, upright.x1 - self.left, upright.y1)

    def to_sheet(self, box: Box) -> Box:
        """Returns where a box of the page stands on the sheet; undoes `to_page`.

        Where the page lies askew, it is the level box around the place.
        """
        left = self.left
        placed = Box(box.x0 + left, box.y0, box.x1 + left, box.y1)
        x0, y0, x1, y1 = self._tilted(placed, -self.skew)
        match self.turn:
            case 0:
                return Box(x0, y0, x1, y1)
            case 1:
                return Box(self.width - y1, x0, self.width - y0, x1)
            case 2:
                return Box(self.width - x1, self.height - y1, self.width - x0, self.height - y0)
            case _:
                return Box(y0, self.height - x1, y1, self.height - x0)

    def _tilted(self, box: Box, degrees: float) -> Box:
        """Returns the level box around a box that is turned about the middle of the page."""
        if not degrees:
            return box
        sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        width, height = self.page_size
        x, y = (box.x0 + box.x1 - width) / 2, (box.y0 + box.y1 - height) / 2
        across, down = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
        across, down = (
            across * cosine + down * abs(sine),
            across * abs(sine) + down * cosine,
        )
        x, y = width / 2 + x * cosine + y * sine, height / 2 - x * sine + y * cosine
        return Box(x - across, y - down, x + across, y + down)


class Tag(NamedTuple):
    """What the source itself says a text stands in, by numbers that count over the document.

    Attributes:
        paragraph: Its paragraph, also where page breaks cut it; 0 where that is not told.
        row: Its row of a table; 0 where that is not told.
    """

    paragraph: int
    row: int


class Line(NamedTuple):
    """A run of text on one baseline, as the source has it.

    Attributes:
        number: 1-based place of the line in the document; for a text dump, the line of the file.
        text: The characters of the line in reading order. Leading and trailing blanks are kept:
            in a text dump they are evidence of page breaks and lost marks. A paragraph of a Word,
            ODT or HTML file is one line; its manual line breaks are line feeds.
        page: 1-based page, or None where the source does not tell pages apart.
        box: Where it stands, or None without geometry.
        size: Font size in points, or None.
        bold: Whether the font is bold, or None where that is not known.
        aside: Whether it is no part of its page's text: it stands aslant or sideways among
            upright text, as stamps and notes in the margin do; it is not drawn; or it is the
            lesser part of a line that the edge of the page cuts lengthwise.
        unsure: Where its characters may be others: start and end in the text, of each word that
            text recognition was not sure of.
        tag: What a tagged PDF says that it stands in, or None.
    """

    number: int
    text: str
    page: int | None = None
    box: Box | None = None
    size: float | None = None
    bold: bool | None = None
    aside: bool = False
    unsure: tuple[tuple[int, int], ...] = ()
    tag: Tag | None = None


class Rule(NamedTuple):
    """A drawn line or filled rectangle; `filled` tells shading from strokes.

    A rule that is thinner than about 3 points either way is a line, else an area. `looks` is the
    colour of an area as forms name it ("colour:green"), "" where it tells nothing.
    """

    box: Box
    filled: bool = False
    looks: str = ""


class MarkKind(StrEnum):
    """What a mark beside an answer looks like."""

    IMAGE = "image"
    DOT = "dot"
    CHECKBOX = "checkbox"


class Mark(NamedTuple):
    """A small image, filled dot or check box: the sign that an answer word stands beside.

    `looks` says how it looks as forms name it: "colour:green", "picture:1a2b3c4d".
    """

    box: Box
    kind: MarkKind
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or the whole text where the source does not tell pages apart.

    Attributes:
        number: 1-based page number.
        width: Width in points, or None without geometry.
        height: Height in points, or None without geometry.
        lines: Text in the order of the source.
        rules: Drawn lines and shaded areas.
        marks: Small pictures and dots that can be answer marks.
        sheet: Where it stands in the file, where that is not simply page `number`.
        recognised: Whether its text was read in a picture of it.
    """

    number: int
    width: float | None = None
    height: float | None = None
    lines: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = ()
    marks: tuple[Mark, ...] = ()
    sheet: Sheet | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table that the source itself tells apart.

    Attributes:
        lines: Its paragraphs, also those of tables inside it.
        column: Column of the table's grid where it begins, from 0; None where that is not known.
        span: How many columns of the grid it covers.
        continues: Whether it is the lower part of a cell that is merged downwards; it has no lines.
        tables: Tables inside it, in reading order.
        looks: How its pictures and its shading look, as forms name it.
    """

    lines: tuple[Line, ...]
    column: int | None = None
    span: int = 1
    continues: bool = False
    tables: tuple[SourceTable, ...] = ()
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that the source itself tells apart: rows of cells, in reading order.

    Attributes:
        first_line: Number of the first line of the document that stands in the table, so that the
            table finds its place between the lines outside it.
        rows: Its rows, each a tuple of cells. Merged cells occur once.
    """

    first_line: int
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """What a reader could not do, with how to fix it.

    Attributes:
        code: A stable word for the kind of problem, as `scan`, `encoding`, `page-failed`.
        message: What happened and what to do, for a person.
        severity: error, warning or info.
        page: 1-based page, or None for the whole document.
    """

    code: str
    message: str
    severity: str = "warning"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source as one of the readers saw it.

    Attributes:
        format: Kind of file.
        reader: The reader that made it: `pdfium`, `plumber`, `text`, `word`.
        pages: Its pages in order.
        paged: False where page numbers are not known (a dump without form feeds, a Word file).
        headings: Line numbers that the source itself calls headings (Word styles), with level.
        tables: Tables that the source itself tells apart (Word, ODT, HTML).
        notes: Numbers of lines that have no place in the running text: footnotes, endnotes, and
            text boxes that stand at a place of the page rather than of the text.
        title: Title in the file's metadata, or "".
        problems: What could not be read.
    """

    format: Format
    reader: str
    pages: tuple[Page, ...]
    paged: bool = True
    headings: dict[int, int] = field(default_factory=dict)
    tables: tuple[SourceTable, ...] = ()
    notes: frozenset[int] = frozenset()
    title: str = ""
    problems: tuple[ReadProblem, ...] = ()

    @property
    def lines(self) -> list[Line]:
        """All lines of all pages, in the order of the source."""
        return [line for page in self.pages for line in page.lines]

    @property
    def has_geometry(self) -> bool:
        """Whether the lines have boxes."""
        return any(line.box is not None for page in self.pages for line in page.lines)
