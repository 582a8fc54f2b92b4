"""`svar show`: a report as a page, as JSON, as a table; what is picked, and what is refused."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner, Result

from extractors.extract import extract, read_document
from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Problem, Role, Severity, Status, from_json, to_json
from pipeline.checking.inputs import open_inputs
from pipeline.checking.source_lines import source_lines
from pipeline.cli._options import Choices
from pipeline.cli.show import command
from tests import checking_helpers as made


def show(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    (tmp_path / "aspnaset.txt").write_bytes(made.DUMP.encode())
    path = tmp_path / "report.json"
    path.write_text(to_json(made.report()), encoding="utf-8")
    return path


def test_page_has_every_field_with_its_place(saved: Path) -> None:
    page = show(saved).output
    for text in (
        "Aspnäsets stadsdelsnämnd",
        "1/1:1 · lines 6–15 · confidence 0.60",
        "Har ni folk ute på kvällarna?",
        "Insats 1:1 Personal ska synas.",
        "Ja  yes",
        "cut",
        "Not to be answered by this board.",
        "warning line-other: Line 3 is unclear. (line 3) Look.",
    ):
        assert text in page


def test_without_colour_mentions_are_in_brackets(saved: Path) -> None:
    page = show(saved, "--question", "1/1:1").output
    assert "[fältassistenter]{faltarbete}" in page
    assert "[lägesbild]{lagesbild, negated: inte ännu}" in page
    assert "\x1b" not in page


def test_json_is_the_whole_report(saved: Path) -> None:
    assert from_json(show(saved, "--json").output) == made.report()


def test_several_reports_are_json_lines(saved: Path) -> None:
    lines = show(saved, saved, "--json").output.splitlines()
    assert [json.loads(line)["organisation"] for line in lines] == ["Aspnäsets stadsdelsnämnd"] * 2


def test_section_selects_only_its_answers(saved: Path) -> None:
    chosen = from_json(show(saved, "--section", "2", "--json").output)
    assert [answer.key for answer in chosen.answers] == ["2/#1"]
    assert chosen.themes == ()


def test_section_1_does_not_take_section_10(saved: Path) -> None:
    report = made.report()
    tenth = replace(report.answers[1], section="10", key="10/#1")
    saved.write_text(to_json(replace(report, answers=(report.answers[0], tenth))))
    chosen = from_json(show(saved, "--section", "1", "--json").output)
    assert [answer.key for answer in chosen.answers] == ["1/1:1"]


def test_theme_selects_only_answers_that_mention_it(saved: Path) -> None:
    output = show(saved, "--theme", "lagesbild", "--format", "jsonl").output
    assert [json.loads(line)["key"] for line in output.splitlines()] == ["1/1:1"]


def test_flagged_puts_the_worst_first(saved: Path) -> None:
    report = made.report()
    worst = replace(report.answers[1], confidence=0.2)
    saved.write_text(to_json(replace(report, answers=(report.answers[0], worst))))
    output = show(saved, "--flagged", "--format", "jsonl").output
    assert [json.loads(line)["key"] for line in output.splitlines()] == ["2/#1", "1/1:1"]


def test_a_row_that_a_page_merely_cuts_needs_no_eyes(saved: Path) -> None:
    report = made.report()
    cut = replace(report.answers[0], flags=("cut",), confidence=0.99)
    doubted = replace(report.answers[1], flags=("cut", "cut-uncertain"), confidence=0.99)
    saved.write_text(to_json(replace(report, answers=(cut, doubted), problems=())))
    output = show(saved, "--needs-eyes", "--format", "jsonl").output
    assert [json.loads(line)["key"] for line in output.splitlines()] == ["2/#1"]


@pytest.mark.parametrize("name", ["lagesbild", "LAGESBILD", "Lägesbild", "LÄGESBILD"])
def test_a_theme_is_found_in_any_case_and_by_its_name(saved: Path, name: str) -> None:
    output = show(saved, "--theme", name, "--format", "jsonl").output
    assert [json.loads(line)["key"] for line in output.splitlines()] == ["1/1:1"]


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        (["--board", "aspnäset"], ["1/1:1", "2/#1"]),
        (["--board", "Aspnäsets", "--code", "no"], ["2/#1"]),
        (["--assertion", "negated"], ["1/1:1"]),
        (["--theme", "lagesbild", "--assertion", "negated"], ["1/1:1"]),
    ],
)
def test_answers_are_picked_by_board_code_and_assertion(
    saved: Path, options: list[str], keys: list[str]
) -> None:
    output = show(saved, *options, "--format", "jsonl").output
    assert [json.loads(line)["key"] for line in output.splitlines()] == keys


def test_a_theme_that_is_not_meant_this_way_shows_no_answer(saved: Path) -> None:
    options = ("--theme", "faltarbete", "--assertion", "negated", "--format", "jsonl")
    assert show(saved, *options).output == ""


@pytest.mark.parametrize("output", ["table", "csv", "tsv", "json", "jsonl", "markdown"])
def test_every_format_contains_the_comment_and_can_go_to_a_file(
    saved: Path, tmp_path: Path, output: str
) -> None:
    file = tmp_path / "out"
    printed = show(saved, "--format", output).output
    show(saved, "--format", output, "-o", file)
    assert file.read_text(encoding="utf-8") == printed
    assert "fältassistenter" in printed and "Aspnäsets" in printed


def test_csv_for_excel_has_its_mark_and_no_formulas(saved: Path) -> None:
    report = made.report()
    formula = replace(report.answers[0], comment="=1+1", confidence=0.5)
    saved.write_text(to_json(replace(report, answers=(formula,), themes=(), problems=())))
    printed = show(saved, "--format", "csv", "--excel").output
    assert printed.startswith("\ufeffreport_id;")
    (row,) = csv.DictReader(StringIO(printed.removeprefix("\ufeff")), delimiter=";")
    assert row["comment"] == "'=1+1"
    assert row["confidence"] == "0,5"


def test_csv_has_titles_and_assertions(saved: Path) -> None:
    rows = list(csv.DictReader(StringIO(show(saved, "--format", "csv").output)))
    assert rows[0]["theme_titles"] == "Fältarbete;Lägesbild"
    assert rows[0]["assertions"] == "affirmed;negated"
    assert rows[1]["section_title"] == "Handel och hyra"


def test_csv_has_a_row_an_answer(saved: Path) -> None:
    rows = list(csv.DictReader(StringIO(show(saved, "--format", "csv").output)))
    assert [row["themes"] for row in rows] == ["faltarbete;lagesbild", ""]
    assert rows[0]["comment"] == made.COMMENT


def test_source_shows_the_lines_of_the_answer(saved: Path) -> None:
    page = show(saved, "--question", "1/1:1", "--source").output
    assert "13  Insats 1:1 Personal ska synas." in page
    assert "17" not in page.split("question")[1].split("problem")[0]


@pytest.mark.parametrize(
    ("option", "wanted", "nearest"),
    [
        ("--question", "1/1:2", "1/1:1"),
        ("--section", "1.1", "1"),
        ("--theme", "lagesbilder", "lage"),
    ],
)
def test_unknown_names_list_the_nearest(
    saved: Path, option: str, wanted: str, nearest: str
) -> None:
    result = CliRunner().invoke(command, [str(saved), option, wanted])
    assert result.exit_code == 2
    assert repr(wanted) in result.stderr
    assert nearest in result.stderr.split("closest matches")[1]


def test_failed_report_shows_why_and_exits_with_4(tmp_path: Path) -> None:
    path = tmp_path / "failed.json"
    path.write_text(to_json(made.failed()))
    result = show(path)
    assert "error empty: tom.txt is empty. Send it anew." in result.output
    assert result.return_value == 4


def test_one_failed_of_several_exits_with_3(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "failed.json"
    path.write_text(to_json(made.failed()))
    assert show(saved, path).return_value == 3


def test_datasets_give_the_same_page_as_the_report(saved: Path, tmp_path: Path) -> None:
    folder = made.write_datasets(tmp_path / "out", made.report())
    assert show(folder).output == show(saved).output


def test_datasets_find_their_source_only_if_its_content_is_the_same(tmp_path: Path) -> None:
    folder = made.write_datasets(tmp_path / "out", made.report())
    source = tmp_path / "aspnaset.txt"
    source.write_bytes(made.DUMP.encode() + b"x")
    changed = CliRunner().invoke(
        command, [str(folder), "--source"], standalone_mode=False, catch_exceptions=False
    )
    assert "the file was not found" in changed.stderr
    source.write_bytes(made.DUMP.encode())
    assert "13  Insats 1:1 Personal ska synas." in show(folder, "--source").output


def test_folder_of_reports_is_read_and_other_files_are_named(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.md"):
        (tmp_path / name).write_bytes(made.DUMP.encode())
    found = [json.loads(line) for line in show(tmp_path, "--json").output.splitlines()]
    assert [(Path(report["source"]).name, report["status"] == "failed") for report in found] == [
        ("a.TXT", False),
        ("b.txt", False),
        ("c.md", True),
    ]


RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def test_source_of_a_pdf_has_only_the_lines_of_the_answer() -> None:
    """The page also has a running header, column headers and the rows around."""
    path = RAW / "board-104-pdf-ruled.pdf"
    report = extract(path, builtin_forms(), builtin_taxonomy())
    answer = next(a for a in report.answers if a.page_first != a.page_last)
    document = read_document(path.read_bytes(), path.name, Options())
    lines = source_lines(document, report, answer)
    assert {line.page for line in lines} == {answer.page_first, answer.page_last}
    roles = {span.role for line in lines for span in line.spans if span.text.strip()}
    assert roles == {Role.QUESTION, Role.DETAIL, Role.ANSWER, Role.COMMENT}
    for role, field in ((Role.COMMENT, answer.comment), (Role.QUESTION, answer.question)):
        text = "".join(s.text for line in lines for s in line.spans if s.role == role)
        assert "".join(text.split()).replace("-", "") == "".join(field.split()).replace("-", "")


def test_empty_file_is_a_failed_report(tmp_path: Path) -> None:
    path = tmp_path / "tom.txt"
    path.touch()
    result = show(path)
    assert result.return_value == 4
    assert "error" in result.output


def test_folder_with_neither_is_refused_with_advice(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert result.exit_code == 2
    assert "svar run" in result.stderr


def test_json_that_is_not_a_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a": 1}')
    result = CliRunner().invoke(command, [str(path)])
    assert result.exit_code == 2
    assert "not a report as printed" in result.stderr


def test_escape_sequences_and_direction_marks_are_spelled_out(tmp_path: Path) -> None:
    report = made.report()
    hostile = replace(report.answers[1], comment="a\x1b[2Jb \u202eevil\x07")
    path = tmp_path / "hostile.json"
    path.write_text(to_json(replace(report, answers=(hostile,), themes=())))
    page = show(path).output
    assert "a<U+001B>[2Jb <U+202E>evil<U+0007>" in page
    assert "\x1b" not in page


def test_flagged_page_names_the_board_and_counts(saved: Path) -> None:
    page = show(saved, "--flagged").output
    assert "2/#1" not in page  # nothing is doubtful there
    assert page.splitlines()[1] == "Aspnäsets stadsdelsnämnd"
    assert "1/1:1 · lines 6–15 · confidence 0.60" in page
    assert page.endswith("Answers that need review: 1.\n")


def test_problem_of_an_answer_is_shown_with_it(saved: Path) -> None:
    problem = Problem(Severity.ERROR, "text-lost", "Text is lost.", position=2, page=3)
    saved.write_text(to_json(made.report(problems=(problem,))))
    assert "error text-lost: Text is lost. (page 3)" in show(saved, "--question", "2/#1").output
    assert "2/#1" in show(saved, "--flagged").output


def test_reports_as_json_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(to_json(report) + "\n" for report in made.many(2, 1)))
    lines = show(path, "--json").output.splitlines()
    assert [json.loads(line)["organisation"] for line in lines] == ["Nämnd 0", "Nämnd 1"]


def test_broken_line_of_json_lines_is_named(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(to_json(made.report()) + "\n{}\n")
    result = CliRunner().invoke(command, [str(path)])
    assert result.exit_code == 2
    assert "line 2" in result.stderr


def test_source_is_found_where_the_run_read_it(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "aspnaset.txt").write_bytes(made.DUMP.encode())
    folder = made.write_datasets(tmp_path / "far" / "away" / "out", made.report())
    (folder / "runs").mkdir()
    (folder / "runs" / "1.json").write_text(json.dumps({"options": {"paths": [str(raw)]}}))
    (folder / "runs" / "2.json").write_text("broken")
    assert "13  Insats 1:1" in show(folder, "--source").output


def test_answer_outside_every_section_is_shown(saved: Path) -> None:
    report = made.report()
    lone = replace(report.answers[1], section="", key="/#1")
    saved.write_text(to_json(replace(report, answers=(*report.answers, lone))))
    assert "/#1" in show(saved).output


def test_file_that_vanishes_is_a_failed_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gone.txt"
    path.write_bytes(made.DUMP.encode())

    def vanish(file: str) -> BinaryIO:
        raise FileNotFoundError(2, "No such file or directory", file)

    monkeypatch.setattr("pipeline.checking.inputs.open_input", vanish)
    (one,) = open_inputs([path], Choices().everything)
    assert one.report.status == Status.FAILED
    assert one.document() is None


DUMP_OF_ROWS = """1 Trygga platser

