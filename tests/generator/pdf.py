"""Reports as PDF, drawn line by line, so that the page and the cut of every row are known."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.generator.content import Heading, Table, Truth
from tests.generator.paging import (
    CellLine,
    Fragment,
    Head,
    Look,
    PageLayout,
    Paragraph,
    paginate,
)
from tests.generator.pdf_marks import draw_mark
from tests.generator.pdf_style import MARK_WIDTH, PdfStyle, setting
from tests.generator.questionnaire import THREE_HEADS

FOOTNOTES = (
    "1 Uppgifterna avser förhållandena den 31 augusti.",
    "2 Begreppet förklaras i bilagan till planen.",
    "3 Siffrorna är avrundade till hela tal.",
)


def render_pdf(truth: Truth, style: PdfStyle) -> tuple[bytes, list[PageLayout]]:
    """Returns the bytes of the PDF, and its pages (without the title page and the contents)."""
    truth = _fitted(truth, style)
    before = (1 if style.title_page else 0) + (1 if style.contents else 0)
    pages = paginate(truth, setting(style), before=before)
    drawing = _Drawing(truth, style, pages)
    return drawing.pdf(), pages


def _fitted(truth: Truth, style: PdfStyle) -> Truth:
    if not style.three:
        return truth
    heads = THREE_HEADS[truth.seed % len(THREE_HEADS)]
    blocks = tuple(
        replace(block, heads=heads) if isinstance(block, Table) else block for block in truth.blocks
    )
    return replace(truth, blocks=blocks)


class _Canvas(Canvas):
    """A canvas that writes • as other producers do: reportlab's code for it is non-standard."""

    def _escape(self, text: bytes | str) -> str:
        if isinstance(text, bytes):
            text = text.replace(b"\x7f", b"\x95")
        return str(super()._escape(text))


