"""Tables with columns other than question, answer and comment, as Word files mark them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.table import Table

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.form import Form
from models.report import Report

TABLE = {
    "id": "krav",
    "full_width_rows": "section",
    "columns": [
        {"holds": "ref", "heads": ["Kravnummer"]},
        {"holds": "question", "heads": ["Kravets lydelse"]},
        {"holds": "answer", "heads": ["Uppfyllelse"]},
        {"holds": "other", "heads": ["Ansvarig"]},
        {"holds": "comment", "heads": ["Motivering"]},
    ],
}
ANSWERS = [{"word": "Ja", "code": "yes"}, {"word": "Nej", "code": "no"}]


def form(**changes: object) -> Form:
    made = {
        "id": "krav",
        "title": "Krav",
        "tables": [{**TABLE, **changes.pop("table", {})}],  # type: ignore[dict-item]
        "answers": ANSWERS,
        "reference_looks": ["K1"],
    }
    return Form.model_validate({**made, **changes})


def read(fill: Callable[[WordDocument], None], of: Form) -> Report:
    document = docx.Document()
    fill(document)
    made = BytesIO()
    document.save(made)
    return extract_bytes(made.getvalue(), "krav.docx", [of], builtin_taxonomy())


def table(document: WordDocument, *rows: str) -> Table:
    """Adds a table; `|` parts the cells of a row."""
    cells = [row.split("|") for row in rows]
    made = document.add_table(len(rows), len(cells[0]))
    for row, texts in zip(made.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text.strip()
    return made


HEAD = "Kravnummer|Kravets lydelse|Uppfyllelse|Ansvarig|Motivering"


def test_columns_are_placed_by_their_headers_and_others_are_kept() -> None:
    def fill(document: WordDocument) -> None:
        table(document, HEAD, "K1|Larmet provas.|Ja|Driften|Varje vecka.")

    found = read(fill, form())
    (answer,) = found.answers
    assert (answer.ref, answer.question, answer.answer) == ("K1", "Larmet provas.", "Ja")
    assert (answer.comment, answer.extra, answer.extra_heads) == (
        "Varje vecka.",
        ("Driften",),
        ("Ansvarig",),
    )
    assert (answer.key, answer.flags, found.status) == ("/K1", (), "ok")
    assert not [p for p in found.problems if p.code in {"text-lost", "text-doubled"}]


def test_columns_in_another_order_than_the_form_are_recognised_by_their_headers() -> None:
    def fill(document: WordDocument) -> None:
        head = "Motivering|Uppfyllelse|Ansvarig|Kravnummer|Kravets lydelse"
        table(document, head, "Varje vecka.|Nej||K7|Larmet provas.")

    (answer,) = read(fill, form()).answers
    assert (answer.ref, answer.question, answer.answer) == ("K7", "Larmet provas.", "Nej")
    assert (answer.comment, answer.extra) == ("Varje vecka.", ("",))


def test_a_column_that_the_form_does_not_name_is_kept_with_its_header() -> None:
    def fill(document: WordDocument) -> None:
        head = "Kravnummer|Prioritet|Kravets lydelse|Uppfyllelse|Motivering"
        table(document, head, "K1|Hög|Larmet provas.|Ja|Varje vecka.")

    (answer,) = read(fill, form()).answers
    assert answer.extra == ("", "Hög")
    assert answer.extra_heads == ("Ansvarig", "Prioritet")


def test_a_header_that_is_not_quite_the_forms_is_accepted_with_doubt() -> None:
    def fill(document: WordDocument) -> None:
        head = "Kravnummer|Kravens lydelse|Uppfyllelse|Ansvarig|Motivering"
        table(document, head, "K1|Larmet provas.|Ja|Driften|Varje vecka.")

    (answer,) = read(fill, form()).answers
    assert answer.question == "Larmet provas."
    assert answer.flags == ("head-uncertain",)


def test_a_header_of_two_rows_under_a_shared_one() -> None:
    def fill(document: WordDocument) -> None:
        top = "Kravnummer|Kravets lydelse|Leverantören||"
        made = table(
            document, top, "||Uppfyllelse|Ansvarig|Motivering", "K1|Larmet provas.|Ja|Driften|Ofta."
        )
        made.cell(0, 2).merge(made.cell(0, 4))
        made.cell(0, 0).merge(made.cell(1, 0))
        made.cell(0, 1).merge(made.cell(1, 1))

    (answer,) = read(fill, form()).answers
    assert (answer.ref, answer.answer, answer.comment) == ("K1", "Ja", "Ofta.")


def test_a_row_over_all_columns_is_the_section_of_those_below_it() -> None:
    def fill(document: WordDocument) -> None:
        made = table(
            document, HEAD, "Brandskydd||||", "K1|Larmet provas.|Ja||", "Elsäkerhet||||",
            "K1|Kablar ses över.|Nej||",
        )  # fmt: skip
        for row in (1, 3):
            made.cell(row, 0).merge(made.cell(row, 4))

    found = read(fill, form())
    assert [(one.section, one.title, one.level) for one in found.sections] == [
        ("Brandskydd", "Brandskydd", 1),
        ("Elsäkerhet", "Elsäkerhet", 1),
    ]
    assert [answer.key for answer in found.answers] == ["Brandskydd/K1", "Elsäkerhet/K1"]


def test_a_row_over_all_columns_can_be_the_comment_of_the_one_above() -> None:
    def fill(document: WordDocument) -> None:
        made = table(
            document, HEAD, "K1|Larmet provas.|Ja||", "Kommentar: Varje vecka.||||",
            "K2|Kablar ses över.|Nej||",
        )  # fmt: skip
        made.cell(2, 0).merge(made.cell(2, 4))

    labelled = form(labels={"comment": ["Kommentar"]}, table={"full_width_rows": "text"})
    assert [answer.comment for answer in read(fill, labelled).answers] == ["Varje vecka.", ""]
    by_place = form(table={"full_width_rows": "comment"})
    assert [answer.comment for answer in read(fill, by_place).answers] == [
        "Kommentar: Varje vecka.",
        "",
    ]


def test_cells_that_are_merged_downwards_are_each_rows() -> None:
    of = form(
        table={
            "columns": [
                {"holds": "section", "heads": ["Område"]},
                {"holds": "question", "heads": ["Kravets lydelse"]},
                {"holds": "answer", "heads": ["Uppfyllelse"]},
                {"holds": "comment", "heads": ["Motivering"]},
                {"holds": "other", "heads": ["Ansvarig"]},
            ]
        }
    )

    def fill(document: WordDocument) -> None:
        made = table(
            document, "Område|Kravets lydelse|Uppfyllelse|Motivering|Ansvarig",
            "Brandskydd|Larmet provas.|Ja|Varje vecka.|Driften", "|Dörrar hålls fria.|||",
            "|Planen är känd.|Nej||",
        )  # fmt: skip
        made.cell(1, 0).merge(made.cell(3, 0))
        for column in (2, 3, 4):
            made.cell(1, column).merge(made.cell(2, column))

    found = read(fill, of)
    assert [(a.section, a.answer, a.comment, a.extra) for a in found.answers] == [
        ("Brandskydd", "Ja", "Varje vecka.", ("Driften",)),
        ("Brandskydd", "Ja", "Varje vecka.", ("Driften",)),
        ("Brandskydd", "Nej", "", ("",)),
    ]
    assert [answer.flags for answer in found.answers] == [(), ("cell-shared",), ()]
    assert not [p for p in found.problems if p.code in {"text-lost", "text-doubled"}]


def test_a_tick_is_under_the_header_that_is_the_answer() -> None:
    columns = [
        {"holds": "question", "heads": ["Kravets lydelse"]},
        {"holds": "tick", "heads": ["Ja"]},
        {"holds": "tick", "heads": ["Nej"]},
        {"holds": "comment", "heads": ["Motivering"]},
    ]

    def fill(document: WordDocument) -> None:
        table(
            document, "Kravets lydelse|Ja|Nej|Motivering", "Larmet provas.|x||Ofta.",
            "Dörrar hålls fria.||x|", "Planen är känd.|x|x|",
        )  # fmt: skip

    found = read(fill, form(table={"columns": columns}))
    assert [(a.answer, a.code, a.comment) for a in found.answers] == [
        ("Ja", "yes", "Ofta."),
        ("Nej", "no", ""),
        ("", "missing", ""),
    ]
    assert "answer-uncertain" in found.answers[2].flags


def test_any_text_is_an_answer_where_the_form_says_so() -> None:
    free = [dict(column) for column in TABLE["columns"]]  # type: ignore[attr-defined]
    free[2]["free_text"] = True

    def fill(document: WordDocument) -> None:
        table(document, HEAD, "K1|Larmet provas.|Sidan 4, andra stycket||")

    for of in (form(table={"columns": free}), form(answers=[])):
        (answer,) = read(fill, of).answers
        assert (answer.answer, answer.code, answer.flags) == ("Sidan 4, andra stycket", "other", ())
    (answer,) = read(fill, form()).answers
    assert "answer-unknown" in answer.flags


def test_a_table_without_a_column_of_answers() -> None:
    columns = [
        {"holds": "ref", "heads": ["Nr"]},
        {"holds": "question", "heads": ["Underlag"]},
        {"holds": "comment", "heads": ["Beskrivning"]},
    ]

    def fill(document: WordDocument) -> None:
        table(document, "Nr|Underlag|Beskrivning", "1|Rutin för larm|Bifogas.", "2|Ritning|")

    found = read(fill, form(table={"columns": columns}, answers=[]))
    assert [(a.answer, a.code, a.comment, a.flags) for a in found.answers] == [
        ("", "other", "Bifogas.", ()),
        ("", "missing", "", ("answer-blank",)),
    ]


def test_headings_without_numbers_are_sections_by_their_titles() -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("Säkerhet", 1)
        document.add_heading("Brandskydd", 2)
        table(document, HEAD, "K1|Larmet provas.|Ja||")
        document.add_heading("Elsäkerhet", 2)
        table(document, HEAD, "K1|Kablar ses över.|Nej||")

    found = read(fill, form(sections={"headings": True}))
    assert [(one.section, one.level, one.parent) for one in found.sections] == [
        ("Säkerhet", 1, None),
        ("Brandskydd", 2, "Säkerhet"),
        ("Elsäkerhet", 2, "Säkerhet"),
    ]
    assert [answer.key for answer in found.answers] == ["Brandskydd/K1", "Elsäkerhet/K1"]
    second = read(fill, form(sections={"headings": True, "levels": [2]}))
    assert [one.section for one in second.sections] == ["Brandskydd", "Elsäkerhet"]


def test_an_own_code_is_kept_beside_the_common_code() -> None:
    answers = [{"word": "Ärvd", "code": "yes", "own_code": "inherited"}]

    def fill(document: WordDocument) -> None:
        table(document, HEAD, "K1|Larmet provas.|Ärvd||")

    (answer,) = read(fill, form(answers=answers)).answers
    assert (answer.code, answer.own_code) == ("yes", "inherited")


def test_a_numbered_heading_over_all_columns_opens_its_section(taxonomy) -> None:
    """Exports put headings into their tables, without a style that says what they are."""
    document = docx.Document()
    document.add_heading("1 Arbetet", 1)
    made = table(
        document, "Fråga|Svar|Kommentar", "1.1 Planering||", "Finns en plan?|Ja|Den är ny.",
        "1.2 Uppföljning||", "Följs planen?|Nej|1.3 i planen saknas.",
    )  # fmt: skip
    for row in (1, 3):
        made.cell(row, 0).merge(made.cell(row, 2))
    buffer = BytesIO()
    document.save(buffer)
    found = extract_bytes(buffer.getvalue(), "rapport.docx", builtin_forms(), taxonomy)
    assert [(one.section, one.title) for one in found.sections] == [
        ("1", "Arbetet"),
        ("1.1", "Planering"),
        ("1.2", "Uppföljning"),
    ]
    assert [(one.section, one.comment) for one in found.answers] == [
        ("1.1", "Den är ny."),
        ("1.2", "1.3 i planen saknas."),
    ]
