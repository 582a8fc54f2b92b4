"""Reads datasets back into Reports; only the parts of source lines are not restored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from models.datasets import DATASETS
from models.report import Report
from models.rows import from_rows
from pipeline import load_table
from pipeline.addresses import Place
from pipeline.errors import BatchError, NoDatasetsError
from pipeline.store import has_datasets
from pipeline.versions import current_only


def read_rows(
    out: Place,
    name: str,
    report_ids: Collection[str] | None = None,
    columns: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """Returns the rows of one dataset, ordered by report and place.

    Args:
        out: The output folder of `svar run`, or an fsspec address.
        name: Which dataset.
        report_ids: Only rows of these reports; None for all current reports, which are those not
            superseded by another report of the same board.
        columns: Only these columns, `report_id` among them; None for all.

    Raises:
        NoDatasetsError: The folder has no datasets, or its files cannot be read.
    """
    if not has_datasets(out):
        raise NoDatasetsError(f"{out} has no datasets. Give the output folder of `svar run`.")
    try:
        table = load_table(str(out), name)
    except BatchError as error:
        raise NoDatasetsError(str(error)) from error
    except (OSError, pa.ArrowException) as error:
        raise NoDatasetsError(
            f"{out}/{name} cannot be read ({error}). Run `svar run` again to rewrite it."
        ) from error
    if report_ids is None:
        table = _current(out, name, table)
    if columns is not None:
        table = table.select(columns)
    if report_ids is not None:
        wanted = pa.array(sorted(report_ids), pa.string())
        table = table.filter(pc.is_in(table["report_id"], wanted))
    rows: list[dict[str, Any]] = table.to_pylist()
    rows.sort(key=lambda row: row["report_id"])
    return rows


def _current(out: Place, name: str, table: pa.Table) -> pa.Table:
    """The rows of reports that are not superseded by another."""
    reports = table if name == "reports" else load_table(str(out), "reports")
    return current_only({"reports": reports, name: table})[name]


def read_reports(out: Place, report_ids: Collection[str] | None = None) -> Iterator[Report]:
    """Yields the reports of an output by source, then id; all of them or only some.

    Raises:
        NoDatasetsError: The folder has no datasets, or its files cannot be read.
    """
    held: dict[str, dict[str, list[dict[str, Any]]]] = {
        name: defaultdict(list) for name in DATASETS
    }
    for name in DATASETS:
        for row in read_rows(out, name, report_ids):
            held[name][row["report_id"]].append(row)
    by_source = sorted(held["reports"].items(), key=lambda item: (item[1][0]["source"], item[0]))
    for report_id, _ in by_source:
        yield from_rows({name: held[name][report_id] for name in DATASETS})
