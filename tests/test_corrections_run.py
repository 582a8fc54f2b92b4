"""Corrections at publishing: `svar run` and `svar correct`, new code, revised reports, deaths."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.corrections import Kind, RowText
from models.report import from_json
from pipeline import load, load_table
from pipeline.checking.judged import digests
from pipeline.checking.selection import needs_eyes, warned_positions
from pipeline.checking.verdicts import Drawn, Judgement, Verdict, append
from pipeline.cli import cli
from pipeline.cli.accuracy import command as accuracy
from pipeline.corrections.log import CorrectionError, read_corrections
from pipeline.corrections.making import make, withdraw
from pipeline.corrections.publishing import as_read
from pipeline.corrections.republish import Republished, republish
from pipeline.plan import Why
from pipeline.publishing.selected import doubtful
from pipeline.store import open_store
from tests import fake_board
from tests.batch_helpers import files_of, write_texts
from tests.correction_helpers import BOARD, batch, fix, read, save, stored
from tests.test_batch_equals_clean_run import DyingStore, Killed

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_texts(tmp_path / "in", {"lovhamn.txt": BOARD})


@pytest.fixture
def out(tmp_path: Path, folder: Path) -> Path:
    batch(folder, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def no_fsync(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    yield


def correct(out: Path) -> Republished:
    return republish(open_store(str(out)), builtin_forms(), builtin_taxonomy())


def states(out: Path) -> list[str]:
    return list(load(str(out), "corrections")["state"])


def test_run_applies_corrections_without_reading_the_report_again(folder: Path, out: Path) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    outcome = batch(folder, out)
    assert (outcome.read, len(outcome.plan.reports(Why.CORRECTED))) == (0, 1)
    answers = load(str(out), "answers")
    assert list(answers["answer"]) == ["Ja", "Ja", "Delvis", "Ja"]
    assert [list(names) for names in answers["corrected"]] == [[], ["answer"], [], []]
    (row,) = load(str(out), "corrections").to_dict("records")
    assert (row["read"], row["corrected"], row["state"]) == ("Nej", "Ja", "active")
    assert (row["reviewer"], row["position"], row["field"]) == ("Kim", 2, "answer")
    assert batch(folder, out).files == {}


def test_correct_leaves_what_run_leaves(folder: Path, out: Path, tmp_path: Path) -> None:
    other = shutil.copytree(out, tmp_path / "other")
    corrections = [fix(stored(out), 2, "answer", "Ja"), fix(stored(out), 3, "comment", "SSPF.")]
    for place in (out, other):
        save(place, corrections)
    batch(folder, out)
    shutil.rmtree(folder)
    assert correct(other).sources == ["lovhamn.txt"]
    assert files_of(out) == files_of(other)
    assert correct(other).files == {}


def test_datasets_with_corrections_equal_those_of_a_clean_run(
    folder: Path, out: Path, tmp_path: Path
) -> None:
    write_texts(folder, {"annan.txt": BOARD.replace("Lövhamns", "Alnäsets")})
    batch(folder, out)
    reports = {"lovhamn.txt": read(BOARD)}
    save(out, [fix(reports["lovhamn.txt"], 2, "answer", "Ja")])
    batch(folder, out)
    shutil.copytree(out / "reviews", tmp_path / "clean" / "reviews")
    batch(folder, tmp_path / "clean")
    assert files_of(out) == files_of(tmp_path / "clean")
    assert batch(folder, out, force=True).read == 2
    assert files_of(out) == files_of(tmp_path / "clean")


@pytest.mark.parametrize("way", ["run", "correct"])
def test_withdrawn_correction_leaves_no_trace(folder: Path, out: Path, way: str) -> None:
    before = files_of(out)
    report = stored(out)
    corrections = [fix(report, 2, "answer", "Ja"), make("Kim", report, Kind.FALSE_ROW, 1)]
    save(out, corrections)
    batch(folder, out)
    assert files_of(out) != before
    assert as_read(open_store(str(out)), report.report_id) == report
    save(out, [withdraw("Kim", correction) for correction in corrections])
    batch(folder, out) if way == "run" else correct(out)
    assert files_of(out) == before
    assert as_read(open_store(str(out)), report.report_id) is None


def test_later_correction_of_a_reviewer_replaces_the_earlier(folder: Path, out: Path) -> None:
    report = stored(out)
    save(out, [fix(report, 2, "answer", "Ja")])
    batch(folder, out)
    save(out, [fix(report, 2, "answer", "Delvis")])
    batch(folder, out)
    assert stored(out).answers[1].answer == "Delvis"
    assert states(out) == ["active"]


def test_new_code_that_reads_as_corrected_resolves_the_correction(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    batch(folder, out)
    improve(monkeypatch, "polisen? | Nej", "polisen? | Ja")
    assert batch(folder, out, code="two").read == 1
    assert states(out) == ["resolved"]
    assert stored(out).answers[1].answer == "Ja"
    assert stored(out).answers[1].corrected == ()


def test_new_code_that_reads_something_new_makes_it_stale(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    batch(folder, out)
    improve(monkeypatch, "polisen? | Nej", "polisen? | Delvis")
    batch(folder, out, code="two")
    assert states(out) == ["stale"]
    assert stored(out).answers[1].answer == "Delvis"
    assert "correction-stale" in stored(out).answers[1].flags
    assert "correction-stale" in set(load(str(out), "problems")["code"])


def improve(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Lets the code read something else in the same bytes."""
    first = fake_board.table

    def better(data: bytes, *arguments: object, **options: object) -> object:
        return first(data.decode().replace(old, new).encode(), *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(fake_board, "table", better)


@pytest.mark.parametrize("name", ["lovhamn.txt", "lovhamn ny version.txt"])
def test_corrections_carry_over_to_rows_of_a_revised_report_that_read_the_same(
    folder: Path, out: Path, name: str
) -> None:
    report = stored(out)
    save(out, [fix(report, 2, "answer", "Ja"), fix(report, 4, "answer", "Delvis")])
    batch(folder, out)
    (folder / "lovhamn.txt").unlink()
    write_texts(folder, {name: BOARD.replace("orossamtal och", "samtal och")})
    batch(folder, out)
    rows = load(str(out), "corrections")
    assert list(rows["state"]) == ["active", "stale"]
    assert set(rows["made_on"]) == {report.report_id}
    assert set(rows["report_id"]) == {stored(out).report_id} != {report.report_id}
    assert [a.answer for a in stored(out).answers] == ["Ja", "Ja", "Delvis", "Ja"]


def test_corrections_of_one_board_never_reach_another(folder: Path, out: Path) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    (folder / "lovhamn.txt").unlink()
    write_texts(folder, {"alnaset.txt": BOARD.replace("Lövhamns", "Alnäsets")})
    batch(folder, out)
    assert states(out) == []
    assert stored(out).answers[1].answer == "Nej"


def test_report_that_comes_back_has_its_corrections_again(folder: Path, out: Path) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    batch(folder, out)
    (folder / "lovhamn.txt").rename(folder.parent / "aside")
    batch(folder, out)
    assert not list((out / "state" / "read").iterdir())
    (folder.parent / "aside").rename(folder / "lovhamn.txt")
    batch(folder, out)
    assert stored(out).answers[1].answer == "Ja"


def test_what_was_read_and_lost_is_read_again(folder: Path, out: Path) -> None:
    before = files_of(out)
    correction = fix(stored(out), 2, "answer", "Ja")
    save(out, [correction])
    batch(folder, out)
    shutil.rmtree(out / "state" / "read")
    save(out, [withdraw("Kim", correction)])
    assert correct(out).to_read == ["lovhamn.txt"]
    assert stored(out).answers[1].answer == "Ja"
    assert batch(folder, out).read == 1
    assert files_of(out) == before


def test_datasets_of_before_corrections_are_read(folder: Path, out: Path) -> None:
    shutil.rmtree(out / "corrections")
    assert len(load(str(out), "corrections")) == 0
    assert batch(folder, out).read == 1


def test_death_at_any_step_of_publishing_corrections(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_fsync: None
) -> None:
    write_texts(folder, {f"{n}.txt": BOARD.replace("Lövhamns", f"{n}:e") for n in range(3)})
    monkeypatch.setattr("pipeline.parts.LIMIT", 2)
    batch(folder, tmp_path / "before")
    reports = [read(path.read_text(), path.name) for path in folder.iterdir()]
    save(tmp_path / "before", [fix(report, 2, "answer", "Ja") for report in reports])
    batch(folder, shutil.copytree(tmp_path / "before", tmp_path / "clean"))
    expected = files_of(tmp_path / "clean")
    moment, died = 0, True
    while died:
        out = shutil.copytree(tmp_path / "before", tmp_path / f"out{moment}")
        store = DyingStore(out, moment, Killed())
        try:
            republish(store, builtin_forms(), builtin_taxonomy())
            died = False
        except Killed:
            pass
        correct(out)
        assert files_of(out) == expected
        moment += 1
    assert moment > 10


def test_correct_command_says_what_it_did(out: Path) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    result = CliRunner().invoke(cli, ["correct", str(out), "--dry-run"])
    assert result.output == "Would update 1 report.\n"
    result = CliRunner().invoke(cli, ["correct", str(out)])
    assert result.output == "Updated 1 report.\nCorrections: 1 active.\n"


def test_correct_refuses_what_it_cannot_use(out: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["correct", str(tmp_path / "nothing")])
    assert result.exit_code == 2
    assert "has no datasets" in result.output
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    (tmp_path / "mine.toml").write_text('extends = true\nid = "mine"\n')
    result = CliRunner().invoke(cli, ["correct", str(out), "--themes", str(tmp_path / "mine.toml")])
    assert result.exit_code == 2
    assert "made with other themes" in result.output


def test_line_that_is_not_a_correction_is_named(folder: Path, out: Path) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    with (out / "reviews" / "Kim.jsonl").open("a") as file:
        file.write("hej\n")
    with pytest.raises(CorrectionError, match=r"Kim\.jsonl, line 2: not a correction"):
        batch(folder, out)
    result = CliRunner().invoke(cli, ["correct", str(out)])
    assert (result.exit_code, "line 2" in result.output) == (2, True)


def test_line_of_a_writer_that_died_is_ignored_and_removed(out: Path) -> None:
    report = stored(out)
    save(out, [fix(report, 2, "answer", "Ja")])
    path = out / "reviews" / "Kim.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    assert len(read_corrections(open_store(str(out)))) == 1
    save(out, [fix(report, 3, "answer", "Ja")])
    assert len(read_corrections(open_store(str(out)))) == 2


WRITER = """
import sys
from pathlib import Path
from tests.correction_helpers import BOARD, fix, read
from pipeline.corrections.log import append
report = read(BOARD)
for number in range(int(sys.argv[3])):
    correction = fix(report, 1 + number % 4, "comment", "x" * 5000 + str(number), sys.argv[2])
    append(Path(sys.argv[1]), [correction])
    print(correction.id, flush=True)
"""


def writer(out: Path, reviewer: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(out), reviewer, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_that_save_at_once_lose_nothing(out: Path) -> None:
    writers = [writer(out, "Kim", 40), writer(out, "Kim", 40)]
    said = {name for one in writers for name in one.communicate(timeout=60)[0].split()}
    kept = {correction.id for correction in read_corrections(open_store(str(out)))}
    assert kept == said
    assert len(kept) == 80


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_kill_while_saving_loses_nothing_that_was_reported_as_saved(out: Path) -> None:
    for wait in (3, 11, 24):
        process = writer(out, "Kim", 100000)
        assert process.stdout
        said = [process.stdout.readline().strip() for _ in range(wait)]
        process.kill()
        said += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        kept = [correction.id for correction in read_corrections(open_store(str(out)))]
        assert set(said) <= set(kept)


def test_missed_row_is_published(folder: Path, out: Path) -> None:
    row = RowText(section="1", question="Har ni kameror?", answer="Nej", comment="SSPF räcker.")
    save(out, [make("Kim", stored(out), Kind.MISSED_ROW, 1, rows=(row,), page=1)])
    batch(folder, out)
    answers = load(str(out), "answers")
    assert list(answers["position"]) == [1, 2, 3, 4, 5]
    assert list(load(str(out), "reports")["answers"]) == [5]
    assert set(answers["corrected"].iloc[1]) >= {"question", "answer", "comment"}


def test_corrected_rows_are_gold_and_verdicts_on_what_was_read_still_count(
    folder: Path, out: Path, tmp_path: Path
) -> None:
    report = stored(out)
    read_digests = digests(report)
    drawn = Drawn(7, None, 4, 4, "", 4)
    verdicts = [
        Verdict(
            "Kim",
            report.report_id,
            position,
            report.answers[position - 1].key,
            Judgement.RIGHT if position != 2 else Judgement.WRONG,
            drawn,
            read_digests[report.report_id, position],
            {} if position != 2 else {"answer": None},
        )
        for position in (1, 2, 3)
    ]
    append(out, verdicts)
    save(out, [fix(report, 2, "answer", "Ja"), make("Kim", report, Kind.FALSE_ROW, 1)])
    batch(folder, out)
    result = CliRunner().invoke(accuracy, [str(out), "--json", "--gold", str(tmp_path / "gold")])
    (sample,) = json.loads(result.stdout)["samples"]
    assert (sample["judged"], sample["fields"]["answer"]["right"]) == (3, 2)
    (path,) = (tmp_path / "gold").iterdir()
    gold = from_json(path.read_bytes())
    assert [(a.question, a.answer) for a in gold.answers] == [
        ("Samverkar ni med polisen?", "Ja"),
        ("Finns en lägesbild?", "Delvis"),
    ]


def test_corrections_alone_are_gold(folder: Path, out: Path, tmp_path: Path) -> None:
    save(out, [fix(stored(out), 2, "answer", "Ja")])
    batch(folder, out)
    result = CliRunner().invoke(
        accuracy, [str(out), "--gold", str(tmp_path / "gold")], standalone_mode=False
    )
    assert result.exception is None
    assert "Wrote 1 answer of 1 report" in result.stderr


def test_what_a_reviewer_corrected_needs_no_eyes_in_any_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_texts(tmp_path / "in", {"lovhamn.txt": BOARD.replace("| Nej |", "|  |")})
    out = tmp_path / "out"
    batch(folder, out)
    report = stored(out)
    save(
        out,
        [
            fix(report, 2, "comment", "Vi samverkar."),
            fix(report, 3, "answer", "Ja"),
            fix(report, 3, "answer", "Nej", "Noor"),
        ],
    )
    batch(folder, out)
    report = stored(out)
    asked = [needs_eyes(answer, warned_positions(report)) for answer in report.answers]
    tables = [load_table(str(out), name) for name in ("answers", "problems")]
    assert list(doubtful(*tables)) == asked == [False, False, True, False]
