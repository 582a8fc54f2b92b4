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
        ocr: Text recognition of PDF pages: `auto` for those without text that can be used, `always`
            or `never`.
        ocr_pages: How many pages may be recognised; None for any number.
        max_size: MiB that a file may have.
        max_text: Millions of characters that its text may have.
    """

    reader: str = "pdfium"
    passwords: tuple[str, ...] = ()
    ocr: str = "auto"
    ocr_pages: int | None = None
    max_size: int = MAX_SIZE
    max_text: int = MAX_TEXT


DEFAULT = Options()
"""How a file is read when nothing else is said."""
