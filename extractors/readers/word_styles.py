"""What a Word file's styles define for a paragraph: heading level, list, weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractors.readers.numbers import whole
from extractors.readers.word_text import is_on

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9
"""Word's outline level for body text."""
_LONGEST_CHAIN = 20


class Styles:
    """The paragraph styles of a document, by id."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in () if root is None else root.findall(qn("w:style")):
            if style.get(qn("w:type")) == "paragraph":
                name = style.get(qn("w:styleId"), "")
                self._styles[name] = style
                if style.get(qn("w:default")) in {"1", "true", "on"}:
                    self._default = name

    def of(self, paragraph: Element) -> str:
        """Returns the id of a paragraph's style."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._default if style is None else str(style.get(qn("w:val"), self._default))

    def heading_level(self, paragraph: Element) -> int | None:
        """Returns the level of a heading, from 1, or None for other paragraphs."""
        level = _outline(paragraph.find(qn("w:pPr")))
        if level is not None:
            return level if level <= _BODY_LEVEL else None
        for _, style in self._chain(paragraph):
            name = style.find(qn("w:name"))
            match = _HEADING.fullmatch("" if name is None else name.get(qn("w:val"), ""))
            if match:
                return int(match[1])
            level = _outline(style.find(qn("w:pPr")))
            if level is not None:
                return level if level <= _BODY_LEVEL else None
        return None

    def list_of(self, paragraph: Element) -> tuple[str, int | None, str] | None:
        """Returns the number id, the level if given, and the style that defines it, or None."""
        number, level = _number_of(paragraph.find(qn("w:pPr")))
        by = ""
        for name, style in self._chain(paragraph):
            if number is not None and level is not None:
                break
            own_number, own_level = _number_of(style.find(qn("w:pPr")))
            if number is None and own_number is not None:
                number, by = own_number, name
            level = own_level if level is None else level
        return None if number in {None, "0"} else (str(number), level, by)

    def is_bold(self, paragraph: Element) -> bool:
        """Whether a paragraph's style is bold."""
        for _, style in self._chain(paragraph):
            bold = style.find(f"{qn('w:rPr')}/{qn('w:b')}")
            if bold is not None:
                return is_on(bold)
        return False

    def _chain(self, paragraph: Element) -> Iterator[tuple[str, Element]]:
        """Yields a paragraph's style and the styles it is based on."""
        name = self.of(paragraph)
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield name, style
            based_on = style.find(qn("w:basedOn"))
            name = "" if based_on is None else based_on.get(qn("w:val"), "")


def _outline(properties: Element | None) -> int | None:
    """Returns the outline level in properties, from 1 (10 for body text), or None."""
    level = None if properties is None else properties.find(qn("w:outlineLvl"))
    value = -1 if level is None else whole(level.get(qn("w:val")), -1)
    return value + 1 if value >= 0 else None


def _number_of(properties: Element | None) -> tuple[str | None, int | None]:
    """Returns the number id and the level in properties; None where absent."""
    if properties is None:
        return None, None
    number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
    level = properties.find(f"{qn('w:numPr')}/{qn('w:ilvl')}")
    value = -1 if level is None else whole(level.get(qn("w:val")), -1)
    return (
        None if number is None else str(number.get(qn("w:val"), "0")),
        value if value >= 0 else None,
    )
