"""Rows that are one cell over all columns of a table: the headings of the rows below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells.answers import stands_alone
from extractors.layout.cells.runs import TextLine, joined
from extractors.layout.tables.columns import Columns
from extractors.layout.tables.drawn import drawn_across
from extractors.layout.tables.extent import SECTION
from extractors.layout.tables.rules import Stroke, Strokes
from models.form import Form

_NEAR = 8.0
_SAME = 3.0
_DEEP = 0.3
"""Least distance of a baseline from the border above it, as a share of the font size."""
_COVERED = 0.5
_PITCH = 1.6
"""Most font sizes between the lines of one heading."""


class HeadingRow(NamedTuple):
    """A heading among the rows of a table: its first line, and one past its last."""

    start: int
    stop: int


def drawn_headings(
    lines: Sequence[TextLine], columns: Columns, strokes: Strokes
) -> Iterator[HeadingRow]:
    """Yields the headings that are drawn as one cell over all columns of a table.

    They are between two lines over all columns and inside the frame of the table, which reaches
    them without a gap, and no line separates their columns, as in other rows.

    Args:
        lines: The lines below the column headers, or from the top of the page.
        columns: The columns of the table.
        strokes: What is drawn on the page.
    """
    if not columns.ruled or not lines:
        return
    foot = min(_foot(strokes, columns.left, lines[0]), _foot(strokes, columns.right, lines[0]))
    heights = [at for kind, at in drawn_across(Strokes(strokes.across), columns) if kind == "line"]
    if not all(
        any(_is_parted(strokes, at, line.top, line.base) for line in lines)
        for at in columns.borders
    ):
        return
    for top, bottom in pairwise(heights):
        inside = [
            at for at, line in enumerate(lines) if top < line.base - _DEEP * line.size < bottom
        ]
        if (
            inside
            and bottom <= foot + _SAME
            and all(_reads_as_heading(lines[at]) for at in inside)
            and not any(_is_parted(strokes, at, top, bottom) for at in columns.borders)
        ):
            yield HeadingRow(inside[0], inside[-1] + 1)


def headings_above_rows(
    lines: Sequence[TextLine], columns: Columns, form: Form
) -> Iterator[HeadingRow]:
    """Yields numbered headings right below which a row of the table begins.

    Text outside the table is otherwise below a heading: its instruction, or other column headers.
    A heading has more than one number, or crosses the columns: questions can be numbered too.
    """
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and _reads_as_heading(lines[stop]):
            gap = lines[stop].base - lines[stop - 1].base
            goes_on = stop > at and gap < _PITCH * lines[stop].size
            if not (goes_on or SECTION.match(lines[stop].text)):
                break
            stop += 1
        own = lines[at:stop]
        if (
            stop < len(lines)
            and any("." in line.text.split(" ", 1)[0] or columns.crossed_by(line) for line in own)
            and opens_row(lines[stop], columns, form)
        ):
            yield HeadingRow(at, stop)
        at = max(stop, at + 1)


def opens_row(line: TextLine, columns: Columns, form: Form) -> bool:
    """Whether a line has a question and beside it an answer, or text where a column begins."""
    question, *later = columns.split(line)
    cells = [cell for cell in later if cell is not None]
    if question is None or not cells or any(cell.bold for cell in cells):
        return False
    answer = later[0]
    return columns.begun_by(line) or (answer is not None and stands_alone(answer.pieces, form))


def _reads_as_heading(line: TextLine) -> bool:
    """Whether a line is bold, asks nothing, and has only word spaces."""
    return line.bold and "?" not in line.text and len(joined(line)) == 1


def _foot(strokes: Strokes, edge: float, first: TextLine) -> float:
    """Returns how far down the frame at an edge reaches that stands beside a line; 0 if none."""
    return max(
        (
            stroke.end
            for stroke in strokes.upright
            if abs(stroke.at - edge) <= _NEAR and stroke.start < first.base < stroke.end
        ),
        default=0.0,
    )


def _is_parted(strokes: Strokes, border: float, top: float, bottom: float) -> bool:
    """Whether a line separates two columns between two heights."""

    def covered(stroke: Stroke) -> float:
        return max(0.0, min(stroke.end, bottom) - max(stroke.start, top))

    beside = (stroke for stroke in strokes.upright if abs(stroke.at - border) <= _SAME)
    return sum(map(covered, beside)) > _COVERED * (bottom - top)
