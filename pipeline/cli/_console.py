"""Output for people: colour where it is welcome, and a pager on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli._streams import safe
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from models.report import Report

PLAIN_WIDTH = 100
"""Width in columns of output to a file or a pipe."""


def wants_colour() -> bool:
    """Whether standard output is a terminal on which colour is welcome (https://no-color.org)."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def program() -> str:
    """Returns how to call this `svar` from here: by name if it is on the PATH, else by path."""
    started = Path(sys.argv[0])
    if started.stem != "svar" or not started.is_file():
        return "svar"
    found = shutil.which("svar")
    if found and Path(found).resolve() == started.resolve():
        return "svar"
    with suppress(ValueError):
        return str(started.absolute().relative_to(Path.cwd()))
    return str(started.absolute())


def width() -> int:
    """Returns the width of standard output in columns."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else PLAIN_WIDTH


def render(*items: RenderableType) -> str:
    """Renders items as text for standard output."""
    buffer = StringIO()
    console = _console(buffer)
    for item in items:
        console.print(item)
    text = buffer.getvalue()
    if sys.stdout.isatty():
        return text
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def show(text: str, *, pager: bool) -> None:
    """Prints text, through a pager if one is wanted and the text is longer than the terminal."""
    lines = shutil.get_terminal_size().lines
    if pager and sys.stdout.isatty() and text.count("\n") >= lines:
        click.echo_via_pager(safe(text))  # click knows which pagers support colour
    else:
        click.echo(text, nl=False, color=wants_colour())


def exit_code(reports: Sequence[Report]) -> ExitCode:
    """Returns the exit code for some reports: success, some failed, or all failed."""
    failed = sum(report.status == "failed" for report in reports)
    if not failed:
        return ExitCode.OK
    return ExitCode.NOTHING if failed == len(reports) else ExitCode.SOME_FAILED


def _console(buffer: StringIO) -> Console:
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(
        file=buffer,
        force_terminal=terminal,
        no_color=not wants_colour(),
        color_system="auto" if wants_colour() else None,
        width=width(),
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
