"""Evidence on which cell of a row goes on after a page break, in a dump without columns.

Where a page cuts a row, a dump has the rest of the question cell first and then the rest of the
comment, and nothing that tells them apart. The evidence: whether the sentence before the break is
finished, whether the text after it begins in the middle of one, whether the lines fit the width of
the column, and the full text of the question where the form knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.flow_chunks import Chunk
from extractors.text import fold
from models.form import Form

_SENTENCE_END = ".!?:"
_CLOSERS = "\"'”’»)]"
_FITS = 0.8
_TOO_WIDE = 1.15
_NARROWER = 0.85


@dataclass(frozen=True, slots=True)
class Widths:
    """The widest line of each column, in characters; 0 where nothing is known."""

    question: int = 0
    comment: int = 0


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


def leaves_open(text: str, form: Form, usual: float = 0.0) -> float:
    """Returns the cost of a cell that ends as `text` does.

    Args:
        text: The last paragraph of the cell.
        form: The form, for the words that end no sentence.
        usual: Share of such cells that end without a full stop in this report.
    """
    is_open = openness(text, form)
    if is_open == 1:
        return -3.0
    return -2.0 * (1 - usual) if is_open else 0.0


def fits(before: Chunk, after: Chunk, width: int) -> float:
    """Returns a cost where the last line had room for the first word of what should go on."""
    if not width or not after.text[:1].islower():
        return 0.0
    line, word = before.pieces[-1].text, after.text.split()[0]
    return -2.0 if len(line) + 1 + len(word) < _FITS * width else 0.0


def width_score(chunk: Chunk, own: int, other: int) -> float:
    """Returns how well the lines of a chunk fill a column.

    Args:
        chunk: The chunk.
        own: Width of the column that it would stand in.
        other: Width of the other column.
    """
    widest = max(len(piece.text) for piece in chunk.pieces)
    if own and widest > _TOO_WIDE * own:
        return -4.0
    if other < _NARROWER * own and len(chunk.pieces) > 2 and widest <= other * 1.05:
        return -2.0
    return 0.0


def known_question(cell: str, tail: str, form: Form) -> float:
    """Returns what the form's known questions say of a tail: it belongs to the cell, or cannot.

    Args:
        cell: Text of the question cell before the break.
        tail: Text after the break.
        form: The form.
    """
    start, rest = fold(cell), fold(tail)
    for known in form.questions:
        full = fold(f"{known.question} {known.detail}")
        if full == start:
            return -10.0
        if full.startswith(start):
            missing = full[len(start) :].strip()
            return 10.0 if missing.startswith(rest) or rest.startswith(missing) else -10.0
    return 0.0


def tail_score(question: Sequence[Chunk], tail: Chunk, form: Form, widths: Widths) -> float:
    """Returns how well a chunk after a break goes on with the question cell before it."""
    last = question[-1]
    # Comments are longer: where nothing is cut short, the text after a break is rather comment.
    is_open = openness(last.text, form) > 0 or tail.text[:1].islower()
    return (
        (continues(last.text, tail.text, form) if is_open else -1.0)
        + fits(last, tail, widths.question)
        + width_score(tail, widths.question, widths.comment)
        + known_question(" ".join(chunk.text for chunk in question), tail.text, form)
    )
