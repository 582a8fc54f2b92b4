"""Reports as Word files, written as people and exports write them.

This writer shares nothing with `tests/generator/word.py` except the truth.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from tests.generator.content import Heading, Kind, Row, Table, Text, Truth, plain_bullets
from tests.producers.html import three_columns

CHOICES = ("Ja", "Delvis", "Nej", "Ej aktuellt")


@dataclass(frozen=True)
class WordLook:
    """How a Word file is made.

    Attributes:
        answers: `typed`; `checked`: a content control that is a check box, before the answer;
            `choices`: one check box for each answer that can be given, one of them checked;
            `dropdown`: a content control that holds the answer; `break`: answer and comment are
            one paragraph with a manual line break.
        table_style: Word's name for the table style, or "" for none.
        cards: Whether every row is a table of its own.
        outer: Whether each table is inside a table without borders.
        spacer: Whether an empty narrow column separates question and answer.
        numbered_headings: Whether Word numbers the headings by itself.
        lists: Whether list items are Word list paragraphs, so that their marks are not in the text.
        split_runs: Whether text is broken into many runs, with bookmarks and proof marks between.
        tracked: Whether the comments contain tracked insertions and deletions.
        boxed_notices: Whether text outside tables is in text boxes.
        running: Whether there are running headers and footers.
        justified: Whether all lines of a paragraph but its last are as wide as their column.
        spacing: Extra space between letters, in points.
    """

    answers: str = "typed"
    table_style: str = "Table Grid"
    font: str = "Liberation Serif"
    size: float = 10.5
    three: bool = False
    cards: bool = False
    outer: bool = False
    spacer: bool = False
    numbered_headings: bool = False
    lists: bool = False
    split_runs: bool = False
    tracked: bool = False
    boxed_notices: bool = False
    running: bool = True
    repeat_heads: bool = True
    mark: str = ""
    justified: bool = False
    spacing: float = 0


def render_word(truth: Truth, look: WordLook, random: Random) -> bytes:
    """Returns the bytes of the Word file; the same report gives the same bytes."""
    truth = plain_bullets(truth)
    if look.three:
        truth = three_columns(truth)
    return _Writer(look, random).write(truth)


class _Writer:
    def __init__(self, look: WordLook, random: Random) -> None:
        self.look = look
        self.random = random
        self.document: Document = docx.Document()
        normal = self.document.styles["Normal"]
        normal.font.name = look.font
        normal.font.size = Pt(look.size)
        normal.paragraph_format.space_after = Pt(6)
        if look.justified:
            normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if look.spacing:
            spacing = OxmlElement("w:spacing")
            spacing.set(qn("w:val"), str(round(20 * look.spacing)))
            normal.element.get_or_add_rPr().append(spacing)

    def write(self, truth: Truth) -> bytes:
        self.document.core_properties.title = truth.title
        if self.look.running:
            section = self.document.sections[0]
            section.header.paragraphs[0].text = truth.title
            _page_field(section.footer.paragraphs[0])
        self.document.add_paragraph(truth.title, style="Title")
        self.document.add_paragraph(truth.organisation[0].upper() + truth.organisation[1:])
        self.document.add_page_break()
        if self.look.numbered_headings:
            _number_headings(self.document)
        for text in truth.preamble:
            self.text(text)
        for block in truth.blocks:
            if isinstance(block, Heading):
                self.heading(block)
            elif isinstance(block, Text):
                self.text(block)
            else:
                self.table(block)
        made = BytesIO()
        self.document.save(made)
        return fixed(made)

    def heading(self, heading: Heading) -> None:
        text = heading.title
        if not self.look.numbered_headings:
            text = f"{heading.number} {text}"
        self.document.add_heading(text, level=min(heading.level, 4))

    def text(self, text: Text) -> None:
        if text.kind is Kind.NOTICE and self.look.boxed_notices:
            self.document.add_paragraph()._p.append(_text_box(text.text))
            return
        if text.kind is Kind.BULLET and self.look.lists and text.text.startswith("• "):
            self.document.add_paragraph(text.text[2:], style="List Bullet")
            return
        paragraph = self.document.add_paragraph()
        self.run(paragraph, text.text, bold=text.kind is Kind.LABEL)

    def run(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
        if not self.look.split_runs:
            paragraph.add_run(text).bold = bold or None
            return
        for index, piece in enumerate(re.findall(r".{1,17}", text, re.DOTALL)):
            paragraph.add_run(piece).bold = bold or None
            if index % 3 == 0:
                mark = OxmlElement("w:proofErr")
                mark.set(qn("w:type"), "spellStart" if index % 2 else "spellEnd")
                paragraph._p.append(mark)
            if index % 5 == 1:
                paragraph._p.append(OxmlElement("w:lastRenderedPageBreak"))

    def table(self, table: Table) -> None:
        groups = [[row] for row in table.rows] if self.look.cards else [list(table.rows)]
        for rows in groups:
            self.one_table(table, rows)
            # Word joins tables that touch.
            self.document.add_paragraph()

    def one_table(self, table: Table, rows: list[Row]) -> None:
        columns = table.columns + self.look.spacer
        if self.look.outer:
            outer = self.document.add_table(rows=1, cols=1).rows[0].cells[0]
            made = outer.add_table(rows=1, cols=columns)
            outer.add_paragraph()
        else:
            made = self.document.add_table(rows=1, cols=columns)
        if self.look.table_style:
            made.style = self.look.table_style
        if self.look.repeat_heads:
            made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, head in zip(self.cells(made.rows[0].cells), table.heads, strict=True):
            self.run(cell.paragraphs[0], head, bold=True)
        for row in rows:
            cells = self.cells(made.add_row().cells)
            self.question(cells[0], row)
            if table.columns == 3:
                self.answer(cells[1], row, "")
                self.comment(cells[2], list(row.comment), used=False)
            else:
                rest = list(row.comment)
                joined = rest.pop(0) if self.look.answers == "break" and row.answer and rest else ""
                used = self.answer(cells[1], row, joined)
                self.comment(cells[1], rest, used=used)
        if self.look.spacer:
            for one in made.rows:
                one.cells[1].width = Cm(0.4)

    def cells(self, cells: tuple[_Cell, ...]) -> list[_Cell]:
        return [cells[0], *cells[2:]] if self.look.spacer else list(cells)

    def question(self, cell: _Cell, row: Row) -> None:
        self.run(cell.paragraphs[0], row.question, bold=True)
        for text in row.detail:
            self.run(cell.add_paragraph(), text)

    def answer(self, cell: _Cell, row: Row, joined: str) -> bool:
        """Writes the answer; returns whether the cell's first paragraph is used."""
        paragraph = cell.paragraphs[0]
        kind = self.look.answers
        if kind == "choices" and row.answer in ("", *CHOICES):
            for word in CHOICES:
                paragraph._p.append(_check_box(checked=word == row.answer))
                paragraph.add_run(f" {word}  ")
            return True
        if not row.answer:
            return False
        if kind == "checked":
            paragraph._p.append(_check_box(checked=True))
            paragraph.add_run(f" {row.answer}")
        elif kind == "dropdown":
            paragraph._p.append(_dropdown(row.answer))
        elif kind == "break" and joined:
            paragraph.add_run(self.look.mark + row.answer).add_break()
            paragraph.add_run(joined)
        else:
            self.run(paragraph, self.look.mark + row.answer)
        return True

    def comment(self, cell: _Cell, texts: list[str], *, used: bool) -> None:
        for text in texts:
            paragraph = cell.add_paragraph() if used else cell.paragraphs[0]
            used = True
            is_item = self.look.lists and text.startswith("• ")
            if is_item:
                paragraph.style = "List Bullet"
            write = self.run
            if self.look.tracked and self.random.random() < 0.4:
                write = self.tracked
            write(paragraph, text[2:] if is_item else text)

    def tracked(self, paragraph: Paragraph, text: str) -> None:
        """A paragraph with a tracked deletion of one word and insertion of its last words."""
        words = text.split(" ")
        half = len(words) // 2
        paragraph.add_run(" ".join(words[:half]) + " " * (half > 0))
        change = {
            qn("w:id"): "7",
            qn("w:author"): "Granskare",
            qn("w:date"): "2025-09-15T12:00:00Z",
        }
        deleted = OxmlElement("w:del", attrs=change)
        run = OxmlElement("w:r")
        gone = OxmlElement("w:delText")
        gone.text = "preliminärt "
        gone.set(qn("xml:space"), "preserve")
        run.append(gone)
        deleted.append(run)
        paragraph._p.append(deleted)
        inserted = OxmlElement("w:ins", attrs=change)
        added = paragraph.add_run(" ".join(words[half:]))._r
        paragraph._p.remove(added)
        inserted.append(added)
        paragraph._p.append(inserted)


