"""What a person sees while a batch runs, and at its end."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import pipeline.batch
from pipeline import progress
from pipeline.batch import run
from pipeline.contents import ProblemKind
from pipeline.listeners import Listener, Listeners
from pipeline.request import Request
from pipeline.summary import problem_table
from tests.batch_helpers import HOSTILE, inline_engine, numbered, write_texts


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)


def run_heard_by(tmp_path: Path, *listeners: Listener) -> None:
    folder = write_texts(tmp_path / "in", {**numbered(3), "raise.txt": "raise"})
    run(Request((str(folder),), str(tmp_path / "out"), HOSTILE), Listeners(listeners))


def test_the_bar_shows_count_rate_and_failures_and_is_removed(tmp_path: Path) -> None:
    screen = StringIO()
    run_heard_by(tmp_path, progress.Bar(Console(file=screen, force_terminal=True, width=90)))
    assert "4/4" in screen.getvalue()
    assert "a second, 1 failed" in screen.getvalue()


def test_lines_in_a_pipe_say_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    said: list[str] = []
    run_heard_by(tmp_path, progress.Lines(said.append))
    assert said[0] == "4 reports to read, 0 unchanged."
    assert len(said) == 5
    assert said[-1].startswith("4 of 4 reports, 1 failed, ") and said[-1].endswith(" 0 s left")


def test_problems_are_shown_by_kind_with_the_worst_reports_first() -> None:
    kinds = [ProblemKind("error", f"kind-{n}", 20 - n, report_count=2) for n in range(17)]
    kinds[0].reports.update({"värst.pdf": 15, "två\nrader.pdf": 5})
    screen = StringIO()
    Console(file=screen, width=90).print(problem_table(kinds))
    lines = screen.getvalue().splitlines()
    assert lines[2].split() == [
        "error",
        "kind-0",
        "20",
        "2",
        "värst.pdf",
        "(15),",
        "två\\nrader.pdf",
        "(5)",
    ]
    assert "and 2 more" in lines[-1]
