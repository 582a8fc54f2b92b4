"""One board's answers to the same question in two years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from rapidfuzz import fuzz

from models.report import Answer, Report
from pipeline.checking.selection import needs_eyes, warned_positions
from pipeline.checking.years.boards import BoardPair
from pipeline.checking.years.questions import ALIKE, Asked, Match, bare

NEARLY = 95.0
"""Minimum similarity of a nearly unchanged comment, in per cent."""


class Comment(StrEnum):
    """How a comment changed."""

    UNCHANGED = "unchanged"
    NEARLY = "nearly-unchanged"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """A board's answers to a question in two years.

    Attributes:
        board: The board.
        match: The question.
        old: The earlier answer; None if the board has none that year.
        new: The later answer; None if the board has none that year.
        comment: How the comment changed.
        unsure: Whether a person should review it: one of the readings is doubtful, the board's
        wording differs from the question's, or the match of the questions is uncertain.
    """

    board: str
    match: Match
    old: Answer | None
    new: Answer | None
    comment: Comment
    unsure: bool

    @property
    def answer_changed(self) -> bool:
        """Whether the answer changed; False if there is only one answer."""
        if self.old is None or self.new is None:
            return False
        if self.old.code != self.new.code:
            return True
        return self.new.code == "other" and _plain(self.old.answer) != _plain(self.new.answer)


def answer_pairs(boards: BoardPair, questions: Sequence[Match]) -> Iterator[AnswerPair]:
    """Yields a board's answers to the questions of both years, in the order of the later year."""
    before, after = _by_key(boards.old), _by_key(boards.new)
    warned = warned_positions(boards.old), warned_positions(boards.new)
    for match in questions:
        if match.old is None or match.new is None:
            continue
        for old, new in zip_longest(before[match.old.key], after[match.new.key]):
            unsure = (
                match.unsure
                or _doubtful(old, match.old, warned[0])
                or _doubtful(new, match.new, warned[1])
            )
            comments = (one.comment if one else "" for one in (old, new))
            yield AnswerPair(boards.board, match, old, new, comment_change(*comments), unsure)


def _doubtful(answer: Answer | None, asked: Asked, warned: set[int]) -> bool:
    """Whether an answer needs review, or its question is worded unlike most boards'."""
    if answer is None:
        return False
    asks_else = fuzz.ratio(bare(answer.question), bare(asked.question)) < ALIKE
    return asks_else or needs_eyes(answer, warned)


def comment_change(old: str, new: str) -> Comment:
    """Returns how a comment changed, ignoring whitespace and case."""
    a, b = _plain(old), _plain(new)
    if not a or not b:
        return Comment.NEW if b else Comment.GONE if a else Comment.NONE
    if a == b:
        return Comment.UNCHANGED
    return Comment.NEARLY if fuzz.ratio(a, b) >= NEARLY else Comment.CHANGED


def _by_key(report: Report) -> dict[str, list[Answer]]:
    held: dict[str, list[Answer]] = defaultdict(list)
    for answer in report.answers:
        held[answer.key].append(answer)
    return held


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
