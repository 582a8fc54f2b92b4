"""Selecting rows of datasets: the selection of `svar show`, applied to whole tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.report import Severity, Status
from pipeline.checking.selection import (
    NO_DOUBT,
    SURE,
    Selection,
    UnknownNameError,
    check_names,
    in_section,
    is_named,
    unknown,
)
from pipeline.corrections import NOT_APPLIED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Tables = dict[str, pa.Table]
"""A table by dataset."""

PLACES = 1 << 32
"""Greater than any position: `rank * PLACES + position` is an answer's number."""


def select_rows(tables: Tables, selection: Selection) -> Tables:
    """Returns the selected part of the datasets, as `checking.selection.select` does for reports.

    Raises:
        UnknownNameError: No report has the section, question, theme, board or code.
    """
    if selection.everything:
        return tables
    if selection.board is not None:
        tables = _of_board(tables, selection.board)
    if pc.any(pc.not_equal(tables["reports"]["status"], str(Status.FAILED))).as_py():
        check_names(_known_names(tables), selection)
    answers = tables["answers"].filter(pa.array(_wanted_answers(tables, selection)))
    sections = tables["sections"].filter(pa.array(_wanted_sections(tables, answers, selection)))
    reports = tables["reports"].filter(
        pa.array(_wanted_reports(tables["reports"], answers, sections, selection))
    )
    narrowed = tables | {"answers": answers, "sections": sections, "reports": reports}
    for name in tables.keys() - {"answers", "sections", "reports"}:
        narrowed[name] = _of_answers(tables[name], answers, reports)
    return narrowed


def _of_board(tables: Tables, board: str) -> Tables:
    reports = tables["reports"].select(["report_id", "organisation", "source"]).to_pylist()
    named = [row["report_id"] for row in reports if is_named(tuple(row.values()), board)]
    if not named:
        names = {row["organisation"] or row["source"] for row in reports}
        raise UnknownNameError(unknown("board", board, names))
    ids = pa.array(named, pa.string())
    return {name: table.filter(pc.is_in(table["report_id"], ids)) for name, table in tables.items()}


def doubtful(answers: pa.Table, problems: pa.Table) -> NDArray[np.bool_]:
    """Returns for each answer whether it needs review, like `checking.selection.needs_eyes`."""
    flagged = np.fromiter(
        (not NO_DOUBT.issuperset(flags) for flags in answers["flags"].to_pylist()),
        np.bool_,
        answers.num_rows,
    )
    unsure = pc.less(answers["confidence"], SURE).to_numpy()
    grave = problems.filter(pc.not_equal(problems["severity"], str(Severity.INFO)))
    known = ranks(answers)
    warned = np.isin(numbers(answers, known), numbers(grave, known))
    found = np.asarray(flagged | unsure | warned, dtype=np.bool_)
    # A corrected answer has been reviewed, unless one of its corrections is not applied.
    (corrected,) = np.nonzero(pc.greater(pc.list_value_length(answers["corrected"]), 0).to_numpy())
    rows = answers.select(["corrected", "flags"]).take(pa.array(corrected)).to_pylist()
    for index, row in zip(corrected, rows, strict=True):
        if set(row["corrected"]) - {"themes"}:
            found[index] = bool(set(NOT_APPLIED.values()) & set(row["flags"]))
    return found


def ranks(table: pa.Table) -> dict[str, int]:
    """Returns a number for each report of a table."""
    ids = pc.unique(table["report_id"]).to_pylist()
    return {report_id: rank for rank, report_id in enumerate(ids)}


def numbers(table: pa.Table, known: Mapping[str, int]) -> NDArray[np.int64]:
    """Returns a number for the answer that each row concerns; -1 where it concerns none.

    Args:
        table: Has `report_id` and `position`.
        known: The number of each report.
    """
    values = pa.array(list(known), pa.string())
    rank = pc.fill_null(pc.index_in(table["report_id"], values), -1).to_numpy().astype(np.int64)
    position = pc.fill_null(table["position"], -1).to_numpy().astype(np.int64)
    return np.where((rank < 0) | (position < 0), np.int64(-1), rank * PLACES + position)


def _wanted_answers(tables: Tables, selection: Selection) -> NDArray[np.bool_]:
    answers, themes = tables["answers"], tables["themes"]
    wanted = np.ones(answers.num_rows, dtype=np.bool_)
    if selection.section is not None:
        wanted &= _within(answers, selection.section)
    if selection.question is not None:
        wanted &= pc.equal(answers["key"], selection.question).to_numpy()
    if selection.code is not None:
        wanted &= pc.equal(answers["code"], selection.code).to_numpy()
    if selection.theme is not None or selection.assertion is not None:
        own = themes
        for column in ("theme", "assertion"):
            value = getattr(selection, column)
            if value is not None:
                own = own.filter(pc.equal(own[column], value))
        known = ranks(answers)
        wanted &= np.isin(numbers(answers, known), numbers(own, known))
    if selection.flagged:
        wanted &= doubtful(answers, tables["problems"])
    return wanted


def _wanted_sections(tables: Tables, answers: pa.Table, selection: Selection) -> NDArray[np.bool_]:
    sections = tables["sections"]
    if selection.section is not None:
        return _within(sections, selection.section)
    own = set(zip(answers["report_id"].to_pylist(), answers["section"].to_pylist(), strict=True))
    pairs = zip(sections["report_id"].to_pylist(), sections["section"].to_pylist(), strict=True)
    return np.fromiter((pair in own for pair in pairs), np.bool_, sections.num_rows)


def _wanted_reports(
    reports: pa.Table, answers: pa.Table, sections: pa.Table, selection: Selection
) -> NDArray[np.bool_]:
    """Reports with anything selected; failed ones stay, to show why."""
    if selection.flagged:
        return np.ones(reports.num_rows, dtype=np.bool_)
    own = pa.chunked_array(
        [*answers["report_id"].chunks, *sections["report_id"].chunks], pa.string()
    )
    has = pc.is_in(reports["report_id"], pc.unique(own)).to_numpy()
    failed = pc.equal(reports["status"], str(Status.FAILED)).to_numpy()
    return np.asarray(has | failed, dtype=np.bool_)


def _of_answers(table: pa.Table, answers: pa.Table, reports: pa.Table) -> pa.Table:
    """The rows that concern one of the answers, or one of the reports as a whole."""
    known = ranks(answers)
    wanted = np.isin(numbers(table, known), numbers(answers, known))
    whole = pc.is_null(table["position"]).to_numpy()
    there = pc.is_in(table["report_id"], reports["report_id"].combine_chunks()).to_numpy()
    return table.filter(pa.array(wanted | (whole & there)))


def _within(table: pa.Table, section: str) -> NDArray[np.bool_]:
    return np.fromiter(
        (in_section(number, section) for number in table["section"].to_pylist()),
        np.bool_,
        table.num_rows,
    )


def _known_names(tables: Tables) -> dict[str, set[str]]:
    columns = {
        "section": (("sections", "section"), ("answers", "section")),
        "question": (("answers", "key"),),
        "theme": (("themes", "theme"),),
        "code": (("answers", "code"),),
    }
    return {
        kind: {
            name
            for dataset, column in places
            for name in pc.unique(tables[dataset][column]).to_pylist()
        }
        for kind, places in columns.items()
    }
