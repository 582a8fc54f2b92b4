"""Evidence on which cell of a row goes on after a page break, in a dump without columns.

Where a page cuts a row, a dump has the rest of the question cell first and then the rest of the
comment, and nothing that tells them apart. The evidence: whether the sentence before the break is
finished, whether the text after it begins in the middle of one, whether the lines fit the width of
the column, and whether the last line before the break still had room for the word after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.blocks import Paragraph
from extractors.layout.dumps.flow_chunks import Chunk
from models.form import Form

_SENTENCE_END = ".!?:"
_CLOSERS = "\"'”’»)]"
_TOO_WIDE = 1.15
_NARROWER = 0.85
_FEWEST_WRAPS = 12
_ROOM_WITHOUT_WRAPS = 0.8
_USUAL_WRAPS = 0.03
_LIST_NUMBER = re.compile(r"(\d{1,4})[.)]\s")


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the columns of a kind of table are, in characters; 0 where nothing is known.

    Attributes:
        question: The widest line of the question column, rare outliers aside.
        comment: The widest line of the column of comments.
        question_full: Length from which a line and the next word are too long for one line of the
            question column.
        comment_full: The same for the column of comments.
    """

    question: int = 0
    comment: int = 0
    question_full: float = 0.0
    comment_full: float = 0.0


def widths(questions: Sequence[Paragraph], comments: Sequence[Paragraph]) -> Widths:
    """Returns the widths of two columns, seen on lines that surely stand in them."""
    question, comment = _widest(questions), _widest(comments)
    return Widths(question, comment, _full(questions, question), _full(comments, comment))


def _widest(cells: Sequence[Paragraph]) -> int:
    lengths = sorted(len(piece.text) for cell in cells for piece in cell)
    return lengths[int(len(lengths) * 0.98)] if lengths else 0


def _full(cells: Sequence[Paragraph], widest: int) -> float:
    """Nearly the shortest line with the word that had to wrap; lines break by hand as well."""
    wraps = sorted(
        length_with(before.text, after.text) for cell in cells for before, after in pairwise(cell)
    )
    if len(wraps) < _FEWEST_WRAPS:
        return _ROOM_WITHOUT_WRAPS * widest
    return max(wraps[int(len(wraps) * _USUAL_WRAPS)], _ROOM_WITHOUT_WRAPS * widest)


def length_with(line: str, after: str) -> int:
    """Length of a line with the first word of a text after it."""
    return len(line) + 1 + len(after.split(maxsplit=1)[0])


def is_broken_by_hand(chunk: Chunk, full: float) -> bool:
    """Whether a line ends although the next word had room, where lines wrap from `full` on."""
    return any(
        length_with(before.text, after.text) < full for before, after in pairwise(chunk.pieces)
    )


def openness(text: str, form: Form) -> float:
    """Returns how unfinished a text is: 0 after a full stop, 1 after a word that cannot end it."""
    end = text.rstrip().rstrip(_CLOSERS).rstrip()
    if not end:
        return 0.0
    if end[-1] in _SENTENCE_END:
        return 0.0
    last = end.split()[-1]
    is_count = last.isdigit() and len(last) < 4
    if end[-1] in ",;-–/" or is_count or last.casefold() in form.never_last:
        return 1.0
    return 0.6


def continues(before: str, after: str, form: Form) -> float:
    """Returns how well a text goes on with another one after a page break; higher is better."""
    is_open = openness(before, form)
    if after[:1].islower():
        return 2 * is_open + (1.0 if is_open == 1 else 0.0) if is_open else -3.0
    if not is_open:
        return 0.5
    return is_open if after[:1].isdigit() else -0.5


def leaves_open(is_open: float, usual: float = 0.0) -> float:
    """Returns the cost of a cell that ends unfinished.

    Args:
        is_open: How unfinished, as `openness` tells.
        usual: Share of such cells that end without a full stop in this report.
    """
    if is_open == 1:
        return -3.0
    return -2.0 * (1 - usual) if is_open else 0.0


def fits(before: Chunk, after: Chunk, full: float) -> float:
    """Returns how well a line break before a chunk fits the column.

    A column wraps only where the next word found no room; by chance few lines end so.
    """
    if not full:
        return 0.0
    return 1.0 if length_with(before.pieces[-1].text, after.text) >= full else -2.5


def width_score(chunk: Chunk, own: int, other: int, full: float = 0.0) -> float:
    """Returns how well the lines of a chunk fill a column.

    Args:
        chunk: The chunk.
        own: Width of the column that it would stand in.
        other: Width of the other column.
        full: Length from which a line and the next word are too long for one of its lines.
    """
    widest = max(len(piece.text) for piece in chunk.pieces)
    if own and widest > _TOO_WIDE * own:
        return -4.0
    if other < _NARROWER * own and len(chunk.pieces) > 2 and widest <= other * 1.05:
        return -2.0
    wraps = [
        length_with(before.text, after.text) < full for before, after in pairwise(chunk.pieces)
    ]
    return -1.5 if sum(wraps) * 3 > len(wraps) else 0.0


def list_number(text: str) -> int | None:
    """Returns the number of a list that a text opens with, or None."""
    match = _LIST_NUMBER.match(text)
    return int(match[1]) if match else None
