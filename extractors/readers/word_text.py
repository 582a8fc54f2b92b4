"""The text of a Word paragraph as a person sees it, from its XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_SKIPPED = frozenset(
    {"del", "moveFrom", "pPr", "sdtPr", "rPr", "instrText", "delText", "Fallback", "tbl", "rt"}
)
"""Deleted text, properties, field codes, and what an alternative says once more."""
_BLANKS = frozenset({"tab", "br", "cr", "ptab"})
_DRAWINGS = frozenset({"drawing", "pict", "object"})
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph shows.

    Attributes:
        text: Its characters on one line: manual breaks and tabs are blanks.
        bold: How many of them are bold by their own format.
        plain: How many are said not to be bold.
        boxes: Text boxes anchored in it.
        hidden: Whether it has text that Word does not show.
    """

    text: str = ""
    bold: int = 0
    plain: int = 0
    boxes: list[Element] = field(default_factory=list)
    hidden: bool = False


def local_name(element: Element) -> str:
    """Returns an element's name without its namespace, or "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_on(element: Element | None) -> bool:
    """Whether a switch, as `<w:b/>`, is there and not turned off."""
    return element is not None and element.get(qn("w:val")) not in _OFF


def read_paragraph(paragraph: Element) -> ParagraphText:
    """Reads a `w:p` element, without the text boxes in it."""
    found = ParagraphText()
    parts = list(_parts(paragraph, found))
    found.text = "".join(parts).replace("\n", " ")
    return found


def _parts(element: Element, found: ParagraphText) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name in _SKIPPED or not name:
            continue
        if name == "r":
            yield from _run(child, found)
        elif name in _DRAWINGS:
            found.boxes += _text_boxes(child)
        else:
            yield from _mark(child, name)
            yield from _parts(child, found)


def _run(run: Element, found: ParagraphText) -> Iterator[str]:
    """Yields the text of a run, and counts its weight."""
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    if is_on(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")):
        found.hidden = found.hidden or run.find(qn("w:t")) is not None
        return
    for text in _parts(run, found):
        solid = len(text.strip())
        if is_on(bold):
            found.bold += solid
        elif bold is not None:
            found.plain += solid
        yield text


def _mark(element: Element, name: str) -> Iterator[str]:
    """Yields what an element shows of itself."""
    if name == "t":
        yield element.text or ""
    elif name in _BLANKS:
        yield " "
    elif name == "noBreakHyphen":
        yield "-"
    elif name == "sym":
        yield _symbol(element)
    elif name == "checkBox":
        checked = element.find(qn("w:checked"))
        if checked is None:
            checked = element.find(qn("w:default"))
        yield "☒" if is_on(checked) else "☐"
    elif name == "ddList":
        yield _chosen(element)


def _symbol(element: Element) -> str:
    try:
        return chr(int(element.get(qn("w:char"), ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _chosen(choices: Element) -> str:
    """Returns the entry that is chosen in a drop-down field of the old kind."""
    entries = choices.findall(qn("w:listEntry"))
    result = choices.find(qn("w:result"))
    value = "0" if result is None else result.get(qn("w:val"), "0")
    if value.isdigit() and int(value) < len(entries):
        return str(entries[int(value)].get(qn("w:val"), ""))
    return ""


def _text_boxes(drawing: Element) -> list[Element]:
    """Returns the contents of the text boxes in a drawing, each once."""
    return [
        box
        for box in drawing.iter(qn("w:txbxContent"))
        if not any(local_name(parent) == "Fallback" for parent in box.iterancestors())
    ]
