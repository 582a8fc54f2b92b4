"""Checks on a finished report: lost and doubled text, and doubt that spreads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.checks import lost_rows, other_problems, torn_rows, unread_tables, untiled
from extractors.doubts import doubt_all, doubt_torn, doubt_unanswered
from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Box, Document, Format, Line, Page
from models.report import Answer, Part, Role, Severity

ANSWER = Answer(1, "1", "1/#1", None, "Har ni en plan?", "", "Ja", "yes", "Den är ny.")


def document(*texts: str) -> Document:
    lines = tuple(Line(number, text) for number, text in enumerate(texts, start=1))
    return Document(Format.TEXT, "text", (Page(1, lines=lines),), paged=False)


def test_text_in_no_part_is_lost_and_in_two_is_duplicated():
    parts = [
        Part(Role.ANSWER, 1, 1, 3),
        Part(Role.COMMENT, 1, 4, 8),
        Part(Role.COMMENT, 2, 0, 3),
        Part(Role.QUESTION, 2, 2, 3),
    ]
    found = list(untiled(document(" Ja Den är", "Ny.", "", "  borta"), parts))
    assert found == [(1, "är", False), (2, ".", True), (4, "borta", False)]


def test_spaces_need_no_part():
    assert list(untiled(document("  Ja ", ""), [Part(Role.ANSWER, 1, 2, 4)])) == []


def test_the_header_of_a_table_whose_rows_were_not_read_makes_the_report_partial():
    """A cut row below a repeated header, with no line between, was left as text: status `ok`."""
    form = builtin_forms()[0]
    lines = ("Frågor  Svarsalternativ", "Kommentar", "Finns en plan?", "", "", "Frågan om svar.")
    parts = [Part(Role.OTHER, n, 0, len(text)) for n, text in enumerate(lines, 1) if text]
    lost, text = other_problems(document(*lines), parts, form)
    assert (lost.severity, lost.code, lost.line) == (Severity.ERROR, "table-unread", 1)
    assert (text.severity, text.code, text.line) == (Severity.WARNING, "text-other", 6)


def test_a_table_header_with_text_below_it_makes_the_report_partial():
    """Rows whose columns are not below their headers were left as instructions."""
    lines = ("Fråga  Svar", "Sida 3", "Finns en plan?", "Fråga  Svar", "Följs den upp?")
    roles = (Role.TABLE_HEAD, Role.RUNNING, Role.INSTRUCTION, Role.TABLE_HEAD, Role.QUESTION)
    parts = [Part(role, n, 0, len(lines[n - 1])) for n, role in enumerate(roles, 1)]
    (problem,) = unread_tables(document(*lines), parts, builtin_forms()[0])
    assert (problem.severity, problem.code, problem.line) == (Severity.ERROR, "table-unread", 3)


def test_a_header_above_the_rest_of_a_cut_row_is_not_an_unread_table():
    """The file had the left column first: header and text seemed adjacent; `ok` was `partial`."""
    heights = {"Fråga": 80, "Läs planen.": 120, "Svar": 80, "i fjol.": 100}
    lines = [
        Line(n, text, 2, Box(60, top, 260, top + 10))
        for n, (text, top) in enumerate(heights.items(), 1)
    ]
    roles = (Role.TABLE_HEAD, Role.INSTRUCTION, Role.TABLE_HEAD, Role.COMMENT)
    parts = [Part(role, n, 0, len(lines[n - 1].text)) for n, role in enumerate(roles, 1)]
    page = replace(document("").pages[0], number=2, lines=tuple(lines))
    assert not unread_tables(replace(document(""), pages=(page,)), parts, builtin_forms()[0])


def test_running_text_with_a_question_and_its_answer_makes_the_report_partial():
    """A page break cut the column headers, so the table's rows were left as instructions."""
    lines = ("Läs planen.", "Frå", "ga", "Finns en plan?", "Ja", "Den är ny.")
    parts = [Part(Role.INSTRUCTION, n, 0, len(text)) for n, text in enumerate(lines, 1)]
    form = builtin_forms()[0]
    (problem,) = unread_tables(document(*lines), parts, form)
    assert (problem.severity, problem.code, problem.line) == (Severity.ERROR, "table-unread", 1)
    assert not unread_tables(document(*lines), [*parts[:4], *parts[5:]], form)


def test_questions_among_running_lines_make_the_report_partial():
    """Rows without answers, alike on page after page, were dropped with the status `ok`."""
    lines = ("Uppföljning 2031", "Finns en plan?", "Uppföljning 2031", "Finns en plan?")
    parts = [Part(Role.RUNNING, n, 0, len(text)) for n, text in enumerate(lines, 1)]
    (problem,) = lost_rows(document(*lines), parts, builtin_forms()[0])
    assert (problem.severity, problem.code, problem.line) == (Severity.ERROR, "table-unread", 2)


