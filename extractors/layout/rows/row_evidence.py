"""Evidence that a line begins a new row, where nothing is drawn between rows."""

from __future__ import annotations

from itertools import pairwise

from extractors.layout.cells.paragraphs import is_unfinished, opens_detail
from extractors.layout.cells.runs import Run, TextLine, pitch_of
from extractors.layout.rows.row_style import SAME_GAP, RowStyle, answer_beside, reference_parts
from extractors.layout.tables.tables import TableArea
from models.form import Form

START = 2.0
"""Points above which a line begins a row."""
_FAR = 2.6
UNSURE = 1.0
"""Points within this of `START` rest on weak evidence."""


def start_points(
    row: list[TextLine],
    line: TextLine,
    texts: tuple[str, str],
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
        texts: The paragraph of the question column that begins here, or "", and the next one.
        area: The table on this page.
        style: How the tables of the document part their rows.
        form: The form.
        tail: Whether the row may have begun on the page before.
    """
    text, following = texts
    question, *later = area.cells(line)
    if not text or question is None:
        return -10.0
    before = area.column(0, row)
    asked = " ".join([above.text for above in before])
    points = _gap_points(row[-1], line, style)
    if before and line.base - before[-1].base > _FAR * line.size:
        # The paragraphs of a cell stand close below each other, however long the comment is.
        points += 3.0
    if not style.centred:
        if answer_beside(line, area, form) and not goes_on_above(row, line, area):
            points += 4.5
        else:
            points -= 1.5 if any(later) else 1.0
    if style.bold_starts:
        points += _weight_points(before, question.runs[0], row[-1], line, style)
    is_detail = text[:1].islower() or _is_detail(text, style, form)
    if is_detail:
        points -= 3.0
    elif reference_parts(text, form):
        points += 4.0
    if tail and not before:
        # The rest of a question would stand at the top of the page.
        return points + 4.0
    has_detail = any(_is_detail(above.text, style, form) for above in before)
    if has_detail and not is_detail:
        points += 5.0 if _is_detail(following, style, form) else 3.0
    if style.asks:
        points += _asking_points(asked, text, row, area, style, form, tail=tail)
    else:
        points += -0.5 if is_unfinished(asked) else 1.0
    return points


def _asking_points(
    asked: str,
    text: str,
    row: list[TextLine],
    area: TableArea,
    style: RowStyle,
    form: Form,
    *,
    tail: bool,
) -> float:
    """Weighs question marks, where most questions have one."""
    if "?" not in text and not form.request_pattern.match(text):
        return -1.0 if "?" in asked else -1.5
    if tail:
        # The question itself may stand on the page before.
        return 1.5
    if "?" not in asked:
        return -1.5
    # Where cells have details, a row that would end without one rather goes on here.
    return 2.0 if not style.details or _has_gap(row, area, style) else 0.0


def _is_detail(text: str, style: RowStyle, form: Form) -> bool:
    """Whether a text begins as what follows a question: by a label or by a reference."""
    parts = reference_parts(text, form)
    return opens_detail(text, form) or (parts > 0 and parts not in style.numbered)


def _has_gap(row: list[TextLine], area: TableArea, style: RowStyle) -> bool:
    """Whether the question cell of a row has more than one paragraph."""
    return any(
        below.base - above.base > 1.15 * pitch_of(below, style.pitch)
        for above, below in pairwise(area.column(0, row))
    )


def _weight_points(
    before: list[TextLine], first: Run, above: TextLine, line: TextLine, style: RowStyle
) -> float:
    """Weighs the weight of a line where questions are bold."""
    if not first.bold:
        return -4.0
    if not before or not before[-1].runs[-1].bold:
        return 3.0
    return 1.5 if line.base - above.base > 1.25 * pitch_of(line, style.pitch) else -1.0


def _gap_points(above: TextLine, line: TextLine, style: RowStyle) -> float:
    gap = line.base - above.base
    if style.gap is not None and style.gap <= 1.15 * pitch_of(line, style.pitch):
        return 0.0
    if style.gap is not None:
        if abs(gap - style.gap) < SAME_GAP:
            return 4.0 if style.sharp else 2.0
        return -3.0 if gap < style.gap else 0.0
    return -1.5 if gap <= 1.05 * pitch_of(line, style.pitch) else 1.0


def goes_on_above(row: list[TextLine], line: TextLine, area: TableArea) -> bool:
    """Whether an answer in a column of its own only goes on here from the line above."""
    if len(area.columns.borders) == 1:
        return False
    above = [other for other in row if area.cells(other)[1]]
    return bool(above) and line.base - above[-1].base < 1.5 * line.size
