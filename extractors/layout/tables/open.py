"""Tables with any columns whose cells are not drawn, by headers, white space and references.

Column headers of the form begin the table, and the white space below them separates the columns.
Rows begin at lines over all columns; otherwise where references begin; otherwise below white space
in the question column, and are then marked as doubtful.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.layout.cells.cues import is_reference
from extractors.layout.cells.runs import Run, TextLine
from extractors.layout.tables.columns import Columns, find_columns
from extractors.layout.tables.drawn import drawn_across
from extractors.layout.tables.extent import extent
from extractors.layout.tables.grid import DrawnCell, DrawnTable
from extractors.layout.tables.heads import Head, HeadFinder
from extractors.layout.tables.rules import Strokes
from models.document import Box
from models.form import Form
from models.form_tables import Column, TableForm

_WHITE = 1.08
"""Baselines further apart than this many times the usual have a gap between them."""
_ALIGNED = 0.8
_LARGER = 0.9
"""Points by which type must be larger than a table's to begin text outside it."""
_DEEP = 0.2
_FEWEST = 2


class OpenTables:
    """Finds the tables of a form whose cells are not drawn, page by page.

    Args:
        form: The form.
        pitch: Usual distance of baselines by font size in half points.
    """

    def __init__(self, form: Form, pitch: dict[int, float]) -> None:
        self._form = form
        self._pitch = pitch
        self._heads = HeadFinder(form)
        self._open: tuple[TableForm, Columns, float] | None = None

    def take(
        self, lines: Sequence[TextLine], strokes: Strokes
    ) -> tuple[list[DrawnTable], list[TextLine]]:
        """Returns the tables on the next page, and the lines outside them.

        Args:
            lines: The lines of the page that are not in a drawn cell.
            strokes: What is drawn on the page.
        """
        tables: list[DrawnTable] = []
        rest: list[TextLine] = []
        heads = self._heads.find(lines)
        stops = [*(head.first for head in heads), len(lines)]
        at = 0
        if self._open and stops[0] and lines[0].size <= self._open[2] + _LARGER:
            kind, columns, _ = self._open
            at = extent(
                lines[: stops[0]], columns, strokes, self._form, None, before_head=bool(heads)
            )
            if at:
                tables.append(self._table(kind, columns, None, lines[:at], strokes))
        if at < stops[0] or heads:
            self._open = None
        rest += lines[at : stops[0]]
        for head, stop in zip(heads, stops[1:], strict=True):
            below = lines[head.stop : stop]
            columns, clear = find_columns(head, below, strokes)
            before_head = stop < len(lines) and clear == len(below)
            count = extent(
                below[:clear], columns, strokes, self._form, None, before_head=before_head
            )
            tables.append(self._table(head.table, columns, head, below[:count], strokes))
            rest += below[count:]
            size = max((line.size for line in below[:count]), default=0.0)
            self._open = (head.table, columns, size) if count == len(below) else None
        return tables, rest

    def _table(
        self,
        kind: TableForm,
        columns: Columns,
        head: Head | None,
        lines: Sequence[TextLine],
        strokes: Strokes,
    ) -> DrawnTable:
        starts, sure = self._starts(kind, columns, lines, strokes)
        edges = (columns.left, *columns.borders, max(columns.right, columns.borders[-1] + 1))
        rows: list[tuple[DrawnCell, ...]] = []
        if head is not None:
            top = min(run.base - run.size for run in head.runs)
            box = Box(edges[0], top, edges[-1], max(run.base for run in head.runs))
            rows.append(_cells(edges, box, 0, [list(runs) for runs in head.columns]))
        for start, stop in pairwise([*starts, len(lines)]):
            own = lines[start:stop]
            parted = [
                [run for line in own if (cell := columns.split(line)[at]) for run in cell.runs]
                for at in range(len(edges) - 1)
            ]
            foot = lines[stop].top if stop < len(lines) else own[-1].base + own[-1].size
            box = Box(edges[0], own[0].top, edges[-1], foot)
            rows.append(_cells(edges, box, len(rows), parted))
        tops = tuple(row[0].box.y0 for row in rows)
        bottom = rows[-1][0].box.y1
        return DrawnTable(Box(edges[0], tops[0], edges[-1], bottom), tops, tuple(rows), sure)

    def _starts(
        self, kind: TableForm, columns: Columns, lines: Sequence[TextLine], strokes: Strokes
    ) -> tuple[list[int], bool]:
        """Returns which lines begin a row, the first among them, and whether that is sure."""
        if not lines:
            return [], True
        ruled = _below_lines(lines, columns, strokes)
        ref = kind.at(Column.REF)
        question = kind.at(Column.QUESTION)
        if ref is not None:
            refs = [
                at
                for at, line in enumerate(lines)
                if (cell := columns.split(line)[ref]) and is_reference(cell.text, self._form)
            ]
            if len(refs) > len(ruled) + 1:
                beside = [columns.split(lines[at])[question or 0] is not None for at in refs]
                return _from_first(refs), sum(beside) >= _ALIGNED * len(beside)
        if len(ruled) >= _FEWEST or (ruled and ref is not None):
            return _from_first(ruled), True
        return _from_first(list(self._below_white(lines, columns, question or 0))), False

    def _below_white(
        self, lines: Sequence[TextLine], columns: Columns, question: int
    ) -> Iterator[int]:
        """Yields the lines below white space in the question column."""
        last: TextLine | None = None
        for at, line in enumerate(lines):
            cell = columns.split(line)[question]
            if cell is None:
                continue
            pitch = self._pitch.get(round(2 * cell.size)) or 1.2 * cell.size
            if last is None or cell.base - last.base > _WHITE * pitch:
                yield at
            last = cell


def _cells(
    edges: Sequence[float], box: Box, row: int, runs: Sequence[list[Run]]
) -> tuple[DrawnCell, ...]:
    return tuple(
        DrawnCell(Box(left, box.y0, right, box.y1), row, 1, own)
        for (left, right), own in zip(pairwise(edges), runs, strict=True)
    )


def _from_first(starts: Sequence[int]) -> list[int]:
    return sorted({0, *starts})


def _below_lines(lines: Sequence[TextLine], columns: Columns, strokes: Strokes) -> list[int]:
    """Returns the text lines that have a line drawn over all columns right above them."""
    bases = [line.base for line in lines]
    found = []
    for kind, height in drawn_across(Strokes(strokes.across), columns):
        at = bisect_right(bases, height)
        if kind == "line" and 0 < at < len(lines):
            top = lines[at].top + _DEEP * lines[at].size
            if height <= top:
                found.append(at)
    return sorted(set(found))
