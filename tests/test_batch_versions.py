"""Several reports of one board: the newer supersedes the older by a rule that the user sets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import pipeline.batch
from pipeline import load
from pipeline.checking.sampling import read_units
from pipeline.checking.selection import Selection
from pipeline.checking.stored import read_reports
from pipeline.errors import WrongUseError
from pipeline.publishing.content import load_content
from pipeline.summary import content_items, contents_line
from pipeline.versions import VersionRule, version_rule
from pipeline.worker import Setup
from tests.batch_helpers import clean_files, files_of, inline_engine, run_batch, write_texts

BOARDS = Setup(extract="tests.fake_extract:board")
TEXTS = {
    "skola v9.txt": "Skolnämnden\nVi arbetar med skolor.",
    "skola v10.txt": "Skolnämnden\nVi arbetar med fler skolor.",
    "vatten.txt": "Vattennämnden\nVi arbetar med vatten.",
}


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.batch, "make_engine", inline_engine)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write_texts(tmp_path / "in", TEXTS)
    for age, name in enumerate(("skola v10.txt", "skola v9.txt", "vatten.txt")):
        os.utime(made / name, (1_700_000_000 + age, 1_700_000_000 + age))
    return made


def counting(out: Path) -> list[str]:
    reports = load(str(out), "reports")
    return sorted(reports[reports["superseded_by"].isna()]["source"])


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (VersionRule(), ["skola v10.txt", "skola v9.txt", "vatten.txt"]),
        (VersionRule("name"), ["skola v10.txt", "vatten.txt"]),
        (VersionRule("date"), ["skola v9.txt", "vatten.txt"]),
        (VersionRule("list", frozenset({"skola v9.txt"})), ["skola v9.txt", "vatten.txt"]),
        (VersionRule("list", frozenset({"annat.txt"})), sorted(TEXTS)),
    ],
)
def test_the_rule_says_which_report_counts(
    folder: Path, tmp_path: Path, rule: VersionRule, counts: list[str]
) -> None:
    outcome = run_batch(folder, tmp_path / "out", BOARDS, versions=rule)
    assert counting(tmp_path / "out") == counts
    assert len(load(str(tmp_path / "out"), "reports")) == 3
    assert outcome.contents.reports == len(counts)
    assert outcome.contents.answers.total() == len(counts)
    assert ("superseded" in contents_line(outcome.contents)) == (len(counts) < 3)


def test_superseded_rows_are_in_no_count(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(folder, out, BOARDS, versions=VersionRule("name"))
    assert {report.source for report in read_reports(out)} == {"skola v10.txt", "vatten.txt"}
    assert len(read_units(out, None)) == 2
    assert load_content(str(out), Selection()).tables["answers"].num_rows == 2


def test_boards_with_several_reports_are_listed_if_there_is_no_rule(
    folder: Path, tmp_path: Path
) -> None:
    outcome = run_batch(folder, tmp_path / "out", BOARDS)
    (line, *_) = content_items(outcome.contents)
    assert str(line).startswith("1 board has several reports that all count: ")
    assert "skola v9.txt" in str(line) and "--versions" in str(line)


def test_a_later_rule_or_report_is_settled_as_in_a_clean_run(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(folder, out, BOARDS)
    named = VersionRule("name")
    run_batch(folder, out, BOARDS, versions=named)
    assert files_of(out) == clean_files(folder, tmp_path / "clean", BOARDS, versions=named)
    write_texts(folder, {"skola v11.txt": "Skolnämnden\nNu ännu fler."})
    run_batch(folder, out, BOARDS, versions=named)
    assert counting(out) == ["skola v11.txt", "vatten.txt"]
    assert files_of(out) == clean_files(folder, tmp_path / "again", BOARDS, versions=named)
    (folder / "skola v11.txt").unlink()
    run_batch(folder, out, BOARDS, versions=named)
    assert counting(out) == ["skola v10.txt", "vatten.txt"]
    run_batch(folder, out, BOARDS)
    assert counting(out) == ["skola v10.txt", "skola v9.txt", "vatten.txt"]
    assert files_of(out) == clean_files(folder, tmp_path / "last", BOARDS)


def test_reports_of_two_years_are_not_versions_of_each_other(tmp_path: Path) -> None:
    texts = {"a.txt": "Skolnämnden 2024\nText.", "b.txt": "Skolnämnden 2025\nText."}
    folder = write_texts(tmp_path / "in", texts)
    outcome = run_batch(folder, tmp_path / "out", BOARDS, versions=VersionRule("name"))
    assert counting(tmp_path / "out") == ["a.txt", "b.txt"]
    assert not outcome.contents.rivals


def test_a_rule_is_a_word_or_a_list(tmp_path: Path) -> None:
    (tmp_path / "gäller.txt").write_text("\ufeffa.txt\n\n b.txt \n", encoding="utf-8")
    assert version_rule("name") == VersionRule("name")
    assert version_rule(str(tmp_path / "gäller.txt")).listed == {"a.txt", "b.txt"}
    with pytest.raises(WrongUseError, match="give name, date, or a UTF-8 text file"):
        version_rule("newest")
