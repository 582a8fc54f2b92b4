"""A real pseudo-terminal to run `svar` in."""

from __future__ import annotations

import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Mapping
from fcntl import ioctl
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 20.0
"""Seconds to wait for expected output; far more than it takes."""


class Terminal:
    """A running `svar` in a terminal that the test controls."""

    def __init__(
        self,
        *arguments: object,
        lines: int = 50,
        columns: int = 110,
        env: Mapping[str, str] = {},
        folder: Path = ROOT,
    ) -> None:
        code = "import sys; from pipeline.cli import main; main(sys.argv[1:])"
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.chdir(folder)
            own = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), **env}
            kept = {
                k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")
            }
            command = [sys.executable, "-c", code, *map(str, arguments)]
            os.execve(sys.executable, command, kept | own)
        self.output = ""
        self._seen = 0

    def resize(self, *, lines: int, columns: int) -> None:
        """Gives the terminal another size, of which the program is notified."""
        ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def expect(self, text: str) -> str:
        """Waits until the text is shown after the previous match; returns the output up to it."""
        until = time.monotonic() + PATIENCE
        while text not in self.output[self._seen :]:
            if time.monotonic() > until or not self._read(until):
                raise AssertionError(f"{text!r} was not shown; after it: {self.output[-2000:]!r}")
        end = self.output.index(text, self._seen) + len(text)
        shown = self.output[self._seen : end]
        self._seen = end
        return shown

    def send(self, keys: str) -> None:
        """Types keys."""
        os.write(self.fd, keys.encode())

    def press(self, key: str) -> None:
        """Types a key as soon as the program waits for a single key."""
        until = time.monotonic() + PATIENCE
        while termios.tcgetattr(self.fd)[3] & termios.ICANON:
            if time.monotonic() > until:
                raise AssertionError(f"no key is waited for: {self.output[-2000:]!r}")
            time.sleep(0.005)
        self.send(key)

    def end(self) -> int:
        """Waits for the end; returns the exit code."""
        until = time.monotonic() + PATIENCE
        while self._read(until):
            pass
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self, until: float) -> bool:
        """Reads the available output; false at the end."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise AssertionError(f"nothing came: {self.output[-2000:]!r}")
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # the other end is closed
            return False
        self.output += data.decode("utf-8", "replace")
        return bool(data)
