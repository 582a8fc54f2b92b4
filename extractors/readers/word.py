"""The Word reader, using python-docx: one Line per paragraph, tables as marked up."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from lxml import etree

from extractors.readers.errors import ReadError
from extractors.readers.numbers import whole
from extractors.readers.word_looks import CellLooks
from extractors.readers.word_numbering import read_numbering
from extractors.readers.word_package import (
    EXPORT,
    check_container,
    notes_of,
    numbering_of,
    title_of,
)
from extractors.readers.word_styles import Styles
from extractors.readers.word_text import (
    ParagraphText,
    characters,
    is_placeholder,
    local_name,
    read_paragraph,
)
from models.document import Document, Format, Line, Page, ReadProblem, SourceTable, TableCell

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

DEEPEST = 40
"""Maximum nesting depth of tables or content controls; no report has more."""

_TRANSPARENT = frozenset(
    {"sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"}
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


def read(data: bytes, *, passwords: tuple[str, ...] = ()) -> Document:
    """Reads a .docx file.

    A paragraph is one Line; empty paragraphs are Lines too, since they separate their neighbours.
    Automatic numbers and bullets are included in the text, as seen by a person. Tracked changes are
    read as accepted. Headers and footers are left out: they are on every page and have no place in
    the text.

    Args:
        data: The bytes of the file.
        passwords: Not used: an encrypted .docx cannot be opened without Word.

    Raises:
        ReadError: `broken-docx`, `not-docx`, `encrypted` or `too-large`.
    """
    check_container(data)
    try:
        word = docx.Document(io.BytesIO(data))
        walker = _Walker(word)
        walker.tables = walker.blocks(word.element.body, 0)
        walker.aside(notes_of(word))
        problems = walker.problems(word.element.body)
    except ReadError:
        raise
    except Exception as error:  # damaged parts raise all kinds of errors from lxml, zipfile or docx
        message = f"The Word file is damaged. {EXPORT}"
        raise ReadError("broken-docx", message) from error
    return Document(
        Format.WORD,
        "word",
        (Page(1, lines=tuple(walker.lines)),),
        paged=False,
        headings=walker.headings,
        tables=tuple(walker.tables),
        notes=frozenset(walker.notes),
        title=title_of(word),
        problems=tuple(problems),
    )


class _Walker:
    """Walks through a document's body in order and collects its content."""

    def __init__(self, word: WordDocument) -> None:
        self.lines: list[Line] = []
        self.headings: dict[int, int] = {}
        self.tables: list[SourceTable] = []
        self.notes: set[int] = set()
        self.styles = Styles(word.styles.element)
        self.numbering = read_numbering(numbering_of(word))
        self.looks = CellLooks(word)
        self.floating: list[Element] = []
        self.letters = 0
        self.moved = 0
        self.hidden = False
        self.placeholders = 0

    def blocks(self, parent: Element, depth: int, *, in_table: bool = False) -> list[SourceTable]:
        """Reads the paragraphs of a body, a cell or a control, and returns its tables."""
        _check_depth(depth)
        tables: list[SourceTable] = []
        carried: list[Element] = []
        for child in _content(parent):
            name = local_name(child)
            if name == "p" and _loses_its_end(child):
                carried.append(child)
                continue
            if name == "p":
                tables += self.paragraph([*carried, child], depth, in_table=in_table)
                carried = []
            elif name == "tbl":
                tables += self.table(child, depth + 1)
            elif name == "sdt" and is_placeholder(child):
                self.pass_over(child)
        if carried:
            tables += self.paragraph(carried, depth, in_table=in_table)
        return tables

    def paragraph(
        self, paragraphs: list[Element], depth: int, *, in_table: bool
    ) -> list[SourceTable]:
        """Reads a paragraph as one line, then its text boxes; returns the tables in them.

        Args:
            paragraphs: The paragraph's elements; several if the marks between them are deleted.
            depth: Its nesting depth in tables and text boxes.
            in_table: Whether it is in a table, where there are no headings.
        """
        paragraph = paragraphs[-1]
        found = read_paragraph(paragraphs)
        self.keep(found)
        label = self.label(paragraph)
        text = f"{label} {found.text}" if label and found.text.strip() else found.text
        solid = len("".join(found.text.split()))
        unsaid = solid - found.bold - found.plain
        bold = found.bold + (unsaid if self.styles.is_bold(paragraph) else 0)
        if text.strip() or not _is_deleted(paragraph):
            self.lines.append(Line(len(self.lines) + 1, text, bold=2 * bold > solid))
        level = self.styles.heading_level(paragraph)
        if level is not None and not in_table and text.strip():
            self.headings[len(self.lines)] = level
        first = len(self.lines)
        tables = [
            table for box in found.boxes for table in self.blocks(box, depth + 1, in_table=in_table)
        ]
        self.moved += sum(1 for line in self.lines[first:] if line.text.strip())
        return tables

    def keep(self, found: ParagraphText) -> None:
        """Collects what a paragraph contains besides its text."""
        self.floating += found.floating
        self.letters += found.letters
        self.hidden = self.hidden or found.hidden
        self.placeholders += found.placeholders

    def pass_over(self, control: Element) -> None:
        """Skips the placeholder text of an empty field."""
        self.letters += _count(control)
        self.placeholders += 1

    def label(self, paragraph: Element) -> str:
        """Returns the automatic number or bullet of a paragraph, or ""."""
        entry = self.styles.list_of(paragraph)
        if entry is None:
            return ""
        number, level, style = entry
        if level is None:
            level = self.numbering.level_of_style(number, style)
        return self.numbering.next(number, level)

    def table(self, table: Element, depth: int) -> list[SourceTable]:
        """Reads a table; returns nothing if it has no paragraphs."""
        first = len(self.lines) + 1
        rows = []
        for row in table.iter(qn("w:tr")):
            if _table_of(row) is not table:
                continue
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                self.letters += _count(row)
                continue
            column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            read = []
            for cell in row.iter(qn("w:tc")):
                properties = f"{qn('w:tcPr')}/"
                if _row_of(cell) is not row:
                    continue
                if cell.find(f"{properties}{qn('w:cellDel')}") is not None:
                    self.letters += _count(cell)
                    continue
                span = max(1, _number(cell.find(f"{properties}{qn('w:gridSpan')}"), 1))
                read.append(self.cell(cell, depth, column, span))
                column += span
            rows.append(tuple(read))
        return [SourceTable(first, tuple(rows))] if len(self.lines) >= first else []

    def cell(self, cell: Element, depth: int, column: int, span: int) -> TableCell:
        """Reads a cell; the lower part of a merged cell has no lines, but keeps its column."""
        first = len(self.lines)
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is not None and merged.get(qn("w:val")) != "restart" and not _count(cell):
            return TableCell((), column, span, continues=True)
        control = next(cell.iterancestors(qn("w:sdt"), qn("w:tr")), None)
        if control is not None and local_name(control) == "sdt" and is_placeholder(control):
            self.pass_over(control)
            return TableCell((), column, span)
        tables = self.blocks(cell, depth, in_table=True)
        lines, looks = tuple(self.lines[first:]), self.looks.of(cell)
        return TableCell(lines, column, span, tables=tuple(tables), looks=looks)

    def aside(self, notes: list[Element]) -> None:
        """Reads page-anchored text boxes and notes as lines after all others."""
        first = len(self.lines)
        while self.floating:
            self.tables += self.blocks(self.floating.pop(0), 0, in_table=True)
        own = self.letters
        for note in notes:
            self.blocks(note, 0, in_table=True)
        self.letters = own  # notes are not part of the body, which this count is compared with
        self.notes = {line.number for line in self.lines[first:] if line.text.strip()}

    def problems(self, body: Element) -> Iterator[ReadProblem]:
        """Yields problems that a person should know about."""
        if any(True for _ in body.iter(etree.Entity)):
            yield ReadProblem("entities", _ENTITIES, "error")
        lost = _count(body) - self.letters
        if lost > 0:
            yield ReadProblem("text-lost", _LOST.format(lost=lost), "error")
        if self.notes:
            yield ReadProblem("text-aside", _ASIDE.format(count=len(self.notes)), "info")
        if self.moved:
            yield ReadProblem("text-box", _BOXES.format(count=self.moved), "info")
        if self.hidden:
            yield ReadProblem("hidden-text", _HIDDEN, "info")
        if self.placeholders:
            yield ReadProblem(
                "not-filled-in", _PLACEHOLDERS.format(count=self.placeholders), "info"
            )
        if any(True for _ in body.iter(*(qn(f"w:{name}") for name in _CHANGES))):
            yield ReadProblem("tracked-changes", _TRACKED, "info")
        if any(True for _ in body.iter(qn("w:commentReference"))):
            yield ReadProblem("margin-comments", _MARGIN, "info")


