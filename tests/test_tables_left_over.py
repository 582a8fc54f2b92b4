"""Tables with questions that the form does not know: the report is incomplete without them."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument

from extractors.suggesting.grids import Grid, GridCell, GridRow
from extractors.suggesting.kinds import kinds_of
from extractors.suggesting.left_over import tables_left_over
from models.report import Part, Problem, Report, Role
from tests.test_drawn_tables import Drawn
from tests.test_form_tables import HEAD, form, read, table

KNOWN = (HEAD, "K1|Larmet provas.|Ja|Driften|Av vakten.", "K2|Dörrar hålls fria.|Nej||")
ASKING = ("Kontrollpunkt|Läge", "Finns livbojar?|Ja", "Är bryggan hel?|Nej", "Finns stege?|Ja")
HEADED = ("Kriterium|Bedömning", "Bryggan är hel|God", "Stegar finns|Svag", "Belysning|God")
PEOPLE = ("Namn|Roll", "Asta Ek|Ordförande", "Bo Lind|Ledamot", "Cy Dahl|Sekreterare")
SHORT = ("Kontrollpunkt|Läge", "Finns livbojar?|Ja")


def unknown(report: Report) -> list[Problem]:
    return [problem for problem in report.problems if problem.code == "table-unknown"]


def of_word(*rows: str) -> Report:
    def fill(document: WordDocument) -> None:
        table(document, *KNOWN)
        document.add_paragraph("Bilaga")
        table(document, *rows)

    return read(fill, form())


@pytest.mark.parametrize("rows", [ASKING, HEADED])
def test_a_table_with_questions_that_is_not_in_the_form_makes_a_report_partial(rows) -> None:
    report = of_word(*rows)
    (problem,) = unknown(report)
    assert rows[0].replace("|", " | ") in problem.message
    assert "3 rows" in problem.message
    assert report.status == "partial"
    assert len(report.answers) == 2


@pytest.mark.parametrize("rows", [PEOPLE, SHORT])
def test_other_tables_do_not_make_it_partial(rows) -> None:
    report = of_word(*rows)
    assert unknown(report) == []
    assert report.status == "ok"


def test_rows_that_were_read_are_not_left_over() -> None:
    assert unknown(of_word(*KNOWN)) == []


def test_tables_left_over_are_found_on_pages_too() -> None:
    drawn = Drawn()
    for row in KNOWN:
        drawn.row(row)
    drawn.text("Bilaga", 14.0)
    drawn.lefts = [40.0, 300.0, 450.0]
    for row in ASKING:
        drawn.row(row)
    document = drawn.document()
    parts = [
        Part(Role.OTHER if line.number > 13 else Role.QUESTION, line.number, 0, len(line.text))
        for line in document.lines
    ]
    (kind,) = tables_left_over(document, parts, form())
    assert kind.heads == ("Kontrollpunkt", "Läge")
    assert kind.pages == [1]


def test_a_table_with_known_columns_does_not_continue_one_without() -> None:
    """Cells around single rows and columns of text on the pages of one PDF."""

    def grid(*texts: tuple[str, str], edges: tuple[float, ...] = ()) -> Grid:
        rows = tuple(GridRow((GridCell(a, 0), GridCell(b, 1)), page=1) for a, b in texts)
        return Grid(rows, 2, edges, opens_page=True)

    told = grid(("Svar", "Kommentar"), ("Ja", "Larmet provas."))
    seen = grid(("Nej", "Vakten är ny."), edges=(60.0, 180.0))
    (kind,) = kinds_of([[told, seen]])
    assert kind.heads == ("Svar", "Kommentar")
    assert len(kind.rows) == 1
