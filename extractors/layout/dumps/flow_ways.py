"""The side of each chunk of a page: the best way through text, questions and what answers them.

Which column a chunk stands in is told by the order of the dump, by how it looks, and by how it
goes on with the page before. A best-path search (Viterbi) weighs them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.layout.dumps.flow_cell_starts import Before
from extractors.layout.dumps.flow_chunks import Chunk, ColumnHead
from extractors.layout.dumps.flow_column_style import Entry, Sides, ends_table, table_names
from extractors.layout.dumps.flow_side_scores import (
    Side,
    first_score,
    later_score,
    side_score,
)

_IMPOSSIBLE = -1000.0
_NO_TABLE = 8.0
_TURNS_BACK = -5.0


@dataclass(frozen=True)
class Way:
    """The best way to an entry: the side of each, and which columns of a table have begun."""

    score: float = 0.0
    sides: tuple[Side, ...] = ()
    has_left: bool = False
    has_right: bool = False


_Ways = dict[tuple[Side, bool, bool], Way]
"""The best way to each side, by whether both columns have begun."""


@dataclass(frozen=True)
class Setting:
    """A page, and what stands before it.

    Attributes:
        page: Its chunks and heads.
        before: The table that is open where it begins and goes on, if any.
        is_open: Whether that table goes on without heads.
        sides: Form and style.
    """

    page: Sequence[Entry]
    before: Before | None
    is_open: bool
    sides: Sides

    @property
    def names(self) -> list[str]:
        """Kinds of the tables of the page; the first is what goes on without heads."""
        return table_names(self.page, self.before if self.is_open else None, self.sides)


def best_way(setting: Setting, banned: tuple[int, Side] | None = None) -> Way:
    """Returns the best way through a page that does not have a chunk at a side."""
    ways: _Ways = {(Side.LEFT if setting.is_open else Side.TEXT, False, False): Way()}
    heads = _Heads(setting)
    for index, item in enumerate(setting.page):
        if isinstance(item, Chunk):
            steps = _chunk_steps(setting, index, item, ways, heads)
        else:
            follows_head = index > 0 and not isinstance(setting.page[index - 1], Chunk)
            heads.add(item)
            steps = _head_steps(heads, item, ways, follows_head)
        step: _Ways = {}
        for way in steps:
            key = (way.sides[-1], way.has_left, way.has_right)
            own = replace(way, score=way.score + _IMPOSSIBLE) if (index, key[0]) == banned else way
            if key not in step or own.score > step[key].score:
                step[key] = own
        ways = step
    return max(ways.values(), key=lambda way: way.score)


class _Heads:
    """The heads of first and of last columns that have been passed on a page."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.names = setting.names
        self.lefts = self.rights = 0

    def add(self, item: Entry) -> None:
        """Passes a head."""
        self.lefts += isinstance(item, ColumnHead) and item.column == 0
        self.rights += self.is_last(item)

    def is_last(self, item: Entry) -> bool:
        """Whether a head is that of a last column."""
        return isinstance(item, ColumnHead) and self.setting.sides.is_last(item)

    def count(self, side: Side) -> int:
        """Returns how many columns of a side have begun with a head; text counts as the last."""
        return self.lefts if side is Side.LEFT else self.rights

    def name(self, side: Side) -> str:
        """Returns the kind of the table that a side belongs to here."""
        return self.names[min(self.count(side), len(self.names) - 1)]

    def before(self, side: Side) -> Before | None:
        """Returns where the column of a side left off, if it goes on from the page before."""
        return self.setting.before if self.count(side) <= (not self.setting.is_open) else None


def _chunk_steps(
    setting: Setting, index: int, chunk: Chunk, ways: _Ways, heads: _Heads
) -> Iterator[Way]:
    """Yields the ways to a chunk."""
    sides = setting.sides
    ends = ends_table(setting.page, index, sides.form)
    for side in Side:
        own = side_score(setting.page, index, side, heads.name(side), ends, sides)
        if side is not Side.TEXT and not (setting.is_open or heads.count(side)):
            own -= _NO_TABLE
        if side is Side.RIGHT and heads.rights < heads.lefts and sides.style.by_table:
            own -= _NO_TABLE
        for (last, has_left, has_right), way in ways.items():
            score = way.score + own + _move_score(last, side, ends)
            if side is not Side.TEXT:
                if has_right if side is Side.RIGHT else has_left:
                    score += later_score(chunk)
                else:
                    before, three = heads.before(side), sides.is_three(heads.name(side))
                    # The questions of a table whose answers begin late stand further up.
                    asked = has_left or heads.lefts > heads.rights
                    score += first_score(chunk, side, before, asked, three, sides)
            left, right = side is Side.LEFT, side is Side.RIGHT
            yield Way(score, (*way.sides, side), has_left or left, has_right or right)


def _head_steps(heads: _Heads, item: Entry, ways: _Ways, follows_head: bool) -> Iterator[Way]:
    """Yields the ways past a head: it leads to its own column, which begins with it."""
    is_last = heads.is_last(item)
    for (side, has_left, has_right), way in ways.items():
        score = way.score if not is_last or follows_head else way.score - 6.0
        yield Way(score, (*way.sides, Side.LEFT), has_left and is_last, has_right)
        if is_last and (side is not Side.TEXT or follows_head or heads.rights <= heads.lefts):
            score = way.score - (1.5 if follows_head else 0.0)
            yield Way(score, (*way.sides, Side.RIGHT), has_left, False)


def _move_score(last: Side, side: Side, ends: bool) -> float:
    """How well a side follows another one."""
    if side is Side.TEXT:
        return 0.0 if last is Side.TEXT or ends else _IMPOSSIBLE
    if side is last:
        return 0.0
    if side is Side.RIGHT:
        return -2.0 if last is Side.TEXT else 0.0
    return _IMPOSSIBLE if last is Side.TEXT else _TURNS_BACK
