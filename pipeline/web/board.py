"""A report as a reviewer sees it: as read, with the corrections that currently count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from models.corrections import Correction, Kind
from models.report import Answer, AppliedCorrection, Mention, Report
from pipeline.checking.judged import digests
from pipeline.checking.selection import needs_eyes, warned_positions
from pipeline.corrections.rows import Row


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a report on a page.

    Attributes:
        board: Its report.
        name: Names it in addresses: the position of the row as read, `12.2` for the second of two
            that were read as one, or `new-ID` for a row that a reviewer added.
        answer: The answer as corrected; for a struck row, as read.
        old: Positions, as read, of the rows that it comes from.
        struck: Whether a reviewer said that it is not a row.
        added: The correction that added it, or None.
    """

    board: Board
    name: str
    answer: Answer
    old: tuple[int, ...]
    struck: bool = False
    added: Correction | None = None

    @property
    def read(self) -> Answer | None:
        """The row as read; None if it does not correspond to a single row as read."""
        whole = len(self.old) == 1 and "." not in self.name
        return self.board.read.answers[self.old[0] - 1] if whole else None

    @property
    def mentions(self) -> list[Mention]:
        """The theme mentions in its comment."""
        return [] if self.struck else self.board.mentions.get(self.answer.position, [])

    @property
    def digest(self) -> str:
        """Digest of what a reviewer judges."""
        if self.struck:
            return ""
        return self.board.digests[self.board.id, self.answer.position]

    @property
    def needs_eyes(self) -> bool:
        """Whether a person should review it."""
        return not self.struck and needs_eyes(self.answer, self.board.warned)

    @property
    def outcomes(self) -> list[tuple[AppliedCorrection, Correction]]:
        """The states of this row's corrections, oldest first."""
        return [
            (item, correction)
            for item in self.board.now.corrections
            if (correction := self.board.by_id.get(item.correction))
            and self._concerns(item, correction)
        ]

    def _concerns(self, item: AppliedCorrection, correction: Correction) -> bool:
        if self.added is not None:
            return correction.id == self.added.id
        if correction.kind is Kind.MISSED_ROW:
            return False
        if item.position is not None:
            return not self.struck and item.position == self.answer.position
        own = correction.report_id == self.board.id
        return own and correction.position in self.old


@dataclass
class Board:
    """A report with its corrections.

    Attributes:
        read: The report as read.
        now: The report as corrected.
        rows: Its rows as corrected; empty if there are no corrections.
        corrections: The corrections that count.
        published: Digest of the corrections in the datasets.
        digest: Digest of the corrections that count.
    """

    read: Report
    now: Report
    rows: Sequence[Row] = ()
    corrections: Sequence[Correction] = ()
    published: str = ""
    digest: str = ""

    @property
    def id(self) -> str:
        """The report's id."""
        return self.now.report_id

    @property
    def title(self) -> str:
        """The board's name, or the file's if unknown."""
        return self.now.organisation or self.now.source

    @cached_property
    def by_id(self) -> dict[str, Correction]:
        """The corrections by id."""
        return {correction.id: correction for correction in self.corrections}

    @cached_property
    def warned(self) -> set[int]:
        """Positions that a warning concerns."""
        return warned_positions(self.now)

    @cached_property
    def mentions(self) -> dict[int, list[Mention]]:
        """Theme mentions by position."""
        found: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.now.themes:
            found[mention.position].append(mention)
        return found

    @cached_property
    def digests(self) -> dict[tuple[str, int], str]:
        """Digest of what is judged, by answer."""
        return digests(self.now)

    @cached_property
    def read_digests(self) -> dict[tuple[str, int], str]:
        """The same for the report as read."""
        return digests(self.read)

    @cached_property
    def shown(self) -> list[Shown]:
        """Its rows, including struck ones in their places."""
        if not self.rows:
            return [Shown(self, str(a.position), a, (a.position,)) for a in self.now.answers]
        found = []
        here = {index for row in self.rows for index in row.old}
        struck = [n for n in range(len(self.read.answers)) if n not in here]
        halves: dict[int, int] = defaultdict(int)
        for row, answer in zip(self.rows, self.now.answers, strict=True):
            while struck and row.old and struck[0] < row.old[0]:
                found.append(self._struck(struck.pop(0)))
            old = tuple(index + 1 for index in row.old)
            found.append(self._shown(row, answer, old, halves))
        found += [self._struck(index) for index in struck]
        return found

    def _shown(
        self, row: Row, answer: Answer, old: tuple[int, ...], halves: dict[int, int]
    ) -> Shown:
        if not old:
            added = next((c for c in self.corrections if c.id in row.by), None)
            return Shown(self, f"new-{added.id if added else ''}", answer, (), added=added)
        halves[old[0]] += 1
        name = str(old[0]) if halves[old[0]] == 1 else f"{old[0]}.{halves[old[0]]}"
        return Shown(self, name, answer, old)

    def _struck(self, index: int) -> Shown:
        return Shown(self, str(index + 1), self.read.answers[index], (index + 1,), struck=True)

    @cached_property
    def by_name(self) -> dict[str, Shown]:
        """Its rows by name."""
        return {shown.name: shown for shown in self.shown}
