"""A screen of a terminal session: text that scrolls, one key at a time, drawn anew on resize."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from pipeline.cli import _console

DOWN = " "
UP = "k"
KEYS_TAKE = 3
"""Lines below the text: the keys, what was wrong with the last one, and the cursor."""


class _ResizedError(Exception):
    """The terminal has another size now."""


def ask(draw: Callable[[], str], prompt: str, allowed: str) -> str:
    """Shows a text and waits for one of some keys.

    A text that is longer than the terminal scrolls: space goes down, k up. After a resize it is
    drawn anew. Ctrl-C and Ctrl-D stop the command.

    Args:
        draw: Returns the text for the terminal's present width.
        prompt: Says what the keys do.
        allowed: The keys.

    Raises:
        click.Abort: The terminal is gone.
    """
    top, said = 0, ""
    while True:
        lines = draw().splitlines()
        room = max(1, shutil.get_terminal_size().lines - KEYS_TAKE)
        last = max(0, len(lines) - room)
        top = min(top, last)
        click.clear()
        shown = "\n".join(lines[top : top + room])
        click.echo(shown, color=_console.wants_colour())
        scroll = f"space down · k up ({top + 1}–{top + room} of {len(lines)}) · " if last else ""
        click.echo(scroll + prompt + said)
        try:
            with _resize_raises():
                key = click.getchar().lower()
        except _ResizedError:
            continue
        if not key:  # the terminal is gone
            raise click.Abort
        if key in allowed:
            return key
        said = ""
        if last and key == DOWN:
            top = min(last, top + room)
        elif last and key == UP:
            top = max(0, top - room)
        else:
            name = key if key.isprintable() and key.strip() else "That key"
            said = f"\n{name} does nothing here."


@contextmanager
def _resize_raises() -> Iterator[None]:
    """Has a resize end the waiting for a key, where the system tells of it (POSIX)."""
    number = getattr(signal, "SIGWINCH", None)
    if number is None:
        yield
        return

    def resized(number: int, frame: FrameType | None) -> None:
        raise _ResizedError

    before = signal.signal(number, resized)
    try:
        yield
    finally:
        signal.signal(number, before)