@pytest.mark.parametrize(("last", "count"), [("Nej", 1), ("Nej, inte än.", 0)])
def test_a_row_with_several_questions_and_answers_makes_the_report_partial(last: str, count: int):
    """Rows of one line without gaps were read as one on each page, with the status `ok`."""
    lines = ("Finns en plan?", "Följs den upp?", "Ja", last)
    roles = (Role.QUESTION, Role.DETAIL, Role.ANSWER, Role.COMMENT)
    parts = [Part(role, n, 0, len(lines[n - 1]), position=1) for n, role in enumerate(roles, 1)]
    assert len(lost_rows(document(*lines), parts, builtin_forms()[0])) == count


def test_instructions_that_list_the_answers_are_not_an_unread_table():
    """Such an introduction made the whole report `partial`."""
    form = builtin_forms()[0]
    listed = ("Välj ett av svaren:", "Ja", "Delvis", "Nej", "Hur skriver man kommentaren? Kort.")
    for lines, count in (
        (listed, 0),
        ((*listed[:3], "Ja", listed[-1]), 1),
        (("Finns en plan?", *listed[1:]), 1),
    ):
        parts = [Part(Role.INSTRUCTION, n, 0, len(text)) for n, text in enumerate(lines, 1)]
        assert len(unread_tables(document(*lines), parts, form)) == count


def test_where_most_answers_are_doubtful_none_is_sure():
    weak = replace(ANSWER, confidence=0.6, flags=("column-uncertain",))
    answers, (problem,) = doubt_all([weak, weak, weak, weak, ANSWER])
    assert answers[:4] == (weak,) * 4
    assert answers[4].confidence < 0.9
    assert "report-uncertain" in answers[4].flags
    assert "4 of 5" in problem.message


def test_some_doubtful_answers_leave_the_others_alone():
    weak = replace(ANSWER, confidence=0.6)
    answers = (weak, weak, weak, weak, ANSWER, ANSWER, ANSWER, ANSWER)
    assert doubt_all(answers) == (answers, [])


def test_if_most_answers_are_blank_or_unknown_all_are_doubtful():
    blank = replace(ANSWER, answer="", code="missing", flags=("answer-blank",))
    unknown = replace(ANSWER, answer="Rött", code="other", flags=("answer-unknown",))
    answers, (problem,) = doubt_unanswered([blank, unknown, ANSWER])
    assert all(answer.confidence < 0.9 for answer in answers)
    assert all("report-uncertain" in answer.flags for answer in answers)
    assert (problem.code, problem.severity) == ("answers-missing", "error")
    assert problem.message.startswith("1 of 3 answers are blank, and 1 ")
    assert doubt_unanswered([blank, ANSWER]) == ((blank, ANSWER), [])


def test_a_report_most_of_whose_answers_are_blank_is_not_ok():
    row = "<tr><td>{}?<td>{}<td>Text om {}."
    answers = ["Ja", "", "", "Grönt"]
    body = "".join(row.format(f"Fråga {n}", answer, n) for n, answer in enumerate(answers))
    page = f"<html><table><tr><td>Fråga<td>Svar<td>Kommentar{body}</table></html>"
    report = extract_bytes(page.encode(), "r.html", builtin_forms(), builtin_taxonomy())
    assert report.status == "partial"
    assert report.confidence < 0.7
    assert "answers-missing" in [problem.code for problem in report.problems]


@pytest.mark.parametrize(
    ("above", "below", "torn"),
    [
        ("Platser finns, men antalet", "räcker inte till.", True),
        ("Platser finns.", "räcker inte till.", False),
        ("Platser finns, men antalet", "2.2 Samverkan", False),
        ("Platser finns för", "a) den som är utsatt", False),
    ],
)
def test_a_row_that_goes_on_outside_its_table_on_the_next_page_is_doubted(
    above: str, below: str, torn: bool
) -> None:
    """The rest of a comment had become an instruction, and the row looked whole."""
    pages = (
        Page(1, lines=(Line(1, "Har ni en plan?", 1), Line(2, above, 1))),
        Page(2, lines=(Line(3, "2 (2)", 2), Line(4, below, 2))),
    )
    parts = [
        Part(Role.QUESTION, 1, 0, 15, 1, position=1),
        Part(Role.COMMENT, 2, 0, len(above), 1, position=1),
        Part(Role.RUNNING, 3, 0, 5, 2),
        Part(Role.INSTRUCTION, 4, 0, len(below), 2),
    ]
    found = torn_rows(Document(Format.PDF, "pdfium", pages), parts)
    assert found == ({1} if torn else set())
    (doubted,) = doubt_torn([ANSWER], found)
    assert ("cut-uncertain" in doubted.flags, doubted.confidence < 0.9) == (torn, torn)
