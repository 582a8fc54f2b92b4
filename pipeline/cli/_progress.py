"""Progress on standard error: a bar on a terminal, an occasional line in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from pipeline.cli._streams import unguarded
from pipeline.publishing.files import Tell

LINE_SECONDS = 10.0
"""How often a line is written in a pipe."""


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """Yields the function that reports progress; removes the bar at the end."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=unguarded(sys.stderr)), transient=True) as bar:

        def begin(what: str, total: int) -> Callable[[int], None]:
            task = bar.add_task(f"Writing {what}", total=total)
            return lambda count: bar.advance(task, count)

        yield begin


def _lines(what: str, total: int) -> Callable[[int], None]:
    done, last = 0, time.monotonic()

    def tick(count: int) -> None:
        nonlocal done, last
        done += count
        if time.monotonic() - last >= LINE_SECONDS:
            last = time.monotonic()
            click.echo(f"Writing {what}: {done:,} of {total:,}", err=True)

    return tick
