"""`svar run`, `svar status` and `svar codebook` as a person meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import pipeline.batch
from models.datasets import DATASETS, SCHEMAS
from pipeline import load
from pipeline.cli import main
from pipeline.exit_codes import ExitCode
from pipeline.worker import Setup
from tests.batch_helpers import inline_engine, numbered, write_texts
from tests.generator import make_board, render

ROOT = Path(__file__).parents[1]
Svar = Callable[..., tuple[int, str, str]]


@pytest.fixture
def svar(capfd: pytest.CaptureFixture[str]) -> Svar:
    """Runs a command; gives its exit code and what it printed on both streams."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return call


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads in this process, by the fast stand-in."""

    def make(name: str, setup: Setup, jobs: int, scheduler: str = "") -> object:
        fast = replace(setup, extract="tests.fake_extract:fast")
        return inline_engine(name, fast, jobs)

    monkeypatch.setattr(pipeline.batch, "make_engine", make)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "in", numbered(3))


def test_reports_of_two_kinds_become_six_datasets(svar: Svar, tmp_path: Path) -> None:
    board = make_board(5)
    made = [render(board, kind, 5) for kind in ("dump", "docx")]
    (tmp_path / "in").mkdir()
    for report in made:
        (tmp_path / "in" / report.name).write_bytes(report.data)
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    out = tmp_path / "out"
    code, printed, _ = svar("run", tmp_path / "in", "--out", out, "--jobs", 2)
    assert code == ExitCode.SOME_FAILED
    assert "3 inputs = " in printed and "1 failed + 0 duplicate." in printed
    assert "Answers: " in printed and "Theme mentions: " in printed
    reports = load(str(out), "reports").set_index("source")
    assert reports.loc["empty.txt", "status"] == "failed"
    for report in made:
        assert reports.loc[report.name, "answers"] == len(report.truth.answers)
    for name in DATASETS:
        frame = load(str(out), name)
        assert list(frame.columns) == SCHEMAS[name].names
        assert len(frame) == len(pd.read_parquet(out / name)) == len(pl.read_parquet(out / name))
    assert str(load(str(out), "answers").dtypes["page_first"]) == "Int32"


@pytest.mark.usefixtures("inline")
class TestRun:
    def test_a_second_run_says_that_nothing_is_new(
        self, svar: Svar, folder: Path, tmp_path: Path
    ) -> None:
        svar("run", folder, "--out", tmp_path / "out")
        code, printed, _ = svar("run", folder, "--out", tmp_path / "out")
        assert code == ExitCode.OK
        assert "3 inputs = 3 ok + 0 partial + 0 failed + 0 duplicate. Read now: 0" in printed

    def test_dry_run_lists_the_plan_and_writes_nothing(
        self, svar: Svar, folder: Path, tmp_path: Path
    ) -> None:
        write_texts(
            folder, {"samma.txt": "x", "också.txt": "x", "b.zip": "", "c.gif": "", "Thumbs.db": ""}
        )
        (folder / "trasig.pdf").symlink_to("finns-inte")
        code, printed, _ = svar("run", folder, "--out", tmp_path / "out", "--dry-run", "-v")
        assert code == ExitCode.OK
        assert not (tmp_path / "out").exists()
        lines = [" ".join(line.split()) for line in printed.splitlines()]
        assert lines[:2] == ["Would read 4 reports:", "4 new"]
        assert "3 unreadable" in lines and "1 duplicates" in lines
        assert "samma.txt = också.txt" in lines
        assert "b.zip: it is an archive, which is not read" in lines
        assert "c.gif: it is a picture, which is not read" in lines
        assert "1 files skipped (of the system 1)" in lines

    def test_output_under_the_input_is_refused_with_advice(self, svar: Svar, folder: Path) -> None:
        code, _, said = svar("run", folder, "--out", folder / "out")
        assert code == ExitCode.USAGE
        assert "is inside the input" in said and "data/processed next to data/raw" in said

    def test_input_under_the_output_is_refused(self, svar: Svar, folder: Path) -> None:
        code, _, said = svar("run", folder, "--out", folder.parent)
        assert (code, "is inside the output" in said) == (ExitCode.USAGE, True)

    def test_output_that_cannot_be_written_is_refused(
        self, svar: Svar, folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("")
        code, _, said = svar("run", folder, "--out", tmp_path / "file" / "out")
        assert (code, "cannot be written" in said) == (ExitCode.USAGE, True)

    def test_a_path_that_does_not_exist_is_refused(self, svar: Svar, tmp_path: Path) -> None:
        code, _, said = svar("run", tmp_path / "nothing", "--out", tmp_path / "out")
        assert (code, "does not exist" in said) == (ExitCode.USAGE, True)

    def test_a_folder_without_reports_gives_empty_datasets(
        self, svar: Svar, tmp_path: Path
    ) -> None:
        (tmp_path / "in").mkdir()
        code, _, said = svar("run", tmp_path / "in", "--out", tmp_path / "out")
        assert code == ExitCode.NOTHING
        assert "No reports were found" in said
        assert [len(load(str(tmp_path / "out"), name)) for name in DATASETS] == [0] * 6

    def test_when_all_fail_nothing_was_extracted(self, svar: Svar, tmp_path: Path) -> None:
        folder = write_texts(tmp_path / "in", {"tom.txt": ""})
        code, printed, _ = svar("run", folder, "--out", tmp_path / "out")
        assert code == ExitCode.NOTHING
        assert "Next: svar status" in printed

    def test_output_of_another_schema_version_needs_force(
        self, svar: Svar, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("pipeline.parts.SCHEMA_VERSION", "0")
            svar("run", folder, "--out", tmp_path / "out")
        for arguments in (["--dry-run"], []):
            code, _, said = svar("run", folder, "--out", tmp_path / "out", *arguments)
            assert code == ExitCode.USAGE
            assert "schema version 0; this is 1" in said and "--force" in said
        code, _, said = svar("status", tmp_path / "out")
        assert (code, "schema version 0" in said) == (ExitCode.USAGE, True)
        assert svar("run", folder, "--out", tmp_path / "out", "--force")[0] == ExitCode.OK
        assert len(load(str(tmp_path / "out"), "reports")) == 3

    def test_log_file_contains_json_lines(self, svar: Svar, folder: Path, tmp_path: Path) -> None:
        log = tmp_path / "log.jsonl"
        code, printed, said = svar(
            "run", folder, "--out", tmp_path / "out", "--log-file", log, "--quiet"
        )
        assert (code, printed, said) == (ExitCode.OK, "", "")
        events = [json.loads(line) for line in log.read_text().splitlines()]
        kinds = [event["event"] for event in events]
        assert kinds == ["planned", "report", "report", "report", "published", "ended"]
        assert events[0]["new"] == 3

    def test_verbose_names_each_report(self, svar: Svar, folder: Path, tmp_path: Path) -> None:
        write_texts(folder, {"två\nrader.txt": "x"})
        _, _, said = svar("run", folder, "--out", tmp_path / "out", "-v")
        assert "ok två\\nrader.txt" in said

    def test_scheduler_needs_dask(self, svar: Svar, folder: Path, tmp_path: Path) -> None:
        code, _, said = svar("run", folder, "--out", tmp_path / "out", "--scheduler", "tcp://x:1")
        assert (code, "--engine dask" in said) == (ExitCode.USAGE, True)

    def test_a_full_disk_is_reported_with_advice(
        self, svar: Svar, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        svar("run", folder, "--out", tmp_path / "out")
        write_texts(folder, numbered(2, start=10))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            code, _, said = svar("run", folder, "--out", tmp_path / "out")
        assert code == ExitCode.USAGE
        assert "No space left on device" in said and "Free some space and run again" in said
        assert len(load(str(tmp_path / "out"), "reports")) == 3
        assert svar("run", folder, "--out", tmp_path / "out")[0] == ExitCode.OK

    def test_status_says_what_failed_and_why(self, svar: Svar, tmp_path: Path) -> None:
        folder = write_texts(tmp_path / "in", {"tom.txt": "", "ok.txt": "rad"})
        svar("run", folder, "--out", tmp_path / "out")
        code, printed, _ = svar("status", tmp_path / "out")
        assert code == ExitCode.OK
        assert "2 inputs = 1 ok + 0 partial + 1 failed + 0 duplicate." in printed
        assert "tom.txt: empty" in printed and "The file is empty." in printed
        assert "finished" in printed
        content = json.loads(svar("status", tmp_path / "out", "--json")[1])
        run = content["runs"][-1]
        assert run["contents"]["inputs"] == run["contents"]["ok"] + run["contents"]["failed"] == 2
        assert run["options"]["paths"] == [str(folder)]
        assert {"user", "host", "versions", "seconds", "written", "read_with"} <= set(run)

    def test_status_of_another_folder_is_refused(self, svar: Svar, tmp_path: Path) -> None:
        code, _, said = svar("status", tmp_path)
        assert (code, "is not an output of svar run" in said) == (ExitCode.USAGE, True)


def test_the_next_command_can_be_pasted(folder: Path, tmp_path: Path) -> None:
    """Also where `svar` is in a virtual environment that is not on the PATH."""
    program = tmp_path / "venv" / "bin" / "svar"
    program.parent.mkdir(parents=True)
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from pipeline.cli import main\n\nif __name__ == '__main__':\n    main()\n"
    )
    program.chmod(0o755)
    (folder / "tom.txt").write_bytes(b"")
    ran = subprocess.run(
        ["venv/bin/svar", "run", "in", "--out", "out", "--jobs", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    line = next(line for line in ran.stdout.splitlines() if line.startswith("Next: "))
    command = line.removeprefix("Next: ").split("   ")[0]
    assert command == "venv/bin/svar status out"
    assert subprocess.run(command.split(), cwd=tmp_path, check=False).returncode == ExitCode.OK


def test_the_run_record_names_the_input_from_the_root(
    svar: Svar, inline: None, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    svar("run", "in", "--out", "out")
    (record,) = (tmp_path / "out" / "runs").glob("*.json")
    assert json.loads(record.read_bytes())["options"]["paths"] == [str(folder)]


def test_the_codebook_in_docs_is_up_to_date(svar: Svar) -> None:
    written = (Path(__file__).parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert svar("codebook", "--language", "both")[1] == written, (
        "run: svar codebook --language both -o docs/codebook.md"
    )


def test_the_codebook_names_every_column(svar: Svar, tmp_path: Path) -> None:
    svar("codebook", "--language", "en", "-o", tmp_path / "book.md")
    text = (tmp_path / "book.md").read_text(encoding="utf-8")
    for schema in SCHEMAS.values():
        for field in schema:
            assert f"| `{field.name}` |" in text


INTERRUPTED_RUN = """
import sys
from pathlib import Path

from pipeline.batch import run
from pipeline.request import Request
from pipeline.exit_codes import ExitCode
from pipeline.listeners import Listener
from tests.test_batch_kill import SLOW


class Telling(Listener):
    def finished(self, result):
        print("one is done", flush=True)


if __name__ == "__main__":
    outcome = run(Request((sys.argv[1],), sys.argv[2], SLOW), Telling())
    sys.exit(ExitCode.INTERRUPTED if outcome.interrupted else 0)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_publishes_what_is_done(tmp_path: Path, number: signal.Signals) -> None:
    folder = write_texts(tmp_path / "in", numbered(300))
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED_RUN, str(folder), str(tmp_path / "out")],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    process.send_signal(number)
    process.stdout.read()
    assert process.wait() == ExitCode.INTERRUPTED
    assert 0 < len(load(str(tmp_path / "out"), "reports")) < 300
