"""The ODT reader, using lxml: one Line per paragraph, tables as marked up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from extractors.readers.errors import ReadError
from extractors.readers.numbers import whole
from extractors.readers.odt_looks import CellLooks
from extractors.readers.odt_styles import Numbering, Styles, q
from extractors.readers.odt_text import ParagraphText, TextReader, controls_of
from extractors.readers.table_grid import SpannedCell, set_in_grid
from models.document import Document, Format, Line, Page, ReadProblem, SourceTable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LARGEST_PART = 100 * 1024 * 1024
"""Maximum unpacked size of one part, in bytes."""
DEEPEST = 40
MOST_REPEATED = 1000
"""Maximum number of rows or cells that one repeated element may stand for."""
_EXPORT = "Open it in LibreOffice or Word and save it again as .docx or PDF."
_WRAPPERS = frozenset(
    map(q, ("text:section", "text:index-body", "text:index-title", "text:table-of-content",
            "text:illustration-index", "text:table-index", "text:object-index", "text:user-index",
            "text:alphabetical-index", "text:bibliography", "text:numbered-paragraph"))
)  # fmt: skip
_ROW_GROUPS = frozenset(
    map(q, ("table:table-header-rows", "table:table-rows", "table:table-row-group"))
)


def read(data: bytes, *, passwords: tuple[str, ...] = ()) -> Document:
    """Reads an .odt file. Tracked changes are read as accepted.

    Args:
        data: The bytes of the file.
        passwords: Not used: save the file without one.

    Raises:
        ReadError: `broken-odt`, `encrypted` or `too-large`.
    """
    parts = _unpack(data)
    content = _parse(parts["content.xml"])
    roots = [content] + [_parse(parts[name]) for name in ("styles.xml",) if name in parts]
    walker = _Walker(roots, data)
    text = content.find(f"{q('office:body')}/{q('office:text')}")
    if text is None:
        raise ReadError("broken-odt", f"The file contains no text document. {_EXPORT}")
    tables = walker.blocks(text, 0)
    tables += walker.aside()
    return Document(
        Format.ODT,
        "odt",
        (Page(1, lines=tuple(walker.lines)),),
        paged=False,
        headings=walker.headings,
        tables=tuple(tables),
        notes=frozenset(walker.notes),
        title=_title(parts),
        problems=tuple(walker.problems(content)),
    )


def _unpack(data: bytes) -> dict[str, bytes]:
    """Returns the parts that contain text."""
    wanted = ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            found = [name for name in wanted if name in names]
            if any(archive.getinfo(name).file_size > LARGEST_PART for name in found):
                message = "The file unpacks to more than any report contains, so it was not read."
                raise ReadError("too-large", f"{message} {_EXPORT}")
            parts = {name: archive.read(name) for name in found}
    except ReadError:
        raise
    except Exception as error:  # damaged archives raise all kinds of errors from zipfile or zlib
        message = f"The file is not a complete ODT file: it may be cut or damaged. {_EXPORT}"
        raise ReadError("broken-odt", message) from error
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise ReadError("encrypted", "The ODT file asks for a password. Save it without one.")
    if "content.xml" not in parts:
        raise ReadError(
            "broken-odt", f"The file is packaged like an ODT file but is not one. {_EXPORT}"
        )
    return parts


def _parse(part: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError("broken-odt", f"The ODT file is damaged. {_EXPORT}") from error


def _title(parts: dict[str, bytes]) -> str:
    if "meta.xml" not in parts:
        return ""
    return (_parse(parts["meta.xml"]).findtext(f".//{q('dc:title')}") or "").strip()


class _Walker:
    """Walks through a document in order and collects its content."""

    def __init__(self, roots: list[Element], data: bytes) -> None:
        self.lines: list[Line] = []
        self.headings: dict[int, int] = {}
        self.notes: set[int] = set()
        self.styles = Styles(roots)
        self.looks = CellLooks(data, self.styles)
        self.numbering = Numbering.of(roots)
        self.text = TextReader(self.styles, controls_of(roots[0]))
        self.floating: list[Element] = []
        self.kept_notes: list[Element] = []
        self.moved = 0
        self.hidden = False
        self.placeholders = 0

    def blocks(self, parent: Element, depth: int, label: str = "") -> list[SourceTable]:
        """Reads the paragraphs of an element, and returns its tables.

        Args:
            parent: The text, a cell, a box, or an item of a list.
            depth: Its nesting depth.
            label: Number or bullet before its first paragraph.
        """
        if depth > DEEPEST:
            raise ReadError("broken-odt", f"The ODT file is nested too deeply. {_EXPORT}")
        tables: list[SourceTable] = []
        for child in parent:
            if child.tag in {q("text:p"), q("text:h")}:
                tables += self.paragraph(child, depth, label)
                label = ""
            elif child.tag == q("text:list"):
                tables += self.items(child, depth + 1, _ListPlace(child, "", 0))
            elif child.tag == q("table:table"):
                tables += self.table(child, depth + 1)
            elif child.tag == q("draw:frame"):
                self.floating += child.findall(q("draw:text-box"))
            elif child.tag in _WRAPPERS:
                tables += self.blocks(child, depth + 1)
        return tables

    def paragraph(self, paragraph: Element, depth: int, label: str) -> list[SourceTable]:
        """Reads a paragraph as one line, then its text boxes; returns the tables in them."""
        found = self.text.read(paragraph)
        self.keep(found)
        name = paragraph.get(q("text:style-name"), "")
        level = paragraph.get(q("text:outline-level"), "")
        heading = whole(level, 0) or self.styles.outline_level(name)
        if paragraph.tag == q("text:h") and heading and not label and found.text.strip():
            label = self.numbering.next("", heading)
        text = f"{label} {found.text}" if label and found.text.strip() else found.text
        solid = len("".join(found.text.split()))
        self.lines.append(Line(len(self.lines) + 1, text, bold=2 * found.bold > solid))
        if heading and text.strip():
            self.headings[len(self.lines)] = heading
        first = len(self.lines)
        tables = [table for box in found.boxes for table in self.blocks(box, depth + 1)]
        self.moved += sum(1 for line in self.lines[first:] if line.text.strip())
        return tables

    def keep(self, found: ParagraphText) -> None:
        """Collects what a paragraph contains besides its text."""
        self.floating += found.floating
        self.kept_notes += found.notes
        self.hidden = self.hidden or found.hidden
        self.placeholders += found.placeholders

    def items(self, own: Element, depth: int, place: _ListPlace) -> list[SourceTable]:
        """Reads the items of a list."""
        if place.begins_anew:
            self.numbering.restart(place.style)
        tables: list[SourceTable] = []
        for item in own:
            if item.tag not in {q("text:list-item"), q("text:list-header")}:
                continue
            nested = item[0].tag == q("text:list") if len(item) else True
            label = ""
            if item.tag == q("text:list-item") and not nested and _has_text(item):
                start = whole(item.get(q("text:start-value")), -1)
                number = start if start >= 0 else None
                label = self.numbering.next(place.style, place.level, number)
            if nested:
                for inner in item.findall(q("text:list")):
                    below = _ListPlace(inner, place.style, place.level)
                    tables += self.items(inner, depth + 1, below)
                continue
            tables += self.item(item, depth, label, place)
        return tables

    def item(self, item: Element, depth: int, label: str, place: _ListPlace) -> list[SourceTable]:
        """Reads an item: its paragraphs, and nested lists one level deeper."""
        tables: list[SourceTable] = []
        for child in item:
            if child.tag == q("text:list"):
                below = _ListPlace(child, place.style, place.level)
                tables += self.items(child, depth + 1, below)
            elif child.tag in {q("text:p"), q("text:h")}:
                tables += self.paragraph(child, depth, label)
                label = ""
            elif child.tag == q("table:table"):
                tables += self.table(child, depth + 1)
        return tables

    def table(self, table: Element, depth: int) -> list[SourceTable]:
        """Reads a table; returns nothing if it has no paragraphs."""
        first = len(self.lines) + 1
        rows = [
            [self.cell(cell, depth) for cell in _repeated(row, q("table:table-cell"))]
            for row in _rows(table)
        ]
        return [SourceTable(first, set_in_grid(rows))] if len(self.lines) >= first else []

    def cell(self, cell: Element, depth: int) -> SpannedCell:
        """Reads a cell."""
        first = len(self.lines)
        tables = self.blocks(cell, depth)
        return SpannedCell(
            tuple(self.lines[first:]),
            tuple(tables),
            _times(cell.get(q("table:number-columns-spanned"))),
            _times(cell.get(q("table:number-rows-spanned"))),
            self.looks.of(cell),
        )

    def aside(self) -> list[SourceTable]:
        """Reads page-anchored text boxes and notes as lines after all others."""
        first = len(self.lines)
        tables: list[SourceTable] = []
        while self.floating:
            tables += self.blocks(self.floating.pop(0), 0)
        while self.kept_notes:
            self.blocks(self.kept_notes.pop(0), 0)
        self.notes = {line.number for line in self.lines[first:] if line.text.strip()}
        return tables

    def problems(self, content: Element) -> Iterator[ReadProblem]:
        """Yields problems that a person should know about."""
        if any(True for _ in content.iter(etree.Entity)):
            message = f"The file holds text by reference, which was not read. {_EXPORT}"
            yield ReadProblem("entities", message, "error")
        if self.notes:
            message = (
                f"{len(self.notes)} paragraphs of notes and floating text boxes were read after "
                "all other text. Check whether any of them is part of an answer."
            )
            yield ReadProblem("text-aside", message, "info")
        if self.moved:
            message = f"{self.moved} paragraphs of text boxes were read after their paragraphs."
            yield ReadProblem("text-box", message, "info")
        if self.hidden:
            yield ReadProblem("hidden-text", "Text that is not shown was left out.", "info")
        if self.placeholders:
            message = f"{self.placeholders} fields that nobody filled in were read as blank."
            yield ReadProblem("not-filled-in", message, "info")
        if any(True for _ in content.iter(q("text:changed-region"))):
            message = "The file has tracked changes; it was read as if all of them were accepted."
            yield ReadProblem("tracked-changes", message, "info")
        if any(True for _ in content.iter(q("office:annotation"))):
            yield ReadProblem("margin-comments", "Comments in the margin were left out.", "info")


class _ListPlace:
    """The context of a list: its style, its level and whether its numbering restarts."""

    def __init__(self, own: Element, style: str, level: int) -> None:
        self.style = str(own.get(q("text:style-name")) or style)
        self.level = level + 1
        goes_on = own.get(q("text:continue-numbering")) == "true"
        self.begins_anew = not level and not goes_on and not own.get(q("text:continue-list"))


def _has_text(item: Element) -> bool:
    return any(text.strip() for text in item.itertext())


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == q("table:table-row"):
            yield from [child] * min(
                _times(child.get(q("table:number-rows-repeated"))), MOST_REPEATED
            )
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _repeated(row: Element, tag: str) -> Iterator[Element]:
    for cell in row.findall(tag):
        yield from [cell] * min(_times(cell.get(q("table:number-columns-repeated"))), MOST_REPEATED)


def _times(text: str | None) -> int:
    return max(1, whole(text, 1))
