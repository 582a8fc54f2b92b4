"""The status of an output: its contents, its age, what failed and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.contents import Contents, count_contents, read_columns
from pipeline.errors import WrongUseError
from pipeline.parts import Part, read_published
from pipeline.progress import one_line
from pipeline.run_record import read_records
from pipeline.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Failed:
    """A failed report, and its first error."""

    source: str
    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class OutputStatus:
    """The state of an output.

    Attributes:
        contents: What its datasets hold.
        failed: The reports that failed, by source.
        runs: Records of its runs, oldest first.
        damaged: Names of damaged parts; the next run rewrites them.
    """

    contents: Contents
    failed: list[Failed]
    runs: list[dict[str, Any]]
    damaged: list[str]


def read_status(out: str) -> OutputStatus:
    """Reads the state of an output.

    Raises:
        WrongUseError: It is not an output of `svar run`.
    """
    store = open_store(out)
    published = read_published(store)
    runs = read_records(store)
    if not runs and not published.parts:
        raise WrongUseError(
            f"{out} is not an output of svar run. Give the folder that was given as --out."
        )
    parts = published.parts.values()
    failed = sorted(_failed(store, parts), key=lambda item: item.source)
    return OutputStatus(count_contents(store, parts), failed, runs, sorted(published.damaged))


def _failed(store: Store, parts: Iterable[Part]) -> Iterator[Failed]:
    columns = ["report_id", "severity", "code", "message", "advice"]
    for part in parts:
        sources = {r.report_id: r.source for r in part.reports if r.status == "failed"}
        if not sources:
            continue
        for row in read_columns(store, "problems", part, columns).to_pylist():
            source = sources.get(row["report_id"])
            if source is not None and row["severity"] == "error":
                del sources[row["report_id"]]
                yield Failed(source, row["code"], row["message"], row["advice"])
        for source in sources.values():
            yield Failed(source, "", "", "")


def run_line(record: dict[str, Any]) -> str:
    """A run on one line: when, by whom, how it ended."""
    who = "@".join(str(record[key]) for key in ("user", "host") if record.get(key))
    line = f"{record['started']}  {record['state']:<11}  {who}"
    if "read" in record:
        line += f"  read {record['read']} in {record.get('seconds', 0):.1f} s"
    if record["state"] == "running":
        line += "  (still running, or killed)"
    return one_line(line)


def made_with(record: dict[str, Any]) -> str:
    """What a run read with, on one line."""
    read_with = record.get("read_with", {})
    forms = ", ".join(f"{name} {digest}" for name, digest in read_with.get("forms", {}).items())
    return one_line(
        f"svarsutdrag {read_with.get('version', '?')} (code {read_with.get('code', '?')}), "
        f"reader {read_with.get('reader', '?')}, forms {forms or 'none'}, "
        f"themes {read_with.get('taxonomy', '?')}"
    )
