"""Commands that read a file themselves end with a message where it takes too much."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.exit_codes import ExitCode

ROOT = Path(__file__).resolve().parents[1]
SLOW = """
import sys, time
import extractors.readers.text as text
def never(data, passwords=()):
    held = []
    while True:
        {step}
text.read = never
from pipeline.cli import main
main(sys.argv[1:])
"""


def run(step: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command whose reader of text repeats a step without end."""
    code = SLOW.replace("{step}", step)
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "nämnd.txt"
    path.write_text("Har nämnden bytt belysning?\n\n Ja\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        ["show"],
        ["page", "--question", "1/#1"],
        ["form", "suggest"],
        ["form", "icons"],
    ],
    ids=" ".join,
)
def test_a_file_that_takes_too_long_ends_the_command(command: list[str], report: Path) -> None:
    ended = run("time.sleep(0.01)", *command, report, "--timeout", 0.5)
    assert ended.returncode == ExitCode.NOTHING
    assert ended.stderr.endswith(
        "nämnd.txt took longer than 0.5 s and was stopped. Give a longer --timeout, or leave the "
        "file out.\n"
    )
    assert "Traceback" not in ended.stderr


def test_a_file_that_takes_too_much_memory_ends_the_command(report: Path) -> None:
    ended = run("held.append(bytearray(b'x' * 2**24)); time.sleep(0.01)", "show", report,
                "--memory", 128)  # fmt: skip
    assert ended.returncode == ExitCode.NOTHING
    assert "nämnd.txt needed more than 128 MiB of memory and was stopped." in ended.stderr
    assert "Give a larger --memory" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_memory_that_the_system_refuses_ends_the_command_too(report: Path) -> None:
    ended = run("raise MemoryError", "show", report)
    assert ended.returncode == ExitCode.NOTHING
    assert "nämnd.txt needed more than 2048 MiB of memory" in ended.stderr
