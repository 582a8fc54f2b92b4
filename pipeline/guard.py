"""Limits of time and memory for commands that read a file in their own process."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil

from pipeline.exit_codes import ExitCode

_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    Attributes:
        seconds: How long.
        mib: MiB of memory on top of what the process holds before.
    """

    seconds: float = 300.0
    mib: int = 2048


DEFAULT = Limits()
"""What it may take when nothing else is said, as in `svar run`."""


@contextmanager
def guarded(source: str, limits: Limits = DEFAULT) -> Iterator[None]:
    """Ends this process with a message if a block takes too long or too much memory.

    Nothing less would do: a reader may be deep inside a native library.

    Args:
        source: The file that the block reads, for the message.
        limits: What it may take.
    """
    done = threading.Event()
    threading.Thread(target=_watch, args=(source, limits, done), daemon=True).start()
    try:
        yield
    except MemoryError:
        _end(_too_large(source, limits))
    finally:
        done.set()


def _watch(source: str, limits: Limits, done: threading.Event) -> None:
    process = psutil.Process()
    most = process.memory_info().rss + limits.mib * 2**20
    last = time.monotonic() + limits.seconds
    while not done.wait(_LOOK_SECONDS):
        if process.memory_info().rss > most:
            _end(_too_large(source, limits))
        if time.monotonic() > last:
            _end(
                f"{source} took longer than {limits.seconds:g} s and was stopped. Give a longer "
                "--timeout, or leave the file out."
            )


def _too_large(source: str, limits: Limits) -> str:
    return (
        f"{source} needed more than {limits.mib} MiB of memory and was stopped. Give a larger "
        "--memory, or leave the file out."
    )


def _end(message: str) -> None:
    """Ends the process, whatever its other threads are doing."""
    with suppress(Exception):
        sys.stdout.flush()
        sys.stderr.write(f"Error: {message}\n")
        sys.stderr.flush()
    os._exit(ExitCode.NOTHING)
