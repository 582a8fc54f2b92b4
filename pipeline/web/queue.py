"""Which answers to review, and in which order: worst first, a random sample, or a filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from pipeline.checking.sampling import Sample, Unit, draw
from pipeline.checking.selection import in_section
from pipeline.checking.verdicts import Drawn
from pipeline.corrections import NOT_APPLIED
from pipeline.web.board import Shown
from pipeline.web.desk import Desk

_WAITING = frozenset(NOT_APPLIED.values())


@dataclass(frozen=True, slots=True)
class Filter:
    """Which answers to show; "" for all.

    Attributes:
        board: A report's id.
        section: A section's number; its subsections are included.
        key: A question's key.
        code: An answer code.
        theme: A theme's id.
        assertion: An assertion; combined with `theme`, of that theme.
        flag: A flag.
        text: Words in the question, detail, answer or comment.
        state: eyes, corrected, reviewed or open.
    """

    board: str = ""
    section: str = ""
    key: str = ""
    code: str = ""
    theme: str = ""
    assertion: str = ""
    flag: str = ""
    text: str = ""
    state: str = ""

    @classmethod
    def of(cls, params: Mapping[str, str]) -> Filter:
        """The filter in an address."""
        return cls(**{item.name: params.get(item.name, "").strip() for item in fields(cls)})

    @property
    def params(self) -> dict[str, str]:
        """As part of an address."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in values.items() if value}

    def rows(self, desk: Desk) -> list[Shown]:
        """The matching rows, by board and place."""
        return [shown for shown in desk.rows() if not shown.struck and self._takes(desk, shown)]

    def _takes(self, desk: Desk, shown: Shown) -> bool:
        answer = shown.answer
        if self.board not in ("", shown.board.id) or self.key not in ("", answer.key):
            return False
        if self.code not in ("", answer.code) or (self.flag and self.flag not in answer.flags):
            return False
        if self.section and not in_section(answer.section, self.section):
            return False
        if (self.theme or self.assertion) and not self._has_theme(shown):
            return False
        if self.text and not self._has_text(shown):
            return False
        return not self.state or self._has_state(desk, shown)

    def _has_theme(self, shown: Shown) -> bool:
        return any(
            self.theme in ("", mention.theme) and self.assertion in ("", mention.assertion)
            for mention in shown.mentions
        )

    def _has_text(self, shown: Shown) -> bool:
        answer = shown.answer
        texts = (answer.question, answer.detail, answer.answer, answer.comment)
        whole = " ".join(" ".join(texts).split()).casefold()
        return all(word in whole for word in self.text.casefold().split())

    def _has_state(self, desk: Desk, shown: Shown) -> bool:
        match self.state:
            case "eyes":
                return shown.needs_eyes
            case "corrected":
                return bool(shown.answer.corrected)
            case "reviewed":
                return desk.is_reviewed(shown)
            case _:
                return not desk.is_reviewed(shown)


@dataclass(frozen=True, slots=True)
class Queue:
    """The answers that a reviewer works through.

    Attributes:
        order: worst, sample or list.
        only: Which answers.
        count: Size of a sample.
        seed: Seed of a sample.
        rows: The answers, in order.
        sample: The sample, if one was drawn.
    """

    order: str
    only: Filter
    count: int
    seed: int
    rows: Sequence[Shown]
    sample: Sample | None = None

    @property
    def query(self) -> str:
        """As part of an address."""
        own = {"order": self.order}
        if self.order == "sample":
            own |= {"n": str(self.count), "seed": str(self.seed)}
        return urlencode(own | self.only.params)

    @property
    def drawn(self) -> Drawn | None:
        """The sample as recorded in a verdict."""
        if self.sample is None:
            return None
        population = self.sample.population
        return Drawn(self.seed, None, len(self.sample.units), population, "", population)

    def at(self, shown: Shown) -> int:
        """Index of a row, or -1 if it is not in the queue."""
        names = ((row.board.id, row.name) for row in self.rows)
        here = (shown.board.id, shown.name)
        return next((index for index, name in enumerate(names) if name == here), -1)


def make_queue(desk: Desk, params: Mapping[str, str]) -> Queue:
    """The queue in an address; by default, worst first."""
    order = params.get("order", "worst")
    only = Filter.of(params)
    count, seed = _number(params.get("n", ""), 60), _number(params.get("seed", ""), 7)
    rows = only.rows(desk)
    if order == "sample":
        sample, drawn = _draw(rows, count, seed)
        return Queue(order, only, count, seed, drawn, sample)
    if order == "list":
        return Queue(order, only, count, seed, rows)
    return Queue("worst", only, count, seed, _worst_first(rows))


def next_row(desk: Desk, queue: Queue, after: Shown | None) -> Shown | None:
    """The next row without a verdict after a given one, wrapping around at the end."""
    start = queue.at(after) + 1 if after else 0
    reviewer = desk.reviewer if queue.order == "sample" else ""
    here = (after.board.id, after.name) if after else None
    for row in (*queue.rows[start:], *queue.rows[:start]):
        if (row.board.id, row.name) != here and not desk.is_reviewed(row, reviewer):
            return row
    return None


def _worst_first(rows: Iterable[Shown]) -> list[Shown]:
    """Rows that need review: those with pending corrections first, then by confidence."""
    return sorted(
        (row for row in rows if row.needs_eyes),
        key=lambda row: (
            not _WAITING & set(row.answer.flags),
            row.answer.confidence,
            -len(row.answer.flags),
            row.board.title,
            row.board.id,
            row.answer.position,
        ),
    )


def _draw(rows: Sequence[Shown], count: int, seed: int) -> tuple[Sample, list[Shown]]:
    held = {(row.board.id, row.answer.position): row for row in rows}
    units = [Unit(row.board.id, row.answer.position, row.answer.key) for row in rows]
    sample = draw(units, count, seed)
    return sample, [held[unit.report_id, unit.position] for unit in sample.units]


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default
