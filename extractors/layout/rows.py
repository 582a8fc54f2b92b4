"""Parting the lines of a table on one page into rows.

Drawn lines and shading part rows where the tables of the document have them. Elsewhere the rows
tell themselves apart: a question begins where an answer stands beside it, white runs through all
columns above it, and its weight or its gap differ from what parts paragraphs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.layout.answers import stands_alone
from extractors.layout.cuts import opens_with_reference
from extractors.layout.paragraphs import is_unfinished, opens_detail
from extractors.layout.runs import Run, TextLine, pitch_of, text_lines
from extractors.layout.tables import TableArea
from models.form import Form

_START = 2.0
_UNSURE = 1.0
_SAME_GAP = 1.3


@dataclass(frozen=True, slots=True)
class Fragment:
    """What stands of one row on one page.

    Attributes:
        cells: Its lines, column by column.
        open_top: Whether it is the first of its table on the page, so that it may go on with a
            row of the page before.
        open_bottom: Whether no line is drawn below it; None where rows are not ruled.
        unsure: Whether its beginning rests on weak evidence.
    """

    cells: tuple[tuple[TextLine, ...], ...]
    open_top: bool
    open_bottom: bool | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How the tables of a document part their rows.

    Attributes:
        ruled: Whether drawn lines or shading part them.
        bold_starts: Whether questions are bold and what follows in their cells is not.
        asks: Whether most questions hold a question mark.
        details: Whether most question cells have a paragraph after the question.
        gap: Usual distance from a row's last baseline to the next row's first, or None where it
            varies.
        sharp: Whether no gap between paragraphs is like that one.
        pitch: Usual distance of baselines by font size.
    """

    ruled: bool
    bold_starts: bool
    asks: bool
    details: bool
    gap: float | None
    sharp: bool
    pitch: dict[int, float]


def learn_style(areas: Sequence[TableArea], pitch: dict[int, float], form: Form) -> RowStyle:
    """Learns how the tables of a document part their rows."""
    ruled = sum(1 for area in areas if _inner_borders(area))
    first_bold = other_regular = asked = starts = paragraphs = 0
    gaps: list[float] = []
    for area in areas:
        answered = [bool(_answer_beside(line, area, form)) for line in area.lines]
        for at, line in enumerate(area.lines):
            question = area.columns.split(line)[0]
            if not question:
                continue
            other_regular += not any(run.bold for run in question)
            if answered[at]:
                starts += 1
                first_bold += all(run.bold for run in question)
                if at:
                    gaps.append(line.base - area.lines[at - 1].base)
        question = _column(area.lines, area, 0)
        asked += sum("?" in line.text for line in question)
        paragraphs += sum(
            below.base - above.base > 1.15 * pitch_of(below, pitch)
            for above, below in pairwise(question)
        )
    gap = _usual(gaps)
    return RowStyle(
        ruled=ruled > 0,
        bold_starts=starts > 0 and first_bold > 0.8 * starts and other_regular > 0,
        asks=asked > 0.7 * starts,
        details=paragraphs > 1.4 * starts,
        gap=gap,
        sharp=gap is not None and _is_sharp(gap, areas, pitch),
        pitch=pitch,
    )


def _is_sharp(gap: float, areas: Sequence[TableArea], pitch: dict[int, float]) -> bool:
    """Whether few gaps between paragraphs inside rows are like the gap between rows."""
    inside = like = 0
    for area in areas:
        for above, line in pairwise(area.lines):
            beside = {area.columns.of(run) for run in (*above.runs, *line.runs)}
            distance = line.base - above.base
            # Only one column has text on both lines, so no row begins here, but for blank rows.
            if len(beside) == 1 and distance > 1.15 * pitch_of(line, pitch):
                inside += 1
                like += abs(distance - gap) < _SAME_GAP
    return inside > 2 and like <= 0.1 * inside


def _usual(gaps: Sequence[float]) -> float | None:
    """Returns the gap that most rows have, None where they differ."""
    if len(gaps) < 2:
        return None
    middle = median(gaps)
    near = sum(1 for gap in gaps if abs(gap - middle) < _SAME_GAP)
    return middle if near > 0.6 * len(gaps) else None


def _inner_borders(area: TableArea) -> list[float]:
    """Returns the borders that stand between two lines of the area and cut no line."""
    lines = area.lines
    if not lines:
        return []
    return [
        height
        for height in area.borders
        if lines[0].base < height < lines[-1].base and not _cuts(height, lines)
    ]


def _cuts(height: float, lines: Sequence[TextLine]) -> bool:
    return any(line.top + 0.2 * line.size < height < line.base for line in lines)


def fragments(area: TableArea, style: RowStyle, form: Form) -> list[Fragment]:
    """Parts an area into the rows, or parts of rows, that stand on its page."""
    if not area.lines:
        return []
    if style.ruled:
        groups = _by_borders(area)
        unsure = [False] * len(groups)
    else:
        groups, unsure = _by_evidence(area, style, form)
    last = area.lines[-1].base
    closed = any(height >= last - 1 for height in area.ruled_borders)
    count = len(area.columns.borders) + 1
    return [
        Fragment(
            cells=tuple(tuple(_column(group, area, index)) for index in range(count)),
            open_top=not at and area.continues,
            open_bottom=(not closed if at == len(groups) - 1 else False) if style.ruled else None,
            unsure=unsure[at],
        )
        for at, group in enumerate(groups)
    ]


