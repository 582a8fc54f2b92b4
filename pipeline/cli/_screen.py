"""One screen of a terminal session: scrolls, takes single keys, and redraws on resize."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, Self

import click

from pipeline.cli import _console

DOWN = " "
UP = "k"
KEYS_TAKE = 3
"""Lines below the text: the keys, the error for the last one, and the cursor."""


class _ResizedError(Exception):
    """The terminal has been resized."""


def ask(draw: Callable[[], str], prompt: str, allowed: str) -> str:
    """Shows a text and waits for one of the allowed keys.

    A text that is longer than the terminal scrolls: space goes down, k goes up. It is redrawn
    after a resize. Ctrl-C and Ctrl-D stop the command.

    Args:
        draw: Returns the text for the terminal's current width.
        prompt: Explains what the keys do.
        allowed: The keys.

    Raises:
        click.Abort: The terminal is gone.
    """
    top, said = 0, ""
    with _Resizes() as resizes:
        while True:
            lines = draw().splitlines()
            room = max(1, shutil.get_terminal_size().lines - KEYS_TAKE)
            last = max(0, len(lines) - room)
            top = min(top, last)
            click.clear()
            shown = "\n".join(lines[top : top + room])
            click.echo(shown, color=_console.wants_colour())
            scroll = (
                f"space down · k up ({top + 1}–{top + room} of {len(lines)}) · " if last else ""
            )
            click.echo(scroll + prompt + said)
            key = resizes.key_unless_resized()
            if key is None:
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


class _Resizes:
    """Listens for resizes while entered, where the system signals them (POSIX)."""

    def __init__(self) -> None:
        self._number = getattr(signal, "SIGWINCH", None)
        self._before: Any = None
        self._resized = self._waiting = False

    def __enter__(self) -> Self:
        if self._number is not None:
            self._before = signal.signal(self._number, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        if self._number is not None:
            signal.signal(self._number, self._before)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._resized = True
        if self._waiting:
            raise _ResizedError

    def key_unless_resized(self) -> str | None:
        """Waits for a key; None if the terminal was resized since it was last redrawn."""
        try:
            self._waiting = True
            if self._resized:
                return None
            return click.getchar().lower()
        except _ResizedError:
            return None
        finally:
            self._waiting = self._resized = False
