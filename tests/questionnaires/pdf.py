"""Invented questionnaires as PDF files, set by reportlab's platypus."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as SetTable

from tests.questionnaires.content import Cell, Drawn, Heading, Paper, Table, Text

_MARGIN = 54
_LINES: dict[str, list[tuple[Any, ...]]] = {
    "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#555555"))],
    "rows": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#999999"))],
    "none": [("BOTTOMPADDING", (0, 0), (-1, -1), 8)],
}


def draw_pdf(paper: Paper, name: str) -> Drawn:
    """Returns the paper as a PDF file, with the page where each row begins."""
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=landscape(A3) if paper.wide else A4,
        title=paper.title,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        invariant=1,
    )
    setter = _Setter(paper, document.width)
    word = {"sv": "Sida", "en": "Page"}[paper.language]

    def foot(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawRightString(_MARGIN + document.width, 30, f"{word} {template.page}")
        canvas.drawString(_MARGIN, 30, paper.owner)

    document.build(setter.story(), onFirstPage=foot, onLaterPages=foot)
    pages = tuple(setter.pages[row] for row in range(len(paper.rows)))
    return Drawn(f"{name}.pdf", buffer.getvalue(), paper, pages)


class _Anchor(Flowable):
    """An invisible element that records on which page a row begins."""

    width = height = 0

    def __init__(self, row: int, pages: dict[int, int]) -> None:
        super().__init__()
        self.row = row
        self.pages = pages

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.pages.setdefault(self.row, self.canv.getPageNumber())


class _Text(Paragraph):
    """A paragraph that records on which page it is drawn."""

    drawn: Callable[[int], object] | None = None

    def draw(self) -> None:
        if self.drawn:
            self.drawn(self.canv.getPageNumber())
        super().draw()

    def split(self, width: float, height: float) -> list[Paragraph]:
        parts = super().split(width, height)
        if parts and self.drawn and parts[0] is not self:
            parts[0].drawn = self.drawn
        return parts


class _Dot(Flowable):
    """A filled circle."""

    width = height = 10

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.colour = colour

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(colors.HexColor(self.colour))
        # reportlab puts a lone element of a cell at its upper edge.
        self.canv.circle(5, -6, 4, stroke=0, fill=1)


class _Setter:
    def __init__(self, paper: Paper, width: float) -> None:
        self.paper = paper
        self.width = width
        self.pages: dict[int, int] = {}
        size = 8 if paper.wide else 9.5
        self.body = ParagraphStyle("body", fontSize=size, leading=size * 1.25, spaceAfter=5)
        self.cell = ParagraphStyle("cell", parent=self.body, spaceAfter=4)
        self.bold = ParagraphStyle("bold", parent=self.cell, fontName="Helvetica-Bold")
        self.centred = ParagraphStyle("centred", parent=self.bold, alignment=TA_CENTER)
        self.headings = [
            ParagraphStyle(
                f"heading {more}",
                parent=self.bold,
                fontSize=size + more,
                leading=(size + more) * 1.2,
                spaceBefore=9,
                spaceAfter=5,
                keepWithNext=1,
            )
            for more in (7, 4, 1.5)
        ]

    def story(self) -> list[Flowable]:
        story: list[Flowable] = [
            _paragraph(self.paper.title, self.headings[0]),
            _paragraph(self.paper.owner, self.body),
            Spacer(1, 12),
        ]
        for block in self.paper.blocks:
            match block:
                case Heading(text, level, row):
                    story += self.anchored(row, _paragraph(text, self.headings[min(level, 2)]))
                case Text(text, label, row):
                    before = f"<b>{escape(label, quote=False)}</b> " if label else ""
                    body = _Text(before + escape(text, quote=False), self.body)
                    story += self.anchored(row, body)
                case Table():
                    story += [*self.table(block), Spacer(1, 10)]
        return story

    def anchored(self, row: int | None, paragraph: _Text) -> list[Flowable]:
        """A paragraph that records its page: nothing comes between it and its anchor."""
        if row is not None:
            paragraph.drawn = lambda page: self.pages.setdefault(row, page)
        return [paragraph]

    def anchor(self, row: int | None) -> list[Flowable]:
        return [] if row is None else [_Anchor(row, self.pages)]

    def table(self, table: Table) -> list[Flowable]:
        if not table.shift:
            return [self.set(table, table.head + table.rows, len(table.head))]
        head = self.set(table, table.head, len(table.head))
        body = self.set(table, table.rows, 0)
        body.hAlign = head.hAlign = "LEFT"
        first, *others = body._argW
        body._argW = [first + table.shift, *others[:-1], others[-1] - table.shift]
        return [head, body]

    def set(self, table: Table, rows: tuple[tuple[Cell, ...], ...], heads: int) -> SetTable:
        grid, commands = self.grid(rows, len(table.widths), heads, centred=table.centred)
        return SetTable(
            grid,
            colWidths=[share * self.width for share in table.widths],
            repeatRows=heads if table.repeat else 0,
            splitByRow=1,
            # reportlab loses text where it splits merged cells.
            splitInRow=int(not any(_is_merged(cell) for row in rows[heads:] for cell in row)),
            style=TableStyle(
                [("VALIGN", (0, 0), (-1, -1), "TOP"), *_LINES[table.lines], *commands]
            ),
        )

    def grid(
        self, rows: tuple[tuple[Cell, ...], ...], width: int, heads: int, *, centred: bool
    ) -> tuple[list[list[object]], list[tuple[Any, ...]]]:
        """The cells on the grid of the table, and what joins and colours them."""
        grid: list[list[object]] = [[""] * width for _ in rows]
        taken: set[tuple[int, int]] = set()
        commands: list[tuple[Any, ...]] = []
        for y, row in enumerate(rows):
            x = 0
            for cell in row:
                while (x, y) in taken:
                    x += 1
                is_head = y < heads
                grid[y][x] = self.content(cell, bold=is_head, centred=is_head and centred)
                last = (x + cell.columns - 1, y + cell.rows - 1)
                if last != (x, y):
                    commands.append(("SPAN", (x, y), last))
                if cell.fill:
                    commands.append(("BACKGROUND", (x, y), last, colors.HexColor(cell.fill)))
                taken |= {
                    (x + right, y + down)
                    for right in range(cell.columns)
                    for down in range(cell.rows)
                }
        return grid, commands

    def content(self, cell: Cell, *, bold: bool, centred: bool) -> list[Flowable]:
        style = self.centred if centred else self.bold if bold or cell.bold else self.cell
        dot = [_Dot(cell.icon)] if cell.icon else []
        texts = [_paragraph(text, style) for text in cell.text.split("\n") if text]
        return [*self.anchor(cell.row), *dot, *texts]


def _is_merged(cell: Cell) -> bool:
    return cell.rows > 1 or cell.columns > 1


def _paragraph(text: str, style: ParagraphStyle) -> _Text:
    return _Text(escape(text, quote=False), style)
