"""What a batch costs, as ratios taken in one run: jobs, flatness, nothing new, one change, memory.

python -m benchmarks.batch jobs                  2 jobs against 1 on 400 PDFs
python -m benchmarks.batch scale --reports 10000 all that grows with the number of reports
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import psutil

from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from pipeline.batch import run
from pipeline.inputs import Inputs
from pipeline.listeners import Listener
from pipeline.plan import Plan
from pipeline.request import Request
from pipeline.worker import Result, Setup

ROOT = Path(__file__).resolve().parents[1]
SMALL = """1 Trygghet i stadsdelen

1.1 Trygga platser

Fråga

Svar och kommentar

Har nämnden vidtagit åtgärder för trygga platser under året?

Ja

Nämnden har bytt belysning vid {number} skolor och samverkar med polisen.

Har nämnden följt upp åtgärderna?

Nej

Uppföljningen är planerad till hösten.
"""


class CpuClock(Listener):
    """Processor seconds of this process and its workers, once all is read and published.

    Unlike wall-clock time, they hardly depend on what else the machine does.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._left = 0

    def planned(self, plan: Plan, inputs: Inputs, hashed: int) -> None:
        """Notes how many reports there are."""
        self._left = plan.to_read()

    def finished(self, result: Result) -> None:
        """Counts down."""
        self._left -= 1

    def published(self, files: dict[str, str]) -> None:
        """Reads the clocks when the last part is published, while the workers still live."""
        if self._left == 0:
            own = psutil.Process()
            family = [own, *own.children(recursive=True)]
            self.seconds = sum(sum(process.cpu_times()[:4]) for process in family)


def child(folder: str, out: str, jobs: int) -> None:
    """A run in a process of its own: prints its seconds and the peak of its own memory."""
    begun = time.perf_counter()
    setup = Setup(builtin_forms(), builtin_taxonomy(), Options())
    clock = CpuClock()
    outcome = run(Request((folder,), out, setup, jobs), clock)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    facts = {
        "seconds": time.perf_counter() - begun,
        "cpu": clock.seconds,
        "parent_mib": peak,
        "read": outcome.read,
        "hashed": outcome.hashed,
        "files": len(outcome.files),
        "statuses": outcome.contents.statuses,
    }
    print(json.dumps(facts))


def measure(label: str, folder: Path, out: Path, jobs: int) -> dict[str, float]:
    """Runs `child` and prints what it measured."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.batch", "child", str(folder), str(out), str(jobs)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    facts = json.loads(done.stdout.splitlines()[-1])
    facts["wall"] = time.perf_counter() - begun
    click.echo(
        f"{label:<42} {facts['wall']:7.2f} s  "
        f"cpu {facts['cpu']:7.2f} s  read {facts['read']:>6}  hashed "
        f"{facts['hashed']:>6}  files written {facts['files']:>4}  "
        f"parent {facts['parent_mib']:4.0f} MiB  {facts['statuses']}"
    )
    return dict(facts)


def best(label: str, folder: Path, out: Path) -> dict[str, float]:
    """The minimum of three runs: start-up time varies more than 98 reports cost."""
    runs = [measure(label, folder, out.with_name(f"{out.name}{number}"), 2) for number in range(3)]
    return {key: min(run[key] for run in runs) for key in ("wall", "cpu")}


def fill(folder: Path, count: int, make: Callable[[int], bytes], suffix: str) -> Path:
    """Writes `count` files, a hundred per folder."""
    for number in range(count):
        path = folder / f"{number // 100:04}" / f"{number:06}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make(number))
    return folder


@click.group()
def cli() -> None:
    """Measures the batch."""


@cli.command(name="child", hidden=True)
@click.argument("folder")
@click.argument("out")
@click.argument("jobs", type=int)
def child_command(folder: str, out: str, jobs: int) -> None:
    """Runs once."""
    child(folder, out, jobs)


@cli.command()
@click.option("--reports", default=400, show_default=True)
def jobs(reports: int) -> None:
    """2 jobs against 1 on PDFs: bound 0.6."""
    from tests.generator import make_board, render  # noqa: PLC0415 - not in a measured process

    made = [render(make_board(seed), "pdf-ruled", seed).data for seed in range(8)]
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        # A comment after the end of a PDF makes another file with the same pages.
        folder = fill(base / "in", reports, lambda n: made[n % len(made)] + b"\n%% %d" % n, ".pdf")
        one = measure(f"{reports} PDFs, 1 job", folder, base / "one", 1)
        two = measure(f"{reports} PDFs, 2 jobs", folder, base / "two", 2)
    click.echo(f"2 jobs / 1 job = {two['wall'] / one['wall']:.2f} (bound 0.60)")


@cli.command()
@click.option("--reports", default=10_000, show_default=True)
def scale(reports: int) -> None:
    """Flat cost, nothing new, hashing, one change, memory, on small texts."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)

        def texts(count: int) -> Path:
            folder = base / f"in{count}"
            return fill(folder, count, lambda n: SMALL.format(number=n).encode(), ".txt")

        fixed = best("2 reports: what a run costs at all", texts(2), base / "o2-")
        few = best("100 reports", texts(100), base / "o100-")
        folder, out = texts(reports), base / "out"
        many = measure(f"{reports} reports", folder, out, 2)
        cost_few, cost_many = (
            {kind: (run[kind] - fixed[kind]) / (count - 2) for kind in ("wall", "cpu")}
            for run, count in ((few, 100), (many, reports))
        )
        time.sleep(2.5)  # files that changed a moment ago are hashed again
        for path in folder.rglob("*.txt"):
            os.utime(path)
        time.sleep(2.5)
        hashed = measure("nothing new, all time stamps new", folder, out, 2)
        quiet = measure("nothing new", folder, out, 2)
        changed = folder / "0000" / "000007.txt"
        changed.write_bytes(SMALL.format(number="många").encode())
        one = measure("one report changed", folder, out, 2)
        half = measure("one report changed, of 100", _changed(base / "in100"), base / "o100-0", 2)
    click.echo(
        f"cost a report, {reports} / 100: processor time {cost_many['cpu'] / cost_few['cpu']:.2f} "
        f"({1000 * cost_many['cpu']:.1f} ms / {1000 * cost_few['cpu']:.1f} ms), wall "
        f"{cost_many['wall'] / cost_few['wall']:.2f} (bound 1.15)\n"
        f"parent at {reports} reports: {many['parent_mib']:.0f} MiB (bound 400)\n"
        f"nothing new: {quiet['wall']:.2f} s (bound 3), hashing all: {hashed['wall']:.2f} s "
        f"(bound 10)\n"
        f"one change: reads {one['read']:.0f}, writes {one['files']:.0f} files, "
        f"{one['wall'] - quiet['wall']:.2f} s over nothing new (of 100: {half['wall']:.2f} s)"
    )


def _changed(folder: Path) -> Path:
    (folder / "0000" / "000007.txt").write_bytes(SMALL.format(number="många").encode())
    return folder


if __name__ == "__main__":
    cli()
