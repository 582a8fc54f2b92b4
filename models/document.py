"""What any reader yields: pages of lines, drawn rules and answer marks.

Coordinates are PDF points from the top left corner of the page as displayed (rotation and crop box
applied), with y pointing downwards. Pages are numbered from 1. If a source has no geometry (a text
dump, a Word file), boxes, sizes and weights are None.
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
    PICTURE = "picture"


class Sheet(NamedTuple):
    """Where a page lies in the file, when it is not simply one of the file's pages.

    A sheet can hold two pages side by side, and a page can lie sideways on it.

    Attributes:
        number: 1-based number of the sheet among the pages of the file.
        width: Width of the sheet as displayed, in points.
        height: Its height.
        turn: Clockwise quarter turns by which its text is rotated, 0 to 3.
        left: Distance from the sheet's left edge to the page, in points, once the sheet is upright.
        skew: Degrees counterclockwise by which it was rotated about its centre to deskew it, after
            the quarter turns.
    """

    number: int
    width: float
    height: float
    turn: int = 0
    left: float = 0.0
    skew: float = 0.0

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the sheet once its text is upright, in points."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)

    def to_page(self, box: Box) -> Box:
        """Converts a box on the sheet to page coordinates."""
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
        """Converts a box on the page to sheet coordinates; the inverse of `to_page`.

        For a skewed page, returns the upright bounding box of the rotated box.
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
        """Returns the upright bounding box of a box rotated about the centre of the page."""
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
    """The paragraph and table row that the source itself assigns a text to, numbered per document.

    Attributes:
        paragraph: Its paragraph, one number even across page breaks; 0 if unknown.
        row: Its table row; 0 if unknown.
    """

    paragraph: int
    row: int


class Line(NamedTuple):
    """A run of text on one baseline, as found in the source.

    Attributes:
        number: 1-based place of the line in the document; for a text dump, the line of the file.
        text: The characters of the line in reading order. Leading and trailing spaces are kept: in
            a text dump they are evidence of page breaks and lost marks. A paragraph of a Word, ODT
            or HTML file is one line; its manual line breaks are line feeds.
        page: 1-based page, or None if the source has no pages.
        box: Its bounding box, or None without geometry.
        size: Font size in points, or None.
        bold: Whether the font is bold, or None if unknown.
        aside: Whether it is not part of the page's text: it is slanted or sideways among upright
            text, like stamps and margin notes; it is invisible; or it is the smaller part of a line
            that the page edge cuts lengthwise.
        unsure: Words that text recognition was not sure of, as start and end offsets in `text`.
        tag: The paragraph and row that a tagged PDF assigns it to, or None.
        covered: Whether something covers or clips part of its letters, or hides what continues it.
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
    covered: bool = False


class Rule(NamedTuple):
    """A drawn line or filled rectangle; `filled` tells shading from strokes.

    A rule thinner than about 3 points in either direction is a line, otherwise an area. `looks` is
    the colour of an area as forms name it ("colour:green"), or "" if it carries no meaning.
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
    """A small image, filled dot or check box, printed beside an answer word.

    `looks` is its appearance as forms name it: "colour:green", "picture:1a2b3c4d".
    """

    box: Box
    kind: MarkKind
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or the whole text if the source has no pages.

    Attributes:
        number: 1-based page number.
        width: Width in points, or None without geometry.
        height: Height in points, or None without geometry.
        lines: Text in source order.
        rules: Drawn lines and shaded areas.
        marks: Small pictures and dots that can be answer marks.
        sheet: Where it lies in the file, when that is not simply page `number`.
        recognised: Whether its text was read by text recognition (OCR).
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
    """A cell of a table that is marked up as such in the source.

    Attributes:
        lines: Its paragraphs, including those of nested tables.
        column: First column it occupies in the table's grid, from 0; None if unknown.
        span: How many columns of the grid it covers.
        continues: Whether it continues a vertically merged cell above; it then has no lines.
        tables: Nested tables, in reading order.
        looks: The appearance of its pictures and shading, as forms name it.
    """

    lines: tuple[Line, ...]
    column: int | None = None
    span: int = 1
    continues: bool = False
    tables: tuple[SourceTable, ...] = ()
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table that is marked up as such in the source: rows of cells, in reading order.

    Attributes:
        first_line: Number of the document's first line in the table, which places the table among
            the lines outside it.
        rows: Its rows, each a tuple of cells. Merged cells occur once.
    """

    first_line: int
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something a reader could not do, and how to fix it.

    Attributes:
        code: A stable code for the kind of problem, e.g. `scan`, `encoding`, `page-failed`.
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
    """A source as read by one of the readers.

    Attributes:
        format: Kind of file.
        reader: The reader that made it: `pdfium`, `plumber`, `text`, `word`.
        pages: Its pages in order.
        paged: False if page numbers are unknown (a dump without form feeds, a Word file).
        headings: Line numbers that the source itself calls headings (Word styles), with level.
        tables: Tables marked up as such in the source (Word, ODT, HTML).
        notes: Numbers of lines outside the running text: footnotes, endnotes, and text boxes
            anchored to the page rather than to the text.
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
        """All lines of all pages, in source order."""
        return [line for page in self.pages for line in page.lines]

    @property
    def has_geometry(self) -> bool:
        """Whether the lines have boxes."""
        return any(line.box is not None for page in self.pages for line in page.lines)
