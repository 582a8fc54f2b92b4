"""`svar export`: what it picks, and the datasets as CSV, SQLite and JSON lines."""

from __future__ import annotations

import csv
import json
import sqlite3
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from models.report import Section
from pipeline import load
from pipeline.checking import selection as picking
from pipeline.checking.stored import read_reports
from pipeline.cli.export import command
from pipeline.cli.show import command as show
from pipeline.publishing import excel_limits
from pipeline.publishing.content import load_content, swedish_order
from pipeline.publishing.facts import read_facts
from pipeline.publishing.sheets.about import about_output
from pipeline.publishing.words import LANGUAGES, words_in
from tests import checking_helpers as made
from tests.export_helpers import HOSTILE, corrected_report, run, write_out


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_out(tmp_path_factory.mktemp("out"))


def test_question_of_a_section_that_is_not_asked_is_not_lacking(tmp_path: Path) -> None:
    first = made.report()
    spared = made.report(
        "boda.txt",
        report_id="b" * 16,
        organisation="Boda AB",
        sections=(Section("1", "Trygga platser", 1, asked=False), *first.sections[1:]),
        answers=first.answers[1:],
        themes=(),
    )
    out = made.write_datasets(tmp_path / "out", first, spared)
    run(out, "-o", tmp_path / "m.csv", "--sheet", "matrix")
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["Nyckel"]: row for row in csv.DictReader(file)}
    assert rows["1/1:1"]["Boda AB"] == "ej ställd"
    assert rows["2/#1"]["Boda AB"] == "Nej"


def test_matrix_of_a_selection_does_not_call_a_question_lacking(tmp_path: Path) -> None:
    first = made.report()
    second = made.report("b.txt", report_id="b" * 16, organisation="Boda AB", themes=first.themes)
    plain = made.report("c.txt", report_id="c" * 16, organisation="Celsa AB", themes=())
    out = made.write_datasets(tmp_path / "out", first, second, plain)
    run(out, "-o", tmp_path / "m.csv", "--sheet", "matrix", "--flagged")
    assert "finns ej" not in (tmp_path / "m.csv").read_text(encoding="utf-8")


def test_two_reports_of_a_board_have_a_column_each(tmp_path: Path) -> None:
    second = made.report("b.txt", report_id="b" * 16)
    out = made.write_datasets(tmp_path / "out", made.report(), second)
    run(out, "-o", tmp_path / "m.csv", "--sheet", "matrix")
    head = (tmp_path / "m.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head.endswith("Aspnäsets stadsdelsnämnd (aspnaset.txt),Aspnäsets stadsdelsnämnd (b.txt)")


def test_boards_are_in_the_order_of_the_swedish_alphabet() -> None:
    names = ["Österåker", "Ängsnämnden", "Zon 10", "Zon 9", "Åbo", "alfa"]
    assert sorted(names, key=swedish_order) == [
        "alfa", "Zon 9", "Zon 10", "Åbo", "Ängsnämnden", "Österåker",
    ]  # fmt: skip


def test_csv_is_utf8_with_commas_and_every_text_unchanged(out: Path, tmp_path: Path) -> None:
    run(out, "-o", tmp_path / "a.csv", "--language", "en")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Comment"] for row in rows if row["Report id"] == "c" * 16] == HOSTILE


def test_csv_for_excel_has_mark_semicolons_and_no_formulas(out: Path, tmp_path: Path) -> None:
    run(out, "-o", tmp_path / "a.csv", "--excel")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["Kommentar"][:1] for row in rows}.isdisjoint("=+-@")
    assert {row["Nämnd"] for row in rows} >= {"'=nämnden"}
    # Confidence is stored in four bytes; none is written as 0,6000000238418579.
    assert {row["Säkerhet"] for row in rows} >= {"0,6"}
    assert max(len(row["Säkerhet"]) for row in rows) <= len("0,1234")


