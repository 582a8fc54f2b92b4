"""`svar check`: each kind of finding where it is, and none where all is well."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from extractors.rules import builtin_forms
from models.report import Report, Section
from pipeline.checking import consistency
from pipeline.checking.consistency import Finding, Kind
from pipeline.checking.near_identical import same_comments
from pipeline.checking.personal import addresses, numbers, personal_data, phones
from pipeline.checking.phrases import load_phrases
from pipeline.cli.check import command
from tests import checking_helpers as made

LONG = (
    "Under året har fritidsgårdarna haft öppet fler kvällar, och fältlaget har gått genom "
    "centrum varje helg tillsammans med ordningsvakter och föräldrar från området."
)


def check(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(a) for a in arguments], standalone_mode=False, catch_exceptions=False
    )


def with_comment(report: Report, n: int, comment: str) -> Report:
    answers = list(report.answers)
    answers[n] = replace(answers[n], comment=comment)
    return replace(report, answers=tuple(answers))


def boards(findings: Sequence[Finding]) -> list[list[str]]:
    return [[place.board for place in finding.places] for finding in findings]


def test_agreeing_boards_have_no_finding(tmp_path: Path) -> None:
    folder = made.write_datasets(tmp_path / "out", *made.many(4, 10))
    assert check(folder).output == "0 findings in 4 reports, 40 answers.\n"


def test_reports_of_different_forms_are_never_compared(tmp_path: Path) -> None:
    reports = made.many(4, 10)
    other = [
        replace(
            report,
            report_id=f"{n:016x}",
            source=f"other-{n}.pdf",
            form="other",
            answers=tuple(replace(a, question=f"Annat {a.position}?") for a in report.answers[:3]),
        )
        for n, report in enumerate(reports)
    ]
    folder = made.write_datasets(tmp_path / "out", *reports, *other)
    assert check(folder).output == "0 findings in 8 reports, 52 answers.\n"


def test_other_wording_of_one_board_is_found() -> None:
    reports = made.many(4, 3)
    first = reports[2].answers[0]
    reports[2] = replace(
        reports[2], answers=(replace(first, question="Frga 1?"), *reports[2].answers[1:])
    )
    (found,) = consistency.wording(reports)
    assert found.message == "1/#1 reads 'Frga 1?' here, but 'Fråga 1?' for 3 boards"
    assert boards([found]) == [["Nämnd 2"]]


def test_question_that_one_board_lacks_is_found() -> None:
    reports = made.many(4, 3)
    reports[1] = replace(reports[1], answers=reports[1].answers[:2])
    (found,) = consistency.lacking(reports)
    assert found.message == "Nämnd 1 lacks 1 question that most boards have"
    assert [(p.key, p.at) for p in found.places] == [("1/#3", "3 of 4 boards have it")]


def test_question_of_a_section_that_was_not_asked_is_not_lacking() -> None:
    reports = made.many(4, 3)
    not_asked = (Section("1", "Trygghet", 1, asked=False),)
    reports[1] = replace(reports[1], answers=(), sections=not_asked)
    assert list(consistency.lacking(reports)) == []


def test_question_that_few_boards_have_is_lacking_with_none() -> None:
    reports = made.many(4, 3)
    reports[1:] = [replace(report, answers=report.answers[:2]) for report in reports[1:]]
    assert list(consistency.lacking(reports)) == []


def test_answer_that_is_not_an_answer_word_is_found() -> None:
    reports = made.many(2, 2)
    first = reports[0].answers[0]
    for text, count in (("Jja", 1), ("JA", 0), ("", 0), ("Ej  aktuellt", 0)):
        answers = (replace(first, answer=text), *reports[0].answers[1:])
        odd = [replace(reports[0], answers=answers), reports[1]]
        assert len(list(consistency.answer_words(odd, builtin_forms()))) == count


def test_expected_boards_that_are_missing_twice_or_unexpected(tmp_path: Path) -> None:
    reports = made.many(3, 2)
    reports.append(replace(reports[0], report_id="f" * 16, source="again.pdf"))
    folder = made.write_datasets(tmp_path / "out", *reports)
    expected = tmp_path / "boards.txt"
    expected.write_text("\ufeffNÄMND  0\nNämnd 1\nNämndt 2\nKvarnby bostäder\n\n", encoding="utf-8")
    output = check(folder, "--expected", expected).output
    assert "Nämndt 2: no report; is it Nämnd 2?" in output
    assert "Kvarnby bostäder: no report\n" in output
    assert "Nämnd 2: not among the expected boards" in output
    assert "Nämnd 0: 2 reports" in output
    assert "NÄMND  0: no report" not in output


def test_nearly_the_same_comment_of_two_boards_is_found() -> None:
    reports = made.many(5, 4)
    reports[1] = with_comment(reports[1], 0, LONG)
    reports[3] = with_comment(reports[3], 2, LONG.replace("varje helg", "varje natt"))
    reports[4] = with_comment(reports[4], 1, LONG.upper())
    (found,) = same_comments(reports)
    assert boards([found]) == [["Nämnd 1", "Nämnd 3", "Nämnd 4"]]
    assert "3 comments are at least 9" in found.message


def test_same_comment_within_one_board_is_not_a_finding() -> None:
    report = with_comment(with_comment(made.many(1, 4)[0], 0, LONG), 1, LONG)
    assert list(same_comments([report])) == []


def test_other_comment_with_the_same_words_is_not_a_finding() -> None:
    reports = made.many(2, 2)
    reports[0] = with_comment(reports[0], 0, LONG)
    reports[1] = with_comment(reports[1], 0, " ".join(reversed(LONG.split())))
    assert list(same_comments(reports)) == []


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("Se ovan", True),
        ("se ovan.", True),
        ("Se svar under Strategi 4:2.", True),
        ("(Se punkt 1.2)", True),
        ("Se ovan. Vi har också två fältassistenter.", False),
        ("Se till att grinden är låst.", False),
        ("", False),
    ],
)
def test_comments_that_only_point_elsewhere(comment: str, found: bool) -> None:
    report = with_comment(made.many(1, 1)[0], 0, comment)
    assert bool(list(consistency.empty_comments([report], load_phrases()))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Numbers that the tax agency gives out for tests.
        ("Kontakta 19900118-9811 om detta", ["19900118-9811"]),
        ("nr 9001189811.", ["9001189811"]),
        ("900118 9811", ["900118 9811"]),
        ("900118-\n9811", ["900118-\n9811"]),
        ("samordningsnummer 701063-2391", ["701063-2391"]),
        ("fel siffra 900118-9812", []),
        ("fel datum 901318-9811", []),
        ("organisationsnummer 212000-1355", []),
        ("diarienummer 2025-01189811", []),
        ("telefon 031-365 00 00, 0701234567", []),
        ("belopp 1990011898110", []),
    ],
)
def test_personal_numbers_are_those_that_are_valid(text: str, found: list[str]) -> None:
    assert numbers(text) == found


def test_personal_number_is_named_by_place_and_not_printed(tmp_path: Path) -> None:
    report = with_comment(made.report(), 1, "Vi talade med 900118-9811.")
    (found,) = personal_data([report])
    assert found.message == "900118-**** in comment"
    assert (found.places[0].key, found.places[0].at) == ("2/#1", "lines 19–21")
    output = check(made.write_datasets(tmp_path / "out", report)).output
    assert "9811" not in output


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ring 031-365 00 00 eller 0701234567", ["031-365 00 00", "0701234567"]),
        ("+46 70 123 45 67.", ["+46 70 123 45 67"]),
        ("tel. (031) 365 00 00", ["(031) 365 00 00"]),
        ("diarienummer 2025-01189811 och 0123-456/24", []),
        ("belopp 1 234 567 kr och 31 365 000 kr", []),
        ("organisationsnummer 212000-1355", []),
        ("2024-01-01 till 2025-12-31", []),
        ("lag (2023:196)", []),
        ("fel siffra 040229-9812", []),
    ],
)
def test_phone_numbers_are_those_that_can_be_dialled(text: str, found: list[str]) -> None:
    assert phones(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Skriv till anna.ek@aspnaset.se.", ["anna.ek@aspnaset.se"]),
        ("(trygg@aspnäset.se), b@c.se;", ["trygg@aspnäset.se", "b@c.se"]),
        ("@kommunen, a@b, @, x@y..se", []),
    ],
)
def test_addresses_are_those_of_valid_form(text: str, found: list[str]) -> None:
    assert addresses(text) == found


def test_phone_and_address_are_not_printed(tmp_path: Path) -> None:
    report = with_comment(made.report(), 1, "Ring 070-123 45 67 eller anna.ek@aspnaset.se.")
    found = [(finding.kind, finding.message) for finding in personal_data([report])]
    assert found == [
        (Kind.PHONE_NUMBER, "070-*** ** ** in comment"),
        (Kind.EMAIL, "***@aspnaset.se in comment"),
    ]


@given(st.text("0123456789-+ @.a", max_size=30))
def test_no_string_breaks_the_search_for_phones_and_addresses(text: str) -> None:
    assert all(found in text for found in (*phones(text), *addresses(text)))


@given(st.text("0123456789-+ ", max_size=30))
def test_no_string_of_digits_breaks_the_search(text: str) -> None:
    assert all(number in text for number in numbers(text))


def test_failed_report_is_a_finding(tmp_path: Path) -> None:
    folder = made.write_datasets(tmp_path / "out", made.failed(), *made.many(2, 2))
    assert "could not be read: tom.txt is empty." in check(folder).output


def test_json_names_kind_and_places(tmp_path: Path) -> None:
    folder = made.write_datasets(tmp_path / "out", made.failed(), *made.many(2, 2))
    (finding,) = json.loads(check(folder, "--json").output)
    assert finding["kind"] == Kind.FAILED
    assert finding["places"][0]["source"] == "tom.txt"


def test_broken_phrases_name_the_key(tmp_path: Path) -> None:
    phrases = tmp_path / "phrases.toml"
    phrases.write_text('say_nothing = ["se ovan"]\n')
    folder = made.write_datasets(tmp_path / "out", *made.many(1, 1))
    result = CliRunner().invoke(command, [str(folder), "--phrases", str(phrases)])
    assert result.exit_code == 2
    assert "say_nothing" in result.stderr


def covered(tmp_path: Path) -> Path:
    """A board that answered all, one that left one blank and was spared a section, one that lacks
    a question."""
    first = made.report()
    blank = replace(first.answers[1], answer="", code="missing")
    spared = made.report(
        "b.txt",
        report_id="b" * 16,
        organisation="Boda AB",
        sections=(replace(first.sections[0], asked=False), *first.sections[1:]),
        answers=(blank,),
        themes=(),
    )
    short = made.report(
        "c.txt", report_id="c" * 16, organisation="Celsa; bolag", answers=first.answers[:1]
    )
    return made.write_datasets(tmp_path / "out", first, spared, short)


def test_coverage_distinguishes_answered_blank_not_asked_lacking_and_no_report(
    tmp_path: Path,
) -> None:
    out = covered(tmp_path)
    (tmp_path / "boards.csv").write_text(
        "Nämnd;Alias\nAspnäset;aspnäsets  stadsdelsnämnd\nDalnämnden\n", encoding="utf-8-sig"
    )
    page = check(
        out, "--expected", tmp_path / "boards.csv", "--coverage", tmp_path / "c.csv"
    ).output
    rows = list(csv.reader((tmp_path / "c.csv").read_text(encoding="utf-8").splitlines()))
    assert rows == [
        ["key", "Aspnäset", "Boda AB", "Celsa; bolag", "Dalnämnden"],
        ["1/1:1", "answered", "not asked", "answered", "no report"],
        ["2/#1", "answered", "blank", "lacking", "no report"],
    ]
    counted = {line.split("  ")[0].strip(): line.split()[-5:] for line in page.splitlines()}
    assert counted["Boda AB"] == ["0", "1", "1", "0", "0"]
    assert counted["Dalnämnden"] == ["0", "0", "0", "0", "2"]
    assert "Aspnäset " not in page  # it answered all
    assert "Dalnämnden: no report" in page
    assert "Aspnäset: no report" not in page


def test_strict_check_exits_with_6_only_where_something_is_found(tmp_path: Path) -> None:
    agreeing = made.write_datasets(tmp_path / "a", *made.many(4, 10))
    assert check(agreeing, "--strict").return_value == 0
    failing = made.write_datasets(tmp_path / "b", made.report(), made.failed())
    assert check(failing, "--strict").return_value == 6
    assert check(failing).return_value == 0
