"""Dask: the same work on many machines. Each Dask worker reads through processes of its own.

Tasks are limited there as on one machine, so a hanging or crashing report costs only itself. The
tasks of a Dask worker that dies are done by another.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from itertools import islice
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed

from pipeline.code_version import code_digest
from pipeline.engines.local import LOOK_SECONDS, LocalEngine
from pipeline.errors import BatchError, WrongUseError
from pipeline.failures import Failure
from pipeline.worker import Result, Setup, Task, failed_result

CONNECT_SECONDS = 10.0
"""Timeout for a scheduler to answer."""

_AHEAD = 3
"""Tasks queued per thread of the cluster, so that none is idle between tasks."""


_engines: dict[tuple[str, int], LocalEngine] = {}
"""On a Dask worker: the process of each of its threads, by run and thread."""


def _given(setup: Setup) -> Setup:
    """Makes the setup the result of a task, which the cluster recomputes if it is lost."""
    return setup


def _read(task: Task, setup: Setup, run: str) -> Result:
    mine = (run, threading.get_ident())
    if mine not in _engines:
        _engines[mine] = LocalEngine(setup, 1)
    return next(filter(None, _engines[mine].run([task])))


def _stop(run: str) -> None:
    for key in [key for key in _engines if key[0] == run]:
        _engines.pop(key).close()


class DaskEngine:
    """A Dask cluster: a running one, or one of our own on this machine."""

    def __init__(self, setup: Setup, jobs: int, scheduler: str) -> None:
        self._setup = setup = replace(setup, processors=1)  # the others have tasks of their own
        self._cluster: Any = None
        self._cleanup = ExitStack()
        self._run = f"svarsutdrag-{uuid.uuid4().hex}"
        if scheduler:
            self._client = _connect(scheduler)
            try:
                self._check_workers(scheduler)
            except BaseException:
                self.close()
                raise
        else:
            # Workers, including those that replace dead ones, must be allowed to start processes.
            self._cleanup.enter_context(dask.config.set({"distributed.worker.daemon": False}))
            self._cluster = LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None
            )
            self._client = Client(self._cluster)
        self._setup_there = self._client.submit(_given, setup, key=f"{self._run}-setup")

    def _check_workers(self, scheduler: str) -> None:
        """Rejects workers that would give different results, or could not limit a task."""
        try:
            workers = list(self._client.run(_about_worker).values())
        except ModuleNotFoundError as error:
            raise WrongUseError(
                f"The workers of {scheduler} lack {error.name}. Install svarsutdrag on them."
            ) from error
        if not workers:
            raise WrongUseError(f"{scheduler} has no workers. Start some, and run again.")
        if any(daemon for _, daemon in workers):
            raise WrongUseError(
                f"The workers of {scheduler} may not start processes. Start them with "
                "DASK_DISTRIBUTED__WORKER__DAEMON=False in their environment."
            )
        if any(digest != code_digest() for digest, _ in workers):
            raise WrongUseError(
                f"The workers of {scheduler} run another version of svarsutdrag, or of the "
                "libraries that it reads with. Install the same version on all machines."
            )

    def run(self, tasks: Iterable[Task]) -> Iterator[Result | None]:
        """Yields one result per task, as they come, and None while there is none."""
        waiting = iter(tasks)
        out: dict[str, Task] = {}
        threads = sum(self._client.nthreads().values())
        completed = as_completed(
            [self._submit(task, out) for task in islice(waiting, threads * _AHEAD)]
        )
        while not completed.is_empty():
            if not completed.has_ready():
                time.sleep(LOOK_SECONDS / 10)
                yield None
                continue
            future = next(completed)
            task = out.pop(future.key)
            yield self._result(future, task)
            future.release()
            for fresh in islice(waiting, 1):
                completed.add(self._submit(fresh, out))

    def _submit(self, task: Task, out: dict[str, Task]) -> Any:  # noqa: ANN401
        key = f"{self._run}-{task.report_id}"
        out[key] = task
        return self._client.submit(_read, task, self._setup_there, self._run, key=key)

    def _result(self, future: Any, task: Task) -> Result:  # noqa: ANN401
        try:
            result: Result = future.result()
        except KilledWorker:  # workers died on it repeatedly
            return failed_result(task, Failure.CRASHED, self._setup, "worker after worker")
        except Exception as error:
            raise BatchError(
                f"The Dask cluster failed ({type(error).__name__}: {error}). What was published "
                "is intact; run again to continue from there."
            ) from error
        return result

    def close(self) -> None:
        """Stops the workers' processes, and the cluster if it is our own."""
        with suppress(Exception):  # the cluster may be gone already
            self._client.run(_stop, self._run)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()
        self._cleanup.close()


def _connect(scheduler: str) -> Any:  # noqa: ANN401
    try:
        return Client(scheduler, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise WrongUseError(
            f"No Dask scheduler answers at {scheduler} ({error}). Start one with `dask scheduler`."
        ) from error


def _about_worker() -> tuple[str, bool]:
    """Runs on a Dask worker: returns what it would read with, and whether it is a daemon."""
    return code_digest(), multiprocessing.current_process().daemon
