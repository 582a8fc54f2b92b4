"""Hostile files, generated and read as in a batch: time, memory, and what is reported.

python -m benchmarks.hostile              all of them
python -m benchmarks.hostile dumps pdfs   two kinds

Each file is read in a process of its own under the memory limit of `svar run`, and is stopped at
the limit of processor time. "Outcome" is the status of the report with its first problem; nothing
may hang, die without a word, or raise.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

import click

SECONDS = 60
MEMORY_MIB = 2048
REPEATS = 16_000


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file to make and read.

    Attributes:
        name: What is in it.
        suffix: Its extension.
        make: Makes its bytes.
    """

    name: str
    suffix: str
    make: Callable[[], bytes]


def dumps() -> Iterator[Hostile]:
    """Text dumps of 16,000 repeats."""
    from tests.hostile.dumps import DUMPS  # noqa: PLC0415 - not in a measured process

    for name, made in DUMPS.items():
        yield Hostile(f"dump: {name}", ".txt", lambda made=made: made(REPEATS).encode())


def pdfs() -> Iterator[Hostile]:
    """PDFs that no printing program writes."""
    from tests.hostile.pdfs import PDFS  # noqa: PLC0415 - not in a measured process

    for name, (made, count) in PDFS.items():
        yield Hostile(f"pdf: {name}", ".pdf", lambda made=made, count=count: made(count))


def packages() -> Iterator[Hostile]:
    """Word, OpenDocument and web pages."""
    from tests.hostile.packages import PACKAGES  # noqa: PLC0415 - not in a measured process

    for name, (suffix, made, count) in PACKAGES.items():
        yield Hostile(f"{suffix[1:]}: {name}", suffix, lambda made=made, count=count: made(count))


def large() -> Iterator[Hostile]:
    """Files that are refused by their size alone."""
    line = "Nämnden har bytt belysning vid skolan.\n".encode()
    yield Hostile("50 MB of lines", ".txt", lambda: line * (50_000_000 // len(line)))
    yield Hostile("200 MB on one line", ".txt", lambda: b"trygg " * 33_000_000)
    yield Hostile("1 GB", ".pdf", lambda: b"%PDF-1.7\n" + bytes(2**30))


KINDS = {"dumps": dumps, "pdfs": pdfs, "packages": packages, "large": large}


def read(data: bytes, source: str, answer: Connection) -> None:
    """Reads a file within the limits, in a separate process, and sends what it cost."""
    from extractors.extract import extract_bytes  # noqa: PLC0415
    from extractors.rules import builtin_forms  # noqa: PLC0415
    from extractors.themes import builtin_taxonomy  # noqa: PLC0415
    from pipeline.engines.ready import make_ready  # noqa: PLC0415

    forms, taxonomy = builtin_forms(), builtin_taxonomy()
    make_ready(taxonomy)
    limit = _held_mib("VmSize") + MEMORY_MIB
    resource.setrlimit(resource.RLIMIT_AS, (limit * 2**20, limit * 2**20))
    before, begun = _held_mib("VmRSS"), time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(begun) + SECONDS, int(begun) + SECONDS))
    try:
        report = extract_bytes(data, source, forms, taxonomy)
        first = f": {report.problems[0].code}" if report.problems else ""
        outcome = f"{report.status}, {len(report.answers)} answers{first}"
    except MemoryError:
        outcome = "told: memory"
    seconds = time.process_time() - begun
    answer.send([seconds, max(0, _held_mib("VmHWM") - before), outcome])


def _held_mib(name: str) -> int:
    """Memory of this process in MiB, as Linux counts it."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith(name))


def measure(hostile: Hostile) -> tuple[float, float, str]:
    """Returns processor seconds, MiB on top of what a worker holds, and the outcome."""
    data = hostile.make()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=read, args=(data, f"hostile{hostile.suffix}", theirs))
    child.start()
    theirs.close()
    try:
        seconds, mib, outcome = ours.recv()
    except EOFError:
        child.join()
        died = {-24: "told: timeout", -9: "told: timeout"}
        name = died.get(child.exitcode or 0, f"told: crashed (exit {child.exitcode})")
        return float("nan"), float("nan"), name
    child.join()
    return seconds, mib, outcome


@click.command()
@click.argument("kinds", nargs=-1, type=click.Choice(list(KINDS)))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def cli(kinds: tuple[str, ...], *, as_json: bool) -> None:
    """Reads hostile files and prints a table."""
    if not as_json:
        click.echo("| file | processor s | MiB | outcome |\n|---|---|---|---|")
    for kind in kinds or tuple(KINDS):
        for hostile in KINDS[kind]():
            seconds, mib, outcome = measure(hostile)
            row = [hostile.name, round(seconds, 1), mib, outcome]
            click.echo(json.dumps(row) if as_json else f"| {' | '.join(map(str, row))} |")


if __name__ == "__main__":
    cli()
