"""Commands survive files that take too much, or crash their reader: they end with a message."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from extractors.ocr.unread import ManyPagesError
from extractors.readers.errors import ReadError
from pipeline.apart import CrashedError, TooLongError, call_apart
from pipeline.exit_codes import ExitCode

ROOT = Path(__file__).resolve().parents[1]
SPOILT = """
import os, sys, time
import extractors.readers.text as text
import pipeline.checking.page_picture as page_picture

def spoilt(data, *arguments, **options):
    if b"kommun" in data:
        return well(data, *arguments, **options)
    held = []
    while True:
        {step}

well = text.read
text.read = page_picture._open = spoilt

if __name__ == "__main__":  # the process apart begins with what stands above
    from pipeline.cli import main
    main(sys.argv[1:])
"""
CRASH = "os.abort()"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "nämnd.txt"
    path.write_text("Har nämnden bytt belysning?\n\n Ja\n", encoding="utf-8")
    return path


def run(step: str, report: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command whose reader of text repeats a step without end, unless it reads "kommun"."""
    script = report.with_name("svar.py")
    script.write_text(SPOILT.replace("{step}", step), encoding="utf-8")
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def said(ended: subprocess.CompletedProcess[str]) -> str:
    """What a command said, on one line."""
    assert ended.returncode == ExitCode.NOTHING
    assert "Traceback" not in ended.stderr
    return " ".join((ended.stdout + ended.stderr).split())


COMMANDS = pytest.mark.parametrize(
    "command",
    [["show"], ["page", "--question", "1/#1"], ["form", "suggest"], ["form", "icons"]],
    ids=" ".join,
)


@COMMANDS
def test_a_file_that_takes_too_long_is_named(command: list[str], report: Path) -> None:
    ended = run("time.sleep(0.01)", report, *command, report, "--timeout", 3)
    assert said(ended).endswith(
        "nämnd.txt took longer than 3 s and was stopped. Give a longer --timeout, or leave the "
        "file out."
    )


@COMMANDS
def test_a_file_that_crashes_its_reader_is_named(command: list[str], report: Path) -> None:
    found = said(run(CRASH, report, *command, report))
    how = "signal 6" if sys.platform != "win32" else "exit code"
    assert f"nämnd.txt died ({how}" in found
    assert found.endswith("with --reader plumber, or leave the file out.")


def test_a_file_that_takes_too_much_memory_is_named(report: Path) -> None:
    ended = run("held.append(bytearray(b'x' * 2**24)); time.sleep(0.01)", report, "show", report,
                "--memory", 128)  # fmt: skip
    found = said(ended)
    assert "nämnd.txt needed more than 128 MiB of memory and was stopped." in found
    assert "Give a larger --memory" in found


def test_memory_refused_by_the_system_is_reported_too(report: Path) -> None:
    found = said(run("raise MemoryError", report, "show", report))
    assert "nämnd.txt needed more than 2048 MiB of memory" in found


def test_the_other_files_are_shown(report: Path) -> None:
    whole = report.with_name("kommun.txt")
    dump = ROOT / "data" / "raw" / "board-101-dump.txt"
    whole.write_bytes(b"Enkommun\n\n" + dump.read_bytes())
    ended = run(CRASH, report, "show", report, whole)
    assert ended.returncode == ExitCode.SOME_FAILED
    assert "nämnd.txt died" in " ".join(ended.stdout.split())
    assert "Not to be answered by this board." in ended.stdout


def test_a_page_that_crashes_when_drawn_is_named(report: Path) -> None:
    pdf = ROOT / "data" / "raw" / "board-104-pdf-ruled.pdf"
    ended = run(CRASH, report, "page", pdf, "--question", "3.1/1:4", "-o", report.parent / "a.png")
    assert ended.returncode == ExitCode.USAGE
    assert "board-104-pdf-ruled.pdf died" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_process_that_died_is_replaced() -> None:
    with pytest.raises(CrashedError, match="exit code 7"):
        call_apart(partial(os._exit, 7), 10, 1000)
    assert call_apart(os.getpid, 10, 1000) != os.getpid()


def test_a_call_that_is_stopped_does_not_answer_the_next() -> None:
    with pytest.raises(TooLongError):
        call_apart(partial(time.sleep, 60), 0.2, 1000)
    assert call_apart(partial(abs, -2), 10, 1000) == 2


def test_what_is_done_meanwhile_is_done_once_and_its_errors_are_reported() -> None:
    done: list[int] = []
    assert call_apart(partial(abs, -2), 10, 1000, partial(done.append, 1)) == 2
    assert done == [1]
    with pytest.raises(ZeroDivisionError):
        call_apart(partial(abs, -2), 10, 1000, partial(divmod, 1, 0))
    assert call_apart(partial(abs, -3), 10, 1000) == 3


def _fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("error", [ReadError("empty", "It is empty."), ManyPagesError(3)])
def test_errors_come_back_as_they_were_raised(error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        call_apart(partial(_fail, error), 10, 1000)
    assert vars(raised.value) | {"__notes__": []} == vars(error) | {"__notes__": []}
    assert str(raised.value) == str(error)
    assert "_fail" in raised.value.__notes__[0]
