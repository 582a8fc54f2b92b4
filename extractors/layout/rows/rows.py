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

from extractors.layout.cells.runs import TextLine
from extractors.layout.rows.row_evidence import START, UNSURE, start_points
from extractors.layout.rows.row_style import (
    RowStyle,
    answer_beside,
    answer_lines,
    inner_borders,
    question_paragraphs,
)
from extractors.layout.tables.tables import TableArea
from models.form import Form


@dataclass(frozen=True, slots=True)
class Fragment:
    """What stands of one row on one page.

    Attributes:
        cells: Its lines, column by column.
        open_top: Whether it is the first of its table on the page, so that it may go on with a
            row of the page before.
        open_bottom: Whether no line is drawn below it; None where lines do not part rows.
        shaded: Whether it stands on a shaded area; None where rows are not shaded by turns.
        unsure: Whether its beginning rests on weak evidence.
    """

    cells: tuple[tuple[TextLine, ...], ...]
    open_top: bool
    open_bottom: bool | None = None
    shaded: bool | None = None
    unsure: bool = False


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
    return [
        Fragment(
            cells=tuple(map(tuple, area.by_column(group))),
            open_top=not at and area.continues,
            open_bottom=(not closed if at == len(groups) - 1 else False) if style.drawn else None,
            shaded=None if style.drawn or not style.ruled else _is_shaded(group, area),
            unsure=unsure[at],
        )
        for at, group in enumerate(groups)
    ]


def _is_shaded(lines: Sequence[TextLine], area: TableArea) -> bool:
    """Whether lines stand on a shaded area that is as wide as the table."""
    middle = (lines[0].base + lines[-1].base) / 2
    return any(
        shade.y0 < middle < shade.y1 and shade.x1 > area.columns.borders[-1] + lines[0].size
        for shade in area.strokes.shades
        if shade.x0 < area.columns.borders[0]
    )


def _by_borders(area: TableArea) -> list[list[TextLine]]:
    borders = inner_borders(area.borders, area.lines)
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
    opening = dict(question_paragraphs(area, style.pitch, None if style.centred else form))
    following = _following(opening)
    must = _starts_between_answers(area, opening, style, form) if style.centred else frozenset()
    for at, line in enumerate(area.lines):
        if not groups:
            groups.append([line])
            unsure.append(False)
            continue
        # A row that opens with its answer begins on this page.
        tail = len(groups) == 1 and area.continues and not answer_beside(groups[0][0], area, form)
        texts = (opening.get(at, ""), following.get(at, ""))
        points = start_points(groups[-1], line, texts, area, style, form, tail=tail)
        if points > START or at in must:
            is_unsure = points < START + UNSURE
            unsure[-1] |= is_unsure
            groups.append([line])
            unsure.append(is_unsure)
        else:
            groups[-1].append(line)
            unsure[-1] |= points > START - UNSURE
    return groups, unsure


def _following(opening: dict[int, str]) -> dict[int, str]:
    """Returns the paragraph after each paragraph of the question column."""
    return {at: opening[following] for at, following in pairwise(opening)}


def _starts_between_answers(
    area: TableArea, opening: dict[int, str], style: RowStyle, form: Form
) -> frozenset[int]:
    """Returns which lines begin rows where every answer stands in the middle of its row.

    Between two answers one row ends and another begins: at the question paragraph that looks most
    like a beginning.
    """
    following = _following(opening)
    starts: set[int] = set()
    row_from = 0
    for above, below in pairwise(answer_lines(area)):
        found = [
            (
                start_points(
                    list(area.lines[row_from:at]),
                    area.lines[at],
                    (opening[at], following.get(at, "")),
                    area,
                    style,
                    form,
                    tail=not starts and area.continues,
                ),
                -at,
            )
            for at in range(above + 1, below + 1)
            if at in opening
        ]
        if found:
            row_from = -max(found)[1]
            starts.add(row_from)
    return frozenset(starts)
