"""Reports whose file was renamed: their rows are kept unless they name the old file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.parts import Published, read_rows
from pipeline.plan import Plan, Why
from pipeline.store import Store


def settle_renames(store: Store, published: Published, plan: Plan) -> Plan:
    """Marks a renamed report for rereading if its rows name the old file."""
    old_sources = {
        report.report_id: (part.name, report.source)
        for part in published.parts.values()
        for report in part.reports
    }
    by_part: dict[str, list[tuple[str, str]]] = {}
    for want in plan.reports(Why.RENAMED):
        part, source = old_sources[want.report_id]
        by_part.setdefault(part, []).append((want.report_id, source))
    for part, renamed in by_part.items():
        texts = _texts(store, part)
        for report_id, source in renamed:
            if PurePosixPath(source).stem in texts.get(report_id, ""):
                plan.wanted[report_id] = replace(plan.wanted[report_id], why=Why.CHANGED)
    return plan


def _texts(store: Store, part: str) -> dict[str, str]:
    """The texts in a part's rows by report, without the source."""
    texts: dict[str, str] = {}
    for dataset, table in read_rows(store, part, ("reports", "problems")).items():
        for row in table.to_pylist():
            report_id = row.pop("report_id")
            if dataset == "reports":
                row.pop("source")
            elif row["code"] == "double":
                continue
            texts[report_id] = f"{texts.get(report_id, '')} {row}"
    return texts
