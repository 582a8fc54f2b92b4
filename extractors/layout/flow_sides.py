"""The sides of a page whose columns follow one another: text, questions, and what answers them.

Heads tell which table a chunk belongs to: as many heads of first columns stand before a question
as tables have begun, and as many heads of last columns before an answer. Which column a chunk
stands in is told by the order of the dump, by how its lines are broken, by answer words and
details, and by how it goes on with the page before; the best way through a page weighs them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from extractors.layout.blocks import HeadBlock, Paragraph
from extractors.layout.flow_align import Before, Questions, mismatch, opens_cell, reference_kind
from extractors.layout.flow_chunks import Chunk, ColumnHead, is_answer
from extractors.layout.flow_cuts import Widths, continues, openness
from extractors.layout.flow_evidence import asks, opens_list_item, starts_detail
from extractors.structure.headings import parse_number, wording_score
from extractors.structure.notices import is_instruction_label, notice_start
from extractors.text import fold
from models.form import Form

Entry = Chunk | HeadBlock | ColumnHead
_REPEATED_SHARE = 0.3
_UNUSUAL = 0.1
_MOST_WRAPS = 3
_IMPOSSIBLE = -1000.0
_NO_TABLE = 8.0
_NEAR = 6.0
_SURE_MARGIN = 2.0
_MISMATCH = 3.0


class Side(Enum):
    """Where a chunk of a page stands."""

    TEXT = "text"
    LEFT = "left"
    RIGHT = "right"


@dataclass
class PageTable:
    """What stands of one table on one page.

    Attributes:
        name: Id of the kind of table.
        head: Pieces of its heads on this page.
        left: Chunks of its first column, with those of an answer column between them.
        right: Chunks of its last column.
        goes_on: Whether it may go on from the page before.
        parted: Numbers of the lines that more empty lines than usual stand before: the trace of
            a blank answer.
    """

    name: str
    head: Paragraph = ()
    left: list[Chunk] = field(default_factory=list)
    right: list[Chunk] = field(default_factory=list)
    goes_on: bool = False
    parted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ColumnStyle:
    """How the pages of a dump are set.

    Attributes:
        repeats: Whether a table that goes on has its heads again.
        widths: Widest line of the first and the last column by kind of table.
        text: Widest line of all.
        by_table: Whether each table on a page has its columns by itself.
        parted: Numbers of the lines that more empty lines than usual stand before.
    """

    repeats: bool
    widths: dict[str, Widths]
    text: int = 0
    by_table: bool = False
    parted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sides:
    """What is needed to tell the sides of a page apart."""

    form: Form
    style: ColumnStyle
    questions: Questions

    def is_three(self, name: str) -> bool:
        """Whether answers and comments of a kind of table have a column each."""
        return any(table.id == name and len(table.columns) > 2 for table in self.form.tables)

    def is_last(self, head: ColumnHead) -> bool:
        """Whether a head is that of the last column of its table."""
        return head.column > 0 and head.column == (2 if self.is_three(head.table) else 1)


def find_questions(pages: Sequence[Sequence[Entry]], form: Form) -> Questions:
    """Returns how questions look: known from the form or from their repeating, and references."""
    chunks = [item for page in pages for item in page if isinstance(item, Chunk)]
    counts = Counter(fold(chunk.text) for chunk in chunks)
    known = {
        fold(chunk.text)
        for chunk, following in pairwise(chunks)
        if counts[fold(chunk.text)] > 1
        and (is_answer(following.text, form) or starts_detail(following.text, form))
        and not (is_answer(chunk.text, form) or starts_detail(chunk.text, form))
        and not opens_list_item(chunk.text)
    }
    kinds = {reference_kind(chunk.text, form) for chunk in chunks if asks(chunk.text)}
    return Questions(
        frozenset(known | {fold(question.question) for question in form.questions}),
        frozenset(kind for kind in kinds if kind is not None),
    )


@dataclass
class _Lengths:
    """How long the lines of both columns of a kind of table are, in characters."""

    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)


def column_style(pages: Sequence[Sequence[Entry]], form: Form) -> ColumnStyle:
    """Returns how the pages of a dump are set, as seen beside its sure questions and answers."""
    opens = sum(isinstance(page[0], ColumnHead) for page in pages)
    repeats = opens > _REPEATED_SHARE * len(pages)
    plain = Sides(form, ColumnStyle(repeats, {}), Questions())
    lines = {table.id: _Lengths() for table in form.tables}
    open_table = form.tables[0].id
    for page in pages:
        names = _names(page, Before(open_table), plain)
        open_table = names[-1]
        lefts = rights = 0
        for index, item in enumerate(page):
            if isinstance(item, ColumnHead):
                lefts += item.column == 0
                rights += plain.is_last(item)
            lengths = [len(piece.text) for piece in item.pieces]
            if _is_surely_left(page, index, form):
                lines[names[lefts]].left += lengths
            elif _is_surely_right(page, index, form):
                lines[names[rights]].right += lengths
    widths = {name: Widths(_widest(own.left), _widest(own.right)) for name, own in lines.items()}
    longest = [len(piece.text) for page in pages for item in page for piece in item.pieces]
    return ColumnStyle(
        repeats,
        widths,
        _widest(longest, 0.995),
        by_table=_heads_together(pages, plain),
        parted=_parted_lines(pages),
    )


def _parted_lines(pages: Sequence[Sequence[Entry]]) -> frozenset[int]:
    """Lines that more empty lines stand before than one; none where that is nothing unusual."""
    gaps = {
        item.pieces[0].line.number: item.pieces[0].line.number - before.pieces[-1].line.number - 1
        for page in pages
        for before, item in pairwise(page)
    }
    wide = frozenset(number for number, gap in gaps.items() if gap > 1)
    return wide if len(wide) < _UNUSUAL * len(gaps) else frozenset()


def _heads_together(pages: Sequence[Sequence[Entry]], sides: Sides) -> bool:
    """Whether most heads of last columns stand right after those of the columns before."""
    together = sum(
        isinstance(item, ColumnHead)
        and sides.is_last(item)
        and (1 if isinstance(before, ColumnHead) else -1)
        for page in pages
        for before, item in pairwise(page)
    )
    return together > 0


def _is_surely_left(page: Sequence[Entry], index: int, form: Form) -> bool:
    """Whether a chunk is a full question before its detail, or that detail."""
    return any(
        isinstance(question, Chunk)
        and asks(question.text)
        and isinstance(detail, Chunk)
        and starts_detail(detail.text, form)
        for question, detail in pairwise(page[max(0, index - 1) : index + 2])
    )


def _leads_to_detail(page: Sequence[Entry], index: int, form: Form) -> bool:
    following = page[index + 1] if index + 1 < len(page) else None
    return isinstance(following, Chunk) and starts_detail(following.text, form)


def _is_surely_right(page: Sequence[Entry], index: int, form: Form) -> bool:
    before = page[index - 1] if index else None
    after = page[index + 1] if index + 1 < len(page) else None
    item = page[index]
    if not isinstance(item, Chunk) or len(item.pieces) < 3 or asks(item.text):
        return False
    if starts_detail(item.text, form) or _leads_to_detail(page, index, form):
        return False
    beside_answer = any(
        isinstance(other, Chunk) and is_answer(other.text, form) for other in (before, after)
    )
    return beside_answer or isinstance(after, ColumnHead) or after is None


def _widest(lengths: list[int], share: float = 0.95) -> int:
    """The widest line but for rare outliers."""
    return sorted(lengths)[int(len(lengths) * share)] if lengths else 0


def page_parts(
    page: Sequence[Entry], before: Before | None, sides: Sides
) -> list[Chunk | PageTable]:
    """Returns the text and the tables of a page in order, each table with its columns.

    Args:
        page: The chunks and heads of a page.
        before: The table that is open where the page begins, if any.
        sides: Form and style.
    """
    opens = isinstance(page[0], ColumnHead)
    goes_on = before if not opens and not sides.style.repeats else None
    setting = _Setting(page, before if opens else goes_on, goes_on is not None, sides)
    ranked = sorted(_ways(setting), key=lambda way: _fit(way, setting), reverse=True)
    best = ranked[0]
    limit = _fit(best, setting) - _SURE_MARGIN
    doubtful = {
        index
        for other in ranked[1:]
        if _fit(other, setting) > limit
        for index, (one, two) in enumerate(zip(best.sides, other.sides, strict=True))
        if one is not two
    }
    return _parts(setting, best.sides, doubtful)


def _ways(setting: _Setting) -> list[_Way]:
    """The best way through a page, and those that are hardly worse and differ somewhere."""
    best = _best_way(setting)
    ways = [best]
    for index, item in enumerate(setting.page):
        is_sure = isinstance(item, Chunk) and opens_cell(item, setting.sides.form)
        if isinstance(item, Chunk) and not (is_sure and len(set(setting.names)) == 1):
            other = _best_way(setting, (index, best.sides[index]))
            if other.score > best.score - _NEAR and all(way.sides != other.sides for way in ways):
                ways.append(other)
    return ways


def _fit(way: _Way, setting: _Setting) -> float:
    """How good a way is, and how well questions and answers match in its tables."""
    wrong = 0
    for part in _parts(setting, way.sides, set()):
        if isinstance(part, PageTable):
            goes_on = setting.before if part.goes_on else None
            three = setting.sides.is_three(part.name)
            wrong += mismatch(part, goes_on, three, setting.sides.questions, setting.sides.form)
    return way.score - _MISMATCH * wrong


def _parts(setting: _Setting, found: Sequence[Side], doubtful: set[int]) -> list[Chunk | PageTable]:
    """Gives each chunk of a page to the text or to a column of a table."""
    sides, page = setting.sides, setting.page
    tables = [PageTable(name, parted=sides.style.parted) for name in setting.names]
    first = 0 if setting.is_open else 1
    if setting.before is not None and len(tables) > first:
        tables[first].goes_on = tables[first].name == setting.before.name
    parts: list[Chunk | PageTable] = []
    lefts = rights = 0
    for index, (item, side) in enumerate(zip(page, found, strict=True)):
        if isinstance(item, Chunk) and side is Side.TEXT:
            parts.append(item)
            continue
        if isinstance(item, Chunk):
            table = tables[lefts if side is Side.LEFT else rights]
            chunk = replace(item, doubtful=True) if index in doubtful else item
            (table.left if side is Side.LEFT else table.right).append(chunk)
        else:
            is_last = isinstance(item, ColumnHead) and sides.is_last(item)
            lefts += isinstance(item, ColumnHead) and item.column == 0
            rights += is_last
            table = tables[rights if is_last else lefts]
            table.head = (*table.head, *item.pieces)
        if not any(part is table for part in parts):
            # What goes on from the page before comes first, wherever its right side stands.
            parts.insert(0 if table is tables[0] else len(parts), table)
    return parts


def _names(page: Sequence[Entry], goes_on: Before | None, sides: Sides) -> list[str]:
    """Kinds of the tables of a page; the first is what goes on without heads."""
    heads = [item for item in page if isinstance(item, ColumnHead)]
    lasts = [head.table for head in heads if sides.is_last(head)]
    firsts = [head.table for head in heads if head.column == 0]
    middles = [head.table for head in heads if head.column and not sides.is_last(head)]
    own = lasts + (middles + firsts)[: max(0, len(firsts) - len(lasts))]
    own += firsts[len(own) :]
    return [goes_on.name if goes_on is not None else sides.form.tables[0].id, *own]


@dataclass(frozen=True)
class _Way:
    """The best way to an entry: the side of each, and whether both columns have begun."""

    score: float = 0.0
    sides: tuple[Side, ...] = ()
    has_left: bool = False
    has_right: bool = False


_Ways = dict[tuple[Side, bool, bool], _Way]
"""The best way to each side, by whether both columns have begun."""


@dataclass(frozen=True)
class _Setting:
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
        return _names(self.page, self.before if self.is_open else None, self.sides)


def _best_way(setting: _Setting, banned: tuple[int, Side] | None = None) -> _Way:
    """Returns the best way through a page that does not have a chunk at a side."""
    page, sides, before, is_open = setting.page, setting.sides, setting.before, setting.is_open
    names = setting.names
    ways: _Ways = {(Side.LEFT if is_open else Side.TEXT, False, False): _Way()}
    lefts = rights = 0
    for index, item in enumerate(page):
        step: _Ways = {}
        if isinstance(item, Chunk):
            ends = ends_table(page, index, sides.form)
            starts = asks(item.text) or _leads_to_detail(page, index, sides.form)
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
                    move = _move_score(page, index, last, side, ends)
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
    step: _Ways, side: Side, way: _Way, score: float, *, has_left: bool, has_right: bool
) -> None:
    """Keeps the better way to a side."""
    total = way.score + score
    has_left, has_right = way.has_left or has_left, way.has_right or has_right
    key = (side, has_left, has_right)
    if key not in step or total > step[key].score:
        step[key] = _Way(total, (*way.sides, side), has_left, has_right)


def _move_score(page: Sequence[Entry], index: int, last: Side, side: Side, ends: bool) -> float:
    """How well a side follows another one."""
    after_head = index > 0 and not isinstance(page[index - 1], Chunk)
    if side is Side.TEXT:
        return 0.0 if last is Side.TEXT or ends else _IMPOSSIBLE
    if side is last:
        return 0.0
    if side is Side.RIGHT:
        return -2.0 if last is Side.TEXT else 0.0
    return _IMPOSSIBLE if last is Side.TEXT else 0.0 if after_head else -3.0


def _joint_score(
    way: _Way,
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
        score = -4.0 if opens_cell(chunk, form) else 1.5 if opens_list_item(chunk.text) else 0.0
        return score + 2.0 * _wraps(chunk, sides.style.text) + (3.0 if ends else 0.0)
    if opens_cell(chunk, form):
        # Answers of three columns come with the questions, else they begin the second column.
        own_side = Side.LEFT if sides.is_three(name) else Side.RIGHT
        return 0.0 if side is own_side else -1.0 if sides.is_three(name) else -4.0
    score = 0.0
    if starts_detail(chunk.text, form):
        score += 1.5
    elif asks(chunk.text) or _leads_to_detail(page, index, form):
        score += 1.0
    if fold(chunk.text) in sides.questions.known:
        score += 3.0
    own = widths.question if side is Side.LEFT else widths.comment
    if opens_list_item(chunk.text):
        score -= 1.0
    before = page[index - 1] if index else None
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


def ends_table(page: Sequence[Entry], index: int, form: Form) -> bool:
    """Whether a chunk of the left column is text outside tables: a heading or an instruction."""
    item = page[index]
    if not isinstance(item, Chunk):
        return False
    if is_instruction_label(item.text, form):
        return True
    parsed = parse_number(item.text)
    if parsed is None or wording_score(parsed[1]) < 0:
        return False
    following = page[index + 1] if index + 1 < len(page) else None
    if following is None:
        return len(parsed[0]) > 1
    if not isinstance(following, Chunk):
        return True
    text = following.text
    leads = is_instruction_label(text, form) or notice_start(text, form)
    return leads or notice_start(item.pieces[-1].text, form) or ends_table(page, index + 1, form)
