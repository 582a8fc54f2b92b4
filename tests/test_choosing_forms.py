"""Which of several forms a report was made with."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.form import Form
from tests.test_form_tables import HEAD, form, read, table
from tests.test_outside_tables import form as written

PLAIN = Form.model_validate(
    {
        "id": "plain",
        "title": "Frågor",
        "answers": [{"word": "Ja", "code": "yes"}],
        "tables": [
            {
                "id": "plain",
                "columns": [
                    {"holds": "question", "heads": ["Fråga"]},
                    {"holds": "answer", "heads": ["Svar"]},
                    {"holds": "comment", "heads": ["Kommentar"]},
                ],
            }
        ],
    }
)
LABELLED = written("reference", reference_looks=["1."])
CITY = next(own for own in builtin_forms() if own.id == "trygghet")

Fill = Callable[[WordDocument], None]


def chosen(fill: Fill, forms: list[Form]) -> set[str]:
    """The forms that are chosen, in whatever order they are given."""
    document = docx.Document()
    fill(document)
    made = BytesIO()
    document.save(made)
    data = made.getvalue()
    return {
        extract_bytes(data, "a.docx", own, builtin_taxonomy()).form
        for own in (forms, forms[::-1], forms[1:] + forms[:1])
    }


def wide(document: WordDocument) -> None:
    document.add_paragraph("Varje fråga har ett svar och en kommentar.")
    table(document, HEAD, "K1|Larmet provas.|Ja|Driften|Varje vecka.")


def plain(document: WordDocument) -> None:
    document.add_paragraph("Kravnummer, kravets lydelse, uppfyllelse och motivering nämns här.")
    table(document, "Fråga|Svar|Kommentar", "Provas larmet?|Ja|Varje vecka.")


def city(document: WordDocument) -> None:
    document.add_paragraph("1 Trygghet")
    document.add_paragraph("Till varje fråga hör ett svar, och till varje svar en kommentar.")
    heads = "Uppföljningsfrågor|Svarsalternativ med kommentar"
    made = table(document, heads, "Provas larmet?|Ja")
    made.cell(1, 1).add_paragraph("Varje vecka.")


def city_of_three_columns(document: WordDocument) -> None:
    document.add_paragraph("Anvisning")
    document.add_paragraph("Svara kort.")
    table(document, "Fråga|Svar|Kommentar", "Provas larmet?|Ja|Varje vecka.")


def text(document: WordDocument) -> None:
    for paragraph in ("1. Finns en fråga?", "Svar: Ja", "Kommentar: En kommentar."):
        document.add_paragraph(paragraph)


@pytest.mark.parametrize(
    ("fill", "expected"),
    [(wide, "krav"), (city, CITY.id), (city_of_three_columns, CITY.id), (text, "egen")],
)
def test_the_form_is_chosen_by_the_column_headers_of_the_report(fill: Fill, expected: str) -> None:
    assert chosen(fill, [form(), PLAIN, LABELLED, CITY]) == {expected}


def test_words_in_a_sentence_are_not_column_headers() -> None:
    assert chosen(plain, [form(), PLAIN, LABELLED]) == {"plain"}


def test_a_report_of_one_form_among_others_is_read_as_by_it_alone() -> None:
    assert read(plain, PLAIN).answers[0].answer == "Ja"


def test_a_dump_is_read_by_the_form_that_needs_no_other_columns() -> None:
    heads = ("Nr", "Fråga", "Svar", "Kommentar")
    rows = [("1", "Provas larmet?", "Ja", "Varje vecka."), ("2", "Övas planen?", "Nej", "")]
    text = "\n\n".join(cell for row in (heads, *rows) for cell in row if cell)
    found = extract_bytes(text.encode(), "a.txt", builtin_forms(), builtin_taxonomy())
    assert found.form == "plain-sv"
    assert [own.answer for own in found.answers if own.answer] == ["Ja", "Nej"]