class _Drawing:
    def __init__(self, truth: Truth, style: PdfStyle, pages: list[PageLayout]) -> None:
        self.truth = truth
        self.style = style
        self.setting = setting(style)
        self.pages = pages
        self.buffer = BytesIO()
        # Invariant: the same report gives the same bytes.
        self.canvas = _Canvas(self.buffer, pagesize=style.page_size, invariant=1)
        self.canvas.setTitle(truth.title)
        self.total = pages[-1].number

    def pdf(self) -> bytes:
        if self.style.title_page:
            self.title_page()
        if self.style.contents:
            self.contents(2 if self.style.title_page else 1)
        for page in self.pages:
            self.page(page)
        self.canvas.save()
        return self.buffer.getvalue()

    def text(self, x: float, y: float, text: str, look: Look) -> None:
        """Draws text with its top at y points from the top of the page."""
        size = self.style.points(look)
        face = self.style.face(look)
        self.canvas.setFont(face, size)
        baseline = self.style.page_size[1] - y - size * 0.93
        if not self.style.word_by_word:
            self.canvas.drawString(x, baseline, text)
            return
        start = 0
        for word in text.split(" "):
            if word:
                self.canvas.drawString(x + stringWidth(text[:start], face, size), baseline, word)
            start += len(word) + 1

    def title_page(self) -> None:
        lines = [line for line in self.truth.title.split(" ") if line]
        half = len(lines) // 2
        self.text(self.style.margin, 200, " ".join(lines[:half]), Look.TITLE)
        self.text(self.style.margin, 232, " ".join(lines[half:]), Look.TITLE)
        name = self.truth.organisation
        self.text(self.style.margin, 300, name[0].upper() + name[1:], Look.H2)
        self.text(self.style.margin, 330, "2025-09-15", Look.BODY)
        self.canvas.showPage()

    def contents(self, number: int) -> None:
        style = self.style
        self.text(style.margin, style.top, "Innehållsförteckning", Look.H1)
        y = style.top + 30
        where = {
            item.number: page.number
            for page in self.pages
            for item in page.items
            if isinstance(item, Paragraph) and item.number
        }
        for block in self.truth.blocks:
            if isinstance(block, Heading):
                y = self.contents_entry(block, str(where[block.number]), y)
        self.furniture(number)
        self.canvas.showPage()

    def contents_entry(self, heading: Heading, page: str, y: float) -> float:
        style = self.style
        x = style.margin + 10 * (heading.level - 1)
        words = f"{heading.number} {heading.title}".split(" ")
        width = style.text_width - 40 - 10 * (heading.level - 1)
        line = ""
        leading = 11.5 if style.wide else 14
        for word in words:
            if self.setting.measure(f"{line} {word}", Look.SMALL) > width:
                self.text(x, y, line, Look.SMALL)
                y += leading
                line = word
            else:
                line = f"{line} {word}".strip()
        room = style.text_width - 10 * (heading.level - 1)
        dots = "."
        while self.setting.measure(f"{line} {dots}. {page}", Look.SMALL) < room:
            dots += "."
        self.text(x, y, f"{line} {dots} {page}", Look.SMALL)
        return y + leading

    def furniture(self, number: int) -> None:
        """Running header and footer."""
        style = self.style
        if style.running_head:
            self.text(style.margin, style.margin - 14, self.truth.title, Look.SMALL)
        foot = {
            "of": f"{number} ({self.total})",
            "page": f"Sida {number} av {self.total}",
            "plain": str(number),
        }.get(style.foot)
        if foot:
            width = self.setting.measure(foot, Look.SMALL)
            x = style.page_size[0] - style.margin - width
            self.text(x, style.page_size[1] - style.margin + 18, foot, Look.SMALL)

    def footnote(self, number: int) -> None:
        style = self.style
        y = style.page_size[1] - style.margin - 22
        self.canvas.setLineWidth(0.5)
        height = style.page_size[1]
        self.canvas.line(style.margin, height - y + 3, style.margin + 120, height - y + 3)
        self.text(style.margin, y, FOOTNOTES[number % len(FOOTNOTES)], Look.SMALL)

    def page(self, page: PageLayout) -> None:
        for item in page.items:
            if not isinstance(item, Paragraph):
                self.rules(item)
        if self.style.row_order:
            for item in page.items:
                self.item(item, None)
        else:
            for column in range(3):
                for item in page.items:
                    self.item(item, column)
        has_text = any(isinstance(i, Paragraph) and i.role == "text" for i in page.items)
        if self.style.footnotes and has_text:
            self.footnote(page.number)
        self.furniture(page.number)
        self.canvas.showPage()

    def columns(self, item: Head | Fragment) -> list[tuple[float, float]]:
        """Left and right edge of each column."""
        widths = self.setting.two if len(item.cells) == 2 else self.setting.three
        edges, x = [], self.style.margin
        for width in widths:
            edges.append((x, x + width))
            x += width
        return edges

    def item(self, item: Paragraph | Head | Fragment, only: int | None) -> None:
        top = self.style.top + item.y
        if isinstance(item, Paragraph):
            if not only:
                for index, line in enumerate(item.lines):
                    y = top + index * self.setting.leading(item.look)
                    self.text(self.style.margin, y, line, item.look)
            return
        for column, ((x0, _), cell) in enumerate(zip(self.columns(item), item.cells, strict=True)):
            if only not in (None, column):
                continue
            for index, line in enumerate(cell):
                self.cell_line(x0 + self.style.cell_gap, top + self.style.row_gap, index, line)

    def cell_line(self, x: float, y: float, index: int, line: str | CellLine) -> None:
        if isinstance(line, str):
            self.text(x, y + index * self.setting.leading(Look.HEAD), line, Look.HEAD)
        elif not line.blank:
            if line.role == "answer" and self.style.mark != "none":
                if index == 0:
                    height = self.style.page_size[1]
                    draw_mark(self.canvas, self.style.mark, x, height - y - line.y, self.style.size)
                x += MARK_WIDTH
            self.text(x, y + line.y, line.text, line.look)

    def rules(self, item: Head | Fragment) -> None:
        style = self.style
        top = style.page_size[1] - style.top - item.y
        edges = self.columns(item)
        left, right = edges[0][0], edges[-1][1]
        if style.rules == "shaded":
            odd = isinstance(item, Fragment) and item.row.position % 2
            shade = 0.75 if isinstance(item, Head) else 0.93 if odd else 1.0
            self.canvas.setFillGray(shade)
            self.canvas.rect(left, top - item.height, right - left, item.height, stroke=0, fill=1)
            self.canvas.setFillGray(0)
        if style.rules in ("grid", "horizontal"):
            for y in (top, top - item.height):
                self.rule(left, y, right, y)
        if style.rules == "grid":
            for x in (left, *(edge for _, edge in edges)):
                self.rule(x, top - item.height, x, top)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if self.style.thin_areas:
            self.canvas.rect(x0, y0, max(x1 - x0, 0.5), max(y1 - y0, 0.5), stroke=0, fill=1)
        else:
            self.canvas.setLineWidth(0.6)
            self.canvas.line(x0, y0, x1, y1)
