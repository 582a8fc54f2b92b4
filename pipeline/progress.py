"""Progress of a batch: a bar on a terminal, lines in a pipe, JSON Lines in a log file."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from pipeline.inputs import Inputs
from pipeline.listeners import Listener
from pipeline.plan import Plan, Why
from pipeline.run_record import plan_counts
from pipeline.wording import counted
from pipeline.worker import Result

LINE_SECONDS = 10.0
"""Interval between lines in a pipe."""


class Bar(Listener):
    """A progress bar with rate, failures and time left."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}, {task.fields[failed]} failed"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._tally = _Tally()

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """Shows the bar if there is anything to read."""
        self._tally = _Tally(plan.to_read())
        if self._tally.total:
            self._task = self._progress.add_task(
                "", total=self._tally.total, rate="starting", failed=0
            )
            self._progress.start()

    def finished(self, result: Result) -> None:
        """Moves the bar."""
        self._tally.add(result)
        if self._task is not None:
            self._progress.update(
                self._task,
                completed=self._tally.done,
                rate=f"{self._tally.rate():.1f} a second",
                failed=self._tally.failed,
            )

    def ended(self) -> None:
        """Removes the bar."""
        self._progress.stop()


class Lines(Listener):
    """An occasional plain line."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._tally = _Tally()
        self._last = time.monotonic()

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """Prints how much there is to read."""
        self._tally = _Tally(plan.to_read())
        kept = len(plan.reports(Why.UNCHANGED)) + len(plan.reports(Why.RENAMED))
        self._write(f"{counted(self._tally.total, 'report')} to read, {kept} unchanged.")

    def finished(self, result: Result) -> None:
        """Prints the progress, if nothing was printed for a while."""
        self._tally.add(result)
        if time.monotonic() - self._last >= LINE_SECONDS:
            self._last = time.monotonic()
            self._write(self._tally.line())


class Names(Listener):
    """One line per report, for `-v`."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write

    def finished(self, result: Result) -> None:
        """Prints the report, its status and the time it took."""
        why = f" ({result.failure.code})" if result.failure else ""
        source = one_line(result.task.source)
        self._write(f"{result.status}{why} {source} {result.seconds:.2f} s")


class JsonLog(Listener):
    """JSON Lines in a file, one object per event."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def __enter__(self) -> JsonLog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.write("ended", error=str(error) if error else None)
        self._file.close()

    def write(self, event: str, **facts: object) -> None:
        """Writes an event with the time."""
        line = {"time": datetime.now(UTC).isoformat(), "event": event, **facts}
        self._file.write(json.dumps(line, ensure_ascii=True) + "\n")
        self._file.flush()

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """The plan, in counts."""
        self.write(
            "planned",
            **plan_counts(plan),
            hashed=hashed,
            passed_over=inputs.passed_over.total(),
        )

    def finished(self, result: Result) -> None:
        """A report."""
        self.write(
            "report",
            report_id=result.task.report_id,
            source=result.task.source,
            status=result.status,
            failure=result.failure.code if result.failure else None,
            seconds=round(result.seconds, 4),
        )

    def published(self, files: dict[str, str]) -> None:
        """The files that were published."""
        self.write("published", files=files)


def one_line(name: str) -> str:
    """A name made safe for one line of a terminal: non-printing characters are escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


class _Tally:
    """The progress of a run."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.done = 0
        self.failed = 0
        self._begun = time.monotonic()

    def add(self, result: Result) -> None:
        """Counts a report."""
        self.done += bool(result.task.digest)
        self.failed += result.status == "failed"

    def rate(self) -> float:
        """Reports per second."""
        return self.done / max(time.monotonic() - self._begun, 0.001)

    def line(self) -> str:
        """The progress, for people."""
        rate = self.rate()
        left = (self.total - self.done) / rate if rate else 0.0
        return (
            f"{self.done} of {self.total} reports, {self.failed} failed, "
            f"{rate:.1f} a second, {left:.0f} s left"
        )
