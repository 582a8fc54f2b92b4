"""The sides of a page whose columns follow one another: text, questions, and what answers them.

Heads tell which table a chunk belongs to: as many heads of first columns stand before a question
as tables have begun, and as many heads of last columns before an answer. Of the ways to part a
page that are hardly worse than the best, the one is taken in which questions and answers match;
where another one is as good, what differs is doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.layout.blocks import Paragraph
from extractors.layout.dumps.flow_align import mismatch
from extractors.layout.dumps.flow_cell_starts import Before, opens_cell
from extractors.layout.dumps.flow_chunks import Chunk, ColumnHead
from extractors.layout.dumps.flow_column_style import Entry, Sides
from extractors.layout.dumps.flow_side_scores import Side
from extractors.layout.dumps.flow_ways import Setting, Way, best_way

_NEAR = 6.0
_SURE_MARGIN = 3.0
_MISMATCH = 3.0


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
    setting = Setting(page, before if opens else goes_on, goes_on is not None, sides)
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
    if _turns_back(page, best.sides):
        # Columns that are mixed on a page may have lost the order of their cells as well.
        doubtful = set(range(len(page)))
    return _parts(setting, best.sides, doubtful)


def _turns_back(page: Sequence[Entry], found: Sequence[Side]) -> bool:
    """Whether the first column goes on after the last one, without a head or text between."""
    return any(
        before is Side.RIGHT and side is Side.LEFT and isinstance(item, Chunk)
        for before, side, item in zip(found, found[1:], page[1:], strict=False)
    )


def _ways(setting: Setting) -> list[Way]:
    """The best way through a page, and those that are hardly worse and differ somewhere."""
    best = best_way(setting)
    ways = [best]
    for index, item in enumerate(setting.page):
        is_sure = isinstance(item, Chunk) and opens_cell(item, setting.sides.form)
        if isinstance(item, Chunk) and not (is_sure and len(set(setting.names)) == 1):
            other = best_way(setting, (index, best.sides[index]))
            if other.score > best.score - _NEAR and all(way.sides != other.sides for way in ways):
                ways.append(other)
    return ways


def _fit(way: Way, setting: Setting) -> float:
    """How good a way is, and how well questions and answers match in its tables."""
    wrong = 0
    for part in _parts(setting, way.sides, set()):
        if isinstance(part, PageTable):
            goes_on = setting.before if part.goes_on else None
            three = setting.sides.is_three(part.name)
            wrong += mismatch(part, goes_on, three, setting.sides.questions, setting.sides.form)
    return way.score - _MISMATCH * wrong


def _parts(setting: Setting, found: Sequence[Side], doubtful: set[int]) -> list[Chunk | PageTable]:
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
