"""Dask: the same work on many machines. Each Dask worker reads through processes of its own.

A task is bounded there as on one machine, so a hanging or crashing report costs only itself. A
Dask worker that dies has its tasks done by another.
"""

from __future__ import annotations

import multiprocessing
import queue
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import dask
from distributed import Client, LocalCluster, WorkerPlugin, as_completed, get_worker

from pipeline.code_version import code_digest
from pipeline.engines.local import LocalEngine
from pipeline.errors import WrongUseError
from pipeline.failures import Failure
from pipeline.worker import Result, Setup, Task, failed_result

_AHEAD = 3
"""Tasks handed out for each thread of the cluster, so that none waits for the next."""


class ReaderPlugin(WorkerPlugin):  # type: ignore[misc]  # distributed has no types
    """Gives each thread of a Dask worker a process that reads reports."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._free: queue.Queue[LocalEngine] = queue.Queue()

    def __getstate__(self) -> Setup:
        """What goes to the workers."""
        return self._setup

    def __setstate__(self, setup: Setup) -> None:
        """As it comes to a worker."""
        self.__init__(setup)  # type: ignore[misc]

    def setup(self, worker: Any) -> None:  # noqa: ANN401
        """Starts the processes of a worker."""
        for _ in range(worker.state.nthreads):
            self._free.put(LocalEngine(self._setup, 1))

    def teardown(self, worker: Any) -> None:  # noqa: ANN401
        """Stops them."""
        with suppress(queue.Empty):
            while True:
                self._free.get_nowait().close()

    def read(self, task: Task) -> Result:
        """Reads a report in a process that is free."""
        engine = self._free.get()
        try:
            return next(engine.run([task]))
        finally:
            self._free.put(engine)


def _read(task: Task, plugin: str) -> Result:
    result: Result = get_worker().plugins[plugin].read(task)
    return result


class DaskEngine:
    """A Dask cluster: one that runs, or one of our own on this machine."""

    def __init__(self, setup: Setup, jobs: int, scheduler: str) -> None:
        self._setup = setup
        self._cluster: Any = None
        self._plugin = f"svarsutdrag-{uuid.uuid4().hex}"
        if scheduler:
            self._client = _connect(scheduler)
            self._check_workers(scheduler)
        else:
            # Workers that may start processes of their own.
            with dask.config.set({"distributed.worker.daemon": False}):
                self._cluster = LocalCluster(
                    n_workers=jobs, threads_per_worker=1, dashboard_address=None
                )
            self._client = Client(self._cluster)
        self._client.register_plugin(ReaderPlugin(setup), name=self._plugin)

    def _check_workers(self, scheduler: str) -> None:
        """Refuses workers that would give other results, or could not bound a task."""
        try:
            digests = set(self._client.run(code_digest).values())
            daemons = any(self._client.run(_is_daemon).values())
        except ModuleNotFoundError as error:
            self.close()
            raise WrongUseError(
                f"The workers of {scheduler} lack {error.name}. Install svarsutdrag on them."
            ) from error
        if digests == {code_digest()} and not daemons:
            return
        self.close()
        if not digests:
            raise WrongUseError(f"{scheduler} has no workers. Start some, and run again.")
        if daemons:
            raise WrongUseError(
                f"The workers of {scheduler} may not start processes. Start them with "
                "DASK_DISTRIBUTED__WORKER__DAEMON=False in their environment."
            )
        raise WrongUseError(
            f"The workers of {scheduler} run another version of svarsutdrag, or of the libraries "
            "that it reads with. Install the same on all machines."
        )

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yields one result a task, as they come."""
        waiting = iter(tasks)
        out: dict[str, Task] = {}
        threads = sum(self._client.nthreads().values())
        completed = as_completed(
            [self._submit(task, out) for task in islice(waiting, threads * _AHEAD)]
        )
        for future in completed:
            task = out.pop(future.key)
            yield self._result(future, task)
            future.release()
            for fresh in islice(waiting, 1):
                completed.add(self._submit(fresh, out))

    def _submit(self, task: Task, out: dict[str, Task]) -> Any:  # noqa: ANN401
        key = f"{self._plugin}-{task.report_id}"
        out[key] = task
        return self._client.submit(_read, task, self._plugin, key=key, pure=False)

    def _result(self, future: Any, task: Task) -> Result:  # noqa: ANN401
        try:
            result: Result = future.result()
        except Exception as error:  # a worker died with it time after time
            detail = f"{type(error).__name__} on the cluster"
            return failed_result(task, Failure.CRASHED, self._setup, detail)
        return result

    def close(self) -> None:
        """Stops the workers' processes, and the cluster if it is our own."""
        with suppress(Exception):  # the cluster may be gone already
            self._client.unregister_worker_plugin(self._plugin)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def _connect(scheduler: str) -> Any:  # noqa: ANN401
    try:
        return Client(scheduler, timeout="10s")
    except (OSError, ValueError, TimeoutError) as error:
        raise WrongUseError(
            f"No Dask scheduler answers at {scheduler} ({error}). Start one with `dask scheduler`."
        ) from error


def _is_daemon() -> bool:
    return multiprocessing.current_process().daemon
