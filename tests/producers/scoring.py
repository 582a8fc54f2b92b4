"""The scores of a variant in the bench."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from models.report import Answer, Report, Status
from pipeline.evaluation.alignment import align
from pipeline.evaluation.compare import DOUBT
from pipeline.evaluation.scores import FIELDS

NO_DOUBT = frozenset({"cut", "contradiction"})
"""Flags that describe a row without casting doubt on how it was read."""


@dataclass(frozen=True)
class Miss:
    """A row that was not read exactly.

    Attributes:
        seed: The board.
        kind: `lost`, `false`, or the names of the fields that differ.
        expected: The row, or None if there is none.
        found: What was read, or None if nothing was.
        silent: Whether nothing shows that it may be wrong.
        blanks: Whether only spaces, line ends and hyphens differ.
    """

    seed: int
    kind: str
    expected: Answer | None
    found: Answer | None
    silent: bool
    blanks: bool = False


class Told(NamedTuple):
    """What a row that was read shows of its own reliability.

    Attributes:
        flags: Its flags.
        confidence: Its confidence.
        doubted: Whether either casts doubt on it.
        wrong: Whether it is.
    """

    flags: tuple[str, ...]
    confidence: float
    doubted: bool
    wrong: bool


@dataclass
class Score:
    """Counts of rows; they add up."""

    boards: int = 0
    rows: int = 0
    exact: int = 0
    nearly: int = 0
    lost: int = 0
    false: int = 0
    silent: int = 0
    titles: int = 0
    misses: list[Miss] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        names = ("boards", "rows", "exact", "nearly", "lost", "false", "silent", "titles")
        added = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Score(
            **added,
            misses=self.misses + other.misses,
            told=self.told + other.told,
            errors=self.errors + other.errors,
        )


def score(gold: Report, found: Report, seed: int) -> Score:
    """Scores a board.

    A row is exact if section, reference, question, detail, answer, code and comment all are. It is
    nearly right if only spaces, line ends and hyphens differ. A row is silent if it is wrong or
    false and its confidence is at least 0.9 without a flag of doubt; a lost row is, if the report
    has the status ok and no adjacent wrong row shows doubt.
    """
    result = Score(boards=1, rows=len(gold.answers))
    pairs = align(gold.answers, found.answers)
    for place, (expected, answer) in enumerate(pairs):
        if expected is None and answer is not None:
            result.misses.append(Miss(seed, "false", None, answer, not is_doubted(answer)))
        elif expected is not None and answer is None:
            beside = [pairs[n][1] for n in (place - 1, place + 1) if 0 <= n < len(pairs)]
            told = found.status is not Status.OK or any(one and is_doubted(one) for one in beside)
            result.misses.append(Miss(seed, "lost", expected, None, not told))
        elif expected is not None and answer is not None:
            wrong = [name for name in FIELDS if _text(expected, name) != _text(answer, name)]
            if not wrong:
                result.exact += 1
                continue
            nearly = all(_bare(expected, name) == _bare(answer, name) for name in wrong)
            kind = "+".join(wrong)
            result.misses.append(Miss(seed, kind, expected, answer, not is_doubted(answer), nearly))
    wrong_rows = {id(miss.found) for miss in result.misses if miss.found}
    result.told = [
        Told(one.flags, one.confidence, is_doubted(one), id(one) in wrong_rows)
        for one in found.answers
    ]
    result.nearly = result.exact + sum(miss.blanks for miss in result.misses)
    result.lost = sum(miss.kind == "lost" for miss in result.misses)
    result.false = sum(miss.kind == "false" for miss in result.misses)
    result.silent = sum(miss.silent for miss in result.misses)
    titles = {section.section: section.title for section in found.sections}
    result.titles = sum(titles.get(one.section) != one.title for one in gold.sections)
    return result


def is_doubted(answer: Answer) -> bool:
    return answer.confidence < DOUBT or not NO_DOUBT.issuperset(answer.flags)


def _text(answer: Answer, name: str) -> str:
    value: str | None = getattr(answer, name)
    return value or ""


def _bare(answer: Answer, name: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u2011-]", "", _text(answer, name))
