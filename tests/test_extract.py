"""The whole way on one page: good dumps, bad input, and nothing lost on either."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.checks import untiled
from extractors.extract import extract, extract_bytes, read_document, report_id_of
from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Report, from_json, to_json
from tests.questionnaires import draw

# A tilde stands for a line that holds only a blank: the trace of an empty paragraph in a cell.
DUMP = """Anvisning

Svaren gäller hela året.
 1 Trygghet i hamnen

Anvisning

Svara kort.

Uppföljningsfrågor Svarsalternativ med kommentar

Arbetar ni med belysning?
~
Strategi 1:1 Staden ska belysa
gångstråk.

 Ja
~

Vi har bytt 40 lampor.

Fler kommer under hösten.

Har ni trygghetsvandringar?
~
Strategi 1:2 Vandringar ska hållas
varje år.

 Ej aktuellt
~

Vi har ingen verksamhet på plats.

1.1 Bostäder
Ska ej besvaras av hamnstyrelsen
""".replace("~", " ")


def read(text: str | bytes, name: str = "rapport.txt") -> Report:
    data = text.encode() if isinstance(text, str) else text
    return extract_bytes(data, name, builtin_forms(), builtin_taxonomy())


def test_a_small_dump_is_read_completely():
    report = read(DUMP)
    assert report.status == "ok"
    assert report.form == "trygghet"
    assert report.preamble == "Svaren gäller hela året."
    assert report.organisation == "hamnstyrelsen"
    assert [(s.section, s.title, s.asked, s.instruction) for s in report.sections] == [
        ("1", "Trygghet i hamnen", True, "Svara kort."),
        ("1.1", "Bostäder", False, ""),
    ]
    first, second = report.answers
    assert (first.key, first.ref, first.answer, first.code) == ("1/1:1", "1:1", "Ja", "yes")
    assert first.question == "Arbetar ni med belysning?"
    assert first.detail == "Strategi 1:1 Staden ska belysa gångstråk."
    assert first.comment == "Vi har bytt 40 lampor.\n\nFler kommer under hösten."
    assert (first.line_first, first.line_last) == (12, 22)
    assert (first.page_first, first.boxes) == (None, ())
    assert (second.key, second.code) == ("1/1:2", "not_applicable")


def test_the_report_id_comes_from_the_bytes():
    assert read(DUMP).report_id == report_id_of(DUMP.encode())
    assert len(read(DUMP).report_id) == 16


def test_a_report_is_restored_completely_from_its_json():
    report = read(DUMP)
    assert from_json(to_json(report)) == report


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (bytes(range(256)) * 10, "binary"),
        (b"%PDF-1.7 cut short", "broken-pdf"),
        (b"PK\x03\x04 no word file", "broken-docx"),
        ("Ett brev utan några frågor.\n".encode(), "no-form"),
    ],
)
def test_bad_input_gives_a_failed_report_that_says_why(data, code):
    report = read(data)
    assert report.status == "failed"
    assert not report.answers
    (problem,) = [problem for problem in report.problems if problem.severity == "error"]
    assert problem.code == code
    assert problem.message.endswith((".", "?", "”."))


def test_zero_answers_is_never_ok():
    head = DUMP.split("Arbetar ni", maxsplit=1)[0]
    report = read(head)
    assert report.answers == ()
    assert report.status == "failed"
    assert any(problem.severity == "error" for problem in report.problems)


def test_when_no_form_fits_the_nearest_one_is_named_with_what_is_missing():
    report = read("1 Rubrik\n\nUppföljningsfrågor Svar\n\nHur då?\n\n Ja\n")
    (problem,) = report.problems
    assert "“trygghet” came closest" in problem.message
    assert "lacks its column headers “Uppföljningsfrågor”, “Svar”, “Kommentarer”" in problem.message
    assert "svar form suggest" in problem.advice
    assert "--form" in problem.advice


def test_when_no_form_fits_the_reports_own_headers_are_named_with_their_pages(form, taxonomy):
    drawn = draw("security", "en", "pdf", 1)
    report = extract_bytes(drawn.data, drawn.name, [form], taxonomy)
    (problem,) = report.problems
    assert "headers “Question ID | Assessment question | Provider answer | " in problem.message
    assert "(20 rows on pages 1-2)" in problem.message
    assert "trygghet" not in problem.message
    assert f"svar form suggest {drawn.name} -o FORM.toml" in problem.advice


def test_a_file_that_is_not_there_is_the_callers_error(tmp_path, form, taxonomy):
    with pytest.raises(FileNotFoundError):
        extract(tmp_path / "borta.txt", [form], taxonomy)


def test_the_name_does_not_decide_what_a_file_is():
    assert read(DUMP, "rapport.pdf").problems[0].code == "broken-pdf"
    assert read(b"%PDF-1.4", "rapport.txt").problems[0].code == "broken-pdf"


def test_both_readers_on_a_text_read_it_once(form, taxonomy):
    options = Options(reader="both")
    assert extract_bytes(
        DUMP.encode(), "r.txt", [form], taxonomy, options=options
    ) == extract_bytes(DUMP.encode(), "r.txt", [form], taxonomy)


WORDS = st.sampled_from(
    [
        "Uppföljningsfrågor Svarsalternativ med kommentar",
        "Uppföljningsfrågor Svar Kommentar",
        "Uppföljningsfrågor",
        "Svar",
        "Kommentar",
        " Ja",
        " Delvis Vi har",
        "● Nej",
        "Anvisning",
        "1 Rubrik",
        "1.1 av planen.",
        "2 Nästa",
        "Ska ej besvaras av nämnden",
        "Har ni gjort det?",
        "Strategi 1:1 Staden ska",
        "2:3:1 Har det skett?",
        "en rad text som",
        "Slut.",
        "4 (33)",
        "",
        " ",
        "\f",
        "Fråga    Svar",
    ]
)


@settings(max_examples=150, deadline=None)
@example(
    ["\f", "Fråga    Svar", "Uppföljningsfrågor Svarsalternativ med kommentar", "Fråga    Svar"]
)
@example(
    [
        "Uppföljningsfrågor",
        *["Uppföljningsfrågor Svarsalternativ med kommentar"] * 2,
        "Svar",
        "Uppföljningsfrågor Svarsalternativ med kommentar",
        " Ja",
        "Svar",
        "\f",
        "Uppföljningsfrågor Svarsalternativ med kommentar",
    ]
)
@example(["Uppföljningsfrågor Svar Kommentar", "Uppföljningsfrågor", " Ja", " Delvis Vi har"])
@given(st.lists(WORDS, max_size=40))
def test_any_order_of_lines_loses_and_doubles_nothing(lines):
    data = "\n".join(lines).encode()
    report = read(data)
    assert not [problem for problem in report.problems if problem.code.startswith("text-lost")]
    assert not [problem for problem in report.problems if problem.code == "text-doubled"]
    if report.answers:
        assert list(untiled(read_document(data, "r.txt"), report.parts)) == []
    for answer in report.answers:
        assert answer.code == "missing" or answer.answer
