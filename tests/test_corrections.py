"""Corrections of a report: each kind, what becomes of it, and what is never done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from models.corrections import Correction, Kind, RowText, ThemeMark
from models.report import Mention, Report
from pipeline.corrections.making import make
from tests.correction_helpers import BOARD, corrected, fix, read


def states(report: Report) -> list[str]:
    return [str(item.state) for item in report.corrections]


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def mark(mention: Mention, **changes: object) -> ThemeMark:
    names = ("theme", "surface", "start", "end", "sentence", "assertion")
    return ThemeMark(**({name: getattr(mention, name) for name in names} | changes))  # type: ignore[arg-type]


def test_without_corrections_a_report_stays_as_it_was_read() -> None:
    assert corrected(read()) == read()


def test_corrected_answer_gets_its_code_and_removes_the_contradiction() -> None:
    report = read()
    doubted = replace(
        report,
        answers=tuple(
            replace(a, flags=("answer-uncertain", "contradiction")) if a.position == 2 else a
            for a in report.answers
        ),
    )
    found = corrected(doubted, fix(doubted, 2, "answer", "Ja"))
    answer = found.answers[1]
    assert (answer.answer, answer.code, answer.corrected) == ("Ja", "yes", ("answer",))
    assert answer.flags == ()
    (outcome,) = found.corrections
    assert (outcome.read, outcome.corrected, outcome.state) == ("Nej", "Ja", "active")
    assert (outcome.position, outcome.key, outcome.reviewer) == (2, "1/#2", "Kim")
    assert [a for a in found.answers if a.position != 2] == [
        a for a in doubted.answers if a.position != 2
    ]


def test_corrected_comment_is_searched_for_themes_again() -> None:
    report = read()
    assert "sspf" in {m.theme for m in report.themes if m.position == 2}
    found = corrected(report, fix(report, 2, "comment", "Vi arbetar med våldsprevention."))
    assert "sspf" not in {m.theme for m in found.themes if m.position == 2}
    for mention in found.themes:
        comment = found.answers[mention.position - 1].comment
        assert comment[mention.start : mention.end] == mention.surface
    assert [m for m in found.themes if m.position != 2] == [
        m for m in report.themes if m.position != 2
    ]


def test_corrected_answer_that_its_comment_contradicts_is_flagged() -> None:
    report = read(BOARD + "3 | Finns en lägesbild? | Nej | Någon lägesbild finns inte.\n")
    found = corrected(report, fix(report, 5, "answer", "Ja"))
    assert "contradiction" in found.answers[4].flags
    assert "contradiction" in codes(found)


def test_false_row_is_removed_and_later_rows_move_up() -> None:
    report = read()
    found = corrected(report, make("Kim", report, Kind.FALSE_ROW, 1))
    assert [a.position for a in found.answers] == [1, 2, 3]
    assert [a.key for a in found.answers] == ["1/#1", "2/#1", "2/#2"]
    assert {m.position for m in found.themes} <= {1, 2, 3}
    assert [m.theme for m in found.themes if m.position == 1] == [
        m.theme for m in report.themes if m.position == 2
    ]
    (outcome,) = found.corrections
    assert (outcome.position, outcome.field, outcome.corrected) == (None, "row", "")
    assert outcome.read.startswith("Har ni folk ute")


def test_missed_row_comes_after_the_row_before_it() -> None:
    report = read()
    row = RowText(section="1", question="Har ni kameror?", answer="Nej", comment="SSPF räcker.")
    found = corrected(report, make("Kim", report, Kind.MISSED_ROW, 1, rows=(row,), page=3))
    assert [a.question for a in found.answers][:3] == [
        "Har ni folk ute på kvällarna?",
        "Har ni kameror?",
        "Samverkar ni med polisen?",
    ]
    added = found.answers[1]
    assert (added.key, added.code, added.page_first, added.position) == ("1/#2", "no", 3, 2)
    assert found.answers[2].key == "1/#3"
    assert "sspf" in {m.theme for m in found.themes if m.position == 2}


def test_missed_row_can_be_the_first() -> None:
    report = read()
    row = RowText(section="1", question="Först?", answer="Ja")
    found = corrected(report, make("Kim", report, Kind.MISSED_ROW, 0, rows=(row,)))
    assert found.answers[0].question == "Först?"
    assert len(found.answers) == 5


def test_two_rows_become_one_and_one_row_two() -> None:
    report = read()
    first, second = (RowText.of(a) for a in report.answers[:2])
    joined = first.model_copy(update={"comment": f"{first.comment} {second.comment}"})
    found = corrected(report, make("Kim", report, Kind.ONE_ROW, 1, rows=(joined,)))
    assert len(found.answers) == 3
    assert found.answers[0].comment == joined.comment
    assert "sspf" in {m.theme for m in found.themes if m.position == 1}
    split = make("Kim", report, Kind.TWO_ROWS, 4, rows=(RowText(section="2", question="A?"),) * 2)
    found = corrected(report, split)
    assert [a.question for a in found.answers][3:] == ["A?", "A?"]
    assert "answer-blank" in found.answers[4].flags


def test_wrong_section_is_put_right_and_renames_the_rows_of_both() -> None:
    report = read()
    found = corrected(report, fix(report, 3, "section", "1"))
    assert [a.key for a in found.answers] == ["1/#1", "1/#2", "1/#3", "2/#1"]


def test_theme_is_struck_added_and_given_another_assertion() -> None:
    report = read()
    sspf = next(m for m in report.themes if m.theme == "sspf")
    struck = make("Kim", report, Kind.THEME_STRUCK, 2, mention=mark(sspf))
    planned = make("Kim", report, Kind.ASSERTION, 2, mention=mark(sspf), value="planned")
    start = report.answers[0].comment.index("torget")
    plats = ThemeMark(
        theme="sspf",
        surface="torget",
        start=start,
        end=start + 6,
        sentence=report.answers[0].comment,
    )
    added = make("Kim", report, Kind.THEME_ADDED, 1, mention=plats)
    found = corrected(report, struck, added)
    assert [(m.position, m.surface) for m in found.themes if m.theme == "sspf"] == [(1, "torget")]
    assert [a.corrected for a in found.answers[:2]] == [("themes",), ("themes",)]
    found = corrected(report, planned)
    assert [m.assertion for m in found.themes if m.theme == "sspf"] == ["planned"]


def test_theme_correction_follows_its_sentence_into_a_corrected_comment() -> None:
    report = read()
    sspf = next(m for m in report.themes if m.theme == "sspf")
    longer = fix(report, 2, "comment", f"Polisen leder. {report.answers[1].comment}")
    planned = make("Kim", report, Kind.ASSERTION, 2, mention=mark(sspf), value="planned")
    found = corrected(report, longer, planned)
    (mention,) = [m for m in found.themes if m.theme == "sspf"]
    assert (mention.assertion, mention.start) == ("planned", sspf.start + len("Polisen leder. "))


def test_value_that_is_now_read_as_corrected_is_resolved() -> None:
    report = read()
    correction = fix(report, 2, "answer", "Ja")
    newer = read(BOARD.replace("polisen? | Nej", "polisen? | Ja"))
    found = corrected(replace(newer, report_id=report.report_id), correction)
    assert states(found) == ["resolved"]
    assert found.answers[1].corrected == ()


@pytest.mark.parametrize("now", ["Delvis", ""])
def test_value_that_now_reads_otherwise_is_stale_and_comes_up(now: str) -> None:
    report = read()
    correction = fix(report, 2, "answer", "Ja")
    newer = read(BOARD.replace("polisen? | Nej", f"polisen? | {now}"))
    found = corrected(replace(newer, report_id=report.report_id), correction)
    assert states(found) == ["stale"]
    assert found.answers[1].answer == now
    assert "correction-stale" in found.answers[1].flags
    assert "correction-stale" in codes(found)


def test_short_answer_is_not_corrected_in_a_row_that_otherwise_reads_differently() -> None:
    report = read()
    correction = fix(report, 2, "answer", "Ja")
    newer = read(BOARD.replace("Vi deltar i SSPF varje månad.", "Vi avvaktar."))
    found = corrected(replace(newer, report_id=report.report_id), correction)
    assert states(found) == ["stale"]
    assert found.answers[1].answer == "Nej"


def test_row_that_moved_is_found_by_its_text() -> None:
    report = read()
    correction = fix(report, 4, "answer", "Nej")
    newer = read(BOARD.replace("2 | Finns", "1 | Ny rad? | Ja | Nytt.\n2 | Finns"))
    found = corrected(newer, correction)
    assert states(found) == ["active"]
    assert (found.answers[4].answer, found.answers[3].answer) == ("Nej", "Delvis")


def test_rows_that_read_the_same_are_not_taken_for_one_another() -> None:
    line = "3 | Samma fråga? | Ja | Samma svar.\n"
    report = read(BOARD + line)
    correction = fix(report, 5, "answer", "Nej")
    newer = read(line.replace("3", "0") + line + line + BOARD)
    assert states(corrected(newer, correction)) == ["stale"]


def test_reviewers_who_differ_are_shown_and_neither_is_applied() -> None:
    report = read()
    found = corrected(
        report, fix(report, 2, "answer", "Ja"), fix(report, 2, "answer", "Delvis", "Noor")
    )
    assert states(found) == ["conflict", "conflict"]
    assert found.answers[1].answer == "Nej"
    assert "correction-conflict" in found.answers[1].flags
    assert {item.reason for item in found.corrections} == {
        "Reviewers differ: Noor.",
        "Reviewers differ: Kim.",
    }


def test_reviewers_who_agree_are_both_active() -> None:
    report = read()
    found = corrected(
        report, fix(report, 2, "answer", "Ja"), fix(report, 2, "answer", "Ja", "Noor")
    )
    assert states(found) == ["active", "active"]
    assert found.answers[1].answer == "Ja"


def test_one_strikes_a_row_that_another_corrects_is_a_conflict() -> None:
    report = read()
    found = corrected(
        report, fix(report, 2, "answer", "Ja"), make("Noor", report, Kind.FALSE_ROW, 2)
    )
    assert states(found) == ["conflict", "conflict"]
    assert len(found.answers) == 4


def test_reviewers_who_differ_on_a_theme_are_shown() -> None:
    report = read()
    sspf = next(m for m in report.themes if m.theme == "sspf")
    found = corrected(
        report,
        make("Kim", report, Kind.THEME_STRUCK, 2, mention=mark(sspf)),
        make("Noor", report, Kind.ASSERTION, 2, mention=mark(sspf), value="ended"),
    )
    assert states(found) == ["conflict", "conflict"]
    assert found.themes == report.themes


def test_correction_whose_digest_is_not_that_of_its_text_is_refused() -> None:
    correction = fix(read(), 2, "answer", "Ja")
    content = correction.model_dump()
    content["read"][0]["comment"] = "något annat"
    with pytest.raises(ValidationError, match="digest"):
        Correction.model_validate(content)


@pytest.mark.parametrize(
    "changes",
    [{"field": "confidence"}, {"kind": "one-row"}, {"kind": "theme-added"}, {"kind": "withdrawn"}],
)
def test_incomplete_correction_is_refused(changes: dict[str, str]) -> None:
    content = fix(read(), 2, "answer", "Ja").model_dump() | changes
    with pytest.raises(ValidationError):
        Correction.model_validate(content)
