"""Applying corrections to rows that are about to be published.

A report with corrections is also kept as read, beside the datasets (`state/read/`), so that a
correction that is changed or withdrawn leaves no trace in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationError

from models.datasets import DATASETS, SCHEMAS
from models.form import Form
from models.report import Report, from_json, to_json
from models.rows import from_rows, rows
from models.taxonomy import Taxonomy
from pipeline.corrections.log import Held, Live, digest_of, read_corrections
from pipeline.store import Store

READ = "state/read"
"""Folder with the reports that have corrections, as read."""

Tables = dict[str, pa.Table]


def read_name(report_id: str) -> str:
    """Name of the file that holds a report as read."""
    return f"{READ}/{report_id}.json"


def stored_ids(store: Store) -> set[str]:
    """Ids of the reports that are kept as read."""
    return {name.removesuffix(".json") for name in store.names(READ) if name.endswith(".json")}


def as_read(store: Store, report_id: str) -> Report | None:
    """Returns a report as read, or None if it is not kept or the file is damaged."""
    content = store.read(read_name(report_id))
    if content is None:
        return None
    try:
        return from_json(content)
    except ValidationError:
        return None


@dataclass(slots=True)
class Corrected:
    """Rows with corrections applied, and the files to publish with them.

    Attributes:
        tables: The rows, grouped by report.
        digests: Digest of the corrections of each report that has any, by id.
        writes: Files to write, by name.
        deletes: Files to delete.
    """

    tables: Tables
    digests: dict[str, str] = field(default_factory=dict)
    writes: dict[str, bytes] = field(default_factory=dict)
    deletes: list[str] = field(default_factory=list)


class Corrector:
    """Applies the corrections of an output folder."""

    def __init__(self, store: Store, live: Live, forms: Sequence[Form], taxonomy: Taxonomy) -> None:
        self._store = store
        self._forms = forms
        self._taxonomy = taxonomy
        self._held = Held(read_corrections(store), live)
        self.stored = stored_ids(store)

    def digest(self, report_id: str, source: str, organisation: str) -> str:
        """Digest of the corrections that a report should have."""
        return digest_of(self._held.of(report_id, source, organisation))

    def correct(
        self, tables: Tables, sources: Mapping[str, str], kept: Mapping[str, str]
    ) -> Corrected:
        """Applies corrections to the rows of some reports.

        Args:
            tables: The rows; of reports in `kept` as published, of others as read.
            sources: Current source by report id, for all reports in the rows.
            kept: Digest of the corrections already applied, by id ("" for none).
        """
        corrected = Corrected(tables)
        done: list[Report] = []
        for row in tables["reports"].to_pylist():
            report_id = row["report_id"]
            own = self._held.of(report_id, sources[report_id], row["organisation"])
            digest = digest_of(own)
            if digest:
                corrected.digests[report_id] = digest
            if kept.get(report_id) == digest:
                continue
            if own:
                from pipeline.corrections.apply import apply  # noqa: PLC0415 - slow, seldom used

                report = self._base(tables, report_id, is_kept=report_id in kept)
                corrected.writes[read_name(report_id)] = to_json(report).encode()
                done.append(apply(report, own, self._forms, self._taxonomy).report)
            elif report_id in self.stored:
                corrected.deletes.append(read_name(report_id))
                if report_id in kept:
                    done.append(self._base(tables, report_id, is_kept=True))
        if done:
            corrected.tables = _with_reports(tables, done)
        return corrected

    def _base(self, tables: Tables, report_id: str, *, is_kept: bool) -> Report:
        """A report as read."""
        held = as_read(self._store, report_id) if is_kept else None
        return held or from_rows(
            {
                name: table.filter(pc.equal(table["report_id"], report_id)).to_pylist()
                for name, table in tables.items()
            }
        )


def _with_reports(tables: Tables, reports: Iterable[Report]) -> Tables:
    """Rows with those of some reports replaced."""
    done = list(reports)
    ids = pa.array([report.report_id for report in done], pa.string())
    replaced: dict[str, list[dict[str, Any]]] = {name: [] for name in DATASETS}
    for report in done:
        for name, content in rows(report).items():
            replaced[name] += content
    return {
        name: pa.concat_tables(
            [
                table.filter(pc.invert(pc.is_in(table["report_id"], value_set=ids))),
                pa.Table.from_pylist(replaced[name], SCHEMAS[name]),
            ]
        )
        for name, table in tables.items()
    }
