"""Tables with any columns whose cells are not drawn, by headers, white space and references.

Column headers of the form begin the table, and the white space below them separates the columns.
Rows begin at lines over all columns; otherwise where references begin; otherwise below white space
in the question column, and are then marked as doubtful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.layout.cells.cues import is_reference
from extractors.layout.cells.runs import Run, TextLine
from extractors.layout.cells.spacing import pitch_of
from extractors.layout.tables.grid import DrawnCell, DrawnTable
from extractors.layout.tables.tables import PageLines, Table, TableArea, find_tables
from models.document import Box
from models.form import Form
from models.form_tables import Column, TableForm

_WHITE = 1.08
"""Baselines further apart than this many times the usual have a gap between them."""
_ALIGNED = 0.8
_FEWEST = 2


def open_tables(
    pages: Sequence[PageLines], form: Form, pitch: dict[int, float]
) -> Iterator[tuple[int, DrawnTable]]:
    """Yields such tables with the number of their page.

    Args:
        pages: The pages, with the lines that are not in a drawn cell.
        form: The form.
        pitch: Usual distance of baselines by font size in half points.
    """
    for table in find_tables(pages, form):
        if isinstance(table, Table):
            for area in table.areas:
                starts, sure = _starts(table.head.table, area, form, pitch)
                yield area.page.number, _with_cells(area, starts, sure)


def _with_cells(area: TableArea, starts: Sequence[int], sure: bool) -> DrawnTable:
    """Returns a table whose rows begin at some of its lines."""
    columns, lines = area.columns, area.lines
    edges = (columns.left, *columns.borders, max(columns.right, columns.borders[-1] + 1))
    rows: list[tuple[DrawnCell, ...]] = []
    if area.head is not None:
        top = min(run.base - run.size for run in area.head.runs)
        box = Box(edges[0], top, edges[-1], max(run.base for run in area.head.runs))
        rows.append(_cells(edges, box, 0, [list(runs) for runs in area.head.columns]))
    for start, stop in pairwise([*starts, len(lines)]):
        own = lines[start:stop]
        parted = [[run for line in column for run in line.runs] for column in area.by_column(own)]
        foot = lines[stop].top if stop < len(lines) else own[-1].base + own[-1].size
        box = Box(edges[0], own[0].top, edges[-1], foot)
        rows.append(_cells(edges, box, len(rows), parted))
    tops = tuple(row[0].box.y0 for row in rows)
    box = Box(edges[0], tops[0], edges[-1], rows[-1][0].box.y1)
    return DrawnTable(box, tops, tuple(rows), sure)


def _starts(
    kind: TableForm, area: TableArea, form: Form, pitch: dict[int, float]
) -> tuple[list[int], bool]:
    """Returns which lines begin a row, the first among them, and whether that is sure."""
    if not area.lines:
        return [], True
    cells = list(map(area.cells, area.lines))
    ruled = [at for at, border in area.borders.items() if border == "line"]
    ref, question = kind.at(Column.REF), kind.holds.index(Column.QUESTION)
    if ref is not None:
        refs = [
            at
            for at, own in enumerate(cells)
            if (cell := own[ref]) and is_reference(cell.text, form)
        ]
        if len(refs) > len(ruled) + 1:
            beside = [cells[at][question] is not None for at in refs]
            return _from_first(refs), sum(beside) >= _ALIGNED * len(beside)
    if len(ruled) >= _FEWEST or (ruled and ref is not None):
        return _from_first(ruled), True
    return _from_first(_below_white([own[question] for own in cells], pitch)), False


def _below_white(column: Sequence[TextLine | None], pitch: dict[int, float]) -> Iterator[int]:
    """Yields the lines below white space in a column."""
    last: TextLine | None = None
    for at, cell in enumerate(column):
        if cell is not None:
            if last is None or cell.base - last.base > _WHITE * pitch_of(cell, pitch):
                yield at
            last = cell


def _cells(
    edges: Sequence[float], box: Box, row: int, runs: Sequence[list[Run]]
) -> tuple[DrawnCell, ...]:
    return tuple(
        DrawnCell(Box(left, box.y0, right, box.y1), row, 1, own)
        for (left, right), own in zip(pairwise(edges), runs, strict=True)
    )


def _from_first(starts: Iterable[int]) -> list[int]:
    return sorted({0, *starts})
