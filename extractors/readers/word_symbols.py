"""Letters in symbol fonts: a person sees a box or a tick where the file says "þ"."""

from __future__ import annotations

_PRIVATE = 0xF000
"""Word also encodes symbol font letters here: U+F0FE is the `þ` of Wingdings."""
_WINGDINGS = {
    "l": "●", "n": "■", "o": "□", "p": "◻", "q": "❑", "r": "❒", "m": "❍", "s": "⬧", "t": "⧫",
    "u": "◆", "v": "❖", "w": "⬥", "x": "☒", "¡": "○", "¢": "○", "£": "○", "¤": "◉", "§": "▪",
    "¨": "☐", "û": "✗", "ü": "✓", "ý": "☒", "þ": "☑", "Ø": "➢", "à": "→", "è": "➔", "ð": "⇨",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": {
        "O": "✗", "P": "✓", "Q": "☒", "R": "☑", "S": "☒", "T": "☒", "£": "☐", "\u0097": "●",
    },
    "webdings": {"a": "✓", "c": "□", "g": "■", "n": "●", "r": "✗"},
    "symbol": {"·": "•"},
    "wingdings 3": {},
}  # fmt: skip


def is_symbol_font(name: str) -> bool:
    """Whether a font shows letters as symbols."""
    return name.casefold() in _FONTS


def shown(font: str, text: str) -> str:
    """Returns what a symbol font shows for letters, in Unicode.

    Letters whose symbol has no common Unicode equivalent become private-use characters, so that
    they are not taken for letters.
    """
    known = _FONTS[font.casefold()]
    return "".join(_shown(known, letter) for letter in text)


def _shown(known: dict[str, str], letter: str) -> str:
    code = ord(letter)
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        code -= _PRIVATE
    if not 0x20 < code <= 0xFF:
        return letter
    return known.get(chr(code)) or chr(_PRIVATE + code)
