"""A table as a chain of units over all its pages, with the context of each page break."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.cells.cues import asks
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import pitch_of
from extractors.layout.rows.file_order import told_apart
from extractors.layout.rows.habits import Habits, is_shaded
from extractors.layout.rows.page_break import Break, Side, room_beside
from extractors.layout.rows.units import Unit, is_detail, units_of
from extractors.layout.tables.tables import Table, TableArea
from models.form import Form

_LIKELY = 0.8
_NEAR = 30.0


def chain_of(table: Table, habits: Habits, form: Form, rights: Sequence[float]) -> list[Unit]:
    """Returns the units of a table in reading order, over all its pages.

    Args:
        table: The table.
        habits: What the rows of the document have in common.
        form: The form.
        rights: Right edge of each column's text.
    """
    areas = [area for area in table.areas if area.lines]
    parts = [units_of(area, habits, form, rights) for area in areas]
    edges = [_closed_below(area) for area in areas[:-1]]
    tops = [_closed_above(area) for area in areas[1:]]
    foot = max((area.lines[-1].base for area in areas), default=0.0)
    for at, (before, after) in enumerate(pairwise(parts)):
        if not areas[at + 1].continues:
            continue
        last = areas[at].lines[-1]
        after[0].at_break = Break(
            _side(_last_row(parts[: at + 1]), table, form, rights),
            _side(_first_row(after), table, form, rights),
            habits,
            form,
            closed=edges[at],
            opened=tops[at] if areas[at + 1].head is None else None,
            closed_share=sum(edges) / len(edges),
            opened_share=sum(tops) / len(tops),
            shades_differ=_shades_differ(before[-1], after[0], habits),
            white=(foot - last.base) / (pitch_of(last, habits.pitch) or 1.0),
            repeated=areas[at + 1].head is not None,
            told_apart=told_apart(last, areas[at + 1].lines[0]),
        )
    units = [unit for part in parts for unit in part]
    _tell_what_stands_above(units)
    return units


def _tell_what_stands_above(units: Sequence[Unit]) -> None:
    """Sets for each unit what is above it in its row, as far as known."""
    asked = detailed = False
    for at, unit in enumerate(units):
        if _is_likely_start(unit) or (unit.is_first and unit.at_break is None):
            asked = detailed = False
        unit.asked, unit.detailed = asked, detailed
        asked |= asks(unit.text, unit.form)
        detailed |= is_detail(unit.text, unit.habits, unit.form)
        beside = [own.gap for own in units[max(0, at - 1) : at + 2] if own is not unit]
        unit.peak = unit.gap - max(beside, default=0.0)


def _is_likely_start(unit: Unit) -> bool:
    """Whether a unit clearly begins a row, without weighing evidence."""
    if unit.habits.bordered > _LIKELY:
        return unit.border not in ("", "part")
    return unit.answer and unit.question is not None


def _last_row(parts: Sequence[Sequence[Unit]]) -> list[Unit]:
    """Returns the units from the last likely row start onwards, or at least those of a page."""
    found: list[Unit] = []
    for unit in (unit for part in reversed(parts) for unit in reversed(part)):
        found.append(unit)
        if _is_likely_start(unit):
            break
    return found[::-1]


def _first_row(units: Sequence[Unit]) -> list[Unit]:
    stop = next((at for at, unit in enumerate(units) if at and _is_likely_start(unit)), len(units))
    return list(units[:stop])


def _side(units: Sequence[Unit], table: Table, form: Form, rights: Sequence[float]) -> Side:
    cells: list[list[TextLine]] = [[] for _ in table.head.table.columns]
    for unit in units:
        for at, own in enumerate(unit.area.by_column(unit.lines)):
            cells[at] += own
    question, comment = cells[0], cells[-1]
    answer = any(unit.answers for unit in units)
    if answer and len(cells) == 2:
        comment = comment[1:]
    return Side(
        question=" ".join([line.text for line in question]),
        answer=answer,
        comment=" ".join([line.text for line in comment]),
        opens_bold=bool(question) and question[0].bold,
        ends_bold=bool(question) and question[-1].bold,
        question_room=room_beside(question, rights[0]),
        comment_room=room_beside(comment, rights[-1]),
    )


def _closed_below(area: TableArea) -> bool:
    last = area.lines[-1].base
    return any(kind != "part" and last - 1 <= at < last + _NEAR for kind, at in area.drawn)


def _closed_above(area: TableArea) -> bool:
    first = area.lines[0].base
    return any(kind != "part" and first - _NEAR < at < first for kind, at in area.drawn)


def _shades_differ(before: Unit, after: Unit, habits: Habits) -> bool | None:
    """Whether only one of two units is shaded, in a table where every other row is.

    Some programs shade only the cells that go on after a page break, not the whole row.
    """
    first = after.lines[0]
    shaded = is_shaded(after.area, first)
    if not habits.zebra or (not shaded and is_shaded(after.area, first, first.x0)):
        return None
    return is_shaded(before.area, before.lines[-1]) != shaded