def _check_box(*, checked: bool) -> Any:
    return parse_xml(
        f"<w:sdt {nsdecls('w', 'w14')}><w:sdtPr><w14:checkbox>"
        f'<w14:checked w14:val="{int(checked)}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{'☒' if checked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _dropdown(answer: str) -> Any:
    items = "".join(
        f'<w:listItem w:displayText="{word}" w:value="{number}"/>'
        for number, word in enumerate(dict.fromkeys((*CHOICES, answer)), 1)
    )
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{answer}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _text_box(text: str) -> Any:
    """A run with a text box, as Word writes it: the drawing, and a fallback for old programs."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        f'{nsdecls("w", "wp", "a")} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return parse_xml(
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="5000000" cy="400000"/><wp:docPr id="1" name="Textruta"/>'
        f'<a:graphic><a:graphicData uri="{uri}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _page_field(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.add_run("Sida ")
    paragraph._p.append(field)


def _number_headings(document: Document) -> None:
    """Makes Word number the headings: a list of several levels that the styles refer to."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:lvlText w:val="{".".join(f"%{n}" for n in range(1, level + 2))}"/></w:lvl>'
        for level in range(4)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    for level in range(4):
        style = document.styles[f"Heading {level + 1}"]
        style.element.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
            )
        )


def fixed(made: BytesIO) -> bytes:
    """A Word file's bytes with a fixed time in the archive."""
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
