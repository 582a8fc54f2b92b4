"""The analyst's first hour: every command of `docs/first-hour.md`, run as written."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli

if os.name != "posix":
    pytest.skip("the walk is for a POSIX shell", allow_module_level=True)

from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[1]
WALK = ROOT / "docs" / "first-hour.md"
SET_UP = ["make demo", 'export PATH="$PWD/.venv/bin:$PATH"']
"""What puts `svar` on the PATH; here it is where this Python is."""

SHOWS = {
    "run": "Answers:",
    "show": "confidence",
    "page": "2:4",
    "sample": "seed 7",
    "accuracy": "In a random sample of 20 of",
    "check": "findings in",
    "compare": "1 report in A, 1 in B",
}
"""What the first output of a command has."""


def commands() -> list[str]:
    blocks = re.findall(r"^```console\n(.*?)^```", WALK.read_text(encoding="utf-8"), re.S | re.M)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    assert lines[:2] == SET_UP
    return lines[2:]


def test_every_command_of_the_walk_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    outputs = {line: run(line, tmp_path) for line in commands()}
    for name, text in SHOWS.items():
        own = [output for line, output in outputs.items() if line.startswith(f"svar {name}")]
        assert any(text in " ".join(output.split()) for output in own), (name, own)
    for made in ("answer.png", "sample.html", "gold", "data/processed/verdicts/Kim.jsonl"):
        assert (tmp_path / made).exists(), made
    swedish = "svar accuracy data/processed --field answer --language sv"
    assert "I ett slumpmässigt stickprov om 20 av" in " ".join(outputs[swedish].split())
    expected = outputs["svar check data/processed --expected boards.txt"]
    assert "kyrkogårdsnämnden: no report" in expected


def run(line: str, folder: Path) -> str:
    """Runs a line: a review in a terminal, with the key for right; others here or in a shell."""
    words = shlex.split(line)
    if words[:2] == ["svar", "review"]:
        return review(words[1:], folder)
    if words[0] == "svar" and ">" not in words:  # no new process: it loads the themes once
        result = CliRunner().invoke(cli, words[1:], standalone_mode=False, catch_exceptions=False)
        assert result.return_value in (None, 0), (line, result.output)
        return result.output
    scripts = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env={**os.environ, "PATH": scripts, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    output = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0, (line, output)
    return output


def review(arguments: list[str], folder: Path) -> str:
    terminal = Terminal(*arguments, folder=folder)
    for n in range(1, 21):
        terminal.expect(f"{n} of 20 · {n - 1} judged")
        terminal.expect("q stop")
        terminal.press("r")
    terminal.expect("20 of 20 answers judged")
    assert terminal.end() == 0
    return terminal.output


@pytest.mark.parametrize(
    "name", ["show", "page", "sample", "review", "accuracy", "check", "compare"]
)
def test_help_opens_with_an_example(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", name, "--help"],
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    lines = [line.strip() for line in done.stdout.decode().splitlines() if line.strip()]
    at = next(n for n, line in enumerate(lines) if line.startswith("Example"))
    assert at <= 2
    assert lines[at + 1] in commands()  # so that it is known to work
