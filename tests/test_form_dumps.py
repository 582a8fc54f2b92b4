"""Text dumps by forms that have other columns or no tables: read with doubt, or refused."""

from __future__ import annotations

from extractors.extract import extract_bytes
from extractors.themes import builtin_taxonomy
from models.report import Report
from tests.test_form_tables import form
from tests.test_outside_tables import form as written

COLUMNS = """\
Bilaga 1

Kravnummer    Kravets lydelse           Uppfyllelse   Ansvarig    Motivering
K1            Larmet provas varje       Ja            Driften     Vakten gör det varje måndag
              vecka.                                              och för journal.
K2            Dörrar hålls fria.        Nej                       Det är inte gjort.
K3            Planen är känd.           Ja            Staben
"""
CELLS = """\
Kravnummer

Kravets lydelse

Uppfyllelse

Ansvarig

Motivering

K1

Larmet provas varje vecka.

Ja
"""
NUMBERED = """\
Beredskap

1. Finns en plan?
Svar: Ja
Planen antogs i maj
och ses över varje år.
2. Övas den?
Svar: Nej
3. Är den känd?
Svar: Ja
"""


def read(text: str, *forms: object) -> Report:
    return extract_bytes(text.encode(), "krav.txt", forms, builtin_taxonomy())  # type: ignore[arg-type]


def test_columns_laid_out_with_spaces_are_read_and_every_row_is_doubtful() -> None:
    report = read(COLUMNS, form())
    assert [(own.ref, own.question, own.answer, own.comment) for own in report.answers] == [
        ("K1", "Larmet provas varje vecka.", "Ja", "Vakten gör det varje måndag och för journal."),
        ("K2", "Dörrar hålls fria.", "Nej", "Det är inte gjort."),
        ("K3", "Planen är känd.", "Ja", ""),
    ]
    assert [own.extra for own in report.answers] == [("Driften",), ("",), ("Staben",)]
    assert all("column-uncertain" in own.flags for own in report.answers)
    assert max(own.confidence for own in report.answers) <= 0.6
    assert "columns-by-blanks" in {problem.code for problem in report.problems}
    assert report.status == "partial"


def test_cell_after_cell_is_refused_with_what_to_hand_in() -> None:
    report = read(CELLS, form())
    assert report.answers == ()
    (problem,) = (own for own in report.problems if own.code == "form-needs-columns")
    assert "PDF" in problem.message


def test_a_reference_column_with_more_than_a_reference_is_doubted() -> None:
    report = read(COLUMNS.replace("K3 ", "Brandskydd\nK3 "), form())
    strange = [own for own in report.answers if own.ref not in {"K1", "K2", "K3"}]
    assert all("question-uncertain" in own.flags for own in strange)
    assert strange


def test_numbered_questions_are_found_line_by_line_and_missing_sections_reported() -> None:
    headings = {"numbered": False, "headings": True}
    of = written("reference", reference_looks=["1."], sections=headings)
    report = read(NUMBERED, of)
    assert [(own.ref, own.answer) for own in report.answers] == [
        ("1", "Ja"),
        ("2", "Nej"),
        ("3", "Ja"),
    ]
    assert report.answers[0].comment == "Planen antogs i maj och ses över varje år."
    assert all("join-uncertain" in own.flags for own in report.answers)
    assert "form-needs-headings" in {problem.code for problem in report.problems}


def test_a_comment_that_touches_the_page_number_is_kept_and_doubtful() -> None:
    """The whole comment went with the number, and the report was `ok`."""
    dump = "\f".join(
        f"{n}. Finns plan {n}?\n\nSvar: Ja\n\nDen är ny och följs\nupp varje år.\nSida {n} av 3\n"
        for n in (1, 2, 3)
    )
    report = read(dump, written("reference", reference_looks=["1."]))
    assert {own.comment for own in report.answers} == {"Den är ny och följs upp varje år."}
    assert all("comment-uncertain" in own.flags for own in report.answers)
