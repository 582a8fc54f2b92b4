"""kill -9 at random moments: datasets stay readable, the next run resumes, no process is left."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest

import pipeline.batch
from models.datasets import DATASETS
from pipeline import parts
from pipeline.engines.local import LocalEngine
from pipeline.worker import Result, Setup, Task
from tests.batch_helpers import (
    FAST,
    clean_files,
    files_of,
    inline_engine,
    numbered,
    run_batch,
    run_in_small_parts,
    write_texts,
)

KILLS = 50
SLOW = Setup(extract="tests.fake_extract:slow", timeout=60, memory=1024)


def published_ids(out: Path) -> set[str]:
    """Ids of the reports in datasets that all read and hold no row twice."""
    for name in DATASETS:
        if any((out / name).glob("*")):
            rows = [str(row) for row in pq.read_table(out / name).to_pylist()]
            assert len(set(rows)) == len(rows)
    if not any((out / "reports").glob("*")):
        return set()
    return set(pq.read_table(out / "reports")["report_id"].to_pylist())


def test_killed_at_random_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    method = "forkserver" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["tests.batch_helpers", "tests.fake_extract"])
    folder = write_texts(tmp_path / "in", numbered(8))
    chance = random.Random(7)
    longest = 0.2
    killed = 0
    while killed < KILLS:
        write_texts(folder, numbered(chance.randrange(1, 4), start=chance.randrange(40)))
        write_texts(folder, {f"rapport {chance.randrange(40):05}.txt": str(chance.random())})
        here, there = context.Pipe()
        process = context.Process(target=run_in_small_parts, args=(folder, tmp_path / "out", there))
        process.start()
        assert here.recv() == "begun"
        begun = time.monotonic()
        if here.poll(chance.uniform(0, longest)):
            longest = max(0.05, 1.2 * (time.monotonic() - begun))
        else:
            killed += 1
        process.kill()
        process.join()
        published_ids(tmp_path / "out")
    monkeypatch.setattr(parts, "LIMIT", 3)
    run_batch(folder, tmp_path / "out")
    assert files_of(tmp_path / "out") == clean_files(folder, tmp_path / "clean")


RUN = """
import sys
from pathlib import Path
import pipeline.batch
from tests.batch_helpers import run_batch
from tests.test_batch_kill import SLOW
if __name__ == "__main__":
    pipeline.batch.CHECKPOINT_SECONDS = 0.2
    run_batch(Path(sys.argv[1]), Path(sys.argv[2]), SLOW, jobs=2)
"""


def test_killed_with_its_workers_at_work(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(80))
    out = tmp_path / "out"
    for seconds in (1.1, 1.5):
        before = published_ids(out)
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(folder), str(out)], cwd=Path(__file__).parents[1]
        )
        time.sleep(seconds)
        family = psutil.Process(process.pid).children(recursive=True) if not process.poll() else []
        process.kill()
        process.wait()
        assert before <= published_ids(out)
        _, alive = psutil.wait_procs(family, timeout=10)
        assert not alive
    done = published_ids(out)
    assert run_batch(folder, out, SLOW).read <= 80 - len(done)
    assert files_of(out) == clean_files(folder, tmp_path / "clean", SLOW)


def test_a_lost_worker_costs_no_report(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(40))
    engine = LocalEngine(FAST, 1)

    def tasks() -> object:
        for number, path in enumerate(sorted(folder.iterdir())):
            if number % 9 == 5:
                time.sleep(0.3)  # all before it are done, so the worker is idle
                for pid in list(engine._pool._pool_manager.worker_manager.workers):
                    psutil.Process(pid).kill()
            yield Task(
                f"{number:016x}",
                path.name,
                str(path),
                hashlib.sha256(path.read_bytes()).hexdigest(),
            )

    results = [one for one in engine.run(tasks()) if one]  # type: ignore[arg-type]
    engine.close()
    assert sorted(result.task.source for result in results) == sorted(numbered(40))
    assert {result.status for result in results} <= {"ok", "failed"}
    # A worker that dies with a report in hand fails that report; one that dies idle fails none.
    assert sum(result.status == "failed" for result in results) <= 4


def test_a_signal_never_strikes_inside_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There it could leave a lock of the pool held, and the run would wait for it for ever."""
    steps: list[str] = []

    def interrupting(*arguments: Any) -> Any:
        engine = inline_engine(*arguments)
        read = engine.run

        def run(tasks: Iterable[Task]) -> Iterator[Result]:
            for result in read(tasks):
                os.kill(os.getpid(), signal.SIGINT)
                steps.append("after the signal")
                yield result

        engine.run = run  # type: ignore[method-assign]
        return engine

    monkeypatch.setattr(pipeline.batch, "make_engine", interrupting)
    outcome = run_batch(write_texts(tmp_path / "in", numbered(4)), tmp_path / "out")
    assert outcome.interrupted
    assert steps == ["after the signal"]
