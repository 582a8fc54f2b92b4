"""The appearance of Word table cells: their shading, pictures and coloured signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractors.readers.looks import MOST_PICTURES, SIGNS, colour_of, looks_of_picture

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element


class CellLooks:
    """Returns the appearance of cells; each picture in the file is decoded once.

    Args:
        word: The document.
    """

    def __init__(self, word: WordDocument) -> None:
        self._parts = word.part.related_parts
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, cell: Element) -> tuple[str, ...]:
        """Returns the appearance of a cell, as forms name it."""
        found: list[str] = []
        shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
        if shade is not None:
            found.append(_colour(shade.get(qn("w:fill"))))
        for at, picture in enumerate(cell.iter(qn("a:blip"))):
            if at < MOST_PICTURES:
                found += self._picture(picture.get(qn("r:embed")) or "")
        for colour in cell.iter(qn("w:color")):
            run = colour.getparent().getparent()
            if "".join(text.text or "" for text in run.iter(qn("w:t"))).strip() in SIGNS:
                found.append(_colour(colour.get(qn("w:val"))))
        return tuple(dict.fromkeys(filter(None, found)))

    def _picture(self, relation: str) -> tuple[str, ...]:
        if relation not in self._known:
            part = self._parts.get(relation)
            self._known[relation] = looks_of_picture(part.blob) if part is not None else ()
        return self._known[relation]


def _colour(value: str | None) -> str:
    """Returns a colour of six hexadecimal digits as forms name it; "" for any other text."""
    try:
        red, green, blue = bytes.fromhex(value or "")
    except ValueError:
        return ""
    return colour_of(red, green, blue)
