"""What the styles of an ODT file define: weight, font, hidden text, list numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.readers.numbers import whole
from extractors.readers.word_numbering import written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
}
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_LONGEST_CHAIN = 20
_BOLD = 600


def q(name: str) -> str:
    """Returns a prefixed name in lxml's form: `text:p` with its namespace."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


class Styles:
    """The styles of a document by name; those in its content take precedence over common ones."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, Element] = {}
        self._fonts: dict[str, str] = {}
        for root in roots:
            for style in root.iter(q("style:style")):
                self._styles.setdefault(style.get(q("style:name"), ""), style)
            for font in root.iter(q("style:font-face")):
                family = font.get(_SVG_FAMILY, "").strip("'\"")
                self._fonts.setdefault(font.get(q("style:name"), ""), family)

    def is_bold(self, name: str) -> bool | None:
        """Whether a style is bold; None if it does not specify."""
        weight = self._property(name, q("fo:font-weight"))
        if weight is None:
            return None
        return weight == "bold" or whole(weight, 0) >= _BOLD

    def is_hidden(self, name: str) -> bool:
        """Whether text of a style is hidden."""
        return self._property(name, q("text:display")) == "none"

    def background(self, name: str) -> str:
        """Returns the background of a cell's style as written, or "" if it has none."""
        return self._property(name, q("fo:background-color"), "style:table-cell-properties") or ""

    def colour(self, name: str) -> str:
        """Returns the text colour of a style as written, or "" if it has none."""
        return self._property(name, q("fo:color")) or ""

    def is_raised(self, name: str) -> bool:
        """Whether a style is a superscript."""
        position = self._property(name, q("style:text-position")) or ""
        place = position.partition(" ")[0]
        return place == "super" or (place.endswith("%") and place[0] not in "-0")

    def font(self, name: str) -> str:
        """Returns the font that a style names, or ""."""
        named = self._property(name, q("style:font-name"))
        if named:
            return self._fonts.get(named) or named
        return (self._property(name, q("fo:font-family")) or "").strip("'\"")

    def outline_level(self, name: str) -> int | None:
        """Returns the heading level of a paragraph style, or None."""
        for style in self._chain(name):
            if level := whole(style.get(q("style:default-outline-level")), 0):
                return level
        return None

    def list_of(self, name: str) -> str | None:
        """Returns the list style that a paragraph style names, or None."""
        for style in self._chain(name):
            named = style.get(q("style:list-style-name"))
            if named is not None:
                return str(named)
        return None

    def _property(self, name: str, key: str, kind: str = "style:text-properties") -> str | None:
        for style in self._chain(name):
            for properties in style.findall(q(kind)):
                value = properties.get(key)
                if value is not None:
                    return str(value)
        return None

    def _chain(self, name: str) -> Iterable[Element]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.get(q("style:parent-style-name"), "")


_SVG_FAMILY = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}font-family"


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shows: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts list items and numbered headings; call in document order."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, roots: Iterable[Element]) -> Numbering:
        """Returns the lists of a document; heading numbers are the list ""."""
        lists: dict[str, dict[int, _Level]] = {}
        for root in roots:
            for own in root.iter(q("text:list-style"), q("text:outline-style")):
                is_outline = own.tag == q("text:outline-style")
                name = "" if is_outline else own.get(q("style:name"), "?")
                lists.setdefault(name, dict(map(_level, own)))
        return cls(lists)

    def restart(self, name: str) -> None:
        """Restarts a list."""
        self._counts.pop(name, None)

    def next(self, name: str, level: int, start: int | None = None) -> str:
        """Returns the label of the next item, e.g. `1.2.` or `•`; "" if it has none.

        Args:
            name: The list's style.
            level: Level of the item, from 1.
            start: The explicit number of the item, if any.
        """
        own = self.lists.get(name, {}).get(level)
        if own is None or not own.kind:
            return "•" if own is None and name else ""
        if own.kind == "bullet":
            return "•"
        counts = self._counts.setdefault(name, {})
        counts[level] = start if start is not None else counts.get(level, own.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        parts = [
            written(counts.setdefault(place, self._start(name, place)), self._kind(name, place))
            for place in range(level - own.shows + 1, level + 1)
        ]
        return own.prefix + ".".join(filter(None, parts)) + own.suffix

    def _start(self, name: str, level: int) -> int:
        return self.lists[name].get(level, _Level()).start

    def _kind(self, name: str, level: int) -> str:
        return self.lists[name].get(level, _Level("decimal")).kind or "none"


def _level(element: Element) -> tuple[int, _Level]:
    place = element.get(q("text:level"), "1")
    kind = element.get(q("style:num-format"), "")
    if element.tag == q("text:list-level-style-bullet"):
        name = "bullet"
    else:
        name = _FORMATS.get(kind, "decimal") if kind.strip() else ""
    return whole(place, 1), _Level(
        kind=name,
        prefix=element.get(q("style:num-prefix"), "").strip(),
        suffix=element.get(q("style:num-suffix"), "").strip(),
        start=whole(element.get(q("text:start-value")), 1),
        shows=whole(element.get(q("text:display-levels")), 1),
    )
