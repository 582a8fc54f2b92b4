"""The commands in the README that are shown with their output.

    make demo && .venv/bin/python -m tests.readme_examples     # writes what they print now

A line `…` marks omitted lines; the number of lines before and after it stays the same.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import cli

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"^```\n\$ (svar .*?)\n(.*?)^```", re.S | re.M)
LEFT_OUT = "…"


def examples() -> list[tuple[str, list[str]]]:
    """Each command with the lines that the README shows of its output."""
    text = README.read_text(encoding="utf-8")
    return [(match[1], match[2].splitlines()) for match in BLOCK.finditer(text)]


def printed(command: str, shown: list[str]) -> list[str]:
    """What a command prints now, cut as `shown` is."""
    result = CliRunner().invoke(cli, shlex.split(command)[1:], catch_exceptions=False)
    assert result.exit_code == 0, (command, result.output)
    lines = result.output.splitlines()
    if LEFT_OUT not in shown:
        return lines
    head = shown.index(LEFT_OUT)
    tail = len(shown) - head - 1
    return [*lines[:head], LEFT_OUT, *lines[len(lines) - tail :]]


def rewritten(run: Callable[[str, list[str]], list[str]] = printed) -> str:
    """The README with the current output of its commands."""

    def block(match: re.Match[str]) -> str:
        lines = "".join(f"{line}\n" for line in run(match[1], match[2].splitlines()))
        return f"```\n$ {match[1]}\n{lines}```"

    return BLOCK.sub(block, README.read_text(encoding="utf-8"))


if __name__ == "__main__":
    README.write_text(rewritten(), encoding="utf-8", newline="\n")