_ENTITIES = (
    "The Word file refers to some of its text indirectly (XML entities), which Word itself never "
    f"does; that text was not read. {EXPORT}"
)
_LOST = (
    "{lost} characters of the Word file are where svar does not look, and were not read. "
    "Compare the report with the source, and report the bug."
)
_ASIDE = (
    "{count} paragraphs of notes and floating text boxes were read after all other text, "
    "because they have no place in it. Check whether any of them is part of an answer."
)
_BOXES = (
    "{count} paragraphs of text boxes were read after the paragraphs that they are anchored in. "
    "Check whether they belong elsewhere."
)
_HIDDEN = "Text that Word does not show (hidden text) was left out."
_PLACEHOLDERS = (
    "{count} fields show only what Word asks for ('Choose an item'), and were read as blank."
)
_TRACKED = (
    "The file has tracked changes; it was read as if all of them were accepted. "
    "Ask the sender whether any of them should be rejected."
)
_MARGIN = "Comments in the margin were left out: they are not part of the report."


def _content(parent: Element) -> Iterator[Element]:
    """Yields the paragraphs, tables and controls of an element, looking through mere wrappers."""
    for child in parent:
        name = local_name(child)
        if name == "sdt" and not is_placeholder(child):
            yield from (own for part in child.findall(qn("w:sdtContent")) for own in _content(part))
        elif name in _TRANSPARENT:
            yield from _content(child)
        else:
            yield child


