"""The Word reader: .docx by python-docx, one Line a paragraph, tables as the file has them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from extractors.readers.errors import ReadError
from extractors.readers.word_numbering import read_numbering
from extractors.readers.word_styles import Styles
from extractors.readers.word_text import local_name, read_paragraph
from models.document import Document, Format, Line, Page, ReadProblem, SourceTable, TableCell

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

LARGEST = 400 * 1024 * 1024
"""Bytes that a file may unpack to; a report with many pictures has a tenth of it."""
LARGEST_PART = 100 * 1024 * 1024
"""Bytes of text that one part may unpack to."""
DEEPEST = 40
"""Tables in tables, or controls in controls, deeper than this are no report."""

_TRANSPARENT = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_OLD_FILE = b"\xd0\xcf\x11\xe0"
_EXPORT = "Open it in Word and save it anew as .docx."


def read(data: bytes, *, passwords: tuple[str, ...] = ()) -> Document:
    """Reads a .docx file.

    A paragraph is one Line; empty paragraphs are Lines too, for they part what stands around
    them. Numbers and bullets that Word itself sets stand in the text, as a person sees them.
    Headers and footers are left out: they run on every page and belong to no place in the text.

    Args:
        data: The bytes of the file.
        passwords: Not used: an encrypted .docx cannot be opened without Word.

    Raises:
        ReadError: `broken-docx`, `not-docx`, `encrypted` or `too-large`.
    """
    _check_container(data)
    try:
        word = docx.Document(io.BytesIO(data))
        walker = _Walker(word)
        walker.blocks(word.element.body, 0)
        walker.aside(_notes(word))
    except ReadError:
        raise
    except Exception as error:  # damaged parts raise whatever lxml, zipfile or docx come upon
        message = f"The Word file is damaged. {_EXPORT}"
        raise ReadError("broken-docx", message) from error
    return Document(
        Format.WORD,
        "word",
        (Page(1, lines=tuple(walker.lines)),),
        paged=False,
        headings=walker.headings,
        tables=tuple(walker.tables),
        title=(word.core_properties.title or "").strip(),
        problems=tuple(walker.problems()),
    )


def _check_container(data: bytes) -> None:
    """Raises a ReadError unless the bytes are a Word file of a size that can be unpacked."""
    if data.startswith(_OLD_FILE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            message = "The Word file asks for a password. Save it without protection."
            raise ReadError("encrypted", message)
        raise ReadError("not-docx", f"The file is in Word's old format. {_EXPORT}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        message = f"The file is no whole Word file: it may be cut or damaged. {_EXPORT}"
        raise ReadError("broken-docx", message) from error
    text = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in parts) > LARGEST or max(text, default=0) > LARGEST_PART:
        raise ReadError(
            "too-large",
            "The Word file unpacks to more than any report holds, so it was not read. Take out its "
            "pictures and save it anew, or ask the sender for another copy.",
        )
    if "word/document.xml" not in {part.filename.lstrip("/") for part in parts}:
        raise ReadError("not-docx", f"The file is packed like a Word file but is none. {_EXPORT}")


def _notes(word: WordDocument) -> list[Element]:
    """Returns the footnotes and endnotes of a document, without Word's own separators."""
    notes: list[Element] = []
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        try:
            part = word.part.part_related_by(kind)
        except KeyError:
            continue
        notes += [note for note in parse_xml(part.blob) if note.get(qn("w:type")) is None]
    return notes


