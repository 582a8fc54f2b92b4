"""The side of each chunk of a page: the best way through text, questions and what answers them.

Which column a chunk stands in is told by the order of the dump, by how its lines are broken, by
answer words and details, and by how it goes on with the page before. A best-path search (Viterbi)
weighs them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from extractors.layout.flow_align import Before, opens_cell
from extractors.layout.flow_chunks import Chunk, ColumnHead
from extractors.layout.flow_column_style import (
    Entry,
    Sides,
    ends_table,
    leads_to_detail,
    table_names,
)
from extractors.layout.flow_cuts import Widths, continues, openness
from extractors.layout.flow_evidence import asks, opens_list_item, starts_detail, starts_label
from extractors.text import fold

_MOST_WRAPS = 3
_IMPOSSIBLE = -1000.0
_NO_TABLE = 8.0


class Side(Enum):
    """Where a chunk of a page stands."""

    TEXT = "text"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True)
class Way:
    """The best way to an entry: the side of each, and whether both columns have begun."""

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
    page, sides, before, is_open = setting.page, setting.sides, setting.before, setting.is_open
    names = setting.names
    ways: _Ways = {(Side.LEFT if is_open else Side.TEXT, False, False): Way()}
    lefts = rights = 0
    for index, item in enumerate(page):
        step: _Ways = {}
        if isinstance(item, Chunk):
            ends = ends_table(page, index, sides.form)
            starts = asks(item.text) or leads_to_detail(page, index, sides.form)
            starts |= starts_detail(item.text, sides.form)
            for side in Side:
                name = names[min(lefts if side is Side.LEFT else rights, len(names) - 1)]
                own = _side_score(page, index, side, name, ends, sides)
                if side is not Side.TEXT and not (
                    is_open or (lefts if side is Side.LEFT else rights)
                ):
                    own -= _NO_TABLE
                if side is Side.RIGHT and rights < lefts and sides.style.by_table:
                    own -= _NO_TABLE
                if banned == (index, side):
                    own += _IMPOSSIBLE
                for (last, _, _), way in ways.items():
                    move = _move_score(last, side, ends)
                    joint = _joint_score(way, side, item, before, (lefts, rights), starts, sides)
                    left = side is Side.LEFT and lefts <= (not is_open)
                    right = side is Side.RIGHT
                    _keep(step, side, way, own + move + joint, has_left=left, has_right=right)
        else:
            follows_head = index > 0 and not isinstance(page[index - 1], Chunk)
            column = item.column if isinstance(item, ColumnHead) else 0
            is_last = isinstance(item, ColumnHead) and sides.is_last(item)
            lefts += column == 0
            rights += is_last
            for (side, _, _), way in ways.items():
                _keep(
                    step,
                    Side.LEFT,
                    way,
                    0.0 if not is_last or follows_head else -6.0,
                    has_left=False,
                    has_right=False,
                )
                if is_last and (side is not Side.TEXT or follows_head or rights <= lefts):
                    _keep(
                        step,
                        Side.RIGHT,
                        way,
                        -1.5 if follows_head else 0.0,
                        has_left=False,
                        has_right=False,
                    )
        ways = step
    return max(ways.values(), key=lambda way: way.score)


def _keep(
    step: _Ways, side: Side, way: Way, score: float, *, has_left: bool, has_right: bool
) -> None:
    """Keeps the better way to a side."""
    total = way.score + score
    has_left, has_right = way.has_left or has_left, way.has_right or has_right
    key = (side, has_left, has_right)
    if key not in step or total > step[key].score:
        step[key] = Way(total, (*way.sides, side), has_left, has_right)


def _move_score(last: Side, side: Side, ends: bool) -> float:
    """How well a side follows another one."""
    if side is Side.TEXT:
        return 0.0 if last is Side.TEXT or ends else _IMPOSSIBLE
    if side is last:
        return 0.0
    if side is Side.RIGHT:
        return -2.0 if last is Side.TEXT else 0.0
    return _IMPOSSIBLE if last is Side.TEXT else -3.0


def _joint_score(
    way: Way,
    side: Side,
    chunk: Chunk,
    before: Before | None,
    heads: tuple[int, int],
    starts: bool,
    sides: Sides,
) -> float:
    """How well a chunk goes on with the page before, where it is the first of its column."""
    lefts, rights = heads
    if side is Side.RIGHT and not rights and opens_cell(chunk, sides.form):
        # A row begins with its question, on the page of its answer.
        return 0.0 if way.has_left else -5.0
    has_begun, count = (way.has_right, rights) if side is Side.RIGHT else (way.has_left, lefts)
    if side is Side.TEXT or has_begun or before is None or count > 1:
        return -2.0 if side is not Side.TEXT and chunk.text[:1].islower() else 0.0
    if side is Side.RIGHT:
        return 0.7 + continues(before.comment, chunk.text, sides.form)
    if openness(before.question, sides.form):
        return continues(before.question, chunk.text, sides.form)
    return 0.0 if starts else -2.0


def _side_score(
    page: Sequence[Entry], index: int, side: Side, name: str, ends: bool, sides: Sides
) -> float:
    """How much a chunk looks like one of a side."""
    chunk = page[index]
    assert isinstance(chunk, Chunk)
    form, widths = sides.form, sides.style.widths.get(name, Widths())
    if side is Side.TEXT:
        last = page[index - 1] if index else None
        led = isinstance(last, Chunk) and (last.text.endswith(":") or opens_list_item(last.text))
        in_list = opens_list_item(chunk.text) and led
        score = -4.0 if opens_cell(chunk, form) else 1.5 if in_list else 0.0
        return score + 2.0 * _wraps(chunk, sides.style.text) + (3.0 if ends else 0.0)
    if opens_cell(chunk, form):
        # Answers of three columns come with the questions, else they begin the second column.
        own_side = Side.LEFT if sides.is_three(name) else Side.RIGHT
        return 0.0 if side is own_side else -1.0 if sides.is_three(name) else -4.0
    score = 0.0
    if starts_detail(chunk.text, form):
        score += 1.5
    elif asks(chunk.text) or leads_to_detail(page, index, form):
        score += 1.0
    if fold(chunk.text) in sides.questions.known:
        score += 3.0
    own = widths.question if side is Side.LEFT else widths.comment
    if opens_list_item(chunk.text):
        score -= 1.0
    before = page[index - 1] if index else None
    names_plan = starts_detail(chunk.text, form) and starts_label(chunk.text, form) is None
    if names_plan and isinstance(before, Chunk):
        # The reference of a question cell follows its question; one that follows other prose, or
        # a detail, is a comment that names a plan.
        asked = asks(before.text) or fold(before.text) in sides.questions.known
        is_prose = len(before.pieces) > 2 or starts_detail(before.text, form)
        score -= 3.0 if is_prose and not asked and not openness(before.text, form) else 0.0
    after_detail = isinstance(before, Chunk) and starts_detail(before.text, form)
    if after_detail and not score and side is Side.LEFT:
        # A detail is hardly followed by more of its cell that opens with no label.
        score -= 1.0
    return _sign(side) * score + 2.0 * _wraps(chunk, own) - (4.0 if ends else 0.0)


def _sign(side: Side) -> float:
    return 1.0 if side is Side.LEFT else -1.0


def _wraps(chunk: Chunk, width: int) -> float:
    """How well lines are broken for a width: 0 at best, less a line that is too long or short."""
    if not width:
        return 0.0
    lines = [piece.text for piece in chunk.pieces]
    wrong = 1.5 * sum(len(line) > width * 1.03 for line in lines)
    for line, following in pairwise(lines):
        word = following.split()[0]
        wrong += len(line) + 1 + len(word) < 0.95 * width
    return -float(min(wrong, _MOST_WRAPS))
