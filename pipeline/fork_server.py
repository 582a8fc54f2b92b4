"""The fork server of Linux: loads what workers need once, and forks each of them when ready."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

METHOD = "forkserver" if sys.platform == "linux" else "spawn"
"""How workers are started."""


def context_of(*modules: str) -> BaseContext:
    """Returns the context for starting workers.

    Args:
        modules: What a fork server loads, unless it is running.
    """
    context = multiprocessing.get_context(METHOD)
    if METHOD == "forkserver":
        context.set_forkserver_preload(list(modules))
    return context


def start_early() -> None:
    """Starts the fork server, so that it loads while this process loads and plans the run."""
    if METHOD == "forkserver":
        context_of(f"{__package__}.engines.preload")
        forkserver.ensure_running()
