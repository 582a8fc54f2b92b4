"""`svar sample`: the same answers for the same seed, evenly over strata, and a sheet of them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models.report import Report
from pipeline.checking.colours import FIELD_COLOURS, GREY, Colour, on_paper
from pipeline.checking.sampling import By, Unit, draw, read_units
from pipeline.cli.sample import command
from tests import checking_helpers as made
from tests import checking_pdf as pdf


def sample(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.write_datasets(tmp_path_factory.mktemp("out"), *made.many(6, 20))


UNITS = [Unit(f"{board:016x}", n, f"1/#{n}") for board in range(10) for n in range(1, 31)]


def test_known_seed_draws_known_answers() -> None:
    """The order is fixed for ever: a seed in an old report must draw the same again."""
    drawn = draw(UNITS, 3, 7).units
    assert [(int(unit.report_id, 16), unit.position) for unit in drawn] == [
        (5, 11),
        (6, 20),
        (6, 29),
    ]


def test_other_order_of_rows_draws_the_same() -> None:
    assert draw(UNITS[::-1], 20, 7) == draw(UNITS, 20, 7)


def test_other_seed_draws_others() -> None:
    assert set(draw(UNITS, 20, 7).units) != set(draw(UNITS, 20, 8).units)


def test_smaller_sample_is_the_start_of_the_larger() -> None:
    assert draw(UNITS, 50, 7).units[:20] == draw(UNITS, 20, 7).units


def test_every_answer_is_as_likely() -> None:
    """Over many seeds, each of 300 answers is drawn about as often: chi-square within bounds."""
    counts = dict.fromkeys(UNITS, 0)
    for seed in range(200):
        for unit in draw(UNITS, 30, seed).units:
            counts[unit] += 1
    expected = 200 * 30 / len(UNITS)
    chi_square = sum((count - expected) ** 2 / expected for count in counts.values())
    assert 220 < chi_square < 390  # 299 degrees of freedom: far outside would be 1 in 1,000


def test_sample_larger_than_the_dataset_is_all_of_it() -> None:
    assert set(draw(UNITS, 10_000, 7).units) == set(UNITS)


def test_strata_are_drawn_evenly_and_small_ones_completely(folder: Path) -> None:
    drawn = draw(read_units(folder, By.CODE), 60, 7, By.CODE)
    assert [(s.name, s.population, s.drawn) for s in drawn.strata] == [
        ("no", 24, 24),
        ("yes", 96, 36),
    ]


def test_by_board_draws_of_every_board(folder: Path) -> None:
    drawn = draw(read_units(folder, By.BOARD), 13, 7, By.BOARD)
    assert sorted(s.drawn for s in drawn.strata) == [2, 2, 2, 2, 2, 3]


def test_by_flag_and_by_theme_see_the_rare(folder: Path) -> None:
    flags = draw(read_units(folder, By.FLAG), 4, 7, By.FLAG)
    assert {s.name: s.population for s in flags.strata} == {"(none)": 90, "cut": 30}
    themes = draw(read_units(folder, By.THEME), 4, 7, By.THEME)
    assert {s.name: s.drawn for s in themes.strata} == {"ovanligt": 1, "vanligt": 3}


def test_json_is_the_same_bytes_in_another_process(folder: Path) -> None:
    arguments = ["sample", str(folder), "-n", "20", "--seed", "7", "--by", "board", "--json"]
    code = "import sys; from pipeline.cli import main; main(sys.argv[1:])"
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    content = json.loads(outputs[0])
    assert content["population"] == 120
    assert sum(answer["weight"] for answer in content["answers"]) == pytest.approx(120)


def sheet(folder: Path, *reports: Report, language: str = "sv") -> str:
    made.write_datasets(folder / "out", *reports)
    path = folder / "sample.html"
    sample(folder / "out", "--html", path, "--language", language)
    return path.read_text(encoding="utf-8")


def test_sheet_has_a_picture_of_each_page_of_a_cut_row(tmp_path: Path) -> None:
    data = pdf.draw()
    (tmp_path / "aspnaset.pdf").write_bytes(data)
    page = sheet(tmp_path, pdf.report(data, pdf.boxes()))
    assert page.count("data:image/png;base64,") == 2
    for number in (1, 2):
        assert f'alt="Sida {number} i aspnaset.pdf med svaret 1/1:1 inramat"' in page
    assert "sidor 1–2" in page


def test_sheet_names_themes_by_their_titles(tmp_path: Path) -> None:
    page = sheet(tmp_path, made.report())
    assert "fältassistenter: Fältarbete, förekommer" in page
    assert "faltarbete" not in page


@pytest.mark.parametrize("colour", [*FIELD_COLOURS.values(), GREY])
def test_colours_of_text_on_white_have_the_contrast_of_wcag_aa(colour: Colour) -> None:
    linear = [
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in on_paper(colour)
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_sheet_has_the_lines_of_a_dump(tmp_path: Path) -> None:
    (tmp_path / "aspnaset.txt").write_bytes(made.DUMP.encode())
    page = sheet(tmp_path, made.report())
    assert "<img" not in page
    assert "Insats 1:1 Personal ska synas." in page
    assert "rader 6–15" in page


def test_sheet_is_the_same_bytes_again(tmp_path: Path) -> None:
    data = pdf.draw()
    (tmp_path / "aspnaset.pdf").write_bytes(data)
    report = pdf.report(data, pdf.boxes())
    assert sheet(tmp_path, report) == sheet(tmp_path, report)


def test_sheet_speaks_english_on_request(tmp_path: Path) -> None:
    page = sheet(tmp_path, made.report(), language="en")
    assert "Comment" in page
    assert "Kommentar" not in page


def test_sheet_says_where_a_source_was_not_found(tmp_path: Path) -> None:
    assert "Källfilen hittades inte" in sheet(tmp_path, made.report())


def test_hostile_text_is_escaped_everywhere(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e"
    report = made.report(organisation=evil)
    fields = {"key": evil, "question": evil, "detail": evil, "answer": evil, "comment": evil}
    answer = replace(report.answers[0], **fields, flags=(evil,))
    page = sheet(tmp_path, replace(report, answers=(answer,), themes=()))
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;") == 7


def test_text_has_each_answer_and_how_it_was_drawn(folder: Path) -> None:
    lines = sample(folder, "-n", "3", "--seed", "7").output.splitlines()
    assert sum(line.startswith("Nämnd ") for line in lines) == 3
    assert lines[-1] == "3 of 120 answers, seed 7."


def test_weights_of_a_stratified_sample_sum_to_the_dataset(folder: Path) -> None:
    content = json.loads(sample(folder, "-n", "30", "--by", "code", "--json").output)
    assert {answer["stratum"]: answer["weight"] for answer in content["answers"]} == {
        "no": 24 / 15,
        "yes": 96 / 15,
    }


def test_stratified_sheet_has_its_strata(tmp_path: Path) -> None:
    made.write_datasets(tmp_path / "out", *made.many(1, 5))
    path = tmp_path / "sample.html"
    sample(tmp_path / "out", "--by", "code", "--html", path)
    page = path.read_text(encoding="utf-8")
    assert "skiktat efter svarskod" in page
    assert "<td>nej</td><td>1</td><td>1</td>" in page


def test_sheet_that_cannot_be_written_is_reported(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "sample.html"
    result = CliRunner().invoke(command, [str(folder), "--html", str(path)])
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_missing_answers_are_reported(tmp_path: Path) -> None:
    made.write_datasets(tmp_path / "out", made.failed())
    result = CliRunner().invoke(command, [str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "has no answers to draw from" in result.stderr


def test_a_sheet_without_its_sources_is_reported_and_exits_with_3(tmp_path: Path) -> None:
    out = made.write_datasets(tmp_path, made.report())
    result = sample(out, "-n", 2, "--html", tmp_path / "sheet.html")
    assert result.return_value == 3
    assert "2 of them are shown without their source" in result.stderr
