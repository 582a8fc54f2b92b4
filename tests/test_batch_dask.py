"""The same batch through Dask: the same bytes, and a worker that dies loses nothing."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import dask
import distributed
import psutil
import pytest

from pipeline.batch import run
from pipeline.engines import cluster
from pipeline.errors import WrongUseError
from pipeline.request import Request
from pipeline.worker import Setup, Task
from tests.batch_helpers import (
    FAST,
    HOSTILE,
    clean_files,
    files_of,
    numbered,
    run_batch,
    write_texts,
)

SLOW = Setup(extract="tests.fake_extract:slow", timeout=60, memory=1024)


def test_200_reports_by_one_job_two_jobs_and_dask_are_equal(tmp_path: Path) -> None:
    texts = {**numbered(198), "crash.txt": "crash", "raise.txt": "raise"}
    folder = write_texts(tmp_path / "in", texts)
    one = clean_files(folder, tmp_path / "one", HOSTILE)
    run_batch(folder, tmp_path / "two", HOSTILE, jobs=2)
    outcome = run_batch(folder, tmp_path / "dask", HOSTILE, jobs=2, engine="dask")
    assert outcome.contents.statuses == {"ok": 198, "failed": 2}
    assert files_of(tmp_path / "two") == one
    assert files_of(tmp_path / "dask") == one


def test_a_dask_worker_that_dies_loses_nothing(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(80))
    engine = cluster.DaskEngine(SLOW, 2, "")
    victim = next(iter(engine._cluster.workers.values())).pid
    threading.Timer(0.5, psutil.Process(victim).kill).start()
    results = [one for one in engine.run(_tasks(folder)) if one]
    engine.close()
    assert sorted(result.task.source for result in results) == sorted(numbered(80))
    assert {result.status for result in results} == {"ok"}


def _tasks(folder: Path) -> Iterator[Task]:
    for number, path in enumerate(sorted(folder.iterdir())):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield Task(f"{number:016x}", path.name, str(path), digest)


def test_a_scheduler_that_does_not_answer_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    folder = write_texts(tmp_path / "in", numbered(1))
    with pytest.raises(WrongUseError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        run(
            Request(
                (str(folder),),
                str(tmp_path / "out"),
                FAST,
                engine="dask",
                scheduler="tcp://127.0.0.1:9",
            )
        )


@pytest.mark.parametrize("daemon", [False, True])
def test_a_cluster_that_runs_already(tmp_path: Path, daemon: bool) -> None:
    """Workers that may not start processes could not bound a report: refused, with advice."""
    folder = write_texts(tmp_path / "in", numbered(4))
    with (
        dask.config.set({"distributed.worker.daemon": daemon}),
        distributed.LocalCluster(1, threads_per_worker=2, dashboard_address=None) as running,
    ):
        options = {"engine": "dask", "scheduler": running.scheduler_address}
        if daemon:
            with pytest.raises(WrongUseError, match="WORKER__DAEMON=False"):
                run_batch(folder, tmp_path / "out", **options)
        else:
            assert run_batch(folder, tmp_path / "out", **options).read == 4
