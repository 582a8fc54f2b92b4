"""The built-in forms read what they are for, and none takes a report from another."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from tests.generator import make_board
from tests.generator.kinds import render

CAIQ = (
    "Question ID", "Question", "CSP CAIQ Answer", "SSRM Control Ownership",
    "CSP Implementation Description (Optional/Recommended)",
    "CSC Responsibilities (Optional/Recommended)", "CCM Control ID", "CCM Control Specification",
    "CCM Control Title", "CCM Domain Title",
)  # fmt: skip


def _read(heads, rows, heading=""):
    document = docx.Document()
    if heading:
        document.add_heading(heading, level=2)
    table = document.add_table(rows=0, cols=len(heads))
    for row in (heads, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    return extract_bytes(buffer.getvalue(), "r.docx", builtin_forms(), builtin_taxonomy())


def test_a_security_questionnaire_of_ten_columns_is_read():
    rows = [
        (
            f"A&A-0{n}.1", f"Are harbour systems of kind {n} audited?", "Yes", "CSP-owned",
            f"Audit {n} took place in May.", "", f"A&A-0{n}", "Audit them.", "Audits", "Audit",
        )
        for n in range(1, 6)
    ]  # fmt: skip
    report = _read(CAIQ, rows)
    assert (report.form, report.status, len(report.answers)) == ("caiq-v4", "ok", 5)
    first = report.answers[0]
    assert (first.ref, first.code, first.section) == ("A&A-01.1", "yes", "Audit")
    assert first.comment == "Audit 1 took place in May."
    assert "CSP-owned" in first.extra


def test_an_accessibility_report_with_answers_of_several_parts_is_read():
    rows = [
        (f"1.1.{n} Boats have names (Level A)", "Web: Supports\nSoftware: Supports", "Web: Yes.")
        for n in range(1, 5)
    ]
    heads = ("Criteria", "Conformance Level", "Remarks and Explanations")
    report = _read(heads, rows, "Table 1: Criteria, Level A")
    assert (report.form, len(report.answers)) == ("vpat-2", 4)
    assert [answer.ref for answer in report.answers] == ["1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    assert {answer.code for answer in report.answers} == {"yes"}


@pytest.mark.parametrize(
    ("heads", "word", "form"),
    [
        (("Question", "Answer", "Comment"), "No", "plain-en"),
        (("No.", "Question", "Response", "Comments"), "No", "plain-en"),
        (("Fråga", "Svar", "Kommentar"), "Nej", "plain-sv"),
        (("Nr", "Fråga", "Svar", "Kommentar"), "Nej", "numbered-sv"),
        (("Uppföljningsfrågor", "Svarsalternativ", "Kommentarer"), "Nej", "trygghet"),
    ],
)
def test_a_plain_questionnaire_is_read(heads, word, form):
    rows = [(f"Is quay {n} safe?", word, f"Quay {n} was mended.") for n in range(1, 5)]
    rows = [(str(n), *row) for n, row in enumerate(rows, 1)] if len(heads) == 4 else rows
    report = _read(heads, rows)
    assert (report.form, len(report.answers)) == (form, 4)
    assert {answer.code for answer in report.answers} == {"no"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Insats 2:4 Finns livbojar?", "trygghet"),
        ("Finns livbojar?\nFörväntat resultat: fler livbojar", "trygghet"),
        ("Finns livbojar?", "plain-sv"),
    ],
)
def test_a_general_form_yields_to_one_whose_own_words_a_report_has(said, expected):
    rows = [(said, "Ja", "Längs kajen, mellan 10 och 12.")] * 2
    assert _read(("Fråga", "Svar", "Kommentar"), rows).form == expected


@pytest.mark.parametrize("kind", ["dump", "docx"])
@pytest.mark.parametrize("seed", [1, 2, 3, 5])
def test_the_citys_own_form_loses_nothing_to_the_others(seed, kind, form):
    drawn = render(make_board(seed), kind, seed)
    alone = extract_bytes(drawn.data, drawn.name, [form], builtin_taxonomy())
    among = extract_bytes(drawn.data, drawn.name, builtin_forms(), builtin_taxonomy())
    assert among == alone
    assert among.form == "trygghet"
