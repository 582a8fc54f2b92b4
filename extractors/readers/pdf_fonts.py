"""The fonts of a PDF as pdfium knows them: style by name, and letter widths."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_symbols import KINDS, is_symbol_font
from extractors.readers.pdf_text import HYPHEN_AT_LINE_END, is_bold_font

_LONGEST_NAME = 128
REGULAR, BOLD, SYMBOL = range(3)


class Widths(dict[str, float]):
    """Letter widths of a font, cached, in font sizes.

    A glyph that is a mark has no width: it is never joined to its neighbours.
    """

    def __init__(self) -> None:
        super().__init__()
        self.font = 0
        self.width = ctypes.c_float()
        self.place = ctypes.addressof(self.width)

    def __missing__(self, letter: str) -> float:
        shown = "-" if letter == HYPHEN_AT_LINE_END else letter
        known = engine.glyph_width(self.font, ord(shown), 1.0, self.place)
        self[letter] = width = self.width.value if known and letter not in KINDS else math.nan
        return width


@dataclass(slots=True)
class Font:
    """What is known about a font.

    Attributes:
        style: REGULAR, BOLD or SYMBOL.
        widths: Widths of its letters.
        width_of: Returns the width of one.
        heightless: Whether it lacks ascent and descent, so that pdfium's boxes end at the ink of
            the letters.
    """

    style: int
    widths: Widths
    width_of: Callable[[str], float]
    heightless: bool = False


class Fonts:
    """The fonts of a document, by name: pdfium gives a font a new address on each page."""

    def __init__(self) -> None:
        self._by_name: dict[bytes, Font] = {}
        self._by_address: dict[int, Font] = {}
        self._buffer = ctypes.create_string_buffer(_LONGEST_NAME)
        self._place = ctypes.addressof(self._buffer)

    def turn_page(self) -> None:
        """Forgets the addresses of the previous page."""
        self._by_address.clear()

    def of(self, text_object: int | None) -> Font:
        """Returns the font of a text object, or a nameless one if there is no object."""
        address = engine.object_font(text_object) or 0
        return self._by_address.get(address) or self._find(address)

    def _find(self, address: int) -> Font:
        self._buffer[0] = b"\0"
        engine.font_name(address, self._place, _LONGEST_NAME)
        name = self._buffer.value
        font = self._by_name.get(name)
        if font is None:
            style, widths = _style(name.decode("utf-8", "replace")), Widths()
            font = self._by_name[name] = Font(style, widths, widths.__getitem__)
        font.widths.font = address
        self._by_address[address] = font
        return font


def _style(name: str) -> int:
    if is_symbol_font(name):
        return SYMBOL
    return BOLD if is_bold_font(name) else REGULAR
