"""Prints a page by Firefox, which is told what to do over its Marionette connection."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

MOST_SECONDS = 60


class Marionette:
    """A connection to a Firefox that listens to commands."""

    def __init__(self, port: int) -> None:
        until = time.monotonic() + MOST_SECONDS
        while True:
            try:
                self.connection = socket.create_connection(
                    ("127.0.0.1", port), timeout=MOST_SECONDS
                )
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        self.stream = self.connection.makefile("rb")
        self.commands = 0
        self._message()

    def _message(self) -> Any:
        length = b""
        while (digit := self.stream.read(1)) != b":":
            if not digit:
                raise ConnectionError("Firefox ended")
            length += digit
        return json.loads(self.stream.read(int(length)))

    def __call__(self, command: str, **parameters: Any) -> Any:
        """The result of a command of WebDriver.

        Raises:
            RuntimeError: Firefox refuses it.
        """
        self.commands += 1
        message = json.dumps([0, self.commands, command, parameters])
        self.connection.sendall(f"{len(message)}:{message}".encode())
        _, _, error, result = self._message()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result


def main(source: Path, target: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = {
            "marionette.port": port,
            "datareporting.policy.dataSubmissionEnabled": False,
            "browser.shell.checkDefaultBrowser": False,
        }
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in settings.items())
        Path(profile, "user.js").write_text("".join(lines), encoding="utf-8")
        command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", profile]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            firefox = Marionette(port)
            firefox("WebDriver:NewSession")
            firefox("WebDriver:Navigate", url=source.resolve().as_uri())
            # Without a size of its own, the page has the size that its style asks for.
            printed = firefox("WebDriver:Print", background=True, shrinkToFit=False)
            target.write_bytes(base64.b64decode(printed["value"]))
        finally:
            browser.terminate()
            browser.wait(MOST_SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
