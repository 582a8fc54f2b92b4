"""Rows of a table on one page from its columns: which chunks open a cell, and whose they are.

Questions and answers are matched by count. Where the count leaves a choice, the best one is taken
and marked as doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.dumps.flow_cell_starts import (
    FORCED,
    Before,
    Columns,
    Questions,
    is_short,
    left_scores,
    opens_cell,
    right_score,
)
from extractors.layout.dumps.flow_chunks import Chunk, Gap, Place
from extractors.layout.dumps.flow_comments import comment_cells
from models.form import Form

_AFTER_ANSWER = 3.0
_BLANK_ROW = 5.0
_SURE_MARGIN = 3.0


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
    _doubt_boundary(table, rows)
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


def _doubt_boundary(table: Columns, rows: _Rows) -> None:
    """Marks the last cell of the first column as doubtful where the last column may begin in it."""
    if rows.left[-1] and table.right and table.right[0].doubtful:
        rows.left[-1] = [replace(chunk, doubtful=True) for chunk in rows.left[-1]]


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
        scores = [right_score(table, index, before, form) for index in range(len(table.right))]
        answers = sum(score > 0 for score in scores)
    starts = sum(score > 0 for score in left_scores(asked, before, questions, form))
    return abs(starts - answers)


def _two(table: Columns, before: Before | None, questions: Questions, form: Form) -> _Rows:
    """Rows of a table of two columns: an answer tells where each cell of the second begins."""
    left, right = table.left, table.right
    lefts = left_scores(left, before, questions, form)
    rights = [right_score(table, index, before, form) for index in range(len(right))]
    count, blank, margin = _best_count(lefts, rights)
    own = _parted(left, _best(lefts, count))
    starts = _best(rights, count - blank)
    others = _parted(right, starts)
    others += [[] for _ in range(blank)]
    # A row that opens with no answer of the form may be none.
    is_guess = any(rights[index] < 0 for index in starts)
    doubtful = blank > 0 or is_guess or margin < _SURE_MARGIN
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
        return 0, 0, FORCED
    best, count, blank = totals[0]
    margin = best - totals[1][0] if len(totals) > 1 else FORCED
    margin = min(margin, _gap(lefts, count), _gap(rights, count - blank))
    return count, blank, margin


def _top(scores: list[float], count: int) -> float:
    return sum(sorted(scores, reverse=True)[:count])


def _gap(scores: list[float], count: int) -> float:
    """How much better the last that is taken is than the first that is not."""
    ranked = sorted(scores, reverse=True)
    return ranked[count - 1] - ranked[count] if 0 < count < len(ranked) else FORCED


def _best(scores: list[float], count: int) -> list[int]:
    ranked = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
    return sorted(ranked[:count])


def _parted(group: Sequence[Chunk], starts: Sequence[int]) -> list[list[Chunk]]:
    """Parts a group at some places; the first part is what stands before the first of them."""
    edges = [0, *starts, len(group)]
    return [list(group[start:end]) for start, end in pairwise(edges)]


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
        for chunk, score in zip(asked, left_scores(asked, before, questions, form), strict=True)
    ]
    count = max(range(len(asked) + 1), key=lambda n: _count_score(scores, n, len(answers)))
    own = _parted(asked, _best(scores, count))
    rows = _answer_rows(own, answers)
    doubtful = len(set(rows)) < len(rows) or 0 in rows or _gap(scores, count) < _SURE_MARGIN
    doubtful |= count != len(answers) or _count_margin(scores, count, len(answers)) < _SURE_MARGIN
    cells, sure = comment_cells(comments, count, before, form)
    for row, answer in zip(rows, answers, strict=True):
        cells[row].insert(0, replace(answer, place=Place.ANSWER))
    return _Rows(own, cells, doubtful or not sure, before is not None and not sure)


def _count_score(scores: list[float], count: int, answers: int) -> float:
    """How plausible a number of rows is beside a number of answers."""
    return _top(scores, count) - _BLANK_ROW * abs(count - answers)


def _count_margin(scores: list[float], count: int, answers: int) -> float:
    """How much better a number of rows is than any other."""
    others = [n for n in range(len(scores) + 1) if n != count]
    best = max((_count_score(scores, n, answers) for n in others), default=-FORCED)
    return _count_score(scores, count, answers) - best


def _answer_rows(questions: Sequence[Sequence[Chunk]], answers: Sequence[Chunk]) -> list[int]:
    """Returns the row of each answer: in order, or after which question each stands."""
    count = len(questions) - 1
    if len(answers) == count:
        return list(range(1, count + 1))
    starts = [cell[0].pieces[0].line.number for cell in questions[1:]]
    return [sum(start < answer.pieces[0].line.number for start in starts) for answer in answers]
