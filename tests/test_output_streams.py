"""What `svar` writes can be read by the next program, whatever the console's encoding is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from models.report import to_json
from pipeline.exit_codes import ExitCode
from tests import checking_helpers as made
from tests.terminal import Terminal

CODE = "import sys; from pipeline.cli import main; main(sys.argv[1:])"


def _svar(*arguments: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", CODE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=os.environ | env, check=False)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(to_json(made.report()), encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_redirected_output_is_utf8(saved: Path, encoding: str) -> None:
    done = _svar("show", saved, "--json", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == ExitCode.OK
    assert json.loads(done.stdout.decode("utf-8"))["organisation"] == "Aspnäsets stadsdelsnämnd"
    page = _svar("show", saved, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "Har ni folk ute på kvällarna?" in page.stdout.decode("utf-8")


def test_a_pager_that_knows_no_colour_gets_no_escape_characters(
    saved: Path, tmp_path: Path
) -> None:
    pager = tmp_path / "pager.py"
    pager.write_text(
        f"#!{sys.executable}\nimport sys\nprint('ESCAPES', sys.stdin.read().count('\\x1b'))\n"
    )
    pager.chmod(0o755)
    terminal = Terminal("show", saved, lines=10, env={"PAGER": str(pager)})
    assert terminal.expect("ESCAPES 0")


def test_a_locked_output_has_its_own_exit_code(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.txt").write_text("rad")
    (tmp_path / "out" / "state").mkdir(parents=True)
    with FileLock(tmp_path / "out" / "state" / "lock"):
        done = _svar("run", tmp_path / "in", "--out", tmp_path / "out")
    assert done.returncode == ExitCode.LOCKED
    assert b"Another run is writing" in done.stderr
