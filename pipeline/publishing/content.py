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
    held = {name: load_table(out, name) for name in DATASETS}
    left_out = held["reports"].filter(pc.is_valid(held["reports"]["superseded_by"]))
    superseded = tuple(sorted(left_out["source"].to_pylist()))
    tables = current_only(held)
    del held
    if not boxes:
        tables["answers"] = tables["answers"].drop_columns(["boxes", "box_fields"])
    tables = select_rows(tables, selection)
    boards, sources = _boards(tables["reports"])
    for name in DATASETS:  # one at a time, for each stands in memory twice for a moment
        tables[name] = _by_board(tables.pop(name), list(boards))
    answers = tables["answers"]
    marks = pa.array(doubtful(answers, tables["problems"]))
    tables["answers"] = answers.append_column("doubtful", marks)
    return Content(tables, boards, sources, selection, superseded)


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


def _by_board(table: pa.Table, order: list[str]) -> pa.Table:
    """The rows by report in a given order; those of a report stay in theirs."""
    ranks = pc.index_in(table["report_id"], pa.array(order, pa.string())).to_numpy()
    return table.take(pa.array(np.argsort(ranks, kind="stable"))).combine_chunks()
