"""Text dumps that give a page's left column first and its right column after.

The questions of a page come one after the other, with the text between tables, and then the
answers and comments. Here each page is set back into the order of cells: the rest of a cut row
first, then row by row. What the order of the dump cannot tell is marked as doubtful, and shown as
such in the answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, zip_longest

from extractors.layout.blocks import HeadBlock, Paragraph
from extractors.layout.flow_chunks import Chunk, ColumnHead, Item, is_answer
from extractors.layout.flow_cuts import continues, openness
from extractors.layout.flow_evidence import asks, starts_detail, starts_label
from extractors.structure.headings import parse_number, wording_score
from extractors.structure.notices import is_instruction_label, notice_start
from models.form import Form

Group = list[Chunk]
Entry = Chunk | HeadBlock | ColumnHead


@dataclass
class _Table:
    """What stands of one table on one page.

    Attributes:
        head: Pieces of its heads on this page.
        name: Id of the kind of table; "" where its head stands on an earlier page.
        columns: Its chunks by column, the questions first.
    """

    head: Paragraph = ()
    name: str = ""
    columns: list[Group] = field(default_factory=lambda: [[]])


def goes_by_columns(items: Sequence[Entry], form: Form) -> bool:
    """Whether a dump gives a page's left column first and its right column after.

    Either the heads of its columns stand apart, with cells between them, or most of the pages
    that tell have several questions before the first answer and none after it.
    """
    apart = by_columns = by_rows = 0
    for _, page in groupby(items, key=_page):
        own = list(page)
        apart += _heads_stand_apart(own)
        chunks = [item for item in own if isinstance(item, Chunk)]
        answers = [index for index, chunk in enumerate(chunks) if is_answer(chunk.text, form)]
        questions = [index for index in range(len(chunks)) if _asks(chunks, index, form)]
        if len(answers) > 1 and len(questions) > 1:
            late = any(index > answers[0] for index in questions)
            by_rows += late
            by_columns += not late
    return apart > 1 or by_columns > by_rows


def by_cells(items: Sequence[Entry], form: Form) -> list[Item]:
    """Returns the items of a dump that goes by columns in the order of cells, row by row.

    Args:
        items: Chunks, and the heads of single columns.
        form: The form, for answers, details and labels.
    """
    ordered: list[Item] = []
    comment, in_table = "", False
    for _, page in groupby(items, key=_page):
        for part in _parts(list(page), comment, form, in_table=in_table):
            if isinstance(part, Chunk):
                ordered.append(part)
                in_table = False
                continue
            if part.head:
                ordered.append(HeadBlock(part.head, part.name, repeated=True))
            cells = list(_in_cell_order(part.columns, form))
            ordered += cells
            comment = cells[-1].text if cells else comment
            in_table = True
    return ordered


def _page(item: Entry) -> int | None:
    return item.pieces[0].line.page


def _heads_stand_apart(page: Sequence[Entry]) -> bool:
    """Whether cells stand between the head of the first column and that of another."""
    places = [
        (index, item.column) for index, item in enumerate(page) if isinstance(item, ColumnHead)
    ]
    first = next((index for index, column in places if column == 0), None)
    second = next((index for index, column in places if column > 0), None)
    return first is not None and second is not None and second > first + 1


def _parts(
    page: Sequence[Entry], comment: str, form: Form, *, in_table: bool
) -> list[Chunk | _Table]:
    """Returns the text and the tables of a page, each table with both its sides."""
    cut = _right_side(page, comment, form, in_table=in_table)
    parts = _left_side(page[:cut], form, in_table=in_table)
    tables = [part for part in parts if isinstance(part, _Table)]
    groups = _groups(page[cut:])
    if groups and not groups[0].head and tables and tables[0].head and not in_table:
        # What stands before the first head on the right belongs to the first table.
        tables[0].columns += groups.pop(0).columns
    for table, group in zip_longest(tables, groups):
        if table is None:
            parts.append(group)
        elif group is not None:
            table.head = (*table.head, *group.head)
            table.name = group.name or table.name
            table.columns += group.columns
    return parts


def _left_side(page: Sequence[Entry], form: Form, *, in_table: bool) -> list[Chunk | _Table]:
    parts: list[Chunk | _Table] = [_Table()] if in_table else []
    for index, item in enumerate(page):
        if isinstance(item, ColumnHead | HeadBlock):
            is_empty = len(parts) == 1 and parts == [_Table()]
            if is_empty:
                parts.clear()
            parts.append(_Table(item.pieces, item.table))
        elif parts and isinstance(parts[-1], _Table) and not _ends_table(page, index, form):
            parts[-1].columns[0].append(item)
        else:
            parts.append(item)
    return parts


def _groups(page: Sequence[Entry]) -> list[_Table]:
    """The right side of a page: a group of columns for each table."""
    groups: list[_Table] = []
    for item in page:
        if isinstance(item, Chunk):
            if not groups:
                groups.append(_Table())
            groups[-1].columns[-1].append(item)
        elif isinstance(item, ColumnHead) and item.column > 1 and groups:
            groups[-1].head = (*groups[-1].head, *item.pieces)
            groups[-1].columns.append([])
        else:
            groups.append(_Table(item.pieces, item.table))
    return groups


def _right_side(page: Sequence[Entry], comment: str, form: Form, *, in_table: bool) -> int:
    """Index of the first item of the right side of a page; its length where there is none."""
    head = next(
        (i for i, item in enumerate(page) if isinstance(item, ColumnHead) and item.column), None
    )
    answer = next(
        (
            i
            for i, item in enumerate(page)
            if isinstance(item, Chunk) and is_answer(item.text, form)
        ),
        len(page),
    )
    limit = min(answer, len(page) if head is None else head)
    repeats = isinstance(page[0], ColumnHead | HeadBlock)
    if not in_table or (repeats and head is not None and head <= answer):
        return limit
    # The rest of the comment before the page has no head of its own: find where it begins.
    start = limit
    while start and isinstance(page[start - 1], Chunk) and not _asks_at(page, start - 1, form):
        start -= 1
    return max(
        range(start, limit + 1), key=lambda cut: _cut_score(page, start, cut, limit, comment, form)
    )


def _cut_score(
    page: Sequence[Entry], start: int, cut: int, limit: int, comment: str, form: Form
) -> float:
    """How well the left column ends, and the right one goes on from the page before, at a cut."""
    left, right = _texts(page[start:cut]), _texts(page[cut:limit])
    score = 0.0
    if right:
        score += continues(comment, right[0], form) - 0.5
        score -= 4 * any(starts_detail(text, form) for text in right)
    elif openness(comment, form):
        score -= 1
    if left:
        score += 1.0 if starts_detail(left[0], form) else 0.0
        score -= sum(not starts_label(text, form) for text in left[1:])
    return score


def _texts(items: Sequence[Entry]) -> list[str]:
    return [item.text for item in items if isinstance(item, Chunk)]


def _ends_table(page: Sequence[Entry], index: int, form: Form) -> bool:
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
    if not isinstance(following, Chunk):
        return True
    text = following.text
    leads = is_instruction_label(text, form) or notice_start(text, form)
    return leads or notice_start(item.pieces[-1].text, form) or _ends_table(page, index + 1, form)


def _in_cell_order(columns: Sequence[Group], form: Form) -> Iterator[Chunk]:
    """Yields the chunks of a table on one page row by row.

    Args:
        columns: The chunks by column; only the questions where the page has no right side.
        form: The form.
    """
    left = columns[0]
    right = [chunk for group in columns[1:2] for chunk in group]
    if columns[2:]:
        right = _answers_with_comments(right, [c for group in columns[2:] for c in group], form)
    questions = _parted(left, [index for index in range(len(left)) if _asks(left, index, form)])
    answers = _parted(
        right, [index for index, chunk in enumerate(right) if is_answer(chunk.text, form)]
    )
    unequal = len(questions) != len(answers)
    yield from _sided(questions[0], is_left=True, page_start=True)
    yield from _sided(answers[0], is_left=False, page_start=True, doubtful=unequal)
    for question, answer in zip_longest(questions[1:], answers[1:]):
        yield from _sided(question or [], is_left=True, doubtful=unequal)
        yield from _sided(answer or [], is_left=False, doubtful=unequal)


def _asks_at(page: Sequence[Entry], index: int, form: Form) -> bool:
    group = [item for item in page[index : index + 2] if isinstance(item, Chunk)]
    return bool(group) and _asks(group, 0, form)


def _asks(group: Sequence[Chunk], index: int, form: Form) -> bool:
    """Whether a chunk opens a question cell."""
    chunk = group[index]
    if asks(chunk.text):
        return True
    following = group[index + 1].text if index + 1 < len(group) else ""
    is_detail = starts_detail(chunk.text, form)
    return not is_detail and starts_detail(following, form) and not asks(following)


def _answers_with_comments(answers: Group, comments: Group, form: Form) -> Group:
    """Sets the chunks of an answer column and of a comment column into one order.

    How many chunks each comment has is not told; they are doubtful unless there is one answer, or
    as many comments as answers.
    """
    rest = [chunk for chunk in answers if not is_answer(chunk.text, form)]
    own = [chunk for chunk in answers if is_answer(chunk.text, form)]
    if len(own) < 2:
        return [*rest, *own, *comments]
    sure = len(own) == len(comments)
    ordered: Group = []
    for index, answer in enumerate(own):
        last = len(comments) if index + 1 == len(own) else index + 1
        ordered.append(replace(answer, doubtful=not sure))
        ordered += comments[index:last]
    return [*rest, *ordered]


def _parted(group: Group, starts: Sequence[int]) -> list[Group]:
    """Parts a group at some places; the first part is what stands before the first of them."""
    edges = [0, *starts, len(group)]
    return [group[start:end] for start, end in pairwise(edges)]


def _sided(
    group: Group, *, is_left: bool, page_start: bool = False, doubtful: bool = False
) -> Iterator[Chunk]:
    for index, chunk in enumerate(group):
        yield replace(
            chunk,
            is_left=is_left,
            page_start=chunk.page_start or (page_start and not index),
            doubtful=chunk.doubtful or doubtful,
        )
