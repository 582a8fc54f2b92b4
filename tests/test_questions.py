"""Question cells: question, reference and detail."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from extractors.extract import extract_bytes
from extractors.layout.blocks import Cell, Piece
from extractors.line_ends.joiner import LineJoiner
from extractors.rules import builtin_forms
from extractors.structure.questions import parse_question, reference
from extractors.themes import builtin_taxonomy
from models.document import Line


def cell(*paragraphs: str) -> Cell:
    """A cell of paragraphs; `/` parts lines."""
    number = 0
    built = []
    for paragraph in paragraphs:
        pieces = []
        for text in paragraph.split("/"):
            number += 1
            pieces.append(Piece.whole(Line(number, text)))
        built.append(tuple(pieces))
    return tuple(built)


def parse(form, *paragraphs: str) -> tuple[str, str, str | None]:
    joiner = LineJoiner([], ())
    parsed = parse_question(cell(*paragraphs), form, joiner)
    return joiner.paragraph(parsed.question), joiner.cell(parsed.detail), parsed.ref


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        (
            ["Finns kontroll på platsen?", "(samtliga bolag)", "2:4 Alla ska visa vem de är."],
            ("Finns kontroll på platsen? (samtliga bolag)", "2:4 Alla ska visa vem de är.", "2:4"),
        ),
        (
            ["Arbetar ni med/trygghet?", "Strategi 2:1 Staden ska/samverka."],
            ("Arbetar ni med trygghet?", "Strategi 2:1 Staden ska samverka.", "2:1"),
        ),
        (
            ["Arbetar ni med/trygghet?/Strategi 2:1 Staden ska/samverka."],
            ("Arbetar ni med trygghet?", "Strategi 2:1 Staden ska samverka.", "2:1"),
        ),
        (
            ["Har ni rutiner?/(Samtliga nämnder/och styrelser)", "1:2 Rutiner ska finnas."],
            ("Har ni rutiner? (Samtliga nämnder och styrelser)", "1:2 Rutiner ska finnas.", "1:2"),
        ),
        (["2:3:1 Har samverkan/utvecklats?"], ("2:3:1 Har samverkan utvecklats?", "", "2:3:1")),
        (
            ["Beskriv hur ni arbetar.", "Målet är att alla ska/vara trygga."],
            ("Beskriv hur ni arbetar.", "Målet är att alla ska vara trygga.", None),
        ),
        (
            ["Når ni målet?", "Genomförs aktiviteter för/insats 1:4.", "Förväntat resultat: Stöd"],
            (
                "Når ni målet?",
                "Genomförs aktiviteter för insats 1:4.\n\nFörväntat resultat: Stöd",
                "1:4",
            ),
        ),
        (
            ["Har ni frågat? Och fått/svar på det?"],
            ("Har ni frågat? Och fått svar på det?", "", None),
        ),
        (
            ["Har samverkan utvecklats mellan", "nämnder och bolag?"],
            ("Har samverkan utvecklats mellan nämnder och bolag?", "", None),
        ),
    ],
)
def test_question_detail_and_reference(form, paragraphs, wanted):
    assert parse(form, *paragraphs) == wanted


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("Strategi 1:1 och insats 2:2", "1:1"),
        ("målet med insats 2:4.", "2:4"),
        ("Klockan 14:30 börjar vi", None),
        ("1:1 Nämnder ska", "1:1"),
        ("Understrategi 1:1", None),
    ],
)
def test_references(form, text, ref):
    assert reference(text, form) == ref


def test_an_empty_cell_has_no_question(form):
    assert parse(form) == ("", "", None)


@pytest.mark.parametrize(
    ("detail", "doubted"),
    [
        ("Har det skett någon förändring (jämför med i fjol)?", True),
        ("Används metoden rätt? (Samtliga nämnder)", True),
        ("Strategi 1:1 Larm ska finnas i alla lokaler.", False),
    ],
)
def test_a_detail_that_asks_is_doubted_as_the_question_of_another_row(
    detail: str, doubted: bool
) -> None:
    document = docx.Document()
    document.add_heading("1 Skolan", 1)
    table = document.add_table(2, 2)
    for cell, text in zip(
        table.row_cells(0), ("Uppföljningsfrågor", "Svarsalternativ med kommentar"), strict=True
    ):
        cell.text = text
    question, answer = table.row_cells(1)
    question.text = "Har ni rutiner för larm?"
    question.add_paragraph(detail)
    answer.text = "Ja"
    answer.add_paragraph("Det finns rutiner på alla enheter.")
    data = BytesIO()
    document.save(data)
    (row,) = extract_bytes(
        data.getvalue(), "rapport.docx", builtin_forms(), builtin_taxonomy()
    ).answers
    assert row.detail == detail
    assert ("question-uncertain" in row.flags) == doubted
    assert (row.confidence < 0.8) == doubted
