"""A Word file as a package: whether it can be unpacked, and which parts contain text."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from extractors.readers.errors import ReadError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

LARGEST = 400 * 1024 * 1024
"""Maximum unpacked size of a file in bytes; a report with many pictures has a tenth of it."""
LARGEST_PART = 100 * 1024 * 1024
"""Maximum unpacked size of one text part, in bytes."""
EXPORT = "Open it in Word and save it again as .docx."
_OLD_FILE = b"\xd0\xcf\x11\xe0"


def check_container(data: bytes) -> None:
    """Raises a ReadError unless the bytes are a Word file of a size that can be unpacked."""
    if data.startswith(_OLD_FILE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            message = "The Word file asks for a password. Save it without protection."
            raise ReadError("encrypted", message)
        raise ReadError("not-docx", f"The file is in Word's old format. {EXPORT}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        message = f"The file is not a complete Word file: it may be cut or damaged. {EXPORT}"
        raise ReadError("broken-docx", message) from error
    text = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in parts) > LARGEST or max(text, default=0) > LARGEST_PART:
        raise ReadError(
            "too-large",
            "The Word file unpacks to more than any report contains, so it was not read. Remove "
            "its pictures and save it again, or ask the sender for another copy.",
        )
    if "word/document.xml" not in {part.filename.lstrip("/") for part in parts}:
        raise ReadError(
            "not-docx", f"The file is packaged like a Word file but is not one. {EXPORT}"
        )


def notes_of(word: WordDocument) -> list[Element]:
    """Returns the footnotes and endnotes of a document, without Word's own separators."""
    notes: list[Element] = []
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        try:
            part = word.part.part_related_by(kind)
        except KeyError:
            continue
        notes += [note for note in parse_xml(part.blob) if note.get(qn("w:type")) is None]
    return notes


def numbering_of(word: WordDocument) -> Element | None:
    """Returns the numbered lists of a document, or None if it has none."""
    try:
        return parse_xml(word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).blob)
    except KeyError:
        return None


def title_of(word: WordDocument) -> str:
    """Returns the title in the file's properties; "" if they cannot be read."""
    try:
        return (word.core_properties.title or "").strip()
    except Exception:  # a bad title must not cost the whole report
        return ""
