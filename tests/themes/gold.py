"""Reading gold marks from texts, and scoring mentions against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_MARK = re.compile(r"\[|\]\(([a-z_ ]+)(?::([a-z]+))?\)")


class GoldMention(NamedTuple):
    """A marked mention. Two themes of one surface are two mentions."""

    start: int
    end: int
    theme: str
    assertion: str


@dataclass(frozen=True)
class GoldText:
    """A text without its marks, its mentions, and the heading that it stands under."""

    text: str
    mentions: tuple[GoldMention, ...]
    trap: str = ""


def read_marks(marked: str, trap: str = "") -> GoldText:
    """Reads `[surface](theme theme:assertion)` marks, which may nest."""
    text: list[str] = []
    length = 0
    last = 0
    opened: list[int] = []
    mentions: list[GoldMention] = []
    for mark in _MARK.finditer(marked):
        piece = marked[last : mark.start()]
        text.append(piece)
        length += len(piece)
        last = mark.end()
        if mark.group() == "[":
            opened.append(length)
            continue
        start = opened.pop()
        for theme in mark.group(1).split():
            mentions.append(GoldMention(start, length, theme, mark.group(2) or "affirmed"))
    text.append(marked[last:])
    assert not opened, marked
    return GoldText("".join(text), tuple(sorted(mentions)), trap)


def read_gold(content: str) -> list[GoldText]:
    """Reads a gold file: a text a line, `##` headings, other lines that begin with `#` left out."""
    found: list[GoldText] = []
    trap = ""
    for line in content.splitlines():
        if line.startswith("##"):
            trap = line.strip("# ")
        elif line.strip() and not line.startswith("#"):
            found.append(read_marks(line, trap))
    return found


@dataclass(frozen=True)
class Score:
    """Counts of what was found, missed and invented, for mentions and for non-affirmed classes."""

    right: int
    wrong: int
    missed: int
    exact: int
    class_right: int
    class_wrong: int
    class_missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def class_precision(self) -> float:
        return self.class_right / max(1, self.class_right + self.class_wrong)

    @property
    def class_recall(self) -> float:
        return self.class_right / max(1, self.class_right + self.class_missed)

    @property
    def class_f(self) -> float:
        both = self.class_precision + self.class_recall
        return 2 * self.class_precision * self.class_recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        pairs = zip(self.__dict__.values(), other.__dict__.values(), strict=True)
        return Score(*(mine + theirs for mine, theirs in pairs))


def score(gold: Sequence[GoldMention], found: Iterable[GoldMention]) -> Score:
    """Scores the mentions of one text.

    A mention is right when a gold mention of its theme, not yet used, overlaps it. A class other
    than affirmed is right when the mention is right and has the same class.
    """
    left = list(gold)
    right = wrong = exact = class_right = class_wrong = 0
    for mention in found:
        same = [
            item
            for item in left
            if item.theme == mention.theme and item.start < mention.end and mention.start < item.end
        ]
        if not same:
            wrong += 1
            class_wrong += mention.assertion != "affirmed"
            continue
        match = max(same, key=lambda item: item[:2] == mention[:2])
        left.remove(match)
        right += 1
        exact += match[:2] == mention[:2]
        if mention.assertion != "affirmed":
            class_right += match.assertion == mention.assertion
            class_wrong += match.assertion != mention.assertion
    marked = sum(item.assertion != "affirmed" for item in gold)
    return Score(right, wrong, len(left), exact, class_right, class_wrong, marked - class_right)
