"""Processes on this machine, using pebble: each task has a time limit and can be killed."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice

from pebble import ProcessExpired, ProcessPool

from pipeline.engines.ready import make_ready
from pipeline.failures import Failure
from pipeline.fork_server import context_of
from pipeline.watch import MEMORY_EXIT
from pipeline.worker import (
    Result,
    Setup,
    Task,
    failed_result,
    run_task,
    seconds_for,
    start_worker,
)

TASKS_A_WORKER = 5000
"""Number of reports after which a worker is replaced, to bound memory leaks of libraries."""

LOOK_SECONDS = 0.2
"""How long an engine waits before it yields None."""

_AHEAD = 3
"""Tasks queued per worker, so that none is idle between tasks."""

_GRACE_SECONDS = 30.0
"""If no task ends for this long past its time limit, the pool itself is stuck."""

_BREAKDOWNS = 5
"""Maximum number of consecutive pool breakdowns without a single report done."""

_setup: Setup | None = None
_fault: Exception | None = None


def _start(setup: Setup, environment: Mapping[str, str]) -> None:
    """Turns a process into a worker. An error here is reported by the first task."""
    os.environ.update(environment)  # the fork server may have older values
    global _setup, _fault  # noqa: PLW0603 - a process is one worker: sent once, not with each task
    _setup = setup
    try:
        if setup.taxonomy is not None:
            make_ready(setup.taxonomy)
        start_worker(setup)
    except Exception as error:
        _fault = error


def _run(task: Task) -> Result:
    if _fault is not None:
        raise RuntimeError(f"no worker can start: {type(_fault).__name__}: {_fault}")
    assert _setup is not None, "a worker is started by _start"
    return run_task(task, _setup)


class LocalEngine:
    """A pool of worker processes."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        own = [] if self._setup.taxonomy is None else [f"{__package__}.preload"]
        context = context_of(run_task.__module__, self._setup.extract.partition(":")[0], *own)
        given = (self._setup, dict(os.environ))
        return ProcessPool(self._jobs, TASKS_A_WORKER, _start, given, context)

    def run(self, tasks: Iterable[Task]) -> Iterator[Result | None]:
        """Yields one result per task, as they come, and None while there is none.

        Reports with scanned pages are read once a worker is free: the fewer reports are left then,
        the more of their pages are read side by side.

        Raises:
            RuntimeError: No worker can start.
        """
        waiting = iter(tasks)
        out: dict[Future[Result], Task] = {}
        scans: deque[Task] = deque()
        breakdowns = 0
        last_done = time.monotonic()
        while True:
            for task in islice(waiting, max(0, self._jobs * _AHEAD - len(out) - len(scans))):
                out[self._schedule(task)] = task
            while scans and len(out) < self._jobs:
                left = len(out) + len(scans)
                task = replace(scans.popleft(), threads=max(1, self._setup.processors // left))
                out[self._schedule(task)] = task
            if not out:
                return
            done, _ = wait(out, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            longest = max(seconds_for(task, self._setup) for task in out.values())
            if not done and time.monotonic() - last_done < longest + _GRACE_SECONDS:
                yield None
                continue
            last_done = time.monotonic()
            broken = not done
            for future in done:
                result = self._result(future, out[future])
                if result is None:
                    broken = True
                    continue
                task = out.pop(future)
                breakdowns = 0
                if result.status == "scan":
                    scans.append(replace(task, scanned=result.scanned))
                else:
                    yield result
            if broken:
                # The pool lost a worker in a way it cannot repair: a new pool takes over.
                breakdowns += 1
                if breakdowns > _BREAKDOWNS:
                    raise RuntimeError("workers die before they begin")
                self._renew()
                out = {self._schedule(task): task for task in out.values()}

    def _schedule(self, task: Task) -> Future[Result]:
        future: Future[Result]
        try:
            limit = seconds_for(task, self._setup)
            future = self._pool.schedule(_run, (task,), timeout=limit)
        except RuntimeError as error:  # the pool broke down meanwhile
            future = Future()
            future.set_exception(BrokenProcessPool(str(error)))
        return future

    def _result(self, future: Future[Result], task: Task) -> Result | None:
        """The result of a task, or None if the pool broke down before it was done."""
        try:
            return future.result()
        except BrokenProcessPool:
            return None
        except TimeoutError:
            return failed_result(task, Failure.TIMEOUT, self._setup)
        except ProcessExpired as error:
            if error.exitcode == MEMORY_EXIT:
                return failed_result(task, Failure.MEMORY, self._setup)
            return failed_result(task, Failure.CRASHED, self._setup, _death(error.exitcode))
        except MemoryError:
            return failed_result(task, Failure.MEMORY, self._setup)

    def _renew(self) -> None:
        self.close()
        self._pool = self._new_pool()

    def close(self) -> None:
        """Stops all workers at once."""
        self._pool.stop()
        self._pool.join()


def _death(exitcode: int) -> str:
    """How a process ended, in words."""
    return f"signal {-exitcode}" if exitcode < 0 else f"exit code {exitcode}"
