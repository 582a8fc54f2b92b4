"""Normalises a PDF's characters: hyphens, ligatures, accents and unmapped glyphs."""

from __future__ import annotations

import re
import unicodedata

HYPHEN_AT_LINE_END = "\ufffe"
"""What pdfium returns for a line-end hyphen together with the line end."""
SOFT_HYPHEN = "\u00ad"

_SPECIAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\u00ad\u0300-\u036f\ud800-\udfff\uf0b7\ufb00-\ufb06\ufffe\uffff]"
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\uffff]")
_GARBLED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff]")
_PLAIN = re.compile("[ -~\t\n\r\u00a0-\u00ac\u00ae-\u02ff\u0370-\ud7ff]*")
"""Matches texts without any character of the patterns above, many times as fast as they do."""
_PRIVATE_BULLET = "\uf0b7"
GARBLED_SHARE = 0.15
"""The text layer of a page with more unreadable characters than this is not trusted."""


_BOLD = re.compile(r"bold|black|heavy|semibd|demi|[-,]bd|\bbd\b", re.IGNORECASE)


def is_bold_font(name: str) -> bool:
    """Whether a font is bold, judged by its name: descriptors are seldom set, and often wrong."""
    return _BOLD.search(name) is not None


def is_plain(text: str) -> bool:
    """Quick test that a text needs no cleaning and is not garbled, as on most pages."""
    return _PLAIN.fullmatch(text) is not None


def needs_care(text: str) -> bool:
    """Whether `clean` would change anything in the text."""
    return _SPECIAL.search(text) is not None


def clean(text: str) -> str:
    """Returns a line's text as read by a person.

    A soft hyphen at the end of a line is printed, so it becomes a hyphen, like pdfium's code for
    one; elsewhere, a soft hyphen left in the text is not printed, and is removed. Latin ligatures
    become their letters, accents after a letter are combined with it, the bullet of symbol fonts
    becomes the common one, and glyphs without a character become U+FFFD.
    """
    text = text.replace(_PRIVATE_BULLET, "•")
    text = text.replace(HYPHEN_AT_LINE_END, "-")
    if text.endswith(SOFT_HYPHEN):
        text = text[:-1] + "-"
    text = text.replace(SOFT_HYPHEN, "")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", _UNREADABLE.sub("\ufffd", text))


def is_garbled(text: str, solid: int, unmapped: int = 0) -> bool:
    """Whether a page's text layer is garbled: its fonts do not map glyphs to characters.

    Args:
        text: All characters of the page.
        solid: Number of visible ones.
        unmapped: Number of further ones that the engine itself reports as unmapped.
    """
    bad = len(_GARBLED.findall(text)) + unmapped
    return solid > 0 and bad > max(2.0, GARBLED_SHARE * solid)