def _count(element: Element) -> int:
    """Counts the characters of the visible text elements."""
    left_out = [qn(f"w:{name}") for name in ("del", "moveFrom", "rt")] + [_FALLBACK]
    letters = sum(len(characters(text)) for text in element.iter(qn("w:t")))
    for own in element.iter(*left_out):
        if own is not element and next(own.iterancestors(*left_out), None) is None:
            letters -= sum(len(characters(text)) for text in own.iter(qn("w:t")))
    return letters


def _loses_its_end(paragraph: Element) -> bool:
    """Whether a paragraph continues in the next one, because its end is deleted."""
    return _is_deleted(paragraph) and paragraph.getnext() is not None


def _is_deleted(paragraph: Element) -> bool:
    """Whether a tracked change deletes or moves the end of a paragraph."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is not None and any(
        mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom")
    )


def _number(element: Element | None, default: int) -> int:
    return default if element is None else whole(element.get(qn("w:val")), default)


def _table_of(element: Element) -> Element | None:
    return next(element.iterancestors(qn("w:tbl")), None)


def _row_of(element: Element) -> Element | None:
    return next(element.iterancestors(qn("w:tr")), None)


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        message = f"The tables of the Word file are nested too deeply. {EXPORT}"
        raise ReadError("broken-docx", message)
