"""Answers that a dump with columns places one space after the question.

`pdftotext -layout` places a run where the characters before it end, so an answer beside a long
question line is left of its column.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.blocks import Piece
from extractors.layout.cells.runs import Run, TextLine, line_of
from extractors.layout.dumps.columns_by_blanks import COLUMN
from extractors.layout.tables.columns import Columns
from models.form import Form

_SLACK = 3 * COLUMN


def part_answers(lines: Sequence[TextLine], columns: Columns, form: Form) -> list[TextLine]:
    """Returns the lines of a table with such answers moved into the column after the question.

    An answer word counts if it is written as in the form, ends the question column's text on its
    line, has nothing beside it, and begins where most lines of the question have ended.
    """
    words = sorted((answer.word for answer in form.answers), key=len, reverse=True)
    ends = [
        run.x1
        for line in lines
        for run in line.runs
        if columns.of(run) == 0 and _answer_at(run, words) is None
    ]
    reach = max(ends, default=0.0) - _SLACK
    return [_part(line, columns, words, reach) for line in lines]


def _part(line: TextLine, columns: Columns, words: Sequence[str], reach: float) -> TextLine:
    question = [run for run in line.runs if columns.of(run) == 0]
    if not question or any(columns.of(run) == 1 for run in line.runs):
        return line
    last = question[-1]
    at = _answer_at(last, words)
    if at is None or last.x0 + COLUMN * at < reach:
        return line
    own, start, end = last.piece.line, last.piece.start, last.piece.end
    left = last.text[:at].rstrip()
    border = columns.borders[0] + 1
    parted = (
        last._replace(
            piece=Piece(own, start, start + len(left)), text=left, x1=last.x0 + COLUMN * len(left)
        ),
        last._replace(
            piece=Piece(own, start + at, end),
            text=last.text[at:],
            x0=border,
            x1=border + COLUMN * (len(last.text) - at),
        ),
    )
    others = [run for run in line.runs if run is not last]
    return line_of([*others, *parted], line.page)


def _answer_at(run: Run, words: Sequence[str]) -> int | None:
    """Returns where the answer word begins that ends a run after a blank."""
    for word in words:
        at = len(run.text) - len(word)
        if at > 0 and run.text.endswith(word) and run.text[at - 1].isspace():
            return at
    return None
