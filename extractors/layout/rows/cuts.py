"""Whether the text at the top of a page goes on with the row that the last page left off.

The evidence is weighed on the cells' text and weight alone, so that it can be tried without any
file. Points for going on are positive; where they are few either way, the row is in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extractors.layout.cells.paragraphs import is_unfinished, opens_detail
from models.form import Form

_SURE = 2.5
_REFERENCE_REACH = 40
_QUESTION_MARK = "?"


@dataclass(frozen=True, slots=True)
class RowPart:
    """What stands of a row on one side of a page break.

    Attributes:
        question: Text of the question cell.
        answer: Whether an answer stands alone on the first line of its cell.
        comment: Text of the comment.
        opens_bold: Whether the question cell's first line is bold.
        ends_bold: Whether its last line is bold.
        opens_with: How many parts the bare reference has that opens the question cell, or 0.
        question_room: Room that is left beside the question cell's last line, in characters; None
            without geometry.
        comment_room: Room beside the comment's last line, likewise.
        shaded: Whether it is shaded; None where rows are not shaded by turns.
        open_edge: Whether no line is drawn where the page cuts the table; None where the table's
            rows are not ruled.
    """

    question: str = ""
    answer: bool = False
    comment: str = ""
    opens_bold: bool = False
    ends_bold: bool = False
    opens_with: int = 0
    question_room: float | None = None
    comment_room: float | None = None
    shaded: bool | None = None
    open_edge: bool | None = None


class Habits(NamedTuple):
    """What the rows of a document have in common.

    Attributes:
        bold_starts: Whether questions are bold and what follows in their cells is not.
        asks: Whether questions hold a question mark.
        numbered: Numbers of parts of the references that open questions (3 for 2:3:1).
        closed_cuts: Whether a line is drawn below cut rows too; None where that is not known.
        zebra: Whether every other row is shaded.
        open_rows: Whether rows that end with the page can lack a line below them.
    """

    bold_starts: bool = False
    asks: bool = True
    numbered: frozenset[int] = frozenset()
    closed_cuts: bool | None = None
    zebra: bool = False
    open_rows: bool = False


class Verdict(NamedTuple):
    """Whether the row goes on, and whether the evidence is strong."""

    goes_on: bool
    sure: bool


def judge(before: RowPart, after: RowPart, habits: Habits, form: Form) -> Verdict:
    """Weighs whether what opens a page goes on with the row before it.

    Args:
        before: The row so far.
        after: What stands on the new page down to the next sure border of a row.
        habits: What the rows of the document have in common.
        form: The form, for labels and references.
    """
    if not after.question:
        # A row has a question, so this is no row of its own.
        return Verdict(True, not after.answer or not before.answer)
    points = (
        _question_points(before, after, habits, form)
        + _answer_points(before, after)
        + _comment_points(before, after)
        + _edge_points(before, habits)
        + _shade_points(before, after, habits)
    )
    return Verdict(points > 0, abs(points) >= _SURE)


def _divides_reference(before: str, after: str, form: Form) -> bool:
    """Whether a reference such as "Insats 2:4" begins in one text and ends in the other."""
    tail, opening = before[-_REFERENCE_REACH:], after[:_REFERENCE_REACH]
    return any(
        match.start() < len(tail) < match.start("ref") + 1
        for pattern in form.reference_patterns
        for match in pattern.finditer(f"{tail} {opening}")
    )


def _asks(question: str, form: Form) -> bool:
    return _QUESTION_MARK in question or form.request_pattern.match(question) is not None


def _question_points(before: RowPart, after: RowPart, habits: Habits, form: Form) -> float:
    points = 0.0
    asked = _asks(before.question, form)
    asks = _asks(after.question, form)
    # What stands in brackets after a question tells whom it is for.
    is_remark = after.question.startswith("(") and before.question.endswith(_QUESTION_MARK)
    points += 4.0 if is_remark else 0.0
    if habits.bold_starts and after.opens_bold:
        points += 1.0 if before.ends_bold and (is_remark or not asked) else -5.0
    elif habits.bold_starts:
        points += 5.0
    if after.question[:1].islower():
        points += 4.0
    elif _breaks(before.question_room, after.question):
        points -= 1.0
    elif is_unfinished(before.question):
        points += 3.0 if before.question[-1] in "-,\u2010\u00ad" else 0.5
    else:
        points -= 0.5
    if _divides_reference(before.question, after.question, form):
        points += 6.0
    elif opens_detail(after.question, form):
        points += 4.0
    elif after.opens_with:
        points += -4.0 if after.opens_with in habits.numbered else 2.0
    if habits.asks:
        if asks:
            points += -2.5 if asked else 2.0
        elif asked:
            points += 2.0
    return points


def _answer_points(before: RowPart, after: RowPart) -> float:
    if after.answer:
        return -4.0 if before.answer or not before.question else -1.0
    if after.comment:
        return 2.0 if before.answer or before.comment else 0.0
    return 1.5


def _comment_points(before: RowPart, after: RowPart) -> float:
    if not after.comment or after.answer:
        return -1.0 if after.answer and is_unfinished(before.comment) else 0.0
    points = 0.0
    if after.comment[:1].islower():
        return 4.0 + (3.0 if is_unfinished(before.comment) else 0.0)
    if _breaks(before.comment_room, after.comment):
        return -1.0
    if before.comment:
        points += 2.5 if is_unfinished(before.comment) else -0.5
    return points


def _breaks(room: float | None, following: str) -> bool:
    """Whether a line was left before the following word, for which there was room."""
    return room is not None and bool(following) and len(following.split(maxsplit=1)[0]) + 1 < room


def _edge_points(before: RowPart, habits: Habits) -> float:
    """Weighs whether a line is drawn below the last line of the page."""
    if before.open_edge is None:
        return 0.0
    if before.open_edge:
        return 0.0 if habits.open_rows else 5.0
    return -5.0 if habits.closed_cuts is False else 0.0


def _shade_points(before: RowPart, after: RowPart, habits: Habits) -> float:
    """Weighs shading, where every other row has it."""
    if not habits.zebra or before.shaded is None or after.shaded is None:
        return 0.0
    return 3.0 if before.shaded == after.shaded else -8.0
