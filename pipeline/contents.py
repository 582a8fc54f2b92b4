"""What the datasets of an output hold, counted part by part so that memory stays small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.parts import Part, file_name, read_parquet
from pipeline.store import Store
from pipeline.versions import same_board

SEVERITIES = ("error", "warning", "info")
WORST = 3
"""Maximum number of reports named per kind of problem."""


@dataclass(slots=True)
class ProblemKind:
    """Problems with one code.

    Attributes:
        severity: error, warning or info.
        code: Their code.
        count: Number of problems.
        reports: Number by source, for the reports with the most.
        report_count: Number of reports with such problems.
        advice: What to do about them, taken from the first one.
    """

    severity: str
    code: str
    count: int = 0
    reports: Counter[str] = field(default_factory=Counter)
    report_count: int = 0
    advice: str = ""


@dataclass(slots=True)
class Contents:
    """Counts over the datasets.

    Attributes:
        statuses: Reports by status.
        doubles: Number of input files that duplicate a report.
        superseded: Number of reports superseded by another of the same board; their rows are in no
            other count.
        rivals: Sources of several reports by one board that all count.
        answers: Answers by code.
        themes: Mentions by theme.
        problems: Problems by kind, errors first, then by count.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    doubles: int = 0
    superseded: int = 0
    rivals: list[list[str]] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    problems: list[ProblemKind] = field(default_factory=list)

    @property
    def reports(self) -> int:
        """Number of reports."""
        return self.statuses.total()

    @property
    def inputs(self) -> int:
        """Number of input files they come from."""
        return self.reports + self.superseded + self.doubles


def count_contents(store: Store, parts: Iterable[Part]) -> Contents:
    """Counts what some parts hold."""
    contents = Contents()
    kinds: dict[tuple[str, str], ProblemKind] = {}
    current: list[dict[str, str]] = []
    for part in parts:
        counting = [report for report in part.reports if report.superseded_by is None]
        contents.statuses.update(report.status for report in counting)
        contents.doubles += sum(len(report.doubles) for report in part.reports)
        contents.superseded += len(part.reports) - len(counting)
        columns = ["report_id", "source", "organisation", "form", "title", "status"]
        rows = read_columns(store, "reports", part, columns).to_pylist()
        current += rows
        contents.answers.update(_counts(store, "answers", part, "code"))
        contents.themes.update(_counts(store, "themes", part, "theme"))
        _count_problems(store, part, kinds)
    for kind in kinds.values():
        kind.reports = Counter(dict(kind.reports.most_common(WORST)))
    contents.rivals = [[row["source"] for row in group] for group in same_board(current)]
    contents.problems = sorted(
        kinds.values(), key=lambda kind: (SEVERITIES.index(kind.severity), -kind.count, kind.code)
    )
    return contents


def read_columns(store: Store, dataset: str, part: Part, columns: list[str]) -> pa.Table:
    """Some columns of a part, `report_id` among them, without superseded reports."""
    with store.open(file_name(dataset, part.name)) as file:
        table = read_parquet(file, columns)
    gone = [report.report_id for report in part.reports if report.superseded_by is not None]
    if not gone:
        return table
    return table.filter(pc.invert(pc.is_in(table["report_id"], pa.array(gone, pa.string()))))


def _counts(store: Store, dataset: str, part: Part, column: str) -> dict[str, int]:
    table = read_columns(store, dataset, part, ["report_id", column])
    found = pc.value_counts(table[column].combine_chunks())
    return {item["values"]: item["counts"] for item in found.to_pylist()}


def _count_problems(store: Store, part: Part, kinds: dict[tuple[str, str], ProblemKind]) -> None:
    sources = {report.report_id: report.source for report in part.reports}
    columns = ["report_id", "severity", "code"]
    table = read_columns(store, "problems", part, [*columns, "advice"])
    grouped = table.group_by(columns, use_threads=False).aggregate(
        [("report_id", "count"), ("advice", "first")]
    )
    for row in grouped.to_pylist():
        kind = kinds.setdefault(
            (row["severity"], row["code"]), ProblemKind(row["severity"], row["code"])
        )
        kind.count += row["report_id_count"]
        kind.report_count += 1
        kind.reports[sources[row["report_id"]]] += row["report_id_count"]
        kind.advice = kind.advice or row["advice_first"]
