"""The units of a table on a page: groups of lines in which no row can begin, with evidence.

A row can begin at a drawn border, below white space across all columns, and where a paragraph of
the question column may begin. The decoder decides whether it does (`borders.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.cells.cues import openness, reference_parts
from extractors.layout.cells.openings import opens_detail
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import pitch_of
from extractors.layout.rows.answers_beside import answer_beside
from extractors.layout.rows.file_order import NOTHING, file_order, told_apart
from extractors.layout.rows.habits import Habits
from extractors.layout.rows.page_break import Break
from extractors.layout.tables.tables import TableArea
from models.form import Form

_WHITE = 1.08
"""Baselines further apart than this many times the pitch have a gap between them."""


@dataclass(slots=True)
class Unit:
    """Lines of a table on one page in which no row can begin.

    Attributes:
        area: The table on the page.
        start: Index of its first line in the area.
        lines: Its lines.
        question: The part of its first line in the question column, or None.
        texts: Text of each of its lines in the question column.
        above: The line of the question column above it on the page, or None.
        border: What is drawn directly above: "" for nothing, "line", "shade", or "part" if it does
            not span all columns.
        gap: Distance of its first baseline from the one above, in pitches; 0 at the area's top.
        question_gap: The same in the question column alone; 0 if there is no line above.
        answer: Whether an answer begins on its first line.
        answers: Number of its lines on which an answer begins.
        later: Whether there is text beside the question column on its first line.
        begins: Share of the columns with text on the first line whose text begins there, below a
            gap in its column.
        beside: The line of the last column above it on the page, or None.
        rights: Right edge of each column's text, in points.
        habits: What the rows of the document have in common.
        form: The form.
        at_break: The page break above; None unless the table continues from the previous page.
        text: Its text in the question column.
        asked: Whether there is a question above it, since the last likely beginning of a row.
        detailed: Whether there is a label or reference above it, likewise.
        drawn_anew: Whether a row begins with its first line by file order.
        drawn_on: Whether its first line's question text was drawn immediately after that above it.
        drawn_on_beside: The same for the columns beside.
        told_apart: Whether the file's tags separate it from the line above; None if unknown.
        peak: How much wider the gap above it is than those above its neighbours, in pitches.
    """

    area: TableArea
    start: int
    lines: list[TextLine]
    question: TextLine | None
    texts: list[str]
    above: TextLine | None
    border: str
    gap: float
    question_gap: float
    answer: bool
    answers: int
    later: bool
    begins: float
    beside: TextLine | None
    rights: Sequence[float]
    habits: Habits
    form: Form
    at_break: Break | None = None
    text: str = ""
    asked: bool = False
    detailed: bool = False
    drawn_anew: bool = False
    drawn_on: bool = False
    drawn_on_beside: bool = False
    told_apart: bool | None = None
    peak: float = 0.0

    @property
    def is_first(self) -> bool:
        """Whether it is the first of its table on the page."""
        return not self.start


def is_detail(text: str, habits: Habits, form: Form) -> bool:
    """Whether a text begins as what follows a question: by a label or by a reference."""
    parts = reference_parts(text, form)
    return opens_detail(text, form) or (parts > 0 and parts not in habits.numbered)


def units_of(area: TableArea, habits: Habits, form: Form, rights: Sequence[float]) -> list[Unit]:
    """Splits the lines of a table on a page into units."""
    borders = area.borders
    only_borders = habits.always_bordered and (
        any(kind != "part" for kind in borders.values())
        or sum(answer_beside(line, area, form) for line in area.lines) < 2
    )
    units: list[Unit] = []
    order = file_order(area) if habits.drawn_by_rows else NOTHING
    last: list[TextLine | None] = [None] * (len(area.columns.borders) + 1)
    for at, line in enumerate(area.lines):
        cells = area.cells(line)
        question, above = cells[0], last[0]
        pitch = pitch_of(line, habits.pitch) or 1.0
        border = borders.get(at, "")
        gap = (line.base - area.lines[at - 1].base) / pitch if at else 0.0
        apart = told_apart(area.lines[at - 1], line) if at else None
        may_begin = bool(border) or apart or not at
        if not may_begin and not only_borders:
            may_begin = (
                at in order.begins
                or gap > _WHITE
                or _may_open(question, above, _WHITE * pitch, form)
            )
        if may_begin:
            units.append(
                Unit(
                    area,
                    at,
                    [],
                    question,
                    [],
                    above,
                    border,
                    gap,
                    (line.base - above.base) / pitch if question and above else 0.0,
                    answer_beside(line, area, form),
                    0,
                    any(cells[1:]),
                    _share_begun(cells, last, _WHITE * pitch),
                    last[-1],
                    rights,
                    habits,
                    form,
                    drawn_anew=at in order.begins,
                    drawn_on=at in order.question_goes_on,
                    drawn_on_beside=at in order.beside_goes_on,
                    told_apart=apart,
                )
            )
        unit = units[-1]
        unit.lines.append(line)
        if question:
            unit.texts.append(question.text)
        if answer_beside(line, area, form):
            unit.answers += 1
        for column, cell in enumerate(cells):
            if cell is not None:
                last[column] = cell
    for unit in units:
        unit.text = " ".join(unit.texts)
    return units


def _may_open(question: TextLine | None, above: TextLine | None, white: float, form: Form) -> bool:
    """Whether a paragraph of the question column may begin with a line."""
    if question is None:
        return False
    if above is None or question.base - above.base > white:
        return True
    if question.runs[0].bold and not above.runs[-1].bold:
        return True
    return not question.text[:1].islower() and openness(above.text, form) < 1.0


def _share_begun(
    cells: Sequence[TextLine | None], last: Sequence[TextLine | None], white: float
) -> float:
    """Returns in what share of the columns with text on a line that text has white above it."""
    begun = [
        above is None or cell.base - above.base > white
        for cell, above in zip(cells, last, strict=True)
        if cell is not None
    ]
    return sum(begun) / len(begun) if begun else 0.0
