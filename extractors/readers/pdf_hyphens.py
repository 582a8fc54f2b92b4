"""Line-end hyphens that a PDF marks as inserted by its program to divide a word.

Typst and word processors mark them with a soft hyphen as replacement text (ActualText, ISO 32000-1,
14.9.4). A soft hyphen as a character of a font means nothing: fonts have one glyph for both
hyphens, and programs map it to either.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import replace

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_lines import Word
from extractors.readers.pdf_text import HYPHEN_AT_LINE_END, SOFT_HYPHEN
from models.document import Line, Page

_KEY = ctypes.create_string_buffer(b"ActualText")
_MOST_MARKS = 8
_SOFT = frozenset({b"\xfe\xff\x00\xad", b"\xef\xbb\xbf\xc2\xad"})
"""In UTF-16 and in UTF-8. pdfium's own text of it is empty."""
_BYTES = max(map(len, _SOFT))


class Hyphens:
    """What a document reveals about its line-end hyphens, by font weight."""

    def __init__(self) -> None:
        self._has_soft = False
        self._plain: set[bool] = set()
        self._bare: set[int] = set()

    def seen(self, handle: int, characters: str, run: Word, text: str, number: int) -> str:
        """Returns the text of a line, ending with a soft hyphen if that is its replacement text.

        Args:
            handle: Address of the page's text.
            characters: The characters of the page.
            run: The line.
            text: Its text as read by a person.
            number: Its number.
        """
        place = characters.find("-", run.source)
        if "-" in text[:-1] and stands_for(handle, place) is None:
            self._plain.add(run.bold)
        if not text.endswith("-"):
            return text
        place = run.source + len(run.text) - 1
        if run.text.endswith(HYPHEN_AT_LINE_END):
            place = characters.find(HYPHEN_AT_LINE_END, run.source)
        elif not characters.startswith(run.text, run.source):
            return text
        known = stands_for(handle, place)
        if known in _SOFT:
            self._has_soft = True
            return text[:-1] + SOFT_HYPHEN
        if known is None:
            self._bare.add(number)
        return text

    def settled(self, pages: Sequence[Page]) -> list[Page]:
        """Returns pages with soft hyphens also where a font's only hyphen is soft.

        A program that marks inserted hyphens need not do so in a font whose hyphen is soft: there
        it marks the other hyphens instead.
        """
        if not self._has_soft:
            return list(pages)
        return [replace(page, lines=tuple(map(self._softened, page.lines))) for page in pages]

    def _softened(self, line: Line) -> Line:
        if line.number not in self._bare or line.bold in self._plain:
            return line
        return line._replace(text=line.text[:-1] + SOFT_HYPHEN)


def stands_for(handle: int, place: int) -> bytes | None:
    """Returns the first bytes of a character's replacement text, or None."""
    owner = engine.char_object(handle, place)
    if owner is None:
        return None
    buffer, size = ctypes.create_string_buffer(_BYTES), ctypes.c_ulong()
    key, start, length = map(ctypes.addressof, (_KEY, buffer, size))
    for number in range(min(engine.mark_count(owner), _MOST_MARKS)):
        mark = engine.object_mark(owner, number)
        if mark and engine.mark_bytes(mark, key, start, _BYTES, length):
            return buffer.raw[: size.value]
    return None
