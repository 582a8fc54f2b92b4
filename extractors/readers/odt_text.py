"""The text of an ODT paragraph as a person sees it, from its XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.readers.numbers import whole
from extractors.readers.odt_styles import Styles, q
from extractors.readers.superscripts import raised
from extractors.readers.word_symbols import is_symbol_font, shown

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class _Q:
    """Qualified names of elements, for matching."""

    BLANKS = q("text:s")
    TAB = q("text:tab")
    BREAK = q("text:line-break")
    FIELD = q("field:fieldmark")
    NOTE = q("text:note")
    PLACEHOLDER = q("text:placeholder")
    HIDDEN = q("text:hidden-text")
    BOX = q("draw:text-box")
    FRAME = q("draw:frame")


_SKIPPED = frozenset(
    map(q, ("office:annotation", "office:annotation-end", "text:tracked-changes", "text:ruby-text",
            "table:table"))
)  # fmt: skip
_MOST_BLANKS = 1000


@dataclass(slots=True)
class ParagraphText:
    """The visible content of a paragraph.

    Attributes:
        text: Its characters: tabs become spaces, manual breaks line feeds.
        bold: Number of bold characters.
        boxes: Text boxes anchored in it that move with the text.
        floating: Text boxes anchored to the page.
        notes: Its footnotes and endnotes.
        hidden: Whether it has hidden text.
        placeholders: Number of fields that were not filled in.
    """

    text: str = ""
    bold: int = 0
    boxes: list[Element] = field(default_factory=list)
    floating: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    hidden: bool = False
    placeholders: int = 0


class TextReader:
    """Reads paragraphs.

    Args:
        styles: The styles of the document.
        controls: State of the check boxes drawn over the text, by id.
    """

    def __init__(self, styles: Styles, controls: dict[str, str]) -> None:
        self._styles = styles
        self._controls = controls

    def read(self, paragraph: Element) -> ParagraphText:
        """Reads a paragraph or heading, without objects anchored in it."""
        found = ParagraphText()
        name = paragraph.get(q("text:style-name"), "")
        bold = bool(self._styles.is_bold(name))
        if self._styles.is_hidden(name):
            found.hidden = any(text.strip() for text in paragraph.itertext())
            return found
        parts: list[str] = []
        for part in self._parts(paragraph, found, bold, self._styles.font(name)):
            # Leading and repeated spaces do not count.
            before = parts[-1][-1:] if parts else " "
            kept = part.lstrip(" ") if before in {" ", "\n"} and part != _KEPT else part
            if kept:
                parts.append(kept)
        found.text = "".join(parts).replace(_KEPT, " ")
        return found

    def _parts(
        self, element: Element, found: ParagraphText, bold: bool, font: str
    ) -> Iterator[str]:
        yield from _counted(element.text, found, bold, font)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, found, bold, font)
            yield from _counted(child.tail, found, bold, font)

    def _element(
        self, element: Element, found: ParagraphText, bold: bool, font: str
    ) -> Iterator[str]:
        """Yields the visible content of an element in a paragraph."""
        if element.tag == q("text:span"):
            yield from self._span(element, found, bold, font)
        elif element.tag == q("draw:control"):
            yield self._controls.get(element.get(q("draw:control"), ""), "")
        elif element.tag == q("loext:content-control"):
            yield from self._control(element, found, bold, font)
        elif (sign := _sign(element)) is not None:
            yield from sign
        elif not _kept_apart(element, found):
            yield from self._parts(element, found, bold, font)

    def _control(
        self, control: Element, found: ParagraphText, bold: bool, font: str
    ) -> Iterator[str]:
        """Yields the value of a content control: a check box's state, otherwise its content."""
        if control.get(q("loext:checkbox")) == "true":
            yield _box(control.get(q("loext:checked")) == "true")
        elif control.get(q("loext:showing-place-holder")) == "true":
            found.placeholders += 1
        else:
            yield from self._parts(control, found, bold, font)

    def _span(self, span: Element, found: ParagraphText, bold: bool, font: str) -> Iterator[str]:
        name = span.get(q("text:style-name"), "")
        if self._styles.is_hidden(name):
            found.hidden = found.hidden or any(text.strip() for text in span.itertext())
            return
        own = self._styles.is_bold(name)
        parts = self._parts(
            span, found, bold if own is None else own, self._styles.font(name) or font
        )
        yield from map(raised, parts) if self._styles.is_raised(name) else parts


