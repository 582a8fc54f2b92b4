"""Text dumps that give a page's left column first and its right column after.

The questions of a page come one after the other, then their answers and comments. Here each page
is set back into the order of cells: the rest of a cut row first, then row by row. What cannot be
told from the order of the dump is marked as doubtful, and shown as such in the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, zip_longest

from extractors.layout.blocks import HeadBlock
from extractors.layout.flow_chunks import Chunk, ColumnHead, Item, is_answer
from extractors.layout.flow_cuts import continues, openness
from extractors.layout.flow_evidence import asks, starts_detail
from extractors.structure.headings import parse_number, wording_score
from extractors.structure.notices import is_instruction_label, notice_start
from models.form import Form

Group = list[Chunk]


@dataclass
class _Segment:
    """The part of a table that stands on one page: its chunks by column, in the dump's order."""

    head: HeadBlock | None
    columns: list[Group] = field(default_factory=lambda: [[]])


def by_cells(items: Sequence[Item | ColumnHead], form: Form) -> list[Item]:
    """Returns the items of a dump in the order of cells, row by row.

    Args:
        items: Chunks and heads in the order of the dump, which has form feeds between its pages.
        form: The form, for answers, details and labels.
    """
    parts = [part for _, page in groupby(items, key=_page) for part in _segments(list(page), form)]
    if not _goes_by_columns(parts, form):
        return _as_they_stand(items)
    ordered: list[Item] = []
    comment = ""
    for part in parts:
        if isinstance(part, Chunk):
            ordered.append(part)
            comment = ""
            continue
        if part.head is not None:
            ordered.append(part.head)
        cells = list(_in_cell_order(part.columns, comment, form))
        ordered += cells
        comment = cells[-1].text if cells else comment
    return ordered


def _goes_by_columns(parts: Sequence[Chunk | _Segment], form: Form) -> bool:
    """Whether the pages that tell have their questions before their answers."""
    by_columns = by_rows = 0
    for part in parts:
        if isinstance(part, Chunk):
            continue
        if sum(map(bool, part.columns)) > 1:
            by_columns += 1
            continue
        group = part.columns[0]
        answers = [index for index, chunk in enumerate(group) if is_answer(chunk.text, form)]
        questions = [index for index in range(len(group)) if _asks(group, index, form)]
        if len(answers) < 2 or len(questions) < 2:
            continue
        if any(index > answers[0] for index in questions):
            by_rows += 1
        else:
            by_columns += 1
    return by_columns > by_rows


def _as_they_stand(items: Sequence[Item | ColumnHead]) -> list[Item]:
    """Returns items without a change of order; heads that stand apart are heads like any other."""
    return [
        HeadBlock(item.pieces, item.table) if isinstance(item, ColumnHead) else item
        for item in items
    ]


def _page(item: Item | ColumnHead) -> int | None:
    return item.pieces[0].line.page


def _segments(page: Sequence[Item | ColumnHead], form: Form) -> Iterator[Chunk | _Segment]:
    """Yields the text and the table parts of a page."""
    segment = _Segment(None)
    for index, item in enumerate(page):
        if isinstance(item, HeadBlock):
            yield from _closed(segment)
            segment = _Segment(item)
        elif isinstance(item, ColumnHead):
            if item.column == 0:
                yield from _closed(segment)
                segment = _Segment(HeadBlock(item.pieces, item.table, repeated=True))
            else:
                segment = _with_head(segment, item)
                segment.columns.append([])
        elif _opens_section(page, index, form):
            yield from _closed(segment)
            segment = _Segment(None)
            yield item
        else:
            segment.columns[-1].append(item)
    yield from _closed(segment)


def _closed(segment: _Segment) -> Iterator[_Segment]:
    if segment.head is not None or any(segment.columns):
        yield segment


def _with_head(segment: _Segment, item: ColumnHead) -> _Segment:
    """Adds the head of a further column to the head of the table."""
    if segment.head is None:
        head = HeadBlock(item.pieces, item.table, repeated=True)
    else:
        head = replace(segment.head, pieces=(*segment.head.pieces, *item.pieces), table=item.table)
    return _Segment(head, segment.columns)


def _opens_section(page: Sequence[Item | ColumnHead], index: int, form: Form) -> bool:
    """Whether a chunk is surely a heading, so that a table ends before it."""
    item = page[index]
    parsed = parse_number(item.text) if isinstance(item, Chunk) else None
    if parsed is None or wording_score(parsed[1]) < 0 or index + 1 >= len(page):
        return False
    following = page[index + 1]
    if not isinstance(following, Chunk):
        return True
    text = following.text
    return (
        is_instruction_label(text, form)
        or notice_start(text, form)
        or (parse_number(text) is not None and _opens_section(page, index + 1, form))
    )


def _in_cell_order(columns: Sequence[Group], comment: str, form: Form) -> Iterator[Chunk]:
    """Yields the chunks of a table on one page row by row.

    Args:
        columns: The chunks by column; one group where no heads part them.
        comment: Last text of the page before, to tell what goes on from it.
        form: The form.
    """
    filled = [group for group in columns if group]
    if len(filled) < 2:
        split = _split(filled[0], comment, form) if filled else None
        if split is None:
            yield from (chunk for group in filled for chunk in group)
            return
        left, right = split
    else:
        left = filled[0]
        right = _answers_with_comments(filled[1], filled[2], form) if filled[2:] else filled[1]
    questions = _parted(left, [index for index in range(len(left)) if _asks(left, index, form)])
    answers = _parted(
        right, [index for index, chunk in enumerate(right) if is_answer(chunk.text, form)]
    )
    unequal = len(questions) != len(answers) and len(questions) > 1
    yield from _sided(questions[0], is_left=True, page_start=True)
    yield from _sided(answers[0], is_left=False, page_start=True)
    for question, answer in zip_longest(questions[1:], answers[1:]):
        yield from _sided(question or [], is_left=True, doubtful=unequal)
        yield from _sided(answer or [], is_left=False, doubtful=unequal)


def _split(group: Group, comment: str, form: Form) -> tuple[Group, Group] | None:
    """Parts a page's questions from its answers where two questions come before an answer."""
    answers = [index for index, chunk in enumerate(group) if is_answer(chunk.text, form)]
    questions = [index for index in range(len(group)) if _asks(group, index, form)]
    if not answers or sum(index < answers[0] for index in questions) < 2:
        return None
    if any(index > answers[0] for index in questions):
        return None
    last = max(index for index in questions if index < answers[0])
    cuts = range(last + 1, answers[0] + 1)
    cut = max(cuts, key=lambda place: _cut_score(group, place, last, answers[0], comment, form))
    return group[:cut], group[cut:]


def _cut_score(
    group: Group, cut: int, question: int, answer: int, comment: str, form: Form
) -> float:
    """How well the left column ends, and the right one goes on from the page before, at a cut."""
    score = 0.0
    if cut < answer:
        score += continues(comment, group[cut].text) - 0.5
        score -= 4 * any(starts_detail(chunk.text, form) for chunk in group[cut:answer])
    elif openness(comment):
        score -= 1
    if cut > question + 1:
        score += 1.0 if starts_detail(group[question + 1].text, form) else 0.0
        score -= cut - question - 2
    return score


def _asks(group: Group, index: int, form: Form) -> bool:
    """Whether a chunk opens a question cell."""
    chunk = group[index]
    if asks(chunk.text) or "?" in re.split(r"(?<=\?)\s", chunk.text)[0]:
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
