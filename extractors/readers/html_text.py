"""The text of a web page as a person sees it: blanks, breaks, bullets, boxes and choices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.readers.numbers import whole
from extractors.readers.superscripts import raised
from extractors.readers.word_numbering import written
from extractors.readers.word_symbols import is_symbol_font, shown

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
     "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu",
     "nav", "ol", "p", "pre", "section", "summary", "ul"}
)  # fmt: skip
_LEFT_OUT = frozenset(
    {"audio", "base", "canvas", "col", "colgroup", "datalist", "embed", "head", "iframe",
     "link", "meta", "noscript", "object", "rp", "rt", "script", "style", "svg", "template",
     "title", "video", "button"}
)  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Invisible characters; LibreOffice leaves them where a field was."""
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all", re.IGNORECASE)
_KEPT_BLANKS = re.compile(r"white-space:\s*pre", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight:\s*(bold|[1-9]00|normal)", re.IGNORECASE)
_FONT = re.compile(r"font-family:\s*[\"']?([^;\"',]+)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align:\s*super", re.IGNORECASE)
_INLINE = ("span", "font", "b", "i", "u", "p", "a")
_NO_BULLET = re.compile(r"list-style(?:-type)?:[^;]*none", re.IGNORECASE)
_COMMENTS = re.compile(r"mso-element:\s*(?:comment-list|header|footer)", re.IGNORECASE)
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_NUMBERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_RUNNING = frozenset({"header", "footer"})
_TYPED = frozenset({"text", "date", "number", "email", "url", "tel", "time", "month", "week", ""})


class Text:
    """The text of the paragraph being read.

    Attributes:
        label: The number or bullet of the list item that begins with it, or "".
        letters: Number of letters of the page read so far.
    """

    def __init__(self) -> None:
        self.label = ""
        self.letters = 0
        self._text = ""
        self._bold = 0
        self._solid = 0

    def add(self, text: str, parent: Element) -> None:
        """Adds text of an element."""
        if not text:
            return
        self.letters += len("".join(text.split()))
        text = _CONTROLS.sub("", text)
        font = _inherited(parent, _FONT)
        if font and is_symbol_font(font.strip()):
            text = shown(font.strip(), text)
        if _is_raised(parent):
            text = raised(text)
        if _keeps_blanks(parent):
            text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        else:
            text = _BLANKS.sub(" ", text)
            if not self._text or self._text[-1] in " \n":
                text = text.removeprefix(" ")
        solid = len("".join(text.split()))
        self._solid += solid
        if solid and _is_bold(parent):
            self._bold += solid
        self._text += text

    def add_field(self, element: Element) -> bool:
        """Adds the visible content of a break or field; returns False for other elements."""
        if element.tag == "br":
            self._text = self._text.rstrip(" ") + "\n"
        elif element.tag == "input":
            self._text += _input(element)
        elif element.tag == "select":
            self._text += _chosen(element)
        elif _is_drawn_box(element):
            self._text += _box(element.get("aria-checked") == "true")
        else:
            return False
        return True

    def take(self) -> tuple[str, bool]:
        """Returns the paragraph and whether most of it is bold, and starts the next one."""
        text = self._text.strip(" \n")
        bold = 2 * self._bold > self._solid
        if text.strip() and self.label:
            text, self.label = f"{self.label} {text}", ""
        self._text, self._bold, self._solid = "", 0, 0
        return text, bold


def is_block(element: Element) -> bool:
    """Whether an element is displayed on lines of its own."""
    return element.tag in _BLOCKS


def is_grid(element: Element) -> bool:
    """Whether nested blocks form rows with equal numbers of cells, like a table."""
    rows = [child for child in element if isinstance(child.tag, str)]
    widths = {len(_cells(row)) for row in rows}
    return element.tag == "div" and len(rows) > 1 and len(widths) == 1 and max(widths) > 1


def _cells(row: Element) -> list[Element]:
    """Returns the cells of a block that may be a row; none if it contains anything else."""
    cells = [child for child in row if isinstance(child.tag, str)]
    loose = [row.text, *(child.tail for child in row)]
    if row.tag != "div" or any(text and text.strip() for text in loose):
        return []
    return cells if all(cell.tag == "div" for cell in cells) else []


def is_left_out(element: Element) -> bool:
    """Whether an element is not page text: scripts, margin comments, running headers."""
    if element.tag in _LEFT_OUT or (element.tag == "div" and element.get("title") in _RUNNING):
        return True
    return _COMMENTS.search(style_of(element)) is not None


def is_hidden(element: Element) -> bool:
    """Whether a page does not show an element."""
    return element.get("hidden") is not None or _HIDDEN.search(style_of(element)) is not None


def letters_of(element: Element) -> int:
    """Counts the letters of an element, excluding comments."""
    return len("".join(str(element.xpath("string()")).split()))


def style_of(element: Element) -> str:
    """Returns the inline style of an element."""
    return str(element.get("style", ""))


class Lists:
    """The lists that are open at the current place, with the current number of each."""

    def __init__(self) -> None:
        self._open: list[tuple[Element, int]] = []

    def enter(self, element: Element) -> str:
        """Enters a list or list item; returns the item's number or bullet, or ""."""
        if element.tag in {"ol", "ul"}:
            self._open.append((element, whole(element.get("start"), 1) - 1))
            return ""
        if element.tag != "li" or not self._open:
            return ""
        own, before = self._open[-1]
        number = whole(element.get("value"), before + 1)
        self._open[-1] = (own, number)
        if _NO_BULLET.search(style_of(own) + ";" + style_of(element)):
            return ""
        if own.tag != "ol":
            return "•"
        if next(element.iterchildren("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None:
            # LibreOffice nests a numbered heading in one list per level.
            numbers = [max(at, whole(outer.get("start"), 1)) for outer, at in self._open]
            return ".".join(map(str, numbers))
        return f"{written(number, _NUMBERS.get(own.get('type', '1'), 'decimal'))}."

    def leave(self, element: Element) -> None:
        """Closes a list."""
        if self._open and self._open[-1][0] is element:
            self._open.pop()


def _input(element: Element) -> str:
    kind = element.get("type", "text").casefold()
    if kind in {"checkbox", "radio"}:
        return _box(element.get("checked") is not None)
    return element.get("value", "") if kind in _TYPED else ""


def _is_drawn_box(element: Element) -> bool:
    """Whether an element without text is drawn as a check box and declares its state."""
    has_state = element.get("role") in {"checkbox", "radio"} and element.get("aria-checked")
    return bool(has_state) and not any(text.strip() for text in element.itertext())


def _box(ticked: bool) -> str:
    return "☒ " if ticked else "☐ "


def _chosen(select: Element) -> str:
    """Returns the chosen entry, or the first one if none is, since that is what is shown."""
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    # An entry without a value means "choose one".
    texts = [
        " ".join("".join(option.itertext()).split())
        for option in chosen
        if option.get("value") != ""
    ]
    return ", ".join(texts)


def _inherited(element: Element, pattern: re.Pattern[str]) -> str | None:
    """Returns what the nearest enclosing element specifies by its style or as a font."""
    for own in (element, *element.iterancestors(*_INLINE)):
        match = pattern.search(style_of(own))
        if match:
            return match[1]
        if pattern is _FONT and own.tag == "font" and own.get("face"):
            return str(own.get("face")).split(",")[0]
    return None


def _is_raised(element: Element) -> bool:
    return any(
        own.tag == "sup" or _RAISED.search(style_of(own)) is not None
        for own in (element, *element.iterancestors("sup", *_INLINE))
    )


def _is_bold(element: Element) -> bool:
    for own in (element, *element.iterancestors()):
        match = _WEIGHT.search(style_of(own))
        if match:
            weight = match[1].casefold()
            return weight == "bold" or whole(weight, 0) >= 600
        if own.tag in _BOLD:
            return True
        if own.tag in _BLOCKS or own.tag == "td":
            return False
    return False


def _keeps_blanks(element: Element) -> bool:
    return any(
        own.tag in {"pre", "textarea"} or _KEPT_BLANKS.search(style_of(own))
        for own in (element, *element.iterancestors())
    )
