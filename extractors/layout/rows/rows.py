"""The rows of a table over all its pages, with the probability of their borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from extractors.layout.cells.runs import TextLine
from extractors.layout.decoding.decoder import Why
from extractors.layout.rows.chain import chain_of
from extractors.layout.rows.decide import BEGINS, SURE, Decided, decide
from extractors.layout.rows.habits import Habits
from extractors.layout.rows.units import Unit
from extractors.layout.tables.tables import Table, TableArea
from models.form import Form


@dataclass(slots=True)
class RowPart:
    """The part of a row on one page: its lines, and the same column by column."""

    area: TableArea
    lines: list[TextLine]
    cells: list[list[TextLine]]


@dataclass(slots=True)
class Row:
    """A row.

    Attributes:
        parts: Its parts, one for each of its pages.
        probability: Probability that it begins and ends where it does, and nowhere in between.
        border_unsure: Whether one of these decisions on a page is in doubt.
        cut_unsure: Whether one at a page break is.
    """

    parts: list[RowPart] = field(default_factory=list)
    probability: float = 1.0
    border_unsure: bool = False
    cut_unsure: bool = False

    def column(self, at: int) -> list[TextLine]:
        """Returns the lines of a column, over all pages."""
        return [line for part in self.parts for line in part.cells[at]]

    @property
    def is_crossed(self) -> bool:
        """Whether text crosses a border of its columns."""
        return any(part.area.columns.crossed_by(line) for part in self.parts for line in part.lines)


def rows_of(table: Table, habits: Habits, form: Form, rights: Sequence[float]) -> list[Row]:
    """Splits a table into rows.

    Args:
        table: The table.
        habits: What the rows of the document have in common.
        form: The form.
        rights: Right edge of each column's text, in points.
    """
    units = chain_of(table, habits, form, rights)
    if not units:
        return []
    decided = decide(units, _kind(habits))
    starts = [at for at, begins in enumerate(decided.begins) if begins]
    rows = [
        _row(units, decided, start, stop)
        for start, stop in zip(starts, [*starts[1:], len(units)], strict=True)
    ]
    for above, row, start in zip(rows, rows[1:], starts[1:], strict=False):
        if not row.column(0):  # It may belong to the row above.
            above.cut_unsure |= units[start].at_break is not None
            above.border_unsure |= units[start].at_break is None
    return rows


def why_of(
    table: Table, habits: Habits, form: Form, rights: Sequence[float]
) -> Iterator[tuple[Unit, Why]]:
    """Yields the units of a table, with why each begins or continues a row."""
    units = chain_of(table, habits, form, rights)
    if units:
        path = decide(units, _kind(habits)).path
        yield from ((unit, path.why(at, BEGINS)) for at, unit in enumerate(units))


def _kind(habits: Habits) -> str:
    return "layout" if habits.on_grid else "pages"


def _row(units: Sequence[Unit], decided: Decided, start: int, stop: int) -> Row:
    """Returns the row of the units from `start` up to `stop`."""
    row = Row()
    for _, same_page in groupby(units[start:stop], key=lambda unit: id(unit.area)):
        own = list(same_page)
        area, lines = own[0].area, [line for unit in own for line in unit.lines]
        row.parts.append(RowPart(area, lines, area.by_column(lines)))
    row.probability = decided.path.probability(start, min(stop + 1, len(units)))
    for at in range(start, min(stop + 1, len(units))):
        if decided.sure[at] < SURE:
            if units[at].at_break is not None:
                row.cut_unsure = True
            else:
                row.border_unsure = True
    return row
