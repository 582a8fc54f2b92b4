"""Marks beside answers: ticks, boxes and dots, as signs, letters of symbol fonts or in brackets."""

from __future__ import annotations

import re

from extractors.layout.blocks import Piece

_TICKED = frozenset("☒☑✔✓✗✘✕✖●◉⦿⬤•■◼▪🗹🔘🞊")
_UNTICKED = frozenset("☐○◯□◻⬜▢❍❑❒⚪")
# Wingdings and similar fonts come out as plain letters, or as these in the private use area.
_SYMBOL_TICKED = frozenset("lnþýüûxXRT¤")
_SYMBOL_UNTICKED = frozenset("¨oq¡m£")
SYMBOLS = _SYMBOL_TICKED | _SYMBOL_UNTICKED
BULLETS = frozenset("•■◼▪\uf0a7\uf0b7\uf0d8")
"""Marks that open a list item more often than an answer."""
BOXES = frozenset("☐☑☒🗹🔘⦿◉\uf0a8\uf0fd\uf0fe[(")
"""Starts of marks that are never list bullets."""
BOX = re.compile(r"[☐☑☒🗹🔘⦿◉○●\uf0a8\uf0fd\uf0fe]|\[[xX ]?\]|\([xX ]?\)")
_BRACKETED = {"[x]": True, "(x)": True, "[ ]": False, "( )": False, "[]": False, "()": False}
BRACKETS = frozenset("[(")
_PRIVATE_USE = range(0xE000, 0xF900)
_SYMBOL_BASE = 0xF000


def part_mark(piece: Piece) -> tuple[Piece | None, Piece | None, bool | None]:
    """Splits a piece into its opening mark and the rest, and returns whether the mark is ticked."""
    text = piece.text
    length, ticked = mark_of(text)
    if not length:
        return None, piece, None
    after = text[length:]
    blank = len(after) - len(after.lstrip())
    rest = Piece(piece.line, piece.start + length + blank, piece.end) if after.strip() else None
    return Piece(piece.line, piece.start, piece.start + length), rest, ticked


def is_box(text: str) -> bool:
    """Whether a text is nothing but a box, which is never the bullet of a list."""
    return BOX.fullmatch(text.strip()) is not None


def mark_of(text: str) -> tuple[int, bool | None]:
    """Returns how many characters of the text are a mark, 0 if none, and whether it is ticked."""
    first = text[:1]
    if first.isalnum() and first not in SYMBOLS:
        return 0, None
    if first in BRACKETS:
        for bracketed, is_ticked in _BRACKETED.items():
            if text[: len(bracketed)].casefold() == bracketed:
                return len(bracketed), is_ticked
    if first in _TICKED or first == "\ufffd":
        return 1, True
    if first in _UNTICKED:
        return 1, False
    if first and ord(first) in _PRIVATE_USE:
        return 1, _symbol(chr(ord(first) - _SYMBOL_BASE) if ord(first) >= _SYMBOL_BASE else "")
    is_symbol = text[1:2] in {"", " "} and first in SYMBOLS
    return (1, first in _SYMBOL_TICKED) if is_symbol else (0, None)


def _symbol(letter: str) -> bool:
    return letter not in _SYMBOL_UNTICKED