class _Walker:
    """Goes through a document's body in order, and keeps what it finds."""

    def __init__(self, word: WordDocument) -> None:
        self.lines: list[Line] = []
        self.headings: dict[int, int] = {}
        self.tables: list[SourceTable] = []
        self.styles = Styles(word.styles.element)
        try:
            numbers = parse_xml(word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).blob)
        except KeyError:
            numbers = None
        self.numbering = read_numbering(numbers)
        self.boxes: list[Element] = []
        self.hidden = False
        self.asides = 0

    def blocks(self, parent: Element, depth: int, *, in_table: bool = False) -> None:
        """Reads the paragraphs and tables of a body, a cell or a control."""
        _check_depth(depth)
        for child in parent:
            name = local_name(child)
            if name == "p":
                self.paragraph(child, in_table=in_table)
            elif name == "tbl":
                if in_table:
                    for cell in child.iter(qn("w:tc")):
                        if _table_of(cell) is child:
                            self.blocks(cell, depth + 1, in_table=True)
                else:
                    self.table(child, depth + 1)
            elif name in _TRANSPARENT:
                self.blocks(child, depth + 1, in_table=in_table)

    def paragraph(self, paragraph: Element, *, in_table: bool) -> None:
        """Reads a paragraph as one line."""
        found = read_paragraph(paragraph)
        self.boxes += found.boxes
        self.hidden = self.hidden or found.hidden
        label = self.label(paragraph)
        text = f"{label} {found.text}" if label and found.text.strip() else found.text
        solid = len(found.text.replace(" ", ""))
        unsaid = solid - found.bold - found.plain
        bold = found.bold + (unsaid if self.styles.is_bold(paragraph) else 0)
        self.lines.append(Line(len(self.lines) + 1, text, bold=2 * bold > solid))
        level = self.styles.heading_level(paragraph)
        if level is not None and not in_table and text.strip():
            self.headings[len(self.lines)] = level

    def label(self, paragraph: Element) -> str:
        """Returns the number or bullet that Word sets before a paragraph, "" without one."""
        entry = self.styles.list_of(paragraph)
        if entry is None:
            return ""
        number, level, style = entry
        if level is None:
            level = self.numbering.level_of_style(number, style)
        return self.numbering.next(number, level)

    def table(self, table: Element, depth: int) -> None:
        """Reads a table; one that only frames other tables is not there."""
        rows = [row for row in table.iter(qn("w:tr")) if _table_of(row) is table]
        cells = [[cell for cell in row.iter(qn("w:tc")) if _row_of(cell) is row] for row in rows]
        if all(len(row) == 1 for row in cells) and table.find(f".//{qn('w:tbl')}") is not None:
            for (cell,) in cells:
                self.blocks(cell, depth)
            return
        first = len(self.lines) + 1
        read = [tuple(self.cell(cell, depth) for cell in row) for row in cells]
        if len(self.lines) >= first:
            self.tables.append(SourceTable(first, tuple(read)))

    def cell(self, cell: Element, depth: int) -> TableCell:
        """Reads a cell; the lower part of a merged cell is empty, and keeps its column."""
        first = len(self.lines)
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is None or merged.get(qn("w:val")) == "restart":
            self.blocks(cell, depth, in_table=True)
        return TableCell(tuple(self.lines[first:]))

    def aside(self, notes: list[Element]) -> None:
        """Reads text boxes and notes as lines after all others."""
        first = len(self.lines)
        while self.boxes:
            self.blocks(self.boxes.pop(0), 0, in_table=True)
        for note in notes:
            self.blocks(note, 0, in_table=True)
        self.asides = sum(1 for line in self.lines[first:] if line.text.strip())

    def problems(self) -> list[ReadProblem]:
        """Returns what a person should know of how the file was read."""
        found = []
        if self.asides:
            message = (
                f"{self.asides} paragraphs of text boxes and notes were read after all other text, "
                "for they have no place in it. Look whether any of them is part of an answer."
            )
            found.append(ReadProblem("text-aside", message, "info"))
        if self.hidden:
            message = "Text that Word does not show (hidden text) was left out."
            found.append(ReadProblem("hidden-text", message, "info"))
        return found


def _table_of(element: Element) -> Element | None:
    return next(element.iterancestors(qn("w:tbl")), None)


def _row_of(element: Element) -> Element | None:
    return next(element.iterancestors(qn("w:tr")), None)


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        message = f"The Word file has tables within tables without end. {_EXPORT}"
        raise ReadError("broken-docx", message)
