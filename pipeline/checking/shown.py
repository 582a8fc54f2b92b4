"""Makes text from reports safe to show: reports are written by others and may be hostile."""

from __future__ import annotations

import unicodedata

DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that only change the direction of text."""


def visible(text: str) -> str:
    """Returns the text with control and direction characters spelled out, such as `<U+001B>`.

    Line feeds are kept. An escape sequence could otherwise rewrite the terminal, and a
    right-to-left override could make a text look like another.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(char):04X}>" if _hidden(char) and char != "\n" else char for char in text
    )


def _hidden(char: str) -> bool:
    """Whether a character is a control character or changes the direction of text."""
    return char in DIRECTIONS or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def place(
    page_first: int | None,
    page_last: int | None,
    line_first: int | None = None,
    line_last: int | None = None,
) -> str:
    """Describes a place in the source: `page 3`, `pages 3–4`, `lines 17–31`."""
    for name, first, last in (("page", page_first, page_last), ("line", line_first, line_last)):
        if first is not None:
            alone = last is None or last == first
            return f"{name} {first}" if alone else f"{name}s {first}–{last}"
    return ""
