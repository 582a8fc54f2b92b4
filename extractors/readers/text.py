"""Text dumps: any common encoding and line end, to one Document.

Leading and trailing spaces and empty lines are kept: in a dump they are traces of page breaks, lost
answer marks and cell borders. Characters are composed (Unicode NFC), so that å, ä and ö are one
character each however the source wrote them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

from charset_normalizer import from_bytes

from extractors.readers.errors import ReadError
from extractors.readers.page_numbers import page_starts
from models.document import Document, Format, Line, Page, ReadProblem

_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x85")
_PAGE_END = "\f"
_UNUSED = r"[\x7f\x81\x8d\x8f\x90\x9d]"
_BULLET = re.compile(rf"(?<!\w)(?:\(cid:(?:127|129|141|143|144|157)\)|{_UNUSED})")
"""What tools write for codes that WinAnsiEncoding leaves unused; they show a bullet (ISO 32000-1,
annex D.2)."""
_UNREADABLE = re.compile(rf"\(cid:\d+\)|{_UNUSED}")
"""What pdfminer writes for a glyph without a character, and what cannot be a bullet in a word."""
_DAMAGED_WORD = re.compile("(?<!\\w)\\w+\ufffd[\\w\ufffd]*|\ufffd+\\w[\\w\ufffd]*")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SOFT_HYPHEN = "\u00ad"
_PRINTED = re.compile("(?<=[0-9])\u00ad(?=[0-9])|(?<=\\w)\u00ad(?= \\S)")
"""Soft hyphens that were drawn: fonts have one glyph for both hyphens, named after either."""
_RUN = re.compile(r"\S+(?: \S+)*(?P<gap> {2,})?")
_TAB_AS_BLANK = re.compile(r"(?<=\S)\t(?=\S)")
_BLANK = re.compile(r"(?<=\S) (?=\S)")
_ENCODINGS = ["utf_8", "utf_16", "utf_16_le", "utf_16_be", "cp1252", "mac_roman"]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_MOST_CONTROL = 0.01
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
)


def read(data: bytes, *, passwords: tuple[str, ...] = ()) -> Document:
    """Reads a text dump.

    Bullets that a tool could not map become bullets, ligatures letters, other unmapped glyphs
    U+FFFD. Soft hyphens inside a line are not printed, so they are removed; at its end they are
    hyphens. Tabs between words become spaces. Pages are separated by form feeds or, if there are
    none, by printed page numbers. Without these the pages are unknown and `Document.paged` is
    False.

    Args:
        data: The bytes of the file.
        passwords: Not used; a text has none.

    Raises:
        ReadError: The file is empty, or not text (`empty`, `binary`).
    """
    if not data.strip(b" \t\r\n\f\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadError("empty", "The file is empty. Ask the sender for the report again.")
    text, problems = _decode(data)
    text = _UNREADABLE.sub("\ufffd", _BULLET.sub("•", text))
    problems = (*problems, *_damage(text))
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    if _SOFT_HYPHEN in text:
        text = _PRINTED.sub("-", text)
        text = _RUN.sub(_without_soft_hyphens, text)
    if len(_TAB_AS_BLANK.findall(text)) > len(_BLANK.findall(text)):
        text = text.replace("\t", " ")
    pages = _pages(unicodedata.normalize("NFC", text))
    return Document(
        format=Format.TEXT,
        reader="text",
        pages=pages,
        paged=len(pages) > 1,
        problems=problems,
    )


def _decode(data: bytes) -> tuple[str, tuple[ReadProblem, ...]]:
    """Returns the text, and a problem if the encoding had to be guessed."""
    if data.startswith(_SIGNATURES):
        raise ReadError("binary", _NOT_TEXT)
    if b"\x00" not in data:
        # Text that decodes as UTF-8 is UTF-8; only text without a single zero byte can be.
        with suppress(UnicodeDecodeError):
            text = data.decode("utf-8-sig")
            _reject_binary(text)
            return text, ()
    best = from_bytes(data, cp_isolation=_ENCODINGS, enable_fallback=True).best()
    if best is None:
        raise ReadError("binary", _NOT_TEXT)
    text = str(best).removeprefix("\ufeff")
    _reject_binary(text)
    message = (
        f"The text is not UTF-8; it was read as {best.encoding}. Check that å, ä and ö are right."
    )
    return text, (ReadProblem("encoding", message, severity="info"),)


def _damage(text: str) -> Iterator[ReadProblem]:
    """Yields an error if words lack letters: nothing can restore them."""
    if words := _DAMAGED_WORD.findall(text):
        yield ReadProblem(
            "letters-lost",
            f"Letters are missing in {len(words)} words of the text, as in “{words[0][:40]}”: the "
            "tool that made it could not identify them. Submit the PDF or Word file that it was "
            "made from.",
            "error",
        )


def _without_soft_hyphens(run: re.Match[str]) -> str:
    """Returns a run of words without its soft hyphens, except one at its end.

    The text beside it keeps its column.
    """
    text = run.group()
    inner = text.rstrip().rstrip(_SOFT_HYPHEN)
    end = text[len(inner) :].replace(_SOFT_HYPHEN, "-")
    lost = inner.count(_SOFT_HYPHEN) if run.group("gap") else 0
    return inner.replace(_SOFT_HYPHEN, "") + end + " " * lost


_NOT_TEXT = (
    "The file is named as a text but holds binary data. "
    "Export the report again as PDF, Word or plain text."
)


def _reject_binary(text: str) -> None:
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise ReadError("binary", _NOT_TEXT)


def _pages(text: str) -> tuple[Page, ...]:
    """Splits a text into pages of lines, with the file's line numbers."""
    pages: list[list[Line]] = [[]]
    paged = _PAGE_END in text.rstrip(_PAGE_END + " \n\r\t")
    for number, content in enumerate(_LINE_END.split(text), start=1):
        offset = 0
        for index, part in enumerate(content.split(_PAGE_END)):
            if index:
                pages.append([])
            # A line divided by a form feed gives two Lines; the second keeps its offset.
            page = len(pages) if paged else None
            pages[-1].append(Line(number, " " * (offset and offset - index) + part, page))
            offset += len(part) + 1
    if not paged:
        pages = _by_numbers(pages[0])
    if not any(line.text.strip() for line in pages[-1]) and len(pages) > 1:
        pages.pop()
    return tuple(Page(number, lines=tuple(lines)) for number, lines in enumerate(pages, start=1))


def _by_numbers(lines: list[Line]) -> list[list[Line]]:
    """Splits lines into pages by printed page numbers; without these, all lines are one page."""
    starts = page_starts([line.text for line in lines])
    if not starts:
        return [lines]
    return [
        [line._replace(page=page) for line in lines[start:end]]
        for page, (start, end) in enumerate(pairwise([*starts, len(lines)]), start=1)
    ]
