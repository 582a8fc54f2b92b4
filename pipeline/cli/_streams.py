"""Standard streams that keep escape sequences in reports from controlling the terminal.

Commands print text that others wrote, including file names. An escape sequence in it could rewrite
the screen or the window title, or make the terminal reply as if the user had typed. Output to a
file or a pipe is left unchanged: there it is data.
"""

from __future__ import annotations

import re
import sys
from typing import Any, TextIO

from pipeline.checking.shown import visible

_OWN = re.compile("(\x1b\\[[0-9;]*m|\r\n|\t)")
"""The control sequences in our own output: colour, line ends, tabs."""
_CLEAR = "\x1b[2J\x1b[1;1H"
"""What `click.clear` writes, in a call of its own."""


def safe(text: str) -> str:
    """Returns text with all control characters spelled out except line ends, tabs and colours."""
    if text == _CLEAR or (text.isascii() and text.isprintable()):
        return text
    parts = _OWN.split(text)
    parts[::2] = map(visible, parts[::2])
    return "".join(parts)


class SafeStream:
    """A terminal that receives only `safe` text; everything else is passed to the stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes text as `safe` returns it."""
        self._stream.write(safe(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._stream, name)


def guard_terminals() -> None:
    """Guards standard output and standard error if they are terminals."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and stream.isatty():
            setattr(sys, name, SafeStream(stream))


def unguarded(stream: Any) -> TextIO:  # noqa: ANN401
    """Returns the stream itself, for a bar that moves the cursor and shows no report text."""
    own: TextIO = stream._stream if isinstance(stream, SafeStream) else stream
    return own
