"""Reading gold marks from texts, and scoring mentions against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_MARK = re.compile(r"\[|\]\(([a-z_ ]+)(\?)?(?::([a-z]+)(\?)?)?\)")


class GoldMention(NamedTuple):
    """A marked mention. Two themes of one surface are two mentions.

    Readers may disagree on a debatable one: on whether it is a mention, or on its assertion.
    """

    start: int
    end: int
    theme: str
    assertion: str
    debatable_mention: bool = False
    debatable_class: bool = False


@dataclass(frozen=True)
class GoldText:
    """A text without its marks, its mentions, and the heading it is under."""

    text: str
    mentions: tuple[GoldMention, ...]
    trap: str = ""


def read_marks(marked: str, trap: str = "") -> GoldText:
    """Reads `[surface](theme theme:assertion)` marks, which may nest.

    A question mark after the theme makes the mention debatable, one after the assertion the class.
    """
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
            said, doubts = mark.group(3) or "affirmed", (bool(mark.group(2)), bool(mark.group(4)))
            mentions.append(GoldMention(start, length, theme, said, *doubts))
    text.append(marked[last:])
    assert not opened, marked
    return GoldText("".join(text), tuple(sorted(mentions)), trap)


def read_gold(content: str) -> list[GoldText]:
    """Reads a gold file: one text per line, `##` headings; other lines with `#` are skipped."""
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
    """Counts of what was found, missed and invented, for mentions and for non-affirmed classes.

    Debatable mentions are not counted. A mention found as uncertain claims no class: it is
    neither right nor wrong, and a class in the gold counts as missed.
    """

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


NOTHING = Score(0, 0, 0, 0, 0, 0, 0)
SILENT = ("affirmed", "uncertain")
"""Classes that claim nothing."""


def pair(
    gold: Sequence[GoldMention], found: Iterable[GoldMention]
) -> Iterator[tuple[GoldMention | None, GoldMention | None]]:
    """Yields each found mention beside the gold mention that it hits, and what was missed.

    It hits a gold mention of its theme, not yet used, that overlaps it.
    """
    left = list(gold)
    for mention in found:
        same = [
            item
            for item in left
            if item.theme == mention.theme and item.start < mention.end and mention.start < item.end
        ]
        if not same:
            yield None, mention
            continue
        match = max(same, key=lambda item: item[:2] == mention[:2])
        left.remove(match)
        yield match, mention
    for item in left:
        yield item, None


def score(
    gold: Sequence[GoldMention], found: Iterable[GoldMention], only: str | None = None
) -> Score:
    """Scores the mentions of one text; with `only`, one class of assertion."""
    total = NOTHING
    for expected, mention in pair(gold, found):
        if expected is not None and expected.debatable_mention:
            continue
        claimed = mention.assertion if mention is not None else "affirmed"
        true = expected.assertion if expected is not None else "affirmed"
        counts = only is None or only in (claimed, true)
        if (expected is not None and expected.debatable_class) or not counts:
            claimed = true = "affirmed"
        claims = claimed not in SILENT and only in (None, claimed)
        hit = claims and claimed == true
        marked = true != "affirmed" and only in (None, true)
        total += Score(
            right=expected is not None and mention is not None,
            wrong=expected is None,
            missed=mention is None,
            exact=expected is not None and mention is not None and expected[:2] == mention[:2],
            class_right=hit,
            class_wrong=claims and not hit,
            class_missed=marked and not hit,
        )
    return total
