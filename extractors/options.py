"""How a file is to be read."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.readers.limits import MAX_SIZE, MAX_TEXT


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file.

    Attributes:
        reader: Reader for PDF: `pdfium`, `plumber`, or `both` to check one against the other.
        passwords: Passwords to try on encrypted files, after the empty one.
        ocr: Text recognition of PDF pages: `auto` for pages without usable text, `always` or
            `never`.
        ocr_pages: Maximum number of pages to recognise; None for no limit.
        ocr_threads: Maximum number of pages to recognise side by side.
        max_size: Maximum size of a file, in MiB.
        max_text: Maximum length of its text, in millions of characters.
    """

    reader: str = "pdfium"
    passwords: tuple[str, ...] = ()
    ocr: str = "auto"
    ocr_pages: int | None = None
    ocr_threads: int = 1
    max_size: int = MAX_SIZE
    max_text: int = MAX_TEXT


DEFAULT = Options()
"""The default options."""
