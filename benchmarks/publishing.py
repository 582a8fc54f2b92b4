"""The cost of publishing: `svar export` and `svar summary` of many reports, time and memory.

python -m benchmarks.publishing scale --reports 10000 --answers 2
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.datasets import DATASETS, SCHEMA_VERSION, SCHEMAS
from pipeline.batch import Request, run
from pipeline.worker import Setup

ROOT = Path(__file__).resolve().parents[1]
TOGETHER = 16
"""Copies of the sample boards in one part file, as many reports as `svar run` puts in one."""


def make(base: Path, out: Path, reports: int, answers: int) -> int:
    """Writes datasets of many boards: the sample boards, repeated under other names.

    Returns:
        The number of answers.
    """
    tables = {
        name: pa.concat_tables(pq.read_table(file) for file in sorted((base / name).glob("*")))
        for name in DATASETS
    }
    for name in ("answers", "themes", "problems"):
        position = tables[name]["position"]
        tables[name] = tables[name].filter(
            pc.or_kleene(pc.is_null(position), pc.less_equal(position, answers))
        )
    boards = tables["reports"].num_rows
    copies = -(-reports // boards)
    for part, first in enumerate(range(0, copies, TOGETHER)):
        numbers = range(first, min(first + TOGETHER, copies))
        for name, table in tables.items():
            copied = pa.concat_tables(_renamed(table, number) for number in numbers)
            (out / name).mkdir(parents=True, exist_ok=True)
            marked = copied.cast(SCHEMAS[name]).replace_schema_metadata(
                {"schema_version": SCHEMA_VERSION}
            )
            pq.write_table(marked, out / name / f"part-{part:04}.parquet", compression="zstd")
    return int(tables["answers"].num_rows * copies)


def _renamed(table: pa.Table, number: int) -> pa.Table:
    old = table["report_id"].to_pylist()
    new = {i: f"{number:04x}{sha256(f'{i} {number}'.encode()).hexdigest()[:12]}" for i in set(old)}
    ids = pa.array([new[report_id] for report_id in old], pa.string())
    table = table.set_column(0, table.schema.field(0), ids)
    for column in ("organisation", "source"):
        if column in table.schema.names:
            names = pc.binary_join_element_wise(table[column], str(number), " ")
            index = table.schema.names.index(column)
            table = table.set_column(index, table.schema.field(index), names)
    return table


@click.group()
def cli() -> None:
    """Measures publishing."""


@cli.command()
@click.argument("arguments", nargs=-1)
def child(arguments: tuple[str, ...]) -> None:
    """Runs one command in a process of its own, and prints its seconds and peak memory.

    Unlike wall-clock time, processor time hardly depends on what else the machine does.
    """
    from pipeline.cli import cli as svar  # noqa: PLC0415

    begun = time.perf_counter()
    svar.main(list(arguments), standalone_mode=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = {"wall": time.perf_counter() - begun, "cpu": time.process_time()}
    print(json.dumps({**seconds, "mib": peak}))


@cli.command()
@click.option("--reports", default=10_000, show_default=True)
@click.option("--answers", default=2, show_default=True, help="Most answers of a report.")
def scale(reports: int, answers: int) -> None:
    """Exports and summarises many reports."""
    with tempfile.TemporaryDirectory() as folder:
        base, out = Path(folder) / "base", Path(folder) / "out"
        setup = Setup(builtin_forms(), builtin_taxonomy(), Options())
        run(Request((str(ROOT / "data" / "raw"),), str(base), setup))
        held = make(base, out, reports, answers)
        click.echo(f"{reports} reports, {held} answers")
        for name in ("a.xlsx", "a.csv", "a.sqlite", "a.jsonl", "summary.html"):
            command = "summary" if name.endswith(".html") else "export"
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.publishing", "child", "--", command,
                 str(out), "-o", str(Path(folder) / name)],
                capture_output=True, text=True, check=True, cwd=ROOT,
            )  # fmt: skip
            facts = json.loads(done.stdout.splitlines()[-1])
            size = (Path(folder) / name).stat().st_size / 2**20
            click.echo(
                f"{name:<14} {facts['wall']:6.1f} s  cpu {facts['cpu']:6.1f} s  "
                f"{facts['mib']:6.0f} MiB peak  "
                f"{size:7.1f} MiB file"
            )


if __name__ == "__main__":
    cli()
