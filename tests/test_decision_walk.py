"""From reports to a decision: every command of the walkthrough, run as written."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.publishing.sheets import ORDER
from pipeline.publishing.words import words_in

if os.name != "posix":
    pytest.skip("the walk is for a POSIX shell", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[1]
WALK = ROOT / "docs" / "from-reports-to-a-decision.md"
TEXT = WALK.read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"^```console\n(.*?)^```", TEXT, re.S | re.M)
    for line in block.splitlines()
]
SAMPLES = ("board-101-dump.txt", "board-112-docx.docx")
"""Some of the sample reports, which are read as all of them are."""


def run(line: str, folder: Path) -> str:
    """Runs a line here, or in a shell where it is no command of ours."""
    words = shlex.split(line)
    if words[0] == "svar":  # no new process: it loads the themes once
        result = CliRunner().invoke(cli, words[1:], standalone_mode=False, catch_exceptions=False)
        assert result.return_value in (None, 0), (line, result.output)
        return result.output
    scripts = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": scripts, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, (line, done.stderr.decode())
    return done.stdout.decode()


def test_every_command_of_the_walk_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    for name in SAMPLES:
        shutil.copy(ROOT / "data" / "raw" / name, tmp_path / "data" / "raw" / name)
    monkeypatch.chdir(tmp_path)
    outputs = {line: run(line, tmp_path) for line in COMMANDS}
    check = next(output for line, output in outputs.items() if line.startswith("svar check"))
    assert "kyrkogårdsnämnden: no report" in check
    years = next(output for line, output in outputs.items() if "--years --boards" in line)
    assert "Comments carried over unchanged" in years
    written = re.findall(r"(?:-o|--coverage|--figures) (\S+)", "\n".join(COMMANDS))
    assert len(written) >= 11
    for name in written:
        assert (tmp_path / name).exists(), name
    base = sqlite3.connect(tmp_path / "svar.sqlite")
    (recipe,) = re.findall(r"^```sql\n(.*?)^```", TEXT, re.S | re.M)
    base.execute(recipe).fetchall()
    assert base.execute("SELECT count(*) FROM answers_fts('polisen')").fetchone()[0] > 0
    base.close()


def test_walk_names_every_sheet_and_has_its_pictures() -> None:
    for name in ("about", *ORDER):
        assert f"| {words_in('sv').sheets[name]} |" in TEXT
    for picture in re.findall(r"!\[.+?\]\((.+?)\)", TEXT):
        assert (WALK.parent / picture).is_file()


@pytest.mark.parametrize("name", ["export", "summary", "compare"])
def test_help_has_an_example_of_the_walk(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"])
    examples = [line.strip() for line in done.output.splitlines() if line.startswith("    svar ")]
    assert examples
    ours = {line.split()[1] for line in COMMANDS if line.startswith("svar ")}
    assert name in ours
