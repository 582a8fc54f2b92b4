"""`svar export`: the datasets as Excel, CSV, SQLite and JSON lines, whole and as they stand."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import subprocess
from dataclasses import fields, replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from extractors.themes import builtin_taxonomy
from models.report import AppliedCorrection, CorrectionState, Report, Section
from pipeline import load
from pipeline.checking import selection as picking
from pipeline.checking.stored import read_reports
from pipeline.cli.export import command
from pipeline.cli.show import command as show
from pipeline.publishing import parted
from pipeline.publishing.content import load_content, swedish_order
from pipeline.publishing.facts import read_facts
from pipeline.publishing.sheets import ORDER
from pipeline.publishing.sheets.about import about_output
from pipeline.publishing.words import LANGUAGES, words_in
from tests import checking_helpers as made

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
HOSTILE = [
    "=1+1",
    "=HYPERLINK(\"http://exempel.se\")",
    "@SUM(A1)",
    "+46 8 123",
    "-1",
    "http://exempel.se/",
    "mailto:a@exempel.se",
    "internal:Blad!A1",
    "2031-01-05",
    "1:1",
    "007",
    "3,14",
    "1e5",
    "TRUE",
    "'apostrof",
    "{=A1}",
    "<r><t>fet</t></r>",
    "<b>&amp;</b> ]]> \"citat\"",
    " blanksteg först och sist ",
    "rad ett\nrad två\n\nstycke",
    "klocka\x07 och retur\r och _x0041_ och \ufffe",
    "\u202eomvänd\u2069 å ä ö 👮🏽 𝄞",
    "#N/A",
    "å" * 40_000,
    "👮" * 20_000,
]  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


def hostile_report() -> Report:
    """A board whose every field is a text that a spreadsheet could take for something else."""
    base = made.report().answers[1]
    answers = tuple(
        replace(
            base,
            position=n,
            key=f"2/#{n}",
            question=f"{text}?" if len(text) < 1000 else "Lång?",
            detail=text[:1000],
            answer=text[:1000],
            comment=text,
        )
        for n, text in enumerate(HOSTILE, 1)
    )
    return made.report(organisation="=nämnden", answers=answers, themes=(), problems=())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets of three boards, a hostile one and one that could not be read among them."""
    plain = made.report()
    other = made.report(
        "boda.txt",
        report_id="b" * 16,
        organisation="Åbodas nämnd",
        answers=(replace(plain.answers[0], question="Har ni folk ute?", flags=(), confidence=1.0),),
        problems=(),
    )
    return made.write_datasets(
        tmp_path_factory.mktemp("out"),
        plain,
        other,
        replace(hostile_report(), report_id="c" * 16, source="=c.txt"),
        made.failed(),
    )


@pytest.fixture(scope="module")
def workbook(out: Path) -> Path:
    path = out / "export.xlsx"
    assert run(out, "-o", path).return_value == 0
    return path


def sheet_of(path: Path, name: str) -> pd.DataFrame:
    """A sheet of a workbook with the columns' ids; every cell as text but numbers."""
    words = words_in("sv")
    ids = {heading: column for column, heading in words.columns.items()}
    frame = pd.read_excel(
        path, sheet_name=words.sheets[name], keep_default_na=False, na_values=[], dtype=object
    )
    return frame.rename(columns=ids | {"Svar": "code"} if name == "answers" else ids)


def whole(frame: pd.DataFrame, column: str) -> list[str]:
    """A column with the cells that its long texts go on in."""
    heading = words_in("sv").columns[column]
    more = [name for name in frame.columns if str(name).startswith(f"{heading} (forts.")]
    return ["".join(map(str, row)) for row in frame[[column, *more]].to_numpy()]


