"""The HTML reader: web pages as saved by browsers, Word and LibreOffice, using lxml.

A paragraph is one Line, tables are kept as marked up, and check boxes and drop-down lists are read
as the choice made in them.
say what is chosen in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from extractors.readers.errors import ReadError
from extractors.readers.html_looks import CellLooks
from extractors.readers.html_text import (
    Lists,
    Text,
    is_block,
    is_grid,
    is_hidden,
    is_left_out,
    letters_of,
    style_of,
)
from extractors.readers.markup import decode
from extractors.readers.numbers import whole
from extractors.readers.table_grid import SpannedCell, set_in_grid
from models.document import Document, Format, Line, Page, ReadProblem, SourceTable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LARGEST = 50 * 1024 * 1024
"""Maximum size of a page in bytes; one with embedded pictures has a tenth of that."""
DEEPEST = 200
_HEADING = re.compile(r"h([1-6])")
_NOTES = re.compile(r"mso-element:\s*(?:footnote|endnote)-list", re.IGNORECASE)
_NOTE_IDS = re.compile(r"sd(?:foot|end)note\d+$")
_BY_LIBREOFFICE = "//meta[@name='generator' and contains(@content, 'LibreOffice')]"
_GLUED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?(?=[A-ZÅÄÖ][a-zåäö])")
"""LibreOffice omits the space between a heading and its automatic number."""
_EXPORT = "Save the report as PDF or .docx and submit that."


def read(data: bytes, *, passwords: tuple[str, ...] = ()) -> Document:
    """Reads a web page.

    Args:
        data: The bytes of the file.
        passwords: Not used; a page has none.

    Raises:
        ReadError: `too-large`, `broken-html` or `empty`.
    """
    if len(data) > LARGEST:
        raise ReadError("too-large", f"The page is larger than any report. {_EXPORT}")
    text, guessed = decode(data)
    try:
        root = lxml_html.document_fromstring(text)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError("broken-html", f"The file is not a web page. {_EXPORT}") from error
    walker = _Walker(CellLooks(root), glues_numbers=bool(root.xpath(_BY_LIBREOFFICE)))
    found = root.find("body")
    body = root if found is None else found
    try:
        walker.blocks(body, 0)
    except RecursionError as error:
        raise ReadError("broken-html", f"The page is nested too deeply. {_EXPORT}") from error
    walker.flush()
    title = root.findtext(".//title") or ""
    return Document(
        Format.HTML,
        "html",
        (Page(1, lines=tuple(walker.lines)),),
        paged=False,
        headings=walker.headings,
        tables=tuple(walker.tables[-1]),
        notes=frozenset(walker.notes),
        title=" ".join(title.split()),
        problems=(*guessed, *walker.problems(body)),
    )


class _Walker:
    """Walks through a page in order and collects its content.

    Args:
        looks: Returns the appearance of cells.
        glues_numbers: Whether the space between a heading and its number is missing.
    """

    def __init__(self, looks: CellLooks, *, glues_numbers: bool) -> None:
        self.looks = looks
        self.lines: list[Line] = []
        self.headings: dict[int, int] = {}
        self.notes: set[int] = set()
        self.tables: list[list[SourceTable]] = [[]]
        self.text = Text()
        self.lists = Lists()
        self.level: int | None = None
        self.is_note = False
        self.glues_numbers = glues_numbers
        self.hidden = 0
        self.deleted = 0
        self.left_out = 0

    def blocks(self, parent: Element, depth: int) -> None:
        """Reads the content of an element: text, paragraphs and tables."""
        if depth > DEEPEST:
            raise RecursionError
        self.text.add(parent.text or "", parent)
        for child in parent:
            if isinstance(child.tag, str):
                self.element(child, depth + 1)
            elif child.tag is etree.Entity:
                self.text.add(child.text or "", parent)
            self.text.add(child.tail or "", parent)

    def element(self, element: Element, depth: int) -> None:
        """Reads an element in its context."""
        if is_left_out(element):
            self.left_out += letters_of(element)
        elif element.tag == "del" or is_hidden(element):
            letters = letters_of(element)
            self.left_out += letters
            self.deleted += letters if element.tag == "del" else 0
            self.hidden += letters if element.tag != "del" else 0
        elif element.tag == "table":
            self.table(element, depth)
        elif is_grid(element):
            self.flush()
            self.set_table([[self.cell(own, depth, 1) for own in row] for row in element])
        elif is_block(element):
            self.block(element, depth)
        elif self.text.add_field(element):
            self.left_out += letters_of(element)
        else:
            self.blocks(element, depth)

    def block(self, element: Element, depth: int) -> None:
        """Reads a block, which is separate from the paragraphs before and after it."""
        self.flush()
        heading = _HEADING.fullmatch(str(element.tag))
        notes = bool(_NOTES.search(style_of(element)) or _NOTE_IDS.match(element.get("id", "")))
        outer_level, outer_note = self.level, self.is_note
        if heading:
            self.level = int(heading[1])
        self.is_note = self.is_note or notes
        self.text.label = self.lists.enter(element) or self.text.label
        self.blocks(element, depth)
        self.lists.leave(element)
        self.flush(keep_empty=element.tag in {"p", "pre"})
        self.level, self.is_note = outer_level, outer_note

    def flush(self, *, keep_empty: bool = False) -> None:
        """Ends a paragraph."""
        text, bold = self.text.take()
        if self.glues_numbers and self.level is not None:
            text = _GLUED.sub(r"\g<0> ", text, count=1)
        if not text.strip() and not keep_empty:
            return
        self.lines.append(Line(len(self.lines) + 1, text, bold=bold))
        if not text.strip():
            return
        if self.level is not None and len(self.tables) == 1:
            self.headings[len(self.lines)] = self.level
        if self.is_note:
            self.notes.add(len(self.lines))

    def table(self, table: Element, depth: int) -> None:
        """Reads a table and its cells."""
        self.flush()
        for caption in table.findall("caption"):
            self.block(caption, depth)
        rows = []
        for group in _row_groups(table):
            for at, row in enumerate(group):
                if is_hidden(row):
                    self.element(row, depth)
                else:
                    rows.append(list(self.row(row, depth, len(group) - at)))
        self.set_table(rows)

    def row(self, row: Element, depth: int, left: int) -> Iterator[SpannedCell]:
        """Reads the cells of a row."""
        for cell in row:
            if cell.tag in {"td", "th"} and not is_hidden(cell):
                yield self.cell(cell, depth, left)
            elif isinstance(cell.tag, str) and is_hidden(cell):
                self.element(cell, depth)

    def set_table(self, rows: list[list[SpannedCell]]) -> None:
        """Adds a table, unless it has no paragraphs."""
        numbers = [line.number for row in rows for cell in row for line in cell.lines]
        if numbers:
            self.tables[-1].append(SourceTable(numbers[0], set_in_grid(rows)))

    def cell(self, cell: Element, depth: int, left: int) -> SpannedCell:
        """Reads a cell; it spans at most the remaining rows of its row group."""
        first = len(self.lines)
        self.tables.append([])
        self.blocks(cell, depth)
        self.flush()
        tables = tuple(self.tables.pop())
        down = whole(cell.get("rowspan"), 1) or left
        return SpannedCell(
            tuple(self.lines[first:]),
            tables,
            whole(cell.get("colspan"), 1),
            min(down, left),
            self.looks.of(cell),
        )

    def problems(self, body: Element) -> Iterator[ReadProblem]:
        """Yields problems that a person should know about."""
        lost = letters_of(body) - self.text.letters - self.left_out
        if lost > 0:
            message = f"{lost} letters of the page are where no text belongs, and were not read."
            yield ReadProblem("text-lost", f"{message} {_EXPORT}", "error")
        if self.notes:
            message = f"{len(self.notes)} paragraphs are notes, and were read as such."
            yield ReadProblem("text-aside", message, "info")
        if self.hidden:
            yield ReadProblem("hidden-text", "Text that the page hides was left out.", "info")
        if self.deleted:
            message = "Text that the page marks as deleted was left out."
            yield ReadProblem("tracked-changes", message, "info")


def _row_groups(table: Element) -> list[list[Element]]:
    """Returns the rows of a table by row group, in order."""
    groups: list[list[Element]] = []
    loose: list[Element] = []
    for child in table:
        if child.tag == "tr":
            loose.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            groups += [loose, child.findall("tr")] if loose else [child.findall("tr")]
            loose = []
    return [*groups, loose]
