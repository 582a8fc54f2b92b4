"""The datasets as an analyst reads them: by board, only what is selected, doubt marked."""

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
    """The datasets of an output, or what is selected of them.

    Attributes:
        tables: A table by dataset. Rows go by board, then by place in the report. `answers` has a
            column more, `doubtful`: whether a person should look at it.
        boards: Name of each report's board by `report_id`, in the order of the Swedish alphabet;
            no two alike.
        sources: File of each report by `report_id`.
        selection: What was picked.
        superseded: Files of reports that are left out, as another of the same board counts in
            their place.
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
        boxes: Whether to keep where each field stands on its page.

    Raises:
        WrongUseError: There are no datasets, or they were written with another schema version.
        UnknownNameError: No report has the section, question or theme.
    """
    reports = load_table(out, "reports")
    left_out = reports.filter(pc.is_valid(reports["superseded_by"]))
    boards, sources = _boards(current_only({"reports": reports})["reports"])
    tables: Tables = {}
    for name in DATASETS:  # one at a time, for each stands in memory twice for a moment
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
    """Returns what sorts a name as the Swedish alphabet does, and its numbers by their size."""
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
    """The rows of reports in a given order, without those of others; a report's stay in theirs.

    Args:
        columns: The table, column by column; each is taken out when it is done, so that a big table
            does not stand in memory twice.
        order: `report_id` of the reports.
    """
    ranks = pc.index_in(columns["report_id"], pa.array(order, pa.string())).combine_chunks()
    (known,) = np.nonzero(pc.is_valid(ranks).to_numpy(zero_copy_only=False))
    ranks = ranks.take(pa.array(known)).to_numpy(zero_copy_only=False)
    rows = pa.array(known[np.argsort(ranks, kind="stable")])
    return pa.table({name: columns.pop(name).take(rows) for name in list(columns)})
