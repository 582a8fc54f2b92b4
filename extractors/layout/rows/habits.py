"""What the rows of a document have in common, observed where rows clearly begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.layout.cells.cues import reference_parts
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import pitch_of
from extractors.layout.rows.answers_beside import (
    answer_beside,
    question_paragraphs,
)
from extractors.layout.rows.file_order import is_drawn_by_rows
from extractors.layout.tables.tables import TableArea
from models.form import Form

SAME_GAP = 1.3
"""Tolerance, in points, for equal gaps."""
_MOST = 0.6
_PARAGRAPH = 1.15
_TURNS = 0.9
_ALWAYS = 0.97
_FEW = 3


@dataclass(frozen=True, slots=True)
class Habits:
    """What the rows of a document have in common.

    Attributes:
        pitch: Usual distance between baselines by font size.
        on_grid: Whether lines are on a character grid.
        starts: How many rows certainly begin below another one: an answer is beside the beginning
            of a question.
        bordered: Share of these that have a border above them.
        lined: Whether borders are drawn lines, not the edges of shading alone.
        aligned: Share of the answers that are beside text in the question column.
        bold: Whether questions are bold and the text after them in their cells is not.
        asks: Whether most questions have a question mark.
        numbered: Numbers of parts in the references that begin questions (3 for 2:3:1).
        gap: Usual distance from a row's last baseline to the next row's first, or None where it
            varies.
        rare: Share of the gaps inside rows that differ from it; 0 if there is none.
        zebra: Whether rows are separated only by shading every other one.
        drawn_by_rows: Whether the file draws tables row by row, and rows cell by cell.
    """

    pitch: dict[int, float] = field(default_factory=dict)
    on_grid: bool = False
    starts: int = 0
    bordered: float = 0.0
    lined: bool = False
    aligned: float = 0.0
    bold: bool = False
    asks: bool = False
    numbered: frozenset[int] = frozenset()
    gap: float | None = None
    rare: float = 0.0
    zebra: bool = False
    drawn_by_rows: bool = False

    @property
    def always_bordered(self) -> bool:
        """Whether all rows certainly have a border above them."""
        return self.bordered > _ALWAYS and self.starts >= _FEW


@dataclass(slots=True)
class _Counts:
    """Counts over the question columns."""

    starts: int = 0
    below: int = 0
    bordered: int = 0
    bold: int = 0
    regular: int = 0
    asked: int = 0
    pairs: int = 0
    turns: int = 0


def learn_habits(
    areas: Sequence[TableArea], pitch: dict[int, float], form: Form, *, on_grid: bool = False
) -> Habits:
    """Learns what the rows of a document have in common.

    A paragraph in the question column certainly begins a row if an answer is beside it.
    """
    counts = _Counts()
    opening: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    gaps: list[float] = []
    inner: list[float] = []
    for area in areas:
        in_row = False
        borders = area.borders
        shaded: bool | None = None
        for at, text in question_paragraphs(area, pitch, form):
            line = area.lines[at]
            level = reference_parts(text, form)
            if answer_beside(line, area, form):
                counts.starts += 1
                counts.bold += _is_bold(area.cells(line)[0])
                counts.asked += "?" in text
                opening[level] += 1
                in_row = True
                was_shaded, shaded = shaded, is_shaded(area, line)
                counts.pairs += was_shaded is not None
                counts.turns += was_shaded is not None and shaded != was_shaded
                if at:
                    counts.below += 1

                    counts.bordered += borders.get(at, "part") != "part"
                    gaps.append(line.base - area.lines[at - 1].base)
            else:
                if in_row:
                    inner.append(_gap_above(area, at))
                inside[level] += 1
                in_row = False
        counts.regular += sum(not line.bold for line in area.column(0))
    gap = _usual(gaps)
    inner += _gaps_in_one_column(areas, pitch)
    return Habits(
        pitch=pitch,
        on_grid=on_grid,
        starts=counts.below,
        bordered=counts.bordered / max(1, counts.below),
        lined=(lined := _is_lined(areas)),
        zebra=not lined and counts.pairs >= _FEW and counts.turns > _TURNS * counts.pairs,
        aligned=_aligned(areas, form),
        bold=counts.bold > 0.8 * max(1, counts.starts) and counts.regular > 0,
        asks=counts.asked > _MOST * counts.starts,
        numbered=frozenset(
            level for level, count in opening.items() if level and count > inside[level]
        ),
        gap=gap,
        rare=_share_unlike(gap, inner),
        drawn_by_rows=not on_grid and is_drawn_by_rows(areas, counts.starts),
    )


def is_shaded(area: TableArea, line: TextLine, within: float | None = None) -> bool:
    """Whether a line is on a shaded area, or on a row of shaded cells.

    Args:
        area: Its table on the page.
        line: The line.
        within: How far right the shading may begin, in points; default: in the first column.
    """
    middle = line.base - line.size / 3
    left = area.columns.borders[0] if within is None else within
    return any(
        shade.y0 < middle < shade.y1 and shade.x0 < left for shade in area.page.strokes.shades
    )


def _is_lined(areas: Sequence[TableArea]) -> bool:
    return any("line" in area.borders.values() for area in areas)


def _gap_above(area: TableArea, at: int) -> float:
    """Returns how far a line of the question column is below the previous one there."""
    lines = area.lines
    above = next((line for line in lines[at - 1 :: -1] if area.cells(line)[0]), lines[at - 1])
    return lines[at].base - above.base


def _gaps_in_one_column(areas: Sequence[TableArea], pitch: dict[int, float]) -> Iterator[float]:
    """Yields gaps between lines of one column alone: no row begins there, except a blank one."""
    for area in areas:
        for above, line in pairwise(area.lines):
            distance = line.base - above.base
            if distance > _PARAGRAPH * pitch_of(line, pitch):
                beside = {area.columns.of(run) for run in (*above.runs, *line.runs)}
                if len(beside) == 1:
                    yield distance


def _share_unlike(gap: float | None, others: Sequence[float]) -> float:
    """Returns the share of some gaps that differ from a given one; 0 if few are known."""
    if gap is None or len(others) < 3:
        return 0.0
    return sum(abs(other - gap) >= SAME_GAP for other in others) / len(others)


def _is_bold(cell: TextLine | None) -> bool:
    return cell is None or all(run.bold for run in cell.runs)


def _aligned(areas: Sequence[TableArea], form: Form) -> float:
    """Returns the share of the answers that are beside text in the question column."""
    answers = beside = 0
    for area in areas:
        for line in area.lines:
            cells = area.cells(line)
            if cells[1] is not None and answer_beside(line, area, form):
                answers += 1
                beside += cells[0] is not None
    return beside / answers if answers else 0.0


def _usual(gaps: Sequence[float]) -> float | None:
    """Returns the gap that most rows have, or None if they vary."""
    if len(gaps) < 2:
        return None
    middle = median(gaps)
    near = sum(1 for gap in gaps if abs(gap - middle) < SAME_GAP)
    return middle if near > _MOST * len(gaps) else None
