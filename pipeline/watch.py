"""Watches the memory of a process that reads files, from a thread of its own."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
import time

import psutil

MEMORY_EXIT = 86
"""Exit code of a process that ended itself because it used too much memory."""

_LOOK_SECONDS = 0.1


class Watch:
    """Ends this process when it uses too much memory, or when its parent is gone."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._most: float = float("inf")

    def allow(self, mib: int) -> None:
        """Allows so many MiB in addition to what the process holds now."""
        self._most = self._process.memory_info().rss + mib * 2**20

    def start(self) -> None:
        """Begins to watch."""
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        parent = multiprocessing.parent_process()
        while True:
            if parent is None:
                time.sleep(_LOOK_SECONDS)
            elif multiprocessing.connection.wait([parent.sentinel], _LOOK_SECONDS):
                os._exit(0)
            if self._process.memory_info().rss > self._most:
                os._exit(MEMORY_EXIT)