def test_sqlite_contains_the_datasets_and_finds_swedish_words(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    run(out, "-o", path)
    base = sqlite3.connect(path)
    for name in ("reports", "sections", "answers", "themes", "problems"):
        count = base.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        assert count == len(load(str(out), name))
    comments = dict(base.execute("SELECT position, comment FROM answers WHERE report_id > 'c'"))
    assert list(comments.values()) == HOSTILE
    search = (
        "SELECT organisation, key FROM board_answers WHERE (report_id, position) IN (SELECT "
        "report_id, position FROM answers WHERE rowid IN (SELECT rowid FROM answers_fts(?)))"
    )
    assert ("Aspnäsets stadsdelsnämnd", "1/1:1") in base.execute(search, ("åsa",)).fetchall()
    assert not base.execute(search, ("asa",)).fetchall()
    flags = base.execute("SELECT flags FROM answers WHERE confidence < 0.7").fetchone()[0]
    assert json.loads(flags) == ["cut"]
    base.close()


def test_json_lines_are_those_of_svar_show(out: Path, tmp_path: Path) -> None:
    run(out, "-o", tmp_path / "a.jsonl")
    shown = CliRunner().invoke(show, [str(out), "--format", "jsonl"], standalone_mode=False)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(map(json.loads, lines), key=str) == sorted(
        map(json.loads, shown.output.splitlines()), key=str
    )


@pytest.mark.parametrize("name", ["a.sqlite", "a.jsonl", "a.csv"])
def test_corrected_text_is_in_every_format(tmp_path: Path, name: str) -> None:
    out = made.write_datasets(tmp_path / "out", corrected_report())
    run(out, "-o", tmp_path / name)
    assert ("Rättat. " + "å" * 1000).encode() in (tmp_path / name).read_bytes()


SELECTIONS = [
    picking.Selection(section="1"),
    picking.Selection(section="2"),
    picking.Selection(question="1/1:1"),
    picking.Selection(theme="lagesbild"),
    picking.Selection(flagged=True),
    picking.Selection(section="1", theme="faltarbete", flagged=True),
    picking.Selection(question="1/#5"),
    picking.Selection(theme="ovanligt"),
    picking.Selection(board="aspnäs"),
    picking.Selection(board="Aspnäs", code="yes"),
    picking.Selection(code="no"),
    picking.Selection(assertion="negated"),
    picking.Selection(theme="faltarbete", assertion="negated"),
]


@pytest.mark.parametrize("selection", SELECTIONS)
def test_selection_picks_what_svar_show_picks(selection: picking.Selection, tmp_path: Path) -> None:
    corrected = replace(corrected_report(), report_id="d" * 16)
    reports = [*made.many(3, 8), made.report(), made.failed(), corrected]
    out = made.write_datasets(tmp_path, *reports)
    content = load_content(str(out), selection)
    chosen = picking.select(read_reports(out), selection)
    for name, rows in (("answers", "answers"), ("themes", "themes"), ("sections", "sections")):
        assert content.tables[name].num_rows == sum(len(getattr(r, rows)) for r in chosen), name
    assert set(content.boards) == {report.report_id for report in chosen}
    held = {(row["report_id"], row["position"]) for row in content.tables["answers"].to_pylist()}
    assert held == {(r.report_id, a.position) for r in chosen for a in r.answers}
    doubted = sum(content.tables["answers"]["doubtful"].to_pylist())
    assert doubted == sum(
        picking.needs_eyes(a, picking.warned_positions(r)) for r in chosen for a in r.answers
    )
    assert content.tables["problems"].num_rows == sum(len(r.problems) for r in chosen)


def test_superseded_report_is_left_out_and_mentioned(tmp_path: Path) -> None:
    newer = made.report("ny.txt", report_id="b" * 16)
    older = replace(made.report("gammal.txt"), superseded_by=newer.report_id)
    out = made.write_datasets(tmp_path / "out", newer, older)
    content = load_content(str(out), picking.Selection())
    assert list(content.boards) == [newer.report_id]
    told = dict(about_output(content, read_facts(str(out), "sv"), words_in("sv")))
    assert told["Ersatta rapporter"].startswith("1 räknas inte")
    assert told["Ersatta rapporter"].endswith("gammal.txt")


def test_every_way_to_select_is_recorded_in_the_file(tmp_path: Path) -> None:
    """A file that holds a part of the answers must not pass for all of them."""
    out = made.write_datasets(tmp_path / "out", made.report())
    values: dict[str, object] = {
        "section": "1", "question": "1/1:1", "theme": "lagesbild", "flagged": True,
        "board": "aspnäs", "code": "yes", "assertion": "negated",
    }  # fmt: skip
    assert set(values) == {field.name for field in fields(picking.Selection)}
    for name, value in values.items():
        content = load_content(str(out), picking.Selection(**{name: value}))
        told = dict(about_output(content, read_facts(str(out), "sv"), words_in("sv")))
        assert told["Urval"] != "allt", name


def test_selection_of_what_is_not_there_names_the_nearest(out: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        command, [str(out), "-o", str(tmp_path / "a.csv"), "--theme", "lagesbilder"]
    )
    assert result.exit_code == 2
    assert "'lagesbilder'" in result.stderr
    assert "lagesbild" in result.stderr.split("closest matches")[1]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.docx"], ".xlsx, .csv"),
        (["-o", "a.xlsx", "--excel"], "with a .csv file"),
        (["-o", "nowhere/a.csv"], "cannot be written"),
        (["-o", "nowhere/a.xlsx"], "cannot be written"),
        (["-o", "nowhere/a.sqlite"], "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_reported(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(command, [str(out), *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def test_file_stays_as_it_was_when_the_export_fails(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("förr")
    monkeypatch.setattr("pipeline.publishing.flat.csv.writer", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(out, "-o", path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "förr"


@given(st.text(max_size=60), st.integers(min_value=2, max_value=9))
def test_pieces_of_a_text_are_the_text_and_fit(text: str, most: int) -> None:
    found = excel_limits.pieces(text, most)
    assert "".join(found) == text
    assert all(len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= most for piece in found)


def test_words_of_both_languages_have_the_same_keys() -> None:
    first, second = (words_in(language).model_dump() for language in LANGUAGES)
    for kind, words in first.items():
        if isinstance(words, dict):
            assert words.keys() == second[kind].keys(), kind
