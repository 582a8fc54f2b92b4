"""The workbook of `svar export`: complete, unchanged, and text as text."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from extractors.themes import builtin_taxonomy
from pipeline import load
from pipeline.publishing.sheets import ORDER
from pipeline.publishing.words import LANGUAGES, words_in
from tests import checking_helpers as made
from tests.export_helpers import corrected_report, run, write_out


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_out(tmp_path_factory.mktemp("out"))


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


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
def test_pandas_reads_the_answers_back_as_they_are_in_the_datasets(
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
        "faltarbete": "förekommer", "lagesbild": "nekas",
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


def test_text_too_long_for_a_cell_continues_beside_it_with_a_note(workbook: Path) -> None:
    sheet = sheet_of(workbook, "answers")
    assert [name for name in sheet.columns if "forts." in str(name)] == ["Kommentar (forts. 2)"]
    told = dict(sheet_of(workbook, "about")[["fact", "value"]].to_numpy())
    assert told["Delade celler"] == (
        "En cell rymmer 32 767 tecken. I Svar fortsätter Kommentar i 2 celler bredvid varandra."
    )


def test_matrix_distinguishes_answers_from_not_asked_missing_and_unread(workbook: Path) -> None:
    matrix = sheet_of(workbook, "matrix").set_index("key")
    row = matrix.loc["1/1:1"]
    assert row["question"] == "Har ni folk ute på kvällarna?"
    assert row["Aspnäsets stadsdelsnämnd"] == "Ja ?"
    assert row["Åbodas nämnd"] == "Ja ≠"
    assert row["=nämnden"] == "finns ej"
    assert row["tom.txt"] == "ej läst"
    assert (row["Ja"], row["Nej"]) == (2, 0)


def test_themes_by_board_count_each_assertion(workbook: Path) -> None:
    rows = sheet_of(workbook, "themes")
    found = {(r["theme_id"], r["assertion"]): r for _, r in rows.iterrows()}
    negated = found["lagesbild", "nekas"]
    assert (negated["mentions"], negated["boards"]) == (2, 2)
    assert (negated["Aspnäsets stadsdelsnämnd"], negated["Åbodas nämnd"]) == (1, 1)
    assert negated["theme"] == builtin_taxonomy().by_id["lagesbild"].sv


def test_corrections_have_a_sheet_and_their_answers_are_marked(tmp_path: Path) -> None:
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


def test_sheets_over_the_limits_of_excel_continue_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.publishing.workbook.ROWS", 10)
    monkeypatch.setattr("pipeline.publishing.excel_limits.COLUMNS", 21)
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel_allows_the_names_of_the_sheets(language: str) -> None:
    for name in words_in(language).sheets.values():
        assert len(name) <= 26  # leaves room for " (12)"
        assert not set(name) & set("[]:*?/\\")
