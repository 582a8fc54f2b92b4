"""Engines that read reports, on one machine or many, behind one small interface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline.engines.local import LocalEngine
from pipeline.errors import WrongUseError
from pipeline.worker import Result, Setup, Task


class Engine(Protocol):
    """Reads reports, each within its limits."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Result | None]:
        """Yields one result per task, in any order, whatever happens to workers.

        While there is no result, also yields None several times a second, so that the caller can
        stop in between.

        Tasks are taken from the iterator as workers become free, so it may be long.
        """

    def close(self) -> None:
        """Stops all workers at once."""


def make_engine(name: str, setup: Setup, jobs: int, scheduler: str = "") -> Engine:
    """Returns the engine called `local` or `dask`.

    Raises:
        WrongUseError: Dask is not installed, or its scheduler cannot be used.
    """
    if name == "dask":
        try:
            from pipeline.engines.cluster import DaskEngine  # noqa: PLC0415 - an extra
        except ModuleNotFoundError as error:
            raise WrongUseError(
                f"--engine dask needs {error.name}. Run: pip install 'svarsutdrag[dask]'"
            ) from error
        return DaskEngine(setup, jobs, scheduler)
    return LocalEngine(setup, jobs)
