"""Standard streams that no text from a report can make a terminal act on.

What commands print holds texts that others wrote, names of files among them. An escape sequence in
one could rewrite the screen or the title of the window, or have the terminal answer as if the user
typed. What goes to a file or a pipe is left as it is: there it is data.
"""

from __future__ import annotations

import re
import sys
from typing import Any, TextIO

from pipeline.checking.shown import visible

_OWN = re.compile("(\x1b\\[[0-9;]*m|\r\n|\t)")
"""What our own output has of controls: colour, line ends, tabs."""
_CLEAR = "\x1b[2J\x1b[1;1H"
"""What `click.clear` writes, on its own."""


def safe(text: str) -> str:
    """Returns text with every control but line ends, tabs and colours spelled out."""
    if text == _CLEAR or (text.isascii() and text.isprintable()):
        return text
    parts = _OWN.split(text)
    parts[::2] = map(visible, parts[::2])
    return "".join(parts)


class SafeStream:
    """A terminal that gets `safe` text only; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes text as `safe` gives it."""
        self._stream.write(safe(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._stream, name)


def guard_terminals() -> None:
    """Guards standard output and standard error where they are terminals."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and stream.isatty():
            setattr(sys, name, SafeStream(stream))


def unguarded(stream: Any) -> TextIO:  # noqa: ANN401
    """Returns the stream itself, for a bar that moves the cursor and shows no text of reports."""
    own: TextIO = stream._stream if isinstance(stream, SafeStream) else stream
    return own
