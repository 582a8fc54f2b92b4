"""Word's automatic numbers, which are visible but not in the paragraphs' text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractors.readers.numbers import whole
from extractors.readers.word_text import is_on

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
MOST = 100_000
"""Numbers above this are written in digits whatever their format."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a numbered list.

    Attributes:
        start: Its first number.
        format: Word's name of its number format, e.g. `decimal` or `bullet`.
        text: Its pattern: `%1.%2` is the first and second level's numbers.
        legal: Whether all levels are written in digits.
        style: Id of the paragraph style linked to this level, or "".
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of a document; call in document order.

    Attributes:
        levels: The levels of each list, by the list's own id.
        lists: The list that each number id of a paragraph or style refers to.
        restarts: Levels that restart when a number id is first used, with their first number.
    """

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _used: set[str] = field(default_factory=set)

    def level_of_style(self, number: str, style: str) -> int:
        """Returns the level of a paragraph style in a list; 0 if the list does not give one."""
        levels = self.levels.get(self.lists.get(number, ""), {})
        return next((place for place, level in levels.items() if level.style == style), 0)

    def next(self, number: str, place: int) -> str:
        """Returns the label of the next paragraph, e.g. `1.2` or `•`; "" if it has none.

        Args:
            number: Number id of the paragraph.
            place: Its level, from 0.
        """
        own = self.lists.get(number, "")
        levels = self.levels.get(own, {})
        level = levels.get(place)
        if level is None:
            return ""
        counts = self._counts[own]
        if number not in self._used:
            self._used.add(number)
            for restarted, start in self.restarts.get(number, {}).items():
                counts[restarted] = start - 1
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [other for other in counts if other > place]:
            del counts[deeper]
        if level.format == "bullet":
            return "•"
        return _PLACE.sub(lambda match: self._part(own, level, int(match[1]) - 1), level.text)

    def _part(self, own: str, level: Level, place: int) -> str:
        other = self.levels[own].get(place, Level())
        count = self._counts[own].setdefault(place, other.start)
        return written(count, "decimal" if level.legal else other.format)


def written(count: int, kind: str) -> str:
    """Returns a number in a list's number format; unknown formats give digits."""
    if not 0 < count < MOST:
        return str(count)
    match kind:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter.upper() if kind == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            roman = _roman(count)
            return roman.upper() if kind == "upperRoman" else roman
        case "decimalZero":
            return f"{count:02}"
        case "none":
            return ""
        case _:
            return str(count)


def _roman(count: int) -> str:
    result = ""
    for value, letters in _ROMAN:
        result += letters * (count // value)
        count %= value
    return result


def read_numbering(root: Element | None) -> Numbering:
    """Reads the lists of `numbering.xml`; without one, nothing is numbered."""
    numbering = Numbering()
    if root is None:
        return numbering
    for own in root.findall(qn("w:abstractNum")):
        levels = own.findall(qn("w:lvl"))
        numbering.levels[own.get(qn("w:abstractNumId"), "")] = dict(map(_level, levels))
    for entry in root.findall(qn("w:num")):
        number = entry.get(qn("w:numId"), "")
        numbering.lists[number] = _value(entry, "w:abstractNumId")
        numbering.restarts[number] = {
            whole(override.get(qn("w:ilvl")), 0): whole(_value(override, "w:startOverride"), 1)
            for override in entry.findall(qn("w:lvlOverride"))
            if override.find(qn("w:startOverride")) is not None
        }
    return numbering


def _level(element: Element) -> tuple[int, Level]:
    return whole(element.get(qn("w:ilvl")), 0), Level(
        start=whole(_value(element, "w:start"), 1),
        format=_value(element, "w:numFmt") or "decimal",
        text=_value(element, "w:lvlText"),
        legal=is_on(element.find(qn("w:isLgl"))),
        style=_value(element, "w:pStyle"),
    )


def _value(element: Element, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val"), ""))
