"""How the tables of a document part their rows, learned from the rows that are sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.layout.cells.answers import stands_alone
from extractors.layout.cells.runs import TextLine, pitch_of
from extractors.layout.rows.question_starts import question_starts
from extractors.layout.tables.tables import TableArea
from models.form import Form

SAME_GAP = 1.3
"""Points within which two gaps are one."""
_RARE = 0.1


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How the tables of a document part their rows.

    Attributes:
        ruled: Whether drawn lines or shading part them.
        drawn: Whether lines part them, not shading alone.
        centred: Whether answers of a column of their own stand in the middle of their rows.
        bold_starts: Whether questions are bold and what follows in their cells is not.
        asks: Whether most questions hold a question mark.
        details: Whether most question cells have a paragraph after the question.
        numbered: Numbers of parts of the references that open questions (3 for 2:3:1).
        gap: Usual distance from a row's last baseline to the next row's first, or None where it
            varies.
        sharp: Whether no gap between paragraphs is like that one.
        pitch: Usual distance of baselines by font size.
    """

    ruled: bool
    drawn: bool
    centred: bool
    bold_starts: bool
    asks: bool
    details: bool
    numbered: frozenset[int]
    gap: float | None
    sharp: bool
    pitch: dict[int, float]


@dataclass(slots=True)
class _Counts:
    """What was counted over the question columns."""

    starts: int = 0
    bold: int = 0
    regular: int = 0
    asked: int = 0
    with_detail: int = 0


def learn_style(areas: Sequence[TableArea], pitch: dict[int, float], form: Form) -> RowStyle:
    """Learns how the tables of a document part their rows.

    A paragraph of the question column is a sure start of a row where an answer stands beside it.
    """
    if _is_centred(areas, pitch):
        return _centred_style(areas, pitch)
    counts = _Counts()
    opening: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    gaps: list[float] = []
    inner: list[float] = []
    for area in areas:
        in_row = False
        for at, text in question_paragraphs(area, pitch, form):
            line = area.lines[at]
            level = reference_parts(text, form)
            if answer_beside(line, area, form):
                counts.starts += 1
                counts.bold += _is_bold(area.cells(line)[0])
                counts.asked += "?" in text
                opening[level] += 1
                in_row = True
                if at:
                    gaps.append(line.base - area.lines[at - 1].base)
            else:
                if in_row:
                    counts.with_detail += 1
                    inner.append(_gap_above(area, at))
                inside[level] += 1
                in_row = False
        counts.regular += sum(not line.bold for line in area.column(0))
    gap = _usual(gaps)
    return RowStyle(
        ruled=_is_ruled(areas),
        drawn=_is_drawn(areas),
        centred=False,
        bold_starts=counts.bold > 0.8 * max(1, counts.starts) and counts.regular > 0,
        asks=counts.asked > 0.6 * counts.starts,
        details=counts.with_detail > 0.5 * counts.starts,
        numbered=frozenset(
            level for level, count in opening.items() if level and count > inside[level]
        ),
        gap=gap,
        sharp=gap is not None and _is_rare(gap, inner) and _is_sharp(gap, areas, pitch),
        pitch=pitch,
    )


def _gap_above(area: TableArea, at: int) -> float:
    """Returns how far a line of the question column stands below the one before it there."""
    lines = area.lines
    above = next((line for line in lines[at - 1 :: -1] if area.cells(line)[0]), lines[at - 1])
    return lines[at].base - above.base


def _is_rare(gap: float, others: Sequence[float]) -> bool:
    """Whether few of some gaps are like another one."""
    return sum(abs(other - gap) < SAME_GAP for other in others) <= _RARE * len(others)


def _is_bold(cell: TextLine | None) -> bool:
    return cell is None or all(run.bold for run in cell.runs)


def _is_ruled(areas: Sequence[TableArea]) -> bool:
    return any(inner_borders(area.borders, area.lines) for area in areas)


def _is_drawn(areas: Sequence[TableArea]) -> bool:
    return any(inner_borders(area.ruled_borders, area.lines) for area in areas)


def _is_centred(areas: Sequence[TableArea], pitch: dict[int, float]) -> bool:
    """Whether most answers of answer columns do not stand beside the beginning of a question."""
    answers = beside = 0
    for area in areas:
        if len(area.columns.borders) > 1:
            begins = {at for at, _ in question_paragraphs(area, pitch, None)}
            found = answer_lines(area)
            answers += len(found)
            beside += sum(at in begins for at in found)
    return answers > 2 and beside < 0.6 * answers


