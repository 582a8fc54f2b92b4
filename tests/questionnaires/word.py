"""Invented questionnaires as Word files."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell
from PIL import Image, ImageDraw

from tests.generator.word import fixed
from tests.questionnaires.content import Cell, Drawn, Heading, Paper, Table, Text


def draw_word(paper: Paper, name: str) -> Drawn:
    """Returns the paper as a Word file."""
    document = docx.Document()
    document.core_properties.title = paper.title
    if paper.wide:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph(paper.title, style="Title")
    document.add_paragraph(paper.owner)
    for block in paper.blocks:
        match block:
            case Heading(text, level):
                document.add_heading(text, level=level)
            case Text(text, label):
                paragraph = document.add_paragraph()
                if label:
                    paragraph.add_run(label).bold = True
                    paragraph.add_run(" ")
                paragraph.add_run(text)
            case Table():
                _table(document, block)
    return Drawn(f"{name}.docx", fixed(document), paper)


def _table(document: Document, table: Table) -> None:
    rows = table.head + table.rows
    made = document.add_table(rows=len(rows), cols=len(table.widths))
    made.style = "Table Grid"
    # Asking the table for its cells anew reads all of it, so they are asked for once.
    width, grid = len(table.widths), made._cells
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            target = grid[y * width + x]
            if cell.rows > 1 or cell.columns > 1:
                last = (y + cell.rows - 1) * width + x + cell.columns - 1
                target = target.merge(grid[last])
            _fill(target, cell, head=y < len(table.head), centred=table.centred)
            taken |= {
                (x + right, y + down) for right in range(cell.columns) for down in range(cell.rows)
            }
    # Word joins tables that touch.
    document.add_paragraph()


def _fill(target: _Cell, cell: Cell, *, head: bool, centred: bool) -> None:
    texts = cell.text.split("\n")
    for place, text in enumerate(texts):
        paragraph = target.paragraphs[0] if place == 0 else target.add_paragraph()
        if place == 0 and cell.icon:
            paragraph.add_run().add_picture(BytesIO(_dot(cell.icon)), width=Pt(9))
        if text:
            paragraph.add_run(text).bold = (head or cell.bold) or None
        if head and centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if cell.fill:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), cell.fill.lstrip("#"))
        target._tc.get_or_add_tcPr().append(shade)


@cache
def _dot(colour: str) -> bytes:
    """A filled circle as a PNG file."""
    image = Image.new("RGB", (24, 24), "white")
    ImageDraw.Draw(image).ellipse((2, 2, 21, 21), fill=colour)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
