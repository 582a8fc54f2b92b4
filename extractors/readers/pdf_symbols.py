"""Symbol glyphs: bullets, check boxes, ticks.

They stay in the text as lines of their own, and also become marks, since only layout can
distinguish a bullet that opens a paragraph from a dot beside an answer.
"""

from __future__ import annotations

import re

from models.document import MarkKind

_PRIVATE = 0xF000
"""Windows symbol fonts map their glyphs here: U+F06C is what Wingdings shows for `l`."""
_DOTS = "•●◉⚫⬤■▪◼◾\uf06c\uf06e\uf0a7\uf0b7"
_BOXES = "☐☑☒✓✔✕✖✗✘❍❏❐❑❒□▢◻◽○◯\uf06f\uf071\uf072\uf0a8\uf0fb\uf0fc\uf0fd\uf0fe"
KINDS = {
    **dict.fromkeys(_DOTS, MarkKind.DOT),
    **dict.fromkeys(_BOXES, MarkKind.CHECKBOX),
}
"""Kind of mark of each such character."""

_SYMBOL_FONT = re.compile(r"wingdings|webdings", re.IGNORECASE)
_DINGBATS = dict(zip("345678lmnopqr", "✓✔✕✖✗✘●❍■❏❐❑❒", strict=True))


def is_symbol_font(name: str) -> bool:
    """Whether a font shows letters as symbols."""
    return _SYMBOL_FONT.search(name) is not None


def as_shown(letter: str) -> str:
    """Returns the private-use character for a letter of a symbol font."""
    return chr(_PRIVATE + ord(letter)) if " " < letter <= "\xff" else letter


def dingbat(letter: str) -> str:
    """Returns what the standard font ZapfDingbats shows for a letter."""
    return _DINGBATS.get(letter, letter)
