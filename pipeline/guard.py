"""Time and memory limits for commands that read a file, and what they say of one that broke them.

Files are read in a process apart (`apart.py`): neither a limit nor a crash of a native library can
be survived in the process that it hits.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from extractors.ocr.unread import ManyPagesError
from extractors.options import Options
from pipeline.apart import CrashedError, TooLongError, TooMuchMemoryError, call_apart
from pipeline.errors import StoppedError

SECONDS_A_SCANNED_PAGE = 20.0
"""Extra seconds allowed for each page read by text recognition; most take two."""

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
    read: Callable[..., Read],
    source: str,
    options: Options,
    limits: Limits = DEFAULT,
    meanwhile: Callable[[], object] | None = None,
) -> Read:
    """Returns what a function reads from a file, in a process apart.

    Args:
        read: Reads the file with the given `options`; can be pickled.
        source: The file, for the message.
        options: Options of reading; the number of pages that may be recognised follows from the
            limits.
        limits: The limits, raised for each page that is recognised.
        meanwhile: Prepares what comes next while the file is read.

    Raises:
        StoppedError: It exceeded the limits, or crashed.
    """
    try:
        return guarded(
            partial(read, options=replace(options, ocr_pages=0)), source, limits, meanwhile
        )
    except ManyPagesError as more:
        given = replace(options, ocr_pages=more.pages, ocr_threads=os.cpu_count() or 1)
        return guarded(partial(read, options=given), source, limits.with_pages(more.pages))


def guarded(
    function: Callable[[], Read],
    source: str,
    limits: Limits = DEFAULT,
    meanwhile: Callable[[], object] | None = None,
) -> Read:
    """Returns what a function makes of a file, in a process apart. See `read_guarded`.

    Raises:
        StoppedError: It exceeded the limits, or crashed.
    """
    try:
        return call_apart(function, limits.seconds, limits.mib, meanwhile)
    except TooLongError as error:
        raise StoppedError(
            "timeout",
            f"{source} took longer than {limits.seconds:g} s and was stopped.",
            "Give a longer --timeout, or leave the file out.",
        ) from error
    except TooMuchMemoryError as error:
        raise StoppedError(
            "memory",
            f"{source} needed more than {limits.mib} MiB of memory and was stopped.",
            "Give a larger --memory, or leave the file out.",
        ) from error
    except CrashedError as error:
        raise StoppedError(
            "crashed",
            f"The process that read {source} died ({error}): the file is damaged, or draws more "
            "than memory can hold.",
            "Export the file again, try the other reader with --reader plumber, or leave the file "
            "out.",
        ) from error
