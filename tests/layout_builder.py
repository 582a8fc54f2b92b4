"""Documents with boxes, set line by line without a PDF, and what layout should find in them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from extractors.layout.blocks import Cell, Layout, RowBlock, TextBlock, pieces
from extractors.rules import user_form
from models.document import Box, Document, Format, Line, Mark, MarkKind, Page, Rule
from models.form import Form

_FORM = Path(__file__).parents[1] / "extractors" / "rules" / "forms" / "trygghet.toml"


@cache
def form() -> Form:
    """The built-in form."""
    return user_form(_FORM)


@dataclass(frozen=True)
class Row:
    """A row as it is set: question, detail paragraphs, answer, comment paragraphs."""

    question: str
    answer: str
    comment: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
    """How a table is set. Lengths in points."""

    widths: tuple[float, ...] = (200.0, 260.0)
    size: float = 10.0
    pitch: float = 12.0
    paragraph_gap: float = 6.0
    pad: float = 4.0
    left: float = 60.0
    top: float = 80.0
    bottom: float = 760.0
    rules: str = "all"  # all, across, booktabs, shade, none
    bold: bool = True
    repeat_heads: bool = False
    running: bool = True
    mark: str = ""  # a glyph before the answer, or "image"
    centred: bool = False  # answers are in the middle of their row
    open_cuts: bool = False  # no line is drawn where a page break cuts a row
    align: str = "left"  # alignment of the answers in a three-column table: left, right, centre
    centre_heads: bool = False
    mirror: float = 0.0  # how much further right even pages are set
    indent: float = 0.0  # how much further right tables are set than text
    heads: tuple[str, ...] = ("Uppföljningsfrågor", "Svarsalternativ med kommentar")


@dataclass
class Builder:
    """Sets text on pages, top down."""

    look: Look = field(default_factory=Look)
    width: float = 595.0
    height: float = 842.0
    pages: list[tuple[list[Line], list[Rule], list[Mark]]] = field(default_factory=list)
    y: float = 0.0
    number: int = 0

    def __post_init__(self) -> None:
        self.new_page()

    @property
    def shift(self) -> float:
        """How much further right this page is set."""
        return self.look.mirror if len(self.pages) % 2 == 0 else 0.0

    # -- pages

    def new_page(self) -> None:
        """Begins a page with its running header and footer."""
        self.pages.append(([], [], []))
        self.y = self.look.top
        if self.look.running:
            page = len(self.pages)
            self.put("Påhittade nämnden, uppföljning 2031", 60, 40, size=8)
            self.put(f"{page} (9)", 500, 810, size=8)

    def put(self, text: str, x: float, base: float, *, size: float, bold: bool = False) -> Line:
        """Puts a line at a baseline."""
        self.number += 1
        page = len(self.pages)
        width = len(text) * size * (0.52 if bold else 0.5)
        box = Box(x, base - 0.9 * size, x + width, base + 0.25 * size)
        line = Line(self.number, text, page, box, size, bold)
        self.pages[-1][0].append(line)
        return line

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, filled: bool = False) -> None:
        """Draws a line or an area."""
        self.pages[-1][1].append(Rule(Box(x0, y0, x1, y1), filled))

    # -- text

    def text(self, text: str, *, size: float = 11.0, bold: bool = False, gap: float = 8.0) -> None:
        """Sets a paragraph over the whole width."""
        width = sum(self.look.widths)
        self.y += gap
        for part in textwrap.wrap(text, int(width / (size * 0.52))):
            if self.y + size > self.look.bottom:
                self.new_page()
            self.y += 1.25 * size
            self.put(part, self.look.left + self.shift, self.y, size=size, bold=bold)

    # -- tables

    def lefts(self) -> list[float]:
        """Left edges of the columns, and the right edge of the last."""
        edges = [self.look.left + self.look.indent + self.shift]
        for width in self.look.widths:
            edges.append(edges[-1] + width)
        return edges

    def head(self) -> None:
        """Sets the column headers."""
        look = self.look
        top = self.y
        self.y += look.pad
        wrapped = [
            textwrap.wrap(head, max(8, int(width / (look.size * 0.55))))
            for head, width in zip(look.heads, look.widths, strict=True)
        ]
        for index in range(max(map(len, wrapped))):
            self.y += look.pitch
            for lines, left in zip(wrapped, self.lefts(), strict=False):
                if index < len(lines):
                    x = left + look.pad
                    if look.centre_heads:
                        column = look.widths[self.lefts().index(left)]
                        x = left + (column - len(lines[index]) * look.size * 0.52) / 2
                    self.put(lines[index], x, self.y, size=look.size, bold=True)
        self.y += look.pad
        if look.rules in {"all", "across", "booktabs"}:
            self._across(top)
            self._across(self.y)
        if look.rules == "all":
            self._upright(top, self.y)
        if look.rules == "shade":
            self.rule(self.lefts()[0], top, self.lefts()[-1], self.y, filled=True)

    def _across(self, y: float) -> None:
        self.rule(self.lefts()[0], y - 0.25, self.lefts()[-1], y + 0.25)

    def _upright(self, top: float, bottom: float) -> None:
        for x in self.lefts():
            self.rule(x - 0.25, top, x + 0.25, bottom)

    def table(self, rows: list[Row]) -> None:
        """Sets a table with its headers; rows break across pages line by line."""
        self.head()
        for index, row in enumerate(rows):
            self._row(row, shaded=index % 2 == 1)
        self.y += 6

    def _row(self, row: Row, *, shaded: bool) -> None:
        cells = self._cells(row)
        at = [0] * len(cells)
        while any(position < len(cell) for position, cell in zip(at, cells, strict=True)):
            top = self.y
            room = self.look.bottom - top - 2 * self.look.pad
            part, deepest = [], 0.0
            for index, cell in enumerate(cells):
                taken, depth = _fit(cell[at[index] :], room)
                part.append(taken)
                at[index] += len(taken)
                deepest = max(deepest, depth)
            if any(part):
                self._part(part, top, deepest)
            is_cut = any(p < len(cell) for p, cell in zip(at, cells, strict=True))
            self._draw_part(top, shaded=shaded, is_cut=is_cut, has_text=any(part))
            if is_cut:
                self.new_page()
                if self.look.repeat_heads:
                    self.head()

    def _part(self, part: list[list[_Set]], top: float, deepest: float) -> None:
        look = self.look
        for index, (lines, left) in enumerate(zip(part, self.lefts(), strict=False)):
            y = top + look.pad
            if look.centred and index == 1 and len(part) == 3 and lines:
                y += (deepest - sum(line.advance for line in lines)) / 2
            for line in lines:
                y += line.advance
                x = left + look.pad
                if line.mark == "image":
                    self.pages[-1][2].append(
                        Mark(Box(x, y - 7, x + 8, y + 1), MarkKind.IMAGE),
                    )
                    x += 12
                elif line.mark:
                    self.put(line.mark, x, y, size=look.size)
                    x += 12
                if look.align != "left" and index == 1 and len(part) == 3:
                    free = look.widths[1] - 2 * look.pad - len(line.text) * look.size * 0.5
                    x += free if look.align == "right" else free / 2
                self.put(line.text, x, y, size=look.size, bold=line.bold)
        self.y = top + deepest + 2 * look.pad

    def _draw_part(self, top: float, *, shaded: bool, is_cut: bool, has_text: bool) -> None:
        look = self.look
        if not has_text:
            return
        if look.rules in {"all", "across"} and not (is_cut and look.open_cuts):
            self._across(self.y)
        if look.rules == "all":
            self._upright(top, self.y)
        if look.rules == "shade" and shaded:
            self.rule(self.lefts()[0], top, self.lefts()[-1], self.y, filled=True)

    def _cells(self, row: Row) -> list[list[_Set]]:
        look = self.look
        question = self._wrap(row.question, 0, bold=look.bold)
        for paragraph in row.detail:
            question += self._wrap(paragraph, 0, gap=look.paragraph_gap)
        answer = self._wrap(row.answer, 1, mark=look.mark) if row.answer else []
        column = len(look.widths) - 1
        comment: list[_Set] = []
        for index, paragraph in enumerate(row.comment):
            is_first = not index and (column == 2 or not answer)
            comment += self._wrap(paragraph, column, gap=0 if is_first else look.paragraph_gap)
        return [question, answer, comment] if column == 2 else [question, answer + comment]

    def _wrap(
        self, text: str, column: int, *, bold: bool = False, gap: float = 0.0, mark: str = ""
    ) -> list[_Set]:
        look = self.look
        width = int((look.widths[column] - 2 * look.pad) / (look.size * (0.52 if bold else 0.5)))
        return [
            _Set(part, look.pitch + (0 if index else gap), bold, "" if index else mark)
            for index, part in enumerate(textwrap.wrap(text, width))
        ]

    def document(self) -> Document:
        """The finished document."""
        return Document(
            Format.PDF,
            "builder",
            tuple(
                Page(number, self.width, self.height, tuple(lines), tuple(rules), tuple(marks))
                for number, (lines, rules, marks) in enumerate(self.pages, start=1)
            ),
        )


@dataclass(frozen=True)
class _Set:
    """A set line: its text and the distance from the baseline above."""

    text: str
    advance: float
    bold: bool
    mark: str = ""


def _fit(lines: list[_Set], room: float) -> tuple[list[_Set], float]:
    """Takes as many lines as there is room for, and returns their height."""
    taken, depth = [], 0.0
    for line in lines:
        if depth + line.advance > room:
            break
        taken.append(line)
        depth += line.advance
    return taken, depth


def text_of(cell: Cell) -> tuple[str, ...]:
    """The paragraphs of a cell as text."""
    return tuple(" ".join(piece.text for piece in paragraph) for paragraph in cell)


def rows_of(layout: Layout) -> list[Row]:
    """The rows of a layout, as they were set: the first paragraph is the question."""
    found = []
    for block in layout.blocks:
        if isinstance(block, RowBlock):
            question, *detail = text_of(block.question) or ("",)
            answer = " ".join(piece.text for piece in block.answer)
            found.append(Row(question, answer, text_of(block.comment), tuple(detail)))
    return found


def texts_of(layout: Layout) -> list[str]:
    """The paragraphs outside tables."""
    return [
        " ".join(piece.text for piece in block.paragraph)
        for block in layout.blocks
        if isinstance(block, TextBlock)
    ]


def check_tiling(document: Document, layout: Layout) -> None:
    """Checks that every non-blank character is in exactly one piece."""
    seen: dict[int, list[tuple[int, int]]] = {}
    for piece in (*layout.running, *(own for block in layout.blocks for own in pieces(block))):
        seen.setdefault(piece.line.number, []).append((piece.start, piece.end))
    for line in document.lines:
        covered = [0] * len(line.text)
        for start, end in seen.get(line.number, ()):
            for at in range(start, end):
                covered[at] += 1
        for at, character in enumerate(line.text):
            if not character.isspace():
                assert covered[at] == 1, (
                    f"line {line.number} {line.text!r}: {at} {covered[at]} times"
                )