_KEPT = "\x00"
"""Stands for a space that is kept next to other spaces; cannot occur in XML."""


def _sign(element: Element) -> list[str] | None:
    """Returns what an element without text of its own shows; None for other elements."""
    match element.tag:
        case _Q.BLANKS:
            return [_KEPT] * min(whole(element.get(q("text:c")), 1), _MOST_BLANKS)
        case _Q.TAB:
            return [" "]
        case _Q.BREAK:
            return ["\n"]
        case _Q.FIELD:
            return [_old_field(element)]
        case _:
            return None


def _kept_apart(element: Element, found: ParagraphText) -> bool:
    """Collects elements that are not part of the paragraph's text; returns False for others."""
    match element.tag:
        case _Q.NOTE:
            found.notes += element.findall(q("text:note-body"))
        case _Q.PLACEHOLDER:
            found.placeholders += 1
        case _Q.HIDDEN:
            found.hidden = True
        case _Q.BOX:
            found.boxes.append(element)
        case _Q.FRAME:
            on_page = element.get(q("text:anchor-type")) == "page"
            boxes = element.findall(q("draw:text-box"))
            (found.floating if on_page else found.boxes).extend(boxes)
        case _:
            return element.tag in _SKIPPED
    return True


def _counted(text: str | None, found: ParagraphText, bold: bool, font: str) -> Iterator[str]:
    if not text:
        return
    if is_symbol_font(font):
        text = shown(font, text)
    text = " ".join(text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" "))
    while "  " in text:
        text = text.replace("  ", " ")
    if bold:
        found.bold += len("".join(text.split()))
    yield text


def _old_field(element: Element) -> str:
    """Returns the value of a legacy Word form field."""
    values: dict[str, list[str]] = {}
    for own in element.iter(q("field:param")):
        name = own.get(q("field:name"), "")
        values.setdefault(name, []).append(own.get(q("field:value"), ""))
    kind = element.get(q("field:type"), "")
    if kind.endswith("FORMCHECKBOX"):
        return _box(values.get("Checkbox_Checked", [""])[0] == "true")
    entries = next((own for name, own in values.items() if name.endswith("_ListEntry")), [])
    chosen = next((own[0] for name, own in values.items() if name.endswith("_Selected")), "")
    place = whole(chosen, len(entries))
    return entries[place] if kind.endswith("FORMDROPDOWN") and place < len(entries) else ""


def _box(ticked: bool) -> str:
    return "☒" if ticked else "☐"


def controls_of(root: Element) -> dict[str, str]:
    """Returns the values of a document's form controls, by id."""
    found: dict[str, str] = {}
    for control in root.iter(q("form:checkbox"), q("form:radio")):
        ticked = control.get(q("form:current-state"), control.get(q("form:current-selected"), ""))
        shows = _box(ticked in {"checked", "true"})
        label = control.get(q("form:label"), "")
        found[_id(control)] = f"{shows} {label}".rstrip()
    for control in root.iter(
        q("form:text"), q("form:textarea"), q("form:combobox"), q("form:date")
    ):
        found[_id(control)] = control.get(q("form:current-value"), "")
    for control in root.iter(q("form:listbox")):
        options = control.findall(q("form:option"))
        chosen = [own for own in options if own.get(q("form:current-selected")) == "true"]
        found[_id(control)] = ", ".join(own.get(q("form:label"), "") for own in chosen)
    return found


def _id(control: Element) -> str:
    return str(control.get(q("xml:id")) or control.get(q("form:id")) or "")
