"""The text of a Word paragraph as a person sees it, from its XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from extractors.readers.numbers import whole
from extractors.readers.superscripts import raised
from extractors.readers.word_symbols import is_symbol_font, shown

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_SKIPPED = frozenset(
    {"del", "moveFrom", "pPr", "sdtPr", "rPr", "instrText", "delText", "Fallback", "tbl", "rt"}
)
"""Deleted text, properties, field codes, and duplicate alternative content."""
_BREAKS = frozenset({"br", "cr"})
_BLANKS = frozenset({"tab", "ptab"})
_DRAWINGS = frozenset({"drawing", "pict", "object"})
_OFF = frozenset({"0", "false", "off", "none"})
_TICKED, _UNTICKED = "☒", "☐"
_PAGE_PLACES = frozenset({"page", "margin", "topMargin", "bottomMargin"})


@dataclass(slots=True)
class ParagraphText:
    """The visible content of a paragraph.

    Attributes:
        text: Its characters: tabs become spaces, manual breaks line feeds.
        bold: Number of characters that are bold by direct formatting.
        plain: Number of characters explicitly not bold.
        letters: Number of characters of the file's text elements that were read or deliberately
            skipped.
        boxes: Text boxes anchored in it that move with the text.
        floating: Text boxes anchored to the page.
        hidden: Whether it has text that Word does not show.
        placeholders: Number of fields that were not filled in; their placeholder text is skipped.
        in_chosen: Whether the current place is inside a drop-down field whose entry is already
            read.
    """

    text: str = ""
    bold: int = 0
    plain: int = 0
    letters: int = 0
    boxes: list[Element] = field(default_factory=list)
    floating: list[Element] = field(default_factory=list)
    hidden: bool = False
    placeholders: int = 0
    in_chosen: bool = False


def local_name(element: Element) -> str:
    """Returns an element's name without its namespace, or "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_on(element: Element | None) -> bool:
    """Whether a toggle such as `<w:b/>` is present and not turned off."""
    return element is not None and element.get(qn("w:val")) not in _OFF


def read_paragraph(paragraphs: list[Element]) -> ParagraphText:
    """Reads `w:p` elements displayed as one paragraph, without the text boxes in them."""
    found = ParagraphText()
    found.text = "".join(text for paragraph in paragraphs for text in _parts(paragraph, found))
    return found


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows only its placeholder text."""
    return is_on(control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"))


def characters(text: Element) -> str:
    """Returns the characters of a `w:t` element, including those around comments and entities.

    An entity that Word does not know is kept as in the file: `&name;`.
    """
    inner = [
        (child.text or "" if child.tag is etree.Entity else "") + (child.tail or "")
        for child in text
    ]
    return (text.text or "") + "".join(inner)


def _parts(element: Element, found: ParagraphText) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name in _SKIPPED or not name:
            continue
        if name == "r":
            yield from _run(child, found)
        elif name in _DRAWINGS:
            _find_boxes(child, found)
        elif name == "sdt":
            yield from _control(child, found)
        elif name == "AlternateContent":
            yield from _parts(child, found)
        else:
            yield from _mark(child, name, found)
            yield from _parts(child, found)


def _run(run: Element, found: ParagraphText) -> Iterator[str]:
    """Yields the text of a run, and counts its weight."""
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    if is_on(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")):
        letters = sum(len(characters(text)) for text in run.iter(qn("w:t")))
        found.hidden = found.hidden or letters > 0
        found.letters += letters
        return
    font = _font(run)
    align = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    is_raised = align is not None and align.get(qn("w:val")) == "superscript"
    for text in _parts(run, found):
        solid = len(text.strip())
        if is_on(bold):
            found.bold += solid
        elif bold is not None:
            found.plain += solid
        if is_symbol_font(font):
            yield shown(font, text)
        else:
            yield raised(text) if is_raised else text


def _font(run: Element) -> str:
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return "" if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""


def _control(control: Element, found: ParagraphText) -> Iterator[str]:
    """Yields the value of a content control: a check box's state, otherwise its content."""
    properties = control.find(qn("w:sdtPr"))
    box = next(
        (
            own
            for own in (() if properties is None else properties)
            if local_name(own) == "checkbox"
        ),
        None,
    )
    content = control.find(qn("w:sdtContent"))
    if content is None:
        return
    if box is None and not is_placeholder(control):
        yield from _parts(content, found)
        return
    found.letters += sum(len(characters(text)) for text in content.iter(qn("w:t")))
    if box is None:
        found.placeholders += 1
        return
    state = next((own for own in box if local_name(own) == "checked"), None)
    values = () if state is None else state.values()
    yield _TICKED if state is not None and not set(values) & _OFF else _UNTICKED


def _mark(element: Element, name: str, found: ParagraphText) -> Iterator[str]:
    """Yields the text that an element itself produces."""
    if name == "t":
        text = characters(element)
        found.letters += len(text)
        if not found.in_chosen:
            yield text.replace("\n", " ")
    elif name in _BREAKS:
        yield "\n"
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
        yield _TICKED if is_on(checked) else _UNTICKED
    elif name == "ddList":
        found.in_chosen = True  # until the field ends: some programs repeat the entry
        yield _chosen(element)
    elif name == "fldChar" and element.get(qn("w:fldCharType")) == "end":
        found.in_chosen = False


def _symbol(element: Element) -> str:
    try:
        letter = chr(int(element.get(qn("w:char"), ""), 16))
        letter.encode()
    except (ValueError, OverflowError):  # also half of a surrogate pair, which is not a character
        return "\ufffd"
    font = element.get(qn("w:font"), "")
    return shown(font, letter) if is_symbol_font(font) else letter


def _chosen(choices: Element) -> str:
    """Returns the chosen entry of a legacy drop-down field."""
    entries = choices.findall(qn("w:listEntry"))
    said = choices.find(qn("w:result"))
    if said is None:
        said = choices.find(qn("w:default"))
    place = 0 if said is None else whole(said.get(qn("w:val"), "0"), len(entries))
    return str(entries[place].get(qn("w:val"), "")) if place < len(entries) else ""


def _find_boxes(drawing: Element, found: ParagraphText) -> None:
    """Finds the text boxes in a drawing, each once."""
    boxes = [
        box
        for box in drawing.iter(qn("w:txbxContent"))
        if not any(local_name(parent) == "Fallback" for parent in box.iterancestors())
        and not any(local_name(parent) == "txbxContent" for parent in box.iterancestors())
    ]
    (found.floating if _stands_on_page(drawing) else found.boxes).extend(boxes)


def _stands_on_page(drawing: Element) -> bool:
    """Whether a drawing is anchored to the page, so that it does not move with the text."""
    for element in drawing.iter():
        name = local_name(element)
        if name == "positionV":
            return element.get("relativeFrom") in _PAGE_PLACES
        if name in {"shape", "rect", "group"}:
            style = element.get("style", "").replace(" ", "")
            return "mso-position-vertical-relative:page" in style
    return False
