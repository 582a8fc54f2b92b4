"""Time and memory limits for commands that read a file in their own process."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TypeVar

import psutil

from extractors.ocr.unread import ManyPagesError
from extractors.options import Options
from pipeline.exit_codes import ExitCode

SECONDS_A_SCANNED_PAGE = 20.0
"""Extra seconds allowed for each page read by text recognition; most take two."""

_LOOK_SECONDS = 0.1

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for reading one file.

    Attributes:
        seconds: Time limit.
        mib: Memory limit in MiB, in addition to what the process already holds.
    """

    seconds: float = 300.0
    mib: int = 2048

    def with_pages(self, pages: int) -> Limits:
        """Returns the limits for a report with pages to recognise."""
        return replace(self, seconds=self.seconds + SECONDS_A_SCANNED_PAGE * pages)


DEFAULT = Limits()
"""Default limits, as in `svar run`."""


def read_guarded(
    read: Callable[[Options], Read], source: str, options: Options, limits: Limits = DEFAULT
) -> Read:
    """Returns what a function reads, or ends this process if that exceeds the limits.

    Args:
        read: Reads the file with the given options.
        source: The file, for the message.
        options: Options of reading; the number of pages that may be recognised follows from the
            limits.
        limits: The limits, raised for each page that is recognised.
    """
    try:
        with guarded(source, limits):
            return read(replace(options, ocr_pages=0))
    except ManyPagesError as more:
        with guarded(source, limits.with_pages(more.pages)):
            return read(replace(options, ocr_pages=more.pages))


@contextmanager
def guarded(source: str, limits: Limits = DEFAULT) -> Iterator[None]:
    """Ends this process with a message if a block takes too long or too much memory.

    Nothing less would do: a reader may be deep inside a native library.

    Args:
        source: The file that the block reads, for the message.
        limits: The limits.
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