def _column(lines: Sequence[TextLine], area: TableArea, index: int) -> list[TextLine]:
    """Returns the lines of one column."""
    if not lines:
        return []
    runs = [run for line in lines for run in line.runs if area.columns.of(run) == index]
    return text_lines(runs, lines[0].page)


def _by_borders(area: TableArea) -> list[list[TextLine]]:
    borders = _inner_borders(area)
    groups: dict[int, list[TextLine]] = {}
    for line in area.lines:
        groups.setdefault(bisect_right(borders, line.base), []).append(line)
    return list(groups.values())


def _by_evidence(
    area: TableArea, style: RowStyle, form: Form
) -> tuple[list[list[TextLine]], list[bool]]:
    """Parts lines into rows where nothing is drawn between them."""
    groups: list[list[TextLine]] = []
    unsure: list[bool] = []
    opening = _question_paragraphs(area, style)
    for at, line in enumerate(area.lines):
        if not groups:
            groups.append([line])
            unsure.append(False)
            continue
        tail = len(groups) == 1 and area.continues
        points = _start_points(groups[-1], line, opening[at], area, style, form, tail=tail)
        if points > _START:
            groups.append([line])
            unsure.append(points < _START + _UNSURE)
        else:
            groups[-1].append(line)
            unsure[-1] |= points > _START - _UNSURE
    return groups, unsure


def _question_paragraphs(area: TableArea, style: RowStyle) -> list[str]:
    """Returns, for each line, the text of the question column from it down to the next gap."""
    texts = [""] * len(area.lines)
    below: TextLine | None = None
    text = ""
    for at in range(len(area.lines) - 1, -1, -1):
        line = area.lines[at]
        question = area.columns.split(line)[0]
        if not question:
            continue
        own = " ".join(run.piece.text for run in question)
        near = below and below.base - line.base <= 1.15 * pitch_of(line, style.pitch)
        text = f"{own} {text}" if near else own
        texts[at], below = text, line
    return texts


def _start_points(
    row: list[TextLine],
    line: TextLine,
    text: str,
    area: TableArea,
    style: RowStyle,
    form: Form,
    *,
    tail: bool,
) -> float:
    """Weighs whether a line begins a new row; the higher the surer.

    Args:
        row: The lines of the row so far.
        line: The line.
        text: The text of the question column from this line down to the next gap.
        area: The table on this page.
        style: How the tables of the document part their rows.
        form: The form.
        tail: Whether the row may have begun on the page before.
    """
    question, *later = area.columns.split(line)
    if not question:
        return -10.0
    before = [run for above in row for run in above.runs if area.columns.of(run) == 0]
    asked = " ".join(run.piece.text for run in before)
    points = _gap_points(row[-1], line, style)
    if _answer_beside(line, area, form) and not _goes_on_above(row, line, area):
        points += 3.0
    else:
        points -= 1.5 if any(later) else 1.0
    if style.bold_starts:
        points += _weight_points(before, question[0], row[-1], line, style)
    if text[:1].islower() or opens_detail(text, form):
        points -= 3.0
    elif opens_with_reference(text, form):
        points += 2.0
    if tail and not before:
        # The rest of a question would stand at the top of the page.
        return points + 4.0
    if style.asks:
        points += _asking_points(asked, text, row, area, style, tail=tail)
    else:
        points += -0.5 if is_unfinished(asked) else 1.0
    return points


def _asking_points(
    asked: str, text: str, row: list[TextLine], area: TableArea, style: RowStyle, *, tail: bool
) -> float:
    """Weighs question marks, where most questions have one."""
    if "?" not in text:
        return -1.0 if "?" in asked else -1.5
    if tail:
        # The question itself may stand on the page before.
        return 1.5
    if "?" not in asked:
        return -1.5
    # Where cells have details, a row that would end without one rather goes on here.
    return 2.0 if not style.details or _has_gap(row, area, style) else 0.0


def _has_gap(row: list[TextLine], area: TableArea, style: RowStyle) -> bool:
    """Whether the question cell of a row has more than one paragraph."""
    return any(
        below.base - above.base > 1.15 * pitch_of(below, style.pitch)
        for above, below in pairwise(_column(row, area, 0))
    )


def _weight_points(
    before: list[Run], first: Run, above: TextLine, line: TextLine, style: RowStyle
) -> float:
    """Weighs the weight of a line where questions are bold."""
    if not first.bold:
        return -4.0
    if not before or not before[-1].bold:
        return 3.0
    return 1.5 if line.base - above.base > 1.25 * pitch_of(line, style.pitch) else -1.0


def _gap_points(above: TextLine, line: TextLine, style: RowStyle) -> float:
    gap = line.base - above.base
    if style.gap is not None:
        if abs(gap - style.gap) < _SAME_GAP:
            return 4.0 if style.sharp else 2.0
        return -3.0 if gap < style.gap else 0.0
    return -1.5 if gap <= 1.05 * pitch_of(line, style.pitch) else 1.0


def _goes_on_above(row: list[TextLine], line: TextLine, area: TableArea) -> bool:
    """Whether the column after the question has text right above, of which this is the next line."""
    above = [other for other in row if any(area.columns.of(run) == 1 for run in other.runs)]
    return bool(above) and line.base - above[-1].base < 1.5 * line.size


def _answer_beside(line: TextLine, area: TableArea, form: Form) -> bool:
    """Whether an answer stands alone beside the question column on this line."""
    _, *later = area.columns.split(line)
    if not later or not later[0]:
        return False
    if len(later) > 1:
        return True
    return stands_alone(tuple(run.piece for run in later[0]), form)
