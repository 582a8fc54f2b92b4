"""A batch over a folder: what is read, what is kept, and what each kind of trouble costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.plan import Why
from tests.batch_helpers import (
    FAST,
    HOSTILE,
    clean_files,
    files_of,
    numbered,
    run_batch,
    write_texts,
)


def statuses(out: Path) -> dict[str, str]:
    reports = pd.read_parquet(out / "reports")
    return dict(zip(reports["source"], reports["status"], strict=True))


def problem_codes(out: Path) -> dict[str, str]:
    reports = pd.read_parquet(out / "reports").set_index("report_id")["source"]
    problems = pd.read_parquet(out / "problems")
    return {
        reports[report_id]: code
        for report_id, code in zip(problems["report_id"], problems["code"], strict=True)
    }


def test_each_trouble_costs_its_own_report_only(tmp_path: Path) -> None:
    texts = {
        "hang.txt": "hang",
        "crash.txt": "crash",
        "kill.txt": "kill",
        "leave.txt": "leave",
        "swallow.txt": "swallow",
        "raise.txt": "raise",
        "surrogate.txt": "surrogate",
        "empty.txt": "",
    }
    folder = write_texts(tmp_path / "in", {**texts, **numbered(20)})
    outcome = run_batch(folder, tmp_path / "out", HOSTILE, jobs=2)
    assert problem_codes(tmp_path / "out") == {
        "hang.txt": "timeout",
        "crash.txt": "crashed",
        "kill.txt": "crashed",
        "leave.txt": "crashed",
        "swallow.txt": "memory",
        "raise.txt": "fault",
        "surrogate.txt": "fault",
        "empty.txt": "empty",
    }
    found = statuses(tmp_path / "out")
    assert {source for source, status in found.items() if status == "failed"} == set(texts)
    contents = outcome.contents
    assert contents.inputs == 28 == contents.statuses.total() + contents.doubles


def test_a_second_run_reads_and_writes_nothing(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(5))
    run_batch(folder, tmp_path / "out")
    again = run_batch(folder, tmp_path / "out")
    assert (again.read, again.files) == (0, {})
    assert len(again.plan.reports(Why.UNCHANGED)) == 5


def test_one_job_and_two_give_the_same_bytes(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(200))
    one = clean_files(folder, tmp_path / "one")
    run_batch(folder, tmp_path / "two", FAST, jobs=2)
    assert files_of(tmp_path / "two") == one
    assert "answers/part-8000.parquet" in one


def test_duplicates_are_one_report_and_reported(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"b.txt": "samma", "a.txt": "samma", "c.txt": "annan"})
    outcome = run_batch(folder, tmp_path / "out")
    assert set(statuses(tmp_path / "out")) == {"a.txt", "c.txt"}
    assert problem_codes(tmp_path / "out") == {"a.txt": "double"}
    assert (outcome.contents.inputs, outcome.contents.doubles) == (3, 1)
    (folder / "b.txt").unlink()
    run_batch(folder, tmp_path / "out")
    assert files_of(tmp_path / "out") == clean_files(folder, tmp_path / "clean")


@pytest.mark.parametrize("name", ["Årsrapport nämnd.txt", "rad\nbruten.TXT", "x" * 240 + ".txt"])
def test_any_name_is_kept_as_it_is(tmp_path: Path, name: str) -> None:
    folder = write_texts(tmp_path / "in", {name: "en rad"})
    run_batch(folder, tmp_path / "out")
    assert statuses(tmp_path / "out") == {name: "ok"}


def test_workers_that_cannot_start_end_the_run_and_fail_no_report(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(3))
    broken = replace(FAST, taxonomy="no taxonomy at all")
    with pytest.raises(RuntimeError, match="no worker can start"):
        run_batch(folder, tmp_path / "out", broken)
    assert not list((tmp_path / "out").glob("reports/*"))