def unescaped(text: str) -> str:
    """What Excel shows for the escapes of control characters, which openpyxl leaves as they are."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


@pytest.mark.parametrize("field", ["question", "detail", "answer", "comment"])
def test_pandas_reads_the_answers_back_as_they_stand_in_the_datasets(
    out: Path, workbook: Path, field: str
) -> None:
    answers = load(str(out), "answers")
    held = {(r.report_id, r.position): getattr(r, field) for r in answers.itertuples()}
    sheet = sheet_of(workbook, "answers")
    found = {
        (report_id, int(position)): unescaped(text)
        for report_id, position, text in zip(
            sheet["report_id"], sheet["position"], whole(sheet, field), strict=True
        )
    }
    assert found == held


def test_every_number_and_code_is_that_of_the_datasets(out: Path, workbook: Path) -> None:
    answers = load(str(out), "answers").set_index(["report_id", "position"])
    codes = {word: code for code, word in words_in("sv").codes.items()}
    for _, row in sheet_of(workbook, "answers").iterrows():
        own = answers.loc[(row["report_id"], row["position"])]
        assert codes[row["code"]] == own["code"]
        assert row["confidence"] == pytest.approx(own["confidence"], abs=1e-4)
        for name in ("page_first", "page_last", "line_first", "line_last"):
            assert (None if row[name] == "" else row[name]) == (
                None if pd.isna(own[name]) else own[name]
            )


def test_mentions_are_those_of_the_datasets(out: Path, workbook: Path) -> None:
    sheet = sheet_of(workbook, "mentions")
    themes = load(str(out), "themes")
    columns = ["report_id", "position", "surface", "sentence", "cue"]
    assert sorted(map(tuple, sheet[[*columns, "theme_id"]].to_numpy())) == sorted(
        map(tuple, themes[[*columns, "theme"]].to_numpy())
    )
    assert dict(zip(sheet["theme_id"], sheet["assertion"], strict=True)) == {
        "faltarbete": "påstås", "lagesbild": "nekas",
    }  # fmt: skip


def test_sheets_are_as_promised(workbook: Path) -> None:
    words = words_in("sv")
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == [words.sheets[name] for name in ("about", *ORDER)]
    for sheet in book.worksheets:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref == sheet.dimensions


def test_no_text_is_a_formula_or_a_link(workbook: Path) -> None:
    for sheet in openpyxl.load_workbook(workbook).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "inlineStr", "n")
                assert cell.hyperlink is None


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice (soffice) on this machine")
def test_libreoffice_opens_and_recalculates_the_workbook(workbook: Path, tmp_path: Path) -> None:
    assert OFFICE
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(workbook)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    before = openpyxl.load_workbook(workbook)
    after = openpyxl.load_workbook(tmp_path / workbook.name)
    assert after.sheetnames == before.sheetnames
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                own = after[sheet.title][cell.coordinate]
                assert own.data_type in ("s", "n"), (sheet.title, own.coordinate)
                assert own.hyperlink is None
                assert plain(own.value) == plain(cell.value), (sheet.title, own.coordinate)


def plain(value: object) -> object:
    """A cell's value without what LibreOffice keeps otherwise: control characters, line ends."""
    if isinstance(value, float):
        return round(value, 6)
    if not isinstance(value, str):
        return value
    text = re.sub("_x(0007|000D|FFFE)_", "", value.replace("_x005F_", "_"), flags=re.IGNORECASE)
    return "".join(c for c in text if c.isprintable() or c in "\n\u202e\u2069")


def test_rows_are_as_high_as_their_texts(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook)[words_in("sv").sheets["answers"]]
    rows = {cell.value: cell.row for cell in sheet["J"]}
    assert sheet.row_dimensions[rows["=1+1"]].height == 15
    assert sheet.row_dimensions[rows["rad ett\nrad två\n\nstycke"]].height == 60
    assert max(dimension.height for dimension in sheet.row_dimensions.values()) == 405


def test_text_too_long_for_a_cell_goes_on_beside_it_and_is_said(workbook: Path) -> None:
    sheet = sheet_of(workbook, "answers")
    assert [name for name in sheet.columns if "forts." in str(name)] == ["Kommentar (forts. 2)"]
    told = dict(sheet_of(workbook, "about")[["fact", "value"]].to_numpy())
    assert told["Delade celler"] == (
        "En cell rymmer 32 767 tecken. I Svar fortsätter Kommentar i 2 celler bredvid varandra."
    )


def test_matrix_tells_answer_from_not_asked_lacking_and_unread(workbook: Path) -> None:
    matrix = sheet_of(workbook, "matrix").set_index("key")
    row = matrix.loc["1/1:1"]
    assert row["question"] == "Har ni folk ute på kvällarna?"
    assert row["Aspnäsets stadsdelsnämnd"] == "Ja ?"
    assert row["Åbodas nämnd"] == "Ja ≠"
    assert row["=nämnden"] == "finns ej"
    assert row["tom.txt"] == "ej läst"
    assert (row["Ja"], row["Nej"]) == (2, 0)


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


def test_themes_by_board_count_each_assertion(workbook: Path) -> None:
    rows = sheet_of(workbook, "themes")
    found = {(r["theme_id"], r["assertion"]): r for _, r in rows.iterrows()}
    negated = found["lagesbild", "nekas"]
    assert (negated["mentions"], negated["boards"]) == (2, 2)
    assert (negated["Aspnäsets stadsdelsnämnd"], negated["Åbodas nämnd"]) == (1, 1)
    assert negated["theme"] == builtin_taxonomy().by_id["lagesbild"].sv


def test_boards_stand_in_the_order_of_the_swedish_alphabet() -> None:
    names = ["Österåker", "Ängsnämnden", "Zon 10", "Zon 9", "Åbo", "alfa"]
    assert sorted(names, key=swedish_order) == [
        "alfa", "Zon 9", "Zon 10", "Åbo", "Ängsnämnden", "Österåker",
    ]  # fmt: skip


def test_csv_is_utf8_with_commas_and_every_text_as_it_stands(out: Path, tmp_path: Path) -> None:
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
    assert {row["Säkerhet"] for row in rows} >= {"0,6"}


def test_sqlite_holds_the_datasets_and_finds_swedish_words(out: Path, tmp_path: Path) -> None:
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


