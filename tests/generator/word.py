"""Reports as Word files."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from random import Random

import docx
from docx.document import Document
from docx.table import _Cell

from tests.generator.content import Heading, Kind, Row, Table, Text, Truth
from tests.generator.pdf_marks import picture

MARKS = ("none", "none", "symbol", "image")


@dataclass(frozen=True)
class WordStyle:
    """How a Word file is made.

    Attributes:
        heading_styles: Whether headings have Word's heading styles; else they are bold text.
        grid: Whether tables have Word's table grid style.
        mark: The mark before an answer: none, symbol or image.
        blank_marks: Whether there is a mark even if the answer is blank.
        title_page: Whether title and organisation come first.
        contents: Whether a table of contents follows the title.
        bold_questions: Whether questions are bold.
        blank_after_answer: Whether an empty paragraph separates answer and comment.
        empty_paragraphs: Whether cells end with an empty paragraph.
    """

    heading_styles: bool = True
    grid: bool = True
    mark: str = "none"
    blank_marks: bool = False
    title_page: bool = True
    contents: bool = False
    bold_questions: bool = True
    blank_after_answer: bool = True
    empty_paragraphs: bool = False


def random_word_style(random: Random) -> WordStyle:
    """A random style that an exported report can have."""
    return WordStyle(
        heading_styles=random.random() < 0.7,
        grid=random.random() < 0.8,
        mark=random.choice(MARKS),
        title_page=random.random() < 0.7,
        contents=random.random() < 0.4,
        bold_questions=random.random() < 0.7,
        blank_after_answer=random.random() < 0.6,
        empty_paragraphs=random.random() < 0.3,
        blank_marks=random.random() < 0.5,
    )


def render_word(truth: Truth, style: WordStyle) -> bytes:
    """Returns the bytes of the Word file; the same report gives the same bytes."""
    document = docx.Document()
    document.core_properties.title = truth.title
    if style.title_page:
        document.add_paragraph(truth.title, style="Title")
        document.add_paragraph(truth.organisation[0].upper() + truth.organisation[1:])
        document.add_paragraph("2025-09-15")
    if style.contents:
        _contents(document, truth)
    for text in truth.preamble:
        _text(document, text)
    for block in truth.blocks:
        if isinstance(block, Heading):
            _heading(document, block, style)
        elif isinstance(block, Text):
            _text(document, block)
        else:
            _table(document, block, style)
    return fixed(document)


def _contents(document: Document, truth: Truth) -> None:
    document.add_paragraph("Innehållsförteckning")
    for index, block in enumerate(truth.blocks):
        if isinstance(block, Heading):
            document.add_paragraph(f"{block.number} {block.title}\t{3 + index // 8}")


def _heading(document: Document, heading: Heading, style: WordStyle) -> None:
    text = f"{heading.number} {heading.title}"
    if style.heading_styles:
        document.add_heading(text, level=min(heading.level, 3))
    else:
        document.add_paragraph().add_run(text).bold = True


def _text(document: Document, text: Text) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text.text).bold = text.kind is Kind.LABEL or None


def _table(document: Document, table: Table, style: WordStyle) -> None:
    made = document.add_table(rows=1, cols=table.columns)
    if style.grid:
        made.style = "Table Grid"
    for cell, head in zip(made.rows[0].cells, table.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in table.rows:
        cells = made.add_row().cells
        _question(cells[0], row, style)
        if table.columns == 3:
            _answer(cells[1], row, style)
            _paragraphs(cells[2], list(row.comment))
        else:
            used = _answer(cells[1], row, style)
            blank = [""] if used and style.blank_after_answer and row.comment else []
            _paragraphs(cells[1], [*blank, *row.comment], used=used)
        if style.empty_paragraphs:
            cells[-1].add_paragraph()
    # Word joins tables that touch.
    document.add_paragraph()


def _question(cell: _Cell, row: Row, style: WordStyle) -> None:
    cell.paragraphs[0].add_run(row.question).bold = style.bold_questions or None
    for text in row.detail:
        cell.add_paragraph()
        cell.add_paragraph(text)


def _answer(cell: _Cell, row: Row, style: WordStyle) -> bool:
    """Writes the answer; returns whether the cell's first paragraph is used."""
    if not row.answer and not (style.blank_marks and style.mark != "none"):
        return False
    paragraph = cell.paragraphs[0]
    if style.mark == "image":
        paragraph.add_run().add_picture(BytesIO(picture()), width=docx.shared.Pt(8))
        paragraph.add_run(" ")
    elif style.mark == "symbol":
        paragraph.add_run("☒ ")
    paragraph.add_run(row.answer)
    return True


def _paragraphs(cell: _Cell, texts: list[str], *, used: bool = False) -> None:
    for index, text in enumerate(texts):
        if index == 0 and not used:
            cell.paragraphs[0].add_run(text)
        else:
            cell.add_paragraph(text)


def fixed(document: Document) -> bytes:
    """The file's bytes with a fixed time in the archive."""
    made = BytesIO()
    document.save(made)
    result = BytesIO()
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return result.getvalue()
