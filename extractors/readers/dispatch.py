"""Chooses the reader of a file: by its first bytes, not by its name alone."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from types import ModuleType

from extractors.readers import other_kinds
from extractors.readers.errors import ReadError
from extractors.readers.limits import MAX_TEXT, check_text
from extractors.readers.pdf_forms import check_forms
from models.document import Document, Format, ReadProblem

_PDF_SIGNATURE = b"%PDF-"
_ZIP_SIGNATURE = b"PK\x03\x04"
_PICTURE_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_SIGNATURE_WITHIN = 1024

_ODT_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_HTML_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)

SUFFIXES = {
    ".pdf": Format.PDF,
    ".docx": Format.WORD,
    ".odt": Format.ODT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".txt": Format.TEXT,
    ".png": Format.PICTURE,
    ".jpg": Format.PICTURE,
    ".jpeg": Format.PICTURE,
    ".tif": Format.PICTURE,
    ".tiff": Format.PICTURE,
}
"""File formats that are read, by lower-case extension."""


def format_of(data: bytes, source: str) -> Format:
    """Returns the format of a file; its name decides only if its bytes are inconclusive."""
    if _PDF_SIGNATURE in data[:_SIGNATURE_WITHIN]:
        return Format.PDF
    if data.startswith(_PICTURE_SIGNATURES):
        return Format.PICTURE
    suffix = other_kinds.suffix_of(source)
    if data.startswith(_ZIP_SIGNATURE) and suffix != ".pdf":
        return Format.ODT if _ODT_TYPE in data[:_SIGNATURE_WITHIN] else Format.WORD
    if _HTML_OPENING.match(data[:_SIGNATURE_WITHIN].replace(b"\x00", b"")):
        return Format.HTML
    return SUFFIXES.get(suffix, Format.TEXT)


def read(
    data: bytes,
    source: str,
    *,
    reader: str = "pdfium",
    passwords: tuple[str, ...] = (),
    max_text: int = MAX_TEXT,
) -> Document:
    """Reads a file of any known format.

    A PDF that the chosen reader cannot open is tried with the other one, and a problem row says so.

    Args:
        data: The bytes of the file.
        source: Its name or path.
        reader: `pdfium` or `plumber`, for PDF.
        passwords: Passwords to try on encrypted files.
        max_text: Maximum length of its text, in millions of characters.

    Raises:
        ReadError: The file cannot be read as a document.
    """
    document = _read(data, source, reader, passwords, max_text)
    check_text(sum(len(line.text) for line in document.lines), max_text)
    return document


def _read(
    data: bytes, source: str, reader: str, passwords: tuple[str, ...], max_text: int
) -> Document:
    if not data:
        raise ReadError("empty", "The file is empty. Ask the sender for the report again.")
    match format_of(data, source):
        case Format.PDF:
            return _read_pdf(data, reader, passwords)
        case Format.WORD:
            from extractors.readers import word  # noqa: PLC0415

            return word.read(data, passwords=passwords)
        case Format.ODT:
            from extractors.readers import odt  # noqa: PLC0415

            return odt.read(data, passwords=passwords)
        case Format.HTML:
            from extractors.readers import html  # noqa: PLC0415

            return html.read(data, passwords=passwords)
        case Format.PICTURE:
            from extractors.readers import picture  # noqa: PLC0415

            return picture.read(data)
        case _:
            if other_kinds.is_known(data, source):
                raise ReadError("other-kind", other_kinds.say(data, source))
            check_text(len(data), max_text)
            from extractors.readers import text  # noqa: PLC0415

            return text.read(data, passwords=passwords)


def _read_pdf(data: bytes, reader: str, passwords: tuple[str, ...]) -> Document:
    check_forms(data)
    first, second = ("plumber", "pdfium") if reader == "plumber" else ("pdfium", "plumber")
    try:
        return _pdf_reader(first).read(data, passwords=passwords)  # type: ignore[no-any-return]
    except ReadError as error:
        if error.code == "encrypted":
            raise
        try:
            document: Document = _pdf_reader(second).read(data, passwords=passwords)
        except ReadError:
            raise error from None
        tried = ReadProblem(
            "other-reader",
            f"{first} could not open the file ({error.message}) "
            f"and {document.reader} read it. Compare the report with the source.",
        )
        return replace(document, problems=(tried, *document.problems))


def _pdf_reader(name: str) -> ModuleType:
    """Imports a PDF reader on demand: the second one is seldom needed."""
    return import_module(f"{__package__}.{name}")
