"""The appearance of table cells on a web page: background, embedded pictures, coloured signs."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from extractors.readers.html_text import style_of
from extractors.readers.looks import MOST_PICTURES, SIGNS, colour_written, looks_of_picture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BACKGROUND = re.compile(
    r"(?:^|;)\s*background(?:-color)?\s*:\s*(#\w+|\w+(?:\([^)]*\))?)", re.IGNORECASE
)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*(#\w+|\w+(?:\([^)]*\))?)", re.IGNORECASE)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]{0,2000})\}")
_PICTURE = re.compile(r"data:image/[\w.+-]+;base64,")
_LARGEST = 1_400_000
"""Maximum characters of an embedded picture; no answer mark has more."""
_MOST_SHEET = 500_000
"""Number of characters of a style sheet that are searched."""


class CellLooks:
    """Returns the appearance of cells.

    Args:
        root: The page, for its styles by class.
    """

    def __init__(self, root: Element) -> None:
        sheets = " ".join(sheet.text or "" for sheet in root.iter("style"))
        self._classes = dict(_RULE.findall(sheets[:_MOST_SHEET]))

    def of(self, cell: Element) -> tuple[str, ...]:
        """Returns the appearance of a cell, as forms name it."""
        found = [colour_written(self._said(cell, _BACKGROUND) or cell.get("bgcolor"))]
        for at, picture in enumerate(cell.iter("img")):
            if at < MOST_PICTURES:
                found += _picture(picture.get("src", ""))
        for sign in cell.iter():
            if (sign.text or "").strip() in SIGNS:
                found.append(colour_written(self._colour(sign, cell)))
        return tuple(dict.fromkeys(filter(None, found)))

    def _colour(self, element: Element, cell: Element) -> str | None:
        """Returns the colour of an element's text as declared on it or an enclosing element."""
        own: Element | None = element
        while own is not None:
            said = self._said(own, _COLOUR) or own.get("color")
            if said or own is cell:
                return said
            own = own.getparent()
        return None

    def _said(self, element: Element, kind: re.Pattern[str]) -> str | None:
        """Returns what the style of an element, or of one of its classes, declares."""
        names = str(element.get("class", "")).split()
        for style in (style_of(element), *(self._classes.get(name, "") for name in names)):
            if match := kind.search(style):
                return match[1]
        return None


def _picture(source: str) -> tuple[str, ...]:
    """Returns the appearance of a picture embedded in the page."""
    match = _PICTURE.match(source[:100])
    if match is None or len(source) > _LARGEST:
        return ()
    try:
        return looks_of_picture(base64.b64decode(source[match.end() :]))
    except binascii.Error:
        return ()