def _centred_style(areas: Sequence[TableArea], pitch: dict[int, float]) -> RowStyle:
    """Returns the style of tables whose answers do not tell where rows begin."""
    answers = sum(len(answer_lines(area)) for area in areas)
    texts = [text for area in areas for _, text in question_paragraphs(area, pitch, None)]
    weights = {line.bold for area in areas for line in area.column(0)}
    return RowStyle(
        ruled=_is_ruled(areas),
        drawn=_is_drawn(areas),
        centred=True,
        bold_starts=len(weights) > 1,
        asks=sum("?" in text for text in texts) > 0.6 * answers,
        details=len(texts) > 1.5 * answers,
        numbered=frozenset(),
        gap=None,
        sharp=False,
        pitch=pitch,
    )


def answer_lines(area: TableArea) -> list[int]:
    """Returns which lines of an area begin the text of an answer column's cells."""
    found: list[int] = []
    last: TextLine | None = None
    for at, line in enumerate(area.lines):
        if area.cells(line)[1]:
            if last is None or line.base - last.base > 1.5 * line.size:
                found.append(at)
            last = line
    return found


def question_paragraphs(
    area: TableArea, pitch: dict[int, float], form: Form | None
) -> Iterator[tuple[int, str]]:
    """Yields where paragraphs of the question column begin, and their text to the next one.

    A paragraph begins after a gap and where the weight turns bold; with a form, also where an
    answer stands beside it, and where the text tells that a question begins.
    """
    asking = _question_lines(area, form) if form is not None else frozenset()
    texts: list[str] = []
    first, last, was_answered = 0, None, False
    for at, line in enumerate(area.lines):
        question, answer, *_ = area.cells(line)
        is_answered = answer is not None and form is not None and answer_beside(line, area, form)
        if question is None:
            was_answered = is_answered
            continue
        if last is not None and (
            line.base - last.base > 1.15 * pitch_of(line, pitch)
            or (question.runs[0].bold and not last.runs[0].bold)
            or (is_answered and not was_answered)
            or at in asking
        ):
            yield first, " ".join(texts)
            texts = []
        if not texts:
            first = at
        texts.append(question.text)
        last, was_answered = line, is_answered
    if texts:
        yield first, " ".join(texts)


def _question_lines(area: TableArea, form: Form) -> frozenset[int]:
    """Returns which lines of an area begin a question that nothing parts from the text above."""
    own = [(at, cell.text) for at, line in enumerate(area.lines) if (cell := area.cells(line)[0])]
    starts = question_starts([text for _, text in own], form)
    return frozenset(own[start][0] for start in starts)


def reference_parts(text: str, form: Form) -> int:
    """Returns how many parts the bare reference has that opens a text (3 for 2:3:1), or 0."""
    if not text[:1].isdigit():
        return 0
    for pattern in form.reference_patterns:
        match = pattern.match(text)
        if match is not None and match.start("ref") == 0:
            return match["ref"].count(":") + 1
    return 0


def answer_beside(line: TextLine, area: TableArea, form: Form) -> bool:
    """Whether an answer stands alone beside the question column on this line."""
    known = area.answered.get(id(line))
    if known is None:
        known = area.answered[id(line)] = _answer_beside(area.cells(line)[1:], form)
    return known


def _answer_beside(later: Sequence[TextLine | None], form: Form) -> bool:
    """Whether an answer stands alone in the columns after the question's on one line."""
    first = later[0] if later else None
    if first is None:
        return False
    if len(later) > 1:
        return True
    text = first.runs[0].text
    if text[0].isalpha() and text[1:2].strip() and not form.answer_pattern.match(text):
        return False
    if text[0].islower() and text.endswith("."):
        # The end of a comment: "... där rekrytering pågår."
        return False
    return stands_alone(first.pieces, form)


def inner_borders(borders: Sequence[float], lines: Sequence[TextLine]) -> list[float]:
    """Returns the borders that stand between two of the lines and cut no line."""
    if not lines:
        return []
    return [
        height
        for height in borders
        if lines[0].base < height < lines[-1].base and not _cuts(height, lines)
    ]


def _cuts(height: float, lines: Sequence[TextLine]) -> bool:
    return any(line.top + 0.2 * line.size < height < line.base for line in lines)


def _is_sharp(gap: float, areas: Sequence[TableArea], pitch: dict[int, float]) -> bool:
    """Whether few gaps between paragraphs inside rows are like the gap between rows."""
    inside: list[float] = []
    for area in areas:
        for above, line in pairwise(area.lines):
            distance = line.base - above.base
            if distance <= 1.15 * pitch_of(line, pitch):
                continue
            beside = {area.columns.of(run) for run in (*above.runs, *line.runs)}
            # Only one column has text on both lines, so no row begins here, but for blank rows.
            if len(beside) == 1:
                inside.append(distance)
    return len(inside) > 2 and _is_rare(gap, inside)


def _usual(gaps: Sequence[float]) -> float | None:
    """Returns the gap that most rows have, None where they differ."""
    if len(gaps) < 2:
        return None
    middle = median(gaps)
    near = sum(1 for gap in gaps if abs(gap - middle) < SAME_GAP)
    return middle if near > 0.6 * len(gaps) else None
