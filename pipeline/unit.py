"""Combining old rows and new results into the files of a unit of parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from models.datasets import DATASETS, SCHEMAS
from models.report import Severity
from pipeline.corrections.publishing import Corrector, read_name
from pipeline.parts import PublishedReport, Tables, encode, file_name, read_rows
from pipeline.plan import READ, STAY, Unit, Wanted
from pipeline.publish import publish
from pipeline.store import Store
from pipeline.worker import Result, deserialize

DOUBLE = "double"
"""Code of the problem that names another file with the same bytes."""


@dataclass(slots=True)
class OpenUnit:
    """A unit in progress: results come in until it is complete.

    Attributes:
        unit: What it should hold.
        parts: Names of the intact parts that hold its rows now.
        replaced: Names of the parts that exist now, intact or damaged.
        holds: Ids of the reports published now.
        awaited: Ids of reports still to be read.
        results: Results by report id.
        dropped: Ids of reports that changed while being read; they are planned again.
    """

    unit: Unit
    parts: list[str]
    replaced: set[str]
    holds: set[str]
    awaited: set[str]
    results: dict[str, Result] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)

    def may_publish(self) -> bool:
        """Whether publishing now would not temporarily remove any published report."""
        return not (self.awaited & self.holds)


def open_unit(unit: Unit, wanted: Mapping[str, Wanted]) -> OpenUnit:
    """Returns a unit with nothing done yet."""
    parts = [part.name for part in unit.old]
    return OpenUnit(
        unit,
        parts,
        replaced={*parts, *unit.damaged},
        holds={report.report_id for part in unit.old for report in part.reports},
        awaited={name for name in unit.ids if wanted[name].why in READ},
    )


def publish_unit(
    store: Store,
    work: OpenUnit,
    wanted: Mapping[str, Wanted],
    key: str,
    about: Mapping[str, str],
    corrector: Corrector,
) -> dict[str, str]:
    """Publishes what is available of a unit, with the corrections of its reports applied.

    Returns:
        SHA-256 of every dataset file written, by name; unchanged files are not rewritten.
    """
    unit = work.unit
    held = work.awaited | work.dropped
    before = {report.report_id: report for old in unit.old for report in old.reports}
    shall = {name: wanted[name] for name in unit.ids if name not in held}
    sources = {name: want.source for name, want in shall.items()}
    corrected = corrector.correct(_gather(store, work, shall), sources, _kept(work, shall))
    writes: dict[str, bytes] = {}
    for part, ids in sorted(unit.leaves.items()):
        own = [shall[report_id] for report_id in ids if report_id in shall]
        tables = _rows_of(corrected.tables, own, before)
        doubles = {want.report_id: want.doubles for want in own if want.doubles}
        digests = {name: corrected.digests[name] for name in ids if name in corrected.digests}
        files = encode(tables, key, about, doubles, digests)
        writes |= {file_name(dataset, part): content for dataset, content in files.items()}
    deletes = [
        file_name(dataset, part)
        for part in sorted(work.replaced - set(unit.leaves))
        for dataset in reversed(DATASETS)
    ]
    deletes += corrected.deletes
    deletes += [read_name(name) for name in sorted((work.holds - set(unit.ids)) & corrector.stored)]
    changed = {name: content for name, content in writes.items() if store.read(name) != content}
    replacing_first = sorted(changed, key=lambda name: (_part_of(name) not in work.replaced, name))
    if changed or deletes or corrected.writes:
        ordered = corrected.writes | {name: changed[name] for name in replacing_first}
        publish(store, ordered, deletes)
    work.parts = list(unit.leaves)
    work.replaced = set(unit.leaves)
    work.holds = set(unit.ids) - held
    return {name: hashlib.sha256(changed[name]).hexdigest() for name in replacing_first}


def _part_of(name: str) -> str:
    return name.rsplit("/", 1)[-1].removesuffix(".parquet")


def _kept(work: OpenUnit, shall: Mapping[str, Wanted]) -> dict[str, str]:
    """Digest of the corrections applied to the reports whose published rows are kept."""
    before = {report.report_id: report.corrections for p in work.unit.old for report in p.reports}
    return {name: before[name] for name, want in shall.items() if want.why in STAY}


def _gather(store: Store, work: OpenUnit, shall: Mapping[str, Wanted]) -> Tables:
    """All rows available for a unit, from kept reports and from results, unordered."""
    kept = pa.array([name for name, want in shall.items() if want.why in STAY], pa.string())
    found: dict[str, list[pa.Table]] = {dataset: [] for dataset in DATASETS}
    if len(kept):
        for part in work.parts:
            for dataset, table in read_rows(store, part).items():
                mask = pc.is_in(table["report_id"], value_set=kept)
                found[dataset].append(table.filter(mask))
    for report_id in shall.keys() & work.results.keys():
        result = work.results[report_id]
        for dataset, batch in deserialize(result.batches).items():
            found[dataset].append(pa.Table.from_batches([batch]))
    return {
        dataset: pa.concat_tables([SCHEMAS[dataset].empty_table(), *tables])
        for dataset, tables in found.items()
    }


def _rows_of(
    gathered: Tables, shall: list[Wanted], before: Mapping[str, PublishedReport]
) -> Tables:
    """The rows of a part, in order, with current sources and duplicates."""
    ids = pa.array([want.report_id for want in shall], pa.string())
    tables = {}
    for dataset, table in gathered.items():
        mine = table.filter(pc.is_in(table["report_id"], value_set=ids))
        order = pc.sort_indices(mine, sort_keys=[("report_id", "ascending")])
        tables[dataset] = mine.take(order)
    return tables | _with_doubles(tables, shall, before)


def _with_doubles(
    tables: Tables, shall: list[Wanted], before: Mapping[str, PublishedReport]
) -> Tables:
    """Writes current sources and duplicates into reports and problems.

    Which reports are superseded stays as it was: that is settled over all parts at the end.
    """
    problems: dict[str, list[dict[str, Any]]] = {want.report_id: [] for want in shall}
    for row in tables["problems"].to_pylist():
        if row["code"] != DOUBLE:
            problems[row["report_id"]].append(row)
    reports = []
    for row, want in zip(tables["reports"].to_pylist(), shall, strict=True):
        mine = problems[want.report_id]
        mine += _double_rows(want)
        old = before.get(want.report_id)
        superseded = {"superseded_by": old.superseded_by if old else None}
        reports.append(row | superseded | {"source": want.source, "problems": len(mine)})
    rows = {"reports": reports, "problems": [row for mine in problems.values() for row in mine]}
    return {name: pa.Table.from_pylist(content, SCHEMAS[name]) for name, content in rows.items()}


def _double_rows(want: Wanted) -> Iterable[dict[str, Any]]:
    for double in want.doubles:
        yield {
            "report_id": want.report_id,
            "severity": str(Severity.INFO),
            "code": DOUBLE,
            "message": f"{double} has the same bytes as {want.source}, and was counted once.",
            "stage": "run",
            "advice": "Remove the one that does not belong, if the boards should differ.",
        }
