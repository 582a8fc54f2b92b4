"""A page break inside a table, with the text of rows on both sides of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.cells.runs import TextLine
from extractors.layout.rows.habits import Habits
from models.form import Form


@dataclass(frozen=True, slots=True)
class Side:
    """The text of one or several rows on one side of a page break.

    Attributes:
        question: Text of the question cell.
        answer: Whether there is an answer.
        comment: Text of the comment.
        opens_bold: Whether the question cell's first line is bold.
        ends_bold: Whether its last line is bold.
        question_room: Room left on the question cell's last line, in characters; None without
            geometry.
        comment_room: Room left on the comment's last line, likewise.
    """

    question: str = ""
    answer: bool = False
    comment: str = ""
    opens_bold: bool = False
    ends_bold: bool = False
    question_room: float | None = None
    comment_room: float | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A page break inside a table.

    Attributes:
        before: The last row of the previous page, as far as visible.
        after: The first of the new page.
        habits: What the rows of the document have in common.
        form: The form.
        closed: Whether something is drawn below the last line of the previous page; None if nothing
            separates rows.
        opened: Whether something is drawn above the first line of the new page, likewise.
        closed_share: Share of the document's breaks at which the table is closed.
        opened_share: Share at which something is drawn above.
        shades_differ: Whether only one side is shaded, if every other row is; otherwise None.
        white: White space at the bottom of the previous page, in lines.
        repeated: Whether the table's header is repeated.
        told_apart: Whether the file's tags separate the rows on its sides; None if unknown.
    """

    before: Side
    after: Side
    habits: Habits
    form: Form
    closed: bool | None = None
    opened: bool | None = None
    closed_share: float = 0.0
    opened_share: float = 0.0
    shades_differ: bool | None = None
    white: float = 0.0
    repeated: bool = False
    told_apart: bool | None = None


def breaks_before(room: float | None, following: str) -> bool:
    """Whether a line ended although the following word would have fitted on it."""
    return room is not None and bool(following) and len(following.split(maxsplit=1)[0]) + 1 < room


def room_beside(lines: Sequence[TextLine], right: float) -> float | None:
    """Returns how many more characters would have fitted on the last of a column's lines."""
    if not lines:
        return None
    last = lines[-1]
    letter = (last.x1 - last.x0) / max(1, len(last.text))
    return (right - last.x1) / letter - 1 if letter else None