def corrected_report() -> Report:
    """A comment that a reviewer corrected, too long for a cell, and a correction not applied."""
    base = made.report()
    comment = replace(
        base.answers[0], comment="Rättat. " + "å" * 40_000, corrected=("comment",), flags=()
    )
    disputed = replace(base.answers[1], flags=("correction-conflict",))
    corrections = tuple(
        AppliedCorrection(
            "field", field, read, right, state, "Kim", "2031-02-01T09:00:00Z", "id", "a" * 16,
            position, key,
        )
        for field, read, right, state, position, key in (
            ("comment", "=Fel.", comment.comment, CorrectionState.ACTIVE, 1, "1/1:1"),
            ("answer", "Nej", "Ja", CorrectionState.CONFLICT, 2, "2/#1"),
        )
    )  # fmt: skip
    return replace(
        base, answers=(comment, disputed), themes=(), problems=(), corrections=corrections
    )


def test_corrections_have_a_sheet_and_their_answers_say_so(tmp_path: Path) -> None:
    out = made.write_datasets(tmp_path / "out", corrected_report())
    path = tmp_path / "a.xlsx"
    run(out, "-o", path)
    sheet = sheet_of(path, "corrections")
    columns = ["key", "field", "read", "state", "reviewer"]
    assert [tuple(row) for row in sheet[columns].to_numpy()] == [
        ("1/1:1", "Kommentar", "=Fel.", "gäller", "Kim"),
        ("2/#1", "Svar som tryckt", "Nej", "granskare oense", "Kim"),
    ]
    assert whole(sheet, "corrected_to")[0] == corrected_report().answers[0].comment
    answers = sheet_of(path, "answers")
    assert list(answers["corrected"]) == ["Kommentar", ""]
    assert whole(answers, "comment") == [a.comment for a in corrected_report().answers]
    matrix = sheet_of(path, "matrix").set_index("key")["Aspnäsets stadsdelsnämnd"]
    assert dict(matrix) == {"1/1:1": "Ja", "2/#1": "Nej ?"}


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


def test_report_that_another_supersedes_is_left_out_and_told(tmp_path: Path) -> None:
    newer = made.report("ny.txt", report_id="b" * 16)
    older = replace(made.report("gammal.txt"), superseded_by=newer.report_id)
    out = made.write_datasets(tmp_path / "out", newer, older)
    content = load_content(str(out), picking.Selection())
    assert list(content.boards) == [newer.report_id]
    told = dict(about_output(content, read_facts(str(out), "sv"), words_in("sv")))
    assert told["Ersatta rapporter"].startswith("1 räknas inte")
    assert told["Ersatta rapporter"].endswith("gammal.txt")


def test_every_way_to_pick_is_told_in_the_file(tmp_path: Path) -> None:
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
    assert "lagesbild" in result.stderr.split("nearest")[1]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.docx"], ".xlsx, .csv"),
        (["-o", "a.xlsx", "--excel"], "for a .csv file"),
        (["-o", "nowhere/a.csv"], "cannot be written"),
        (["-o", "nowhere/a.xlsx"], "cannot be written"),
        (["-o", "nowhere/a.sqlite"], "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_said(
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


def test_sheets_over_the_limits_of_excel_go_on_and_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.publishing.workbook.ROWS", 10)
    monkeypatch.setattr("pipeline.publishing.parted.COLUMNS", 21)
    out = made.write_datasets(tmp_path / "out", *made.many(15, 3))
    path = tmp_path / "a.xlsx"
    run(out, "-o", path)
    sheets = pd.read_excel(path, sheet_name=None)
    names = [f"Svar{part}" for part in ("", " (2)", " (3)", " (4)", " (5)")]
    assert [name for name in sheets if name.startswith("Svar")] == names
    matrix = [frame for name, frame in sheets.items() if name.startswith("Fråga")]
    boards = [list(frame.columns)[8:] for frame in matrix]
    assert boards == [[f"Nämnd {n}" for n in range(13)], ["Nämnd 13", "Nämnd 14"]]
    assert all(list(frame["Nyckel"]) == ["1/#1", "1/#2", "1/#3"] for frame in matrix)
    told = sheets["Om filen"].set_index("Uppgift")["Värde"]
    assert "fortsätter i 2 blad" in told["Delad matris"]
    assert "rader" in told["Delade blad"].iloc[0]


@given(st.text(max_size=60), st.integers(min_value=2, max_value=9))
def test_pieces_of_a_text_are_the_text_and_fit(text: str, most: int) -> None:
    found = parted.pieces(text, most)
    assert "".join(found) == text
    assert all(len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= most for piece in found)


def test_words_of_both_languages_have_the_same_keys() -> None:
    first, second = (words_in(language).model_dump() for language in LANGUAGES)
    for kind, words in first.items():
        if isinstance(words, dict):
            assert words.keys() == second[kind].keys(), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel_allows_the_names_of_the_sheets(language: str) -> None:
    for name in words_in(language).sheets.values():
        assert len(name) <= 26  # leaves room for " (12)"
        assert not set(name) & set("[]:*?/\\")