Uppföljningsfrågor Svarsalternativ med kommentar

Finns en plan för parkerna?

Strategi 1:1 Parkerna ska vara upplysta.

 Ja

Planen är klar sedan i våras.

Har ni möten med de boende?

Strategi 1:2 De boende ska kunna påverka.

 Nej

Mötena börjar igen till hösten.
"""


def test_why_names_the_evidence_that_decided(tmp_path: Path) -> None:
    path = tmp_path / "parknamnden.txt"
    path.write_text(DUMP_OF_ROWS, encoding="utf-8")
    page = show(path, "--question", "1/1:2", "--why").output
    why = page[page.index("1/1:2: why") :]
    assert "line 13: Har ni möten med de boende?\n    question, " in why
    assert "line 17: Nej\n    answer, " in why
    assert re.search(r"is an answer [+-]\d", why)
    assert "parkerna" not in why


RAW = Path(__file__).parents[1] / "data" / "raw"


def why_of(name: str, question: str) -> str:
    page = show(RAW / name, "--question", question, "--why").output
    return page[page.index(f"{question}: why") :]


def test_why_of_a_pdf_names_what_speaks_for_a_row_and_against_it() -> None:
    why = why_of("board-106-pdf-unruled.pdf", "1.1.1/1:2")
    assert (
        "  line 50: Genomförs tillsyn av försäljning av ● Delvis\n    begin-answered, 100%" in why
    )
    decided = re.findall(r"(begin|begin-answered|after-answer|inside), \d+%, not ([a-z-]+)", why)
    assert decided
    for label, rival in decided:
        assert label.startswith("begin") is not rival.startswith("begin")
    assert re.search(r"page: a new page [+-]\d", why)
    assert re.search(r"\n  confidence (0\.\d\d|1\.00): log-odds of the borders \+\d", why)


def test_why_of_a_pdf_with_lines_between_all_rows_is_certain() -> None:
    why = why_of("board-104-pdf-ruled.pdf", "1.1.1/1:2")
    assert "begin-answered, certain: nothing else is possible here" in why


def test_why_of_a_word_file_says_that_its_tables_show_the_rows() -> None:
    assert why_of("board-112-docx.docx", "1.1.1/1:2").splitlines() == [
        "1.1.1/1:2: why",
        "  No evidence was weighed: the file's own tables, or the lines drawn around its cells, "
        "show the rows.",
    ]


def test_why_says_where_nothing_is_kept(saved: Path) -> None:
    (saved.parent / "aspnaset.txt").unlink()
    said = show(saved, "--why").output
    assert "The source file was not found, so no evidence can be shown." in said
