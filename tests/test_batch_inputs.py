"""What is found below the input paths, and what is left alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import pytest

import pipeline.batch
import pipeline.state
from pipeline.addresses import open_input
from pipeline.batch import run
from pipeline.errors import WrongUseError
from pipeline.failures import unreadable_id
from pipeline.inputs import find_inputs
from pipeline.plan import Why
from pipeline.request import Request
from pipeline.summary import skipped_lines
from pipeline.worker import Result, Task
from tests.batch_helpers import (
    FAST,
    InlineEngine,
    clean_files,
    files_of,
    inline_engine,
    numbered,
    run_batch,
    write_texts,
)


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)


def sources(*paths: Path) -> list[str]:
    return [file.source for file in find_inputs([str(path) for path in paths]).files]


def reports(out: Path) -> pd.DataFrame:
    return pd.read_parquet(out / "reports").set_index("source")


def problems(out: Path) -> dict[str, str]:
    return dict(pd.read_parquet(out / "problems")[["report_id", "code"]].itertuples(index=False))


def test_kinds_by_extension_in_any_case_and_what_is_skipped(tmp_path: Path) -> None:
    names = [
        "a.PDF",
        "b/c.Docx",
        "b/d.txt",
        "e.doc",
        "~$c.docx",
        ".f.txt",
        "g.zip",
        "h",
        "i.tar.gz",
        "Thumbs.db",
        "j_files/bild.png",
        "j_files/k.rtf",
    ]
    write_texts(tmp_path, dict.fromkeys(names, ""))
    inputs = find_inputs([str(tmp_path)])
    read = [file.source for file in inputs.files if not file.other_kind]
    others = [file.source for file in inputs.files if file.other_kind]
    assert read == ["a.PDF", "b/c.Docx", "b/d.txt"]
    assert others == ["e.doc", "g.zip", "h", "i.tar.gz", "j_files/k.rtf"]
    assert inputs.passed_over == {
        "hidden or temporary": 2,
        "of the system": 1,
        "parts of web pages": 1,
    }


def test_files_of_other_kinds_are_failed_reports_that_say_what_to_do(tmp_path: Path) -> None:
    names = ["a.rtf", "b.doc", "c.pages", "d.xlsx", "e.zip", "f.GIF", "g", "h.xyz", "i.eml"]
    folder = write_texts(tmp_path / "in", {"r.txt": "rad", **dict.fromkeys(names, "x")})
    run_batch(folder, tmp_path / "out")
    found = reports(tmp_path / "out")
    assert dict(found["status"]) == {"r.txt": "ok", **dict.fromkeys(names, "failed")}
    said = pd.read_parquet(tmp_path / "out" / "problems")
    assert list(said["code"]) == ["other-kind"] * len(names)
    assert all(said["advice"].str.len() > 20)
    by_source = said.set_index("report_id")["message"]
    assert "Word's old format" in by_source[found.loc["b.doc", "report_id"]]

    again = run_batch(folder, tmp_path / "out")
    assert (again.read, again.files) == (0, {})
    assert [want.source for want in again.plan.reports(Why.UNREADABLE)] == []
    (folder / "a.rtf").unlink()
    assert "a.rtf" in run_batch(folder, tmp_path / "out").plan.gone
    assert "a.rtf" not in reports(tmp_path / "out").index


def test_loops_of_links_end_and_broken_links_are_failed_reports(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a/b/r.txt": "rad"})
    (folder / "a" / "b" / "up").symlink_to(folder)
    (folder / "round.txt").symlink_to(folder / "round.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    run_batch(folder, tmp_path / "out")
    found = reports(tmp_path / "out")
    assert dict(found["status"]) == {"a/b/r.txt": "ok", "round.txt": "failed", "gone.txt": "failed"}
    assert found.loc["gone.txt", "report_id"] == unreadable_id("gone.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_a_failed_report_and_is_not_waited_for(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "rad"})
    os.mkfifo(folder / "b.txt")
    run_batch(folder, tmp_path / "out")
    assert dict(reports(tmp_path / "out")["status"]) == {"a.txt": "ok", "b.txt": "failed"}


def test_a_linked_folder_is_read_below_its_real_name(tmp_path: Path) -> None:
    write_texts(tmp_path / "in", {"real/r.txt": "rad"})
    (tmp_path / "in" / "also").symlink_to(tmp_path / "in" / "real")
    assert sources(tmp_path / "in") == ["real/r.txt"]


def test_a_linked_folder_outside_the_input_is_skipped_and_reported(tmp_path: Path) -> None:
    write_texts(tmp_path / "in", {"r.txt": "rad"})
    write_texts(tmp_path / "in-old", {"s.txt": "rad"})
    (tmp_path / "in" / "far").symlink_to(tmp_path / "in-old")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    inputs = find_inputs([str(tmp_path / "in")])
    assert [file.source for file in inputs.files] == ["r.txt"]
    assert inputs.links == ["far", "up"]
    assert any("far, up" in line for line in skipped_lines(inputs))


def test_several_paths_and_the_same_file_twice(tmp_path: Path) -> None:
    write_texts(tmp_path, {"a/r.txt": "1", "b/s.txt": "2"})
    assert sources(tmp_path / "a", tmp_path / "b", tmp_path / "b" / "s.txt") == ["r.txt", "s.txt"]


def test_folders_with_the_same_paths_are_distinguished_by_their_names(tmp_path: Path) -> None:
    write_texts(tmp_path, {"2023/r.txt": "1", "2024/r.txt": "2", "x/2024/r.txt": "3"})
    assert sources(tmp_path / "2023", tmp_path / "2024") == ["2023/r.txt", "2024/r.txt"]
    with pytest.raises(WrongUseError, match="parent folder"):
        sources(tmp_path / "2024", tmp_path / "x" / "2024")


def test_a_name_that_is_not_valid_text_is_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        (Path(os.fsdecode(os.fsencode(folder) + b"/r\xff.txt"))).write_text("rad")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    run_batch(folder, tmp_path / "out")
    assert list(reports(tmp_path / "out").index) == ["r\\xff.txt"]
    assert run_batch(folder, tmp_path / "out").read == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_permission_are_failed_reports(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"a.txt": "rad", "shut/b.txt": "rad", "c.txt": "rad"})
    (folder / "a.txt").chmod(0)
    (folder / "shut").chmod(0)
    run_batch(folder, tmp_path / "out")
    (folder / "shut").chmod(0o700)
    assert dict(reports(tmp_path / "out")["status"]) == {
        "a.txt": "failed",
        "shut/": "failed",
        "c.txt": "ok",
    }


def test_a_file_that_may_not_be_read_is_a_failed_report_until_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_texts(tmp_path / "in", numbered(3))
    opened = open_input

    def refused(url: str) -> BinaryIO:
        if url.endswith("00001.txt"):
            raise PermissionError(13, "Permission denied", url)
        return opened(url)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.state, "open_input", refused)
        outcome = run_batch(folder, tmp_path / "out")
        assert outcome.contents.statuses == {"ok": 2, "failed": 1}
        assert problems(tmp_path / "out") == {unreadable_id("rapport 00001.txt"): "unreadable"}
        again = run_batch(folder, tmp_path / "out")
        assert (again.read, again.files) == (0, {})
    run_batch(folder, tmp_path / "out")
    assert files_of(tmp_path / "out") == clean_files(folder, tmp_path / "clean")


def meddle(monkeypatch: pytest.MonkeyPatch, *actions: Callable[[], object]) -> None:
    """Has something happen to the files right before they are read, in each round of reading."""
    left = list(actions)

    class Meddling(InlineEngine):
        def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
            planned = list(tasks)
            if left:
                left.pop(0)()
            yield from super().run(planned)

    monkeypatch.setattr(pipeline.batch, "make_engine", lambda name, setup, *_: Meddling(setup))


def test_a_file_that_vanishes_in_mid_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_texts(tmp_path / "in", numbered(4))
    meddle(monkeypatch, (folder / "rapport 00002.txt").unlink)
    outcome = run_batch(folder, tmp_path / "out")
    assert outcome.contents.statuses == {"ok": 3, "failed": 1}
    assert problems(tmp_path / "out") == {unreadable_id("rapport 00002.txt"): "vanished"}
    run_batch(folder, tmp_path / "out")
    assert files_of(tmp_path / "out") == clean_files(folder, tmp_path / "clean")


def test_a_file_that_changes_once_while_read_is_read_as_it_became(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_texts(tmp_path / "in", {**numbered(4), "b.txt": "samma", "a.txt": "samma"})
    meddle(monkeypatch, lambda: (folder / "a.txt").write_text("ny text"))
    outcome = run_batch(folder, tmp_path / "out")
    assert outcome.contents.statuses == {"ok": 6}
    assert files_of(tmp_path / "out") == clean_files(folder, tmp_path / "clean")


def test_a_file_that_never_rests_is_a_failed_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_texts(tmp_path / "in", numbered(2))
    target = folder / "rapport 00001.txt"
    meddle(monkeypatch, *(lambda n=n: target.write_text(f"nu {n}") for n in range(9)))
    run_batch(folder, tmp_path / "out")
    assert problems(tmp_path / "out") == {unreadable_id("rapport 00001.txt"): "changing"}


def test_a_renamed_report_is_not_read_again(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(3))
    run_batch(folder, tmp_path / "out")
    (folder / "rapport 00001.txt").rename(folder / "nytt namn.txt")
    outcome = run_batch(folder, tmp_path / "out")
    assert (outcome.read, len(outcome.plan.reports(Why.RENAMED))) == (0, 1)
    assert files_of(tmp_path / "out") == clean_files(folder, tmp_path / "clean")


def test_a_renamed_report_whose_problems_name_its_file_is_read_again(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"tom.txt": "", "x.txt": "rad"})
    run_batch(folder, tmp_path / "out")
    (folder / "tom.txt").rename(folder / "annan.txt")
    assert run_batch(folder, tmp_path / "out").read == 1


def test_unchanged_files_are_not_even_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_texts(tmp_path / "in", numbered(3))
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    monkeypatch.setattr(pipeline.state, "_SETTLING_SECONDS", -1.0)
    assert run_batch(folder, tmp_path / "out").hashed == 3
    assert run_batch(folder, tmp_path / "out").hashed == 0
    os.utime(folder / "rapport 00001.txt", (0, 0))  # a clock that runs backwards
    again = run_batch(folder, tmp_path / "out")
    assert (again.hashed, again.read) == (1, 0)


def test_a_file_that_changed_a_moment_ago_is_hashed_again(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(1))
    run_batch(folder, tmp_path / "out")
    assert run_batch(folder, tmp_path / "out").hashed == 1


def test_failed_reports_are_read_again_when_asked(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", {"tom.txt": "", "x.txt": "rad"})
    run_batch(folder, tmp_path / "out")
    assert run_batch(folder, tmp_path / "out").read == 0
    assert run_batch(folder, tmp_path / "out", retry_failed=True).read == 1
    assert run_batch(folder, tmp_path / "out", force=True).read == 2


@pytest.mark.parametrize("spoil", ["delete", "cut short"])
def test_a_damaged_part_is_rewritten(tmp_path: Path, spoil: str) -> None:
    folder = write_texts(tmp_path / "in", numbered(3))
    expected = clean_files(folder, tmp_path / "out")
    victim = tmp_path / "out" / "answers" / "part-0000.parquet"
    victim.write_bytes(victim.read_bytes()[:200])
    if spoil == "delete":
        victim.unlink()
    run_batch(folder, tmp_path / "out")
    assert files_of(tmp_path / "out") == expected


def test_parquet_of_another_program_is_not_overwritten(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", numbered(1))
    (tmp_path / "out" / "reports").mkdir(parents=True)
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "out" / "reports" / "part-0000.parquet")
    with pytest.raises(WrongUseError, match="not written by svar run"):
        run_batch(folder, tmp_path / "out")


def test_two_runs_on_one_output_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_texts(tmp_path / "in", numbered(2))
    refused = []

    def second() -> None:
        with pytest.raises(WrongUseError, match="Another run is writing") as error:
            run(Request((str(folder),), str(tmp_path / "out"), FAST))
        refused.append(error)

    meddle(monkeypatch, second)
    run_batch(folder, tmp_path / "out")
    assert len(refused) == 1
