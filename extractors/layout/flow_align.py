"""Rows of a table on one page from its columns: which chunks open a cell, and whose they are.

Questions and answers are matched by count. Where the count leaves a choice, the best one is taken
and marked as doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from extractors.layout.flow_chunks import Chunk, Gap, Place, is_answer
from extractors.layout.flow_cuts import continues, openness
from extractors.layout.flow_evidence import asks, opens_list_item, starts_detail
from extractors.text import fold
from models.form import Form

_LONGEST_UNKNOWN_ANSWER = 4
_FORCED = 50.0
_AFTER_ANSWER = 3.0
_BLANK_ROW = 5.0
_SURE_MARGIN = 3.0


class Columns(Protocol):
    """The chunks of a table on one page by column."""

    name: str
    left: list[Chunk]
    right: list[Chunk]
    parted: frozenset[int]


@dataclass(frozen=True)
class Questions:
    """How questions of a dump look.

    Attributes:
        known: Questions of the form, and texts that repeat; compared as `fold` gives them.
        references: Kinds of references that questions open with, as `reference_kind` gives them.
    """

    known: frozenset[str] = frozenset()
    references: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Before:
    """Where a table leaves off at the end of a page.

    Attributes:
        name: Id of the kind of table.
        question: The last paragraph of the last question cell.
        comment: The last paragraph of the last answer or comment.
    """

    name: str
    question: str = ""
    comment: str = ""


@dataclass(frozen=True)
class PlacedTable:
    """The chunks of a table on one page in the order of cells.

    Attributes:
        chunks: The chunks, each with its place.
        after: Where the table leaves off.
        doubts_before: Whether the row before the page may have lost its end.
    """

    chunks: list[Chunk]
    after: Before
    doubts_before: bool = False


@dataclass
class _Rows:
    """Cells row by row; the first row of each is the rest of a row of the page before."""

    left: list[list[Chunk]]
    right: list[list[Chunk]]
    doubtful: bool
    doubts_before: bool = False


def place_chunks(
    table: Columns,
    before: Before | None,
    has_comment_column: bool,
    questions: Questions,
    form: Form,
) -> PlacedTable:
    """Sets the columns of a table on one page into the order of cells.

    Args:
        table: The chunks by column.
        before: Where the table left off on the page before; None where it begins here.
        has_comment_column: Whether answers and comments have a column each.
        questions: How questions of the dump look.
        form: The form.
    """
    arrange = _three if has_comment_column else _two
    rows = arrange(table, before, questions, form)
    chunks: list[Chunk] = []
    for place, (cell, answers) in enumerate(zip(rows.left, rows.right, strict=True)):
        first_left = Place.QUESTION if place else Place.TAIL
        chunks += _placed(cell, first_left, Place.DETAIL if place else Place.TAIL, not place)
        chunks += _placed(answers, Place.COMMENT, Place.COMMENT, not place, form)
    doubts_before = rows.doubts_before
    if before is not None and any(chunk.doubtful for chunk in (*table.left, *table.right)):
        doubts_before = True
    if rows.doubtful:
        chunks = [replace(chunk, doubtful=True) for chunk in chunks]
    question = rows.left[-1][-1].text if rows.left[-1] else before.question if before else ""
    comment = rows.right[-1][-1].text if rows.right[-1] else ""
    if len(rows.right) == 1 and not comment and before is not None:
        comment = before.comment
    return PlacedTable(chunks, Before(table.name, question, comment), doubts_before)


def _placed(
    cell: Sequence[Chunk], first: Place, rest: Place, page_start: bool, form: Form | None = None
) -> list[Chunk]:
    placed = []
    for index, chunk in enumerate(cell):
        place = rest if index else first
        if form is not None and not page_start and _opens_with_answer(cell, index, form):
            place = Place.ANSWER
        starts = chunk.page_start or (page_start and not index)
        placed.append(replace(chunk, place=place, page_start=starts))
    return placed


def _opens_with_answer(cell: Sequence[Chunk], index: int, form: Form) -> bool:
    """Whether a chunk is the answer of its cell, or one of the boxes to choose from."""
    if chunk_is_told(cell[index]):
        return True
    own = cell[: index + 1]
    return all(opens_cell(chunk, form) for chunk in own) and all(
        chunk.gap is Gap.NONE for chunk in own[1:]
    )


def chunk_is_told(chunk: Chunk) -> bool:
    """Whether the column of a chunk tells that it is an answer."""
    return chunk.place is Place.ANSWER


def mismatch(
    table: Columns,
    before: Before | None,
    has_comment_column: bool,
    questions: Questions,
    form: Form,
) -> int:
    """Returns by how many the questions and the answers of a table on a page differ."""
    if has_comment_column:
        asked = [chunk for chunk in table.left if not opens_cell(chunk, form)]
        answers = len(table.left) - len(asked)
    else:
        asked = table.left
        scores = [_right_score(table, index, before, form) for index in range(len(table.right))]
        answers = sum(score > 0 for score in scores)
    starts = sum(score > 0 for score in _left_scores(asked, before, questions, form))
    return abs(starts - answers)


def opens_cell(chunk: Chunk, form: Form) -> bool:
    """Whether a chunk is an answer, not the last word of a comment that is one by chance."""
    # A single small letter is a mark of a symbol font: "l Ja".
    goes_on = chunk.text[:2].strip().islower() and chunk.text[1:2].isalpha()
    return is_answer(chunk.text, form) and not goes_on


def is_short(chunk: Chunk) -> bool:
    """Whether a chunk is as short as an answer that the form does not know."""
    is_line = len(chunk.pieces) == 1 and len(chunk.text.split()) <= _LONGEST_UNKNOWN_ANSWER
    return is_line and not chunk.text.endswith((".", "?", ":")) and not opens_list_item(chunk.text)


def _two(table: Columns, before: Before | None, questions: Questions, form: Form) -> _Rows:
    """Rows of a table of two columns: an answer tells where each cell of the second begins."""
    left, right = table.left, table.right
    lefts = _left_scores(left, before, questions, form)
    rights = [_right_score(table, index, before, form) for index in range(len(right))]
    count, blank, margin = _best_count(lefts, rights)
    own = _parted(left, _best(lefts, count))
    others = _parted(right, _best(rights, count - blank))
    others += [[] for _ in range(blank)]
    doubtful = blank > 0 or margin < _SURE_MARGIN
    return _Rows(own, others, doubtful, doubtful and before is not None)


def _best_count(lefts: list[float], rights: list[float]) -> tuple[int, int, float]:
    """Returns the best number of rows, of rows without a second cell, and the margin."""
    totals = []
    for count in range(len(lefts) + 1):
        for blank in range(min(count, 2) + 1):
            if count - blank <= len(rights):
                total = _top(lefts, count) + _top(rights, count - blank) - _BLANK_ROW * blank
                totals.append((total, count, blank))
    totals.sort(key=lambda entry: (-entry[0], entry[2]))
    if not totals:
        return 0, 0, _FORCED
    best, count, blank = totals[0]
    margin = best - totals[1][0] if len(totals) > 1 else _FORCED
    margin = min(margin, _gap(lefts, count), _gap(rights, count - blank))
    return count, blank, margin


def _top(scores: list[float], count: int) -> float:
    return sum(sorted(scores, reverse=True)[:count])


def _gap(scores: list[float], count: int) -> float:
    """How much better the last that is taken is than the first that is not."""
    ranked = sorted(scores, reverse=True)
    return ranked[count - 1] - ranked[count] if 0 < count < len(ranked) else _FORCED


def _best(scores: list[float], count: int) -> list[int]:
    ranked = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
    return sorted(ranked[:count])


def _parted(group: Sequence[Chunk], starts: Sequence[int]) -> list[list[Chunk]]:
    """Parts a group at some places; the first part is what stands before the first of them."""
    edges = [0, *starts, len(group)]
    return [list(group[start:end]) for start, end in pairwise(edges)]


def _left_scores(
    left: Sequence[Chunk], before: Before | None, questions: Questions, form: Form
) -> list[float]:
    return [_left_score(left, index, before, questions, form) for index in range(len(left))]


def _left_score(
    left: Sequence[Chunk], index: int, before: Before | None, questions: Questions, form: Form
) -> float:
    """How much a chunk of the left column looks like the start of a question cell."""
    text = left[index].text
    following = left[index + 1].text if index + 1 < len(left) else ""
    previous = left[index - 1].text if index else before.question if before else ""
    if not index and before is None:
        return _FORCED
    score = -1.0
    score += 3.0 if asks(text) else 1.5 if "?" in text else 0.0
    score += 5.0 if fold(text) in questions.known else 0.0
    score -= 1.0 if asks(previous) and not asks(text) and index else 0.0
    if reference_kind(text, form) in questions.references:
        score += 6.0
    elif starts_detail(text, form):
        score -= 1.0 if asks(text) else 6.0
    if starts_detail(following, form) and not asks(following):
        score += 2.0 if asks(previous) and not asks(text) else 5.0
    score -= 5.0 if text[:1].islower() else 0.0
    score -= 3.0 if opens_list_item(text) else 0.0
    if starts_detail(previous, form) and not starts_detail(text, form):
        score += 3.5 if index else 1.0
    if not index:
        score -= continues(previous, text, form)
        if before is not None and previous and not _is_complete(previous, form):
            score -= 6.0
    return score - (2.0 if openness(previous, form) == 1 else 0.0)


def _is_complete(cell: str, form: Form) -> bool:
    """Whether the end of a question cell has its question, or is a detail or a full sentence."""
    return asks(cell) or starts_detail(cell, form) or not openness(cell, form)


def reference_kind(text: str, form: Form) -> tuple[int, int] | None:
    """Returns which reference of the form a text opens with, and how many parts its number has."""
    for place, pattern in enumerate(form.reference_patterns):
        if match := pattern.match(text):
            return place, match.group().count(":")
    return None


def _right_score(table: Columns, index: int, before: Before | None, form: Form) -> float:
    """How much a chunk of the second column looks like the start of its cell."""
    if not index and before is None:
        return _FORCED
    right = table.right
    chunk = right[index]
    if opens_cell(chunk, form):
        is_option = index > 0 and chunk.gap is Gap.NONE and opens_cell(right[index - 1], form)
        return -6.0 if is_option else 6.0
    score = -6.0 + (4.0 if is_short(chunk) else 0.0)
    if chunk.pieces[0].line.number in table.parted:
        score += 7.0
    return score - (3.0 if chunk.text[:1].islower() else 0.0)


def _three(table: Columns, before: Before | None, questions: Questions, form: Form) -> _Rows:
    """Rows of a table of three columns: nothing but the text tells the comments apart.

    The answers stand among the questions, in the order of rows.
    """
    left, right = table.left, table.right
    answers = [chunk for chunk in left if opens_cell(chunk, form) or is_short(chunk)]
    asked = [chunk for chunk in left if not any(chunk is answer for answer in answers)]
    after_answer = {id(chunk) for before_it, chunk in pairwise(left) if before_it in answers}
    early = [chunk for chunk in right if opens_cell(chunk, form)]
    answers += early
    comments = [chunk for chunk in right if not any(chunk is answer for answer in early)]
    scores = [
        score + (_AFTER_ANSWER if id(chunk) in after_answer else 0.0)
        for chunk, score in zip(asked, _left_scores(asked, before, questions, form), strict=True)
    ]
    count = max(range(len(asked) + 1), key=lambda n: _count_score(scores, n, len(answers)))
    own = _parted(asked, _best(scores, count))
    rows = _answer_rows(own, answers)
    doubtful = len(set(rows)) < len(rows) or 0 in rows or _gap(scores, count) < _SURE_MARGIN
    doubtful |= count != len(answers) or _count_margin(scores, count, len(answers)) < _SURE_MARGIN
    cells, sure = _comment_cells(comments, count, before, form)
    for row, answer in zip(rows, answers, strict=True):
        cells[row].insert(0, replace(answer, place=Place.ANSWER))
    return _Rows(own, cells, doubtful or not sure, before is not None and not sure)


def _count_score(scores: list[float], count: int, answers: int) -> float:
    """How plausible a number of rows is beside a number of answers."""
    return _top(scores, count) - _BLANK_ROW * abs(count - answers)


def _count_margin(scores: list[float], count: int, answers: int) -> float:
    """How much better a number of rows is than any other."""
    others = [n for n in range(len(scores) + 1) if n != count]
    best = max((_count_score(scores, n, answers) for n in others), default=-_FORCED)
    return _count_score(scores, count, answers) - best


def _answer_rows(questions: Sequence[Sequence[Chunk]], answers: Sequence[Chunk]) -> list[int]:
    """Returns the row of each answer: in order, or after which question each stands."""
    count = len(questions) - 1
    if len(answers) == count:
        return list(range(1, count + 1))
    starts = [cell[0].pieces[0].line.number for cell in questions[1:]]
    return [sum(start < answer.pieces[0].line.number for start in starts) for answer in answers]


def _comment_cells(
    comments: Sequence[Chunk], count: int, before: Before | None, form: Form
) -> tuple[list[list[Chunk]], bool]:
    """Parts a comment column into the rest from the page before and a cell for each row.

    Returns the cells, and whether there was no choice.
    """
    if not count or not comments:
        return [list(comments), *([] for _ in range(count))], not count or before is None
    if count == 1 and before is None:
        return [[], list(comments)], True
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for cell in range(count + 1):
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (score, cuts) in best.items():
            if not cell and before is None:
                ends = range(1)
            elif cell == count:
                ends = range(len(comments), len(comments) + 1)
            else:
                ends = range(start, len(comments) + 1)
            for end in ends:
                total = score + _cell_score(comments, start, end, cell, before, form)
                if cell == count and start == end and openness(comments[-1].text, form):
                    # What breaks off at the end of the page is the last row's.
                    total -= 4.0
                if end not in step or total > step[end][0]:
                    step[end] = (total, (*cuts, end))
        best = step
    _, cuts = best[len(comments)]
    edges = [0, *cuts]
    return [list(comments[start:end]) for start, end in pairwise(edges)], False


def _cell_score(
    comments: Sequence[Chunk], start: int, end: int, cell: int, before: Before | None, form: Form
) -> float:
    """How well some chunks make a comment; the first cell is the rest of the one before."""
    if not cell:
        previous = before.comment if before else ""
        if start == end:
            return -4.0 if openness(previous, form) else 0.0
        return continues(previous, comments[start].text, form) - 0.1 * (end - start) ** 2
    if start == end:
        return -2.5
    text = comments[start].text
    previous = comments[start - 1].text if start else before.comment if before else ""
    score = -0.1 * (end - start) ** 2
    score -= 5.0 if text[:1].islower() else 0.0
    score -= 4.0 if opens_list_item(text) or previous.endswith(":") else 0.0
    state = openness(previous, form)
    return score + (-4.0 if state == 1 else 1.0 if state else 0.0)
