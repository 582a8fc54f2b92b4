"""The selected part of the datasets, ordered by board, with doubtful answers marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.datasets import DATASETS
from pipeline import load_table
from pipeline.checking.selection import Selection
from pipeline.publishing.selected import Tables, doubtful, select_rows
from pipeline.versions import current_only

_SWEDISH = str.maketrans("åäö", "{|}")
"""Characters that sort after z, in the order of the Swedish alphabet."""


@dataclass(frozen=True, slots=True)
class Content:
    """The datasets of an output, or the selected part of them.

    Attributes:
        tables: A table by dataset. Rows are ordered by board, then by place in the report.
            `answers` has an extra column, `doubtful`: whether a person should review the answer.
        boards: Name of each report's board by `report_id`, in Swedish alphabetical order; names are
            unique.
        sources: File of each report by `report_id`.
        selection: What was picked.
        superseded: Files of reports that are left out because another by the same board replaces
            them.
    """

    tables: Tables
    boards: Mapping[str, str]
    sources: Mapping[str, str]
    selection: Selection
    superseded: tuple[str, ...] = ()


def load_content(out: str, selection: Selection, *, boxes: bool = False) -> Content:
    """Reads the datasets of an output.

    Args:
        out: Output folder of `svar run`, or an fsspec address.
        selection: What to pick.
        boxes: Whether to keep the bounding boxes of the fields.

    Raises:
        WrongUseError: There are no datasets, or they were written with another schema version.
        UnknownNameError: No report has the section, question or theme.
    """
    reports = load_table(out, "reports")
    left_out = reports.filter(pc.is_valid(reports["superseded_by"]))
    boards, sources = _boards(current_only({"reports": reports})["reports"])
    tables: Tables = {}
    for name in DATASETS:  # one at a time, since each is briefly in memory twice
        table = load_table(out, name)
        if name == "answers" and not boxes:
            table = table.drop_columns(["boxes", "box_fields"])
        columns = {column: table[column] for column in table.column_names}
        del table
        tables[name] = _by_board(columns, list(boards))
    tables = select_rows(tables, selection)
    selected = tables["reports"]["report_id"].to_pylist()
    answers = tables["answers"]
    marks = pa.array(doubtful(answers, tables["problems"]))
    tables["answers"] = answers.append_column("doubtful", marks)
    return Content(
        tables,
        {report_id: boards[report_id] for report_id in selected},
        {report_id: sources[report_id] for report_id in selected},
        selection,
        tuple(sorted(left_out["source"].to_pylist())),
    )


def swedish_order(text: str) -> list[tuple[int, int, str]]:
    """Returns a sort key: Swedish alphabetical order, with numbers ordered by value."""
    parts = re.findall(r"\d+|\D+", text.casefold().translate(_SWEDISH))
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts]


def _boards(reports: pa.Table) -> tuple[dict[str, str], dict[str, str]]:
    rows = reports.select(["report_id", "organisation", "source"]).to_pylist()
    counts = Counter(row["organisation"] for row in rows)
    named: dict[str, str] = {}
    for row in rows:
        board, source = row["organisation"], row["source"]
        alone = counts[board] == 1
        named[row["report_id"]] = (board if alone else f"{board} ({source})") if board else source
    counts = Counter(named.values())
    named = {id_: n if counts[n] == 1 else f"{n} ({id_})" for id_, n in named.items()}
    order = sorted(named, key=lambda report_id: (swedish_order(named[report_id]), report_id))
    sources = {row["report_id"]: row["source"] for row in rows}
    return {report_id: named[report_id] for report_id in order}, sources


def _by_board(columns: dict[str, pa.ChunkedArray], order: list[str]) -> pa.Table:
    """The rows of the given reports in their order; rows within a report keep theirs.

    Args:
        columns: The table by column. Each column is removed once processed, so that a big table is
            not in memory twice.
        order: `report_id` of the reports, in the desired order.
    """
    ranks = pc.index_in(columns["report_id"], pa.array(order, pa.string())).combine_chunks()
    (known,) = np.nonzero(pc.is_valid(ranks).to_numpy(zero_copy_only=False))
    ranks = ranks.take(pa.array(known)).to_numpy(zero_copy_only=False)
    rows = pa.array(known[np.argsort(ranks, kind="stable")])
    return pa.table({name: columns.pop(name).take(rows) for name in list(columns)})
