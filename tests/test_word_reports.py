"""The shapes that Word reports come in, each from the bytes of a file to its answers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Report

TWO = ("Uppföljningsfrågor", "Svarsalternativ med kommentar")
THREE = ("Fråga", "Svar", "Kommentar")
_NAMES = nsdecls("w", "w14")


class Row(NamedTuple):
    """A row as it is written, and as it is to be read."""

    question: str
    detail: str
    answer: str
    comment: tuple[str, ...]


ROWS = (
    Row("Finns en lokal plan?", "Strategi 1:1 Alla ska veta vem som gör vad.", "Ja",
        ("Planen antogs i mars.", "Den följs upp varje år.")),
    Row("Är personalen utbildad?", "Strategi 1:2 Kursen ges två gånger.", "Delvis",
        ("Nya medarbetare saknar kursen.",)),
    Row("Anmäls all skadegörelse?", "Insats 2:1 Anmälan görs samma dag.", "Nej",
        ("Vi saknar rutin för småskador",)),
    Row("Hålls lokalerna öppna på kvällen?", "", "Ej aktuellt", ()),
)  # fmt: skip


def report(fill: Callable[[WordDocument], object]) -> Report:
    document = docx.Document()
    document.add_heading("1 Trygghet i parken", 1)
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return extract_bytes(buffer.getvalue(), "rapport.docx", builtin_forms(), builtin_taxonomy())


def rows(found: Report) -> list[Row]:
    return [
        Row(own.question, own.detail, own.answer, tuple(filter(None, own.comment.split("\n\n"))))
        for own in found.answers
    ]


def doubts(found: Report) -> list[tuple[str, ...]]:
    return [own.flags for own in found.answers]


def write(cell: _Cell, *texts: str) -> None:
    """Writes the paragraphs of a cell; `|` in a text is a manual line break."""
    for at, text in enumerate(filter(None, texts)):
        paragraph = cell.paragraphs[0] if not at else cell.add_paragraph()
        paragraph.add_run(text.replace("|", "\n"))


def fill_table(
    table: Table, heads: Sequence[str], own: Iterable[Row], columns: Sequence[int]
) -> None:
    """Writes column headers and rows into the given columns of a table."""
    for at, head in zip(columns, heads, strict=True):
        write(table.rows[0].cells[at], head)
    for row in own:
        made = table.add_row().cells
        write(made[columns[0]], row.question, row.detail)
        if len(columns) == 3:
            write(made[columns[1]], row.answer)
            write(made[columns[2]], *row.comment)
        else:
            write(made[columns[1]], row.answer, *row.comment)


def add_xml(paragraph: Paragraph, xml: str) -> None:
    paragraph._p.append(parse_xml(f"<w:r {_NAMES}>{xml}</w:r>")[0])


# -- shapes of tables


def spacer_columns(document: WordDocument) -> None:
    fill_table(document.add_table(1, 5), THREE, ROWS, (0, 2, 4))


def a_column_in_front(document: WordDocument) -> None:
    fill_table(document.add_table(1, 4), THREE, ROWS, (1, 2, 3))


def an_outer_table(document: WordDocument) -> None:
    outer = document.add_table(1, 2)
    write(outer.cell(0, 0), "Parknämnden")
    fill_table(outer.cell(0, 1).add_table(1, 2), TWO, ROWS, (0, 1))


def outer_tables_in_outer_tables(document: WordDocument) -> None:
    outer = document.add_table(2, 1)
    write(outer.cell(0, 0), "Parknämnden")
    inner = outer.cell(1, 0).add_table(1, 1)
    fill_table(inner.cell(0, 0).add_table(1, 3), THREE, ROWS, (0, 1, 2))


def a_table_a_row(document: WordDocument) -> None:
    for row in ROWS:
        fill_table(document.add_table(1, 2), TWO, [row], (0, 1))
        document.add_paragraph()


def a_table_a_row_under_one_head(document: WordDocument) -> None:
    fill_table(document.add_table(1, 2), TWO, ROWS[:1], (0, 1))
    for row in ROWS[1:]:
        document.add_paragraph()
        cells = document.add_table(1, 2).rows[0].cells
        write(cells[0], row.question, row.detail)
        write(cells[1], row.answer, *row.comment)


def heads_repeated_as_rows(document: WordDocument) -> None:
    table = document.add_table(1, 3)
    fill_table(table, THREE, ROWS[:2], (0, 1, 2))
    for cell, head in zip(table.add_row().cells, THREE, strict=True):
        write(cell, head)
    for row in ROWS[2:]:
        cells = table.add_row().cells
        write(cells[0], row.question, row.detail)
        write(cells[1], row.answer)
        write(cells[2], *row.comment)


def columns_that_shift(document: WordDocument) -> None:
    """Rows whose borders were moved: more columns in the grid than cells in a row."""
    table = document.add_table(1, 6)
    for cells, head in (((0, 1), THREE[0]), ((2, 2), THREE[1]), ((3, 5), THREE[2])):
        write(table.cell(0, cells[0]).merge(table.cell(0, cells[1])), head)
    for at, row in enumerate(ROWS, start=1):
        table.add_row()
        ends = ((0, 1), (2, 3), (4, 5)) if at % 2 else ((0, 0), (1, 2), (3, 5))
        made = [table.cell(at, first).merge(table.cell(at, last)) for first, last in ends]
        write(made[0], row.question, row.detail)
        write(made[1], row.answer)
        write(made[2], *row.comment)


def labels_beside_their_fields(document: WordDocument) -> None:
    for row in ROWS:
        table = document.add_table(3, 2)
        for at, (label, texts) in enumerate(_fields(row)):
            write(table.cell(at, 0), label)
            write(table.cell(at, 1), *texts)
        document.add_paragraph()


def labels_above_their_fields(document: WordDocument) -> None:
    for row in ROWS:
        table = document.add_table(6, 1)
        for at, (label, texts) in enumerate(_fields(row)):
            write(table.cell(2 * at, 0), label)
            write(table.cell(2 * at + 1, 0), *texts)
        document.add_paragraph()


def labels_in_their_fields(document: WordDocument) -> None:
    table = document.add_table(0, 1)
    for row in ROWS:
        for label, texts in _fields(row):
            write(table.add_row().cells[0], f"{label}:|{texts[0]}", *texts[1:])


def answers_under_their_questions(document: WordDocument) -> None:
    """A question over the whole width, and below it a row of labels and one of fields."""
    table = document.add_table(0, 2)
    for row in ROWS:
        made = [table.add_row().cells for _ in range(4)]
        write(made[0][0].merge(made[0][1]), "Fråga")
        write(made[1][0].merge(made[1][1]), row.question, row.detail)
        write(made[2][0], "Svar")
        write(made[2][1], "Kommentar")
        write(made[3][0], row.answer)
        write(made[3][1], *row.comment)


def _fields(row: Row) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("Fråga", (row.question, row.detail)),
        ("Svar", (row.answer,)),
        ("Kommentar", row.comment or ("",)),
    ]


@pytest.mark.parametrize(
    "shape",
    [
        spacer_columns,
        a_column_in_front,
        an_outer_table,
        outer_tables_in_outer_tables,
        a_table_a_row,
        a_table_a_row_under_one_head,
        heads_repeated_as_rows,
        columns_that_shift,
        labels_beside_their_fields,
        labels_above_their_fields,
        labels_in_their_fields,
        answers_under_their_questions,
    ],
)
def test_shapes_of_tables(shape: Callable[[WordDocument], None]) -> None:
    found = report(shape)
    assert rows(found) == list(ROWS)
    assert doubts(found) == [()] * len(ROWS)
    assert found.status == "ok"


def test_a_blank_answer_in_its_own_table_is_not_the_rest_of_the_previous_row() -> None:
    """A question with its detail and comment, where each row is a table: it was lost."""
    blank = (
        ROWS[0]._replace(comment=("Planen antogs i mars, och den",)),
        Row("Redogör för hur ni når dem som inte läser svenska.", ROWS[1].detail, "",
            ("Stödet till dem som bor här finns.",)),
        Row("2:2 Har det skett någon förändring i år?", "", "", ("Arbetet har börjat.",)),
        *ROWS[2:],
    )  # fmt: skip

    def fill(document: WordDocument) -> None:
        for row in blank:
            fill_table(document.add_table(1, 2), TWO, [row], (0, 1))
            document.add_paragraph()

    found = report(fill)
    assert rows(found) == list(blank)
    assert doubts(found) == [(), ("answer-blank",), ("answer-blank",), (), ()]


def test_a_table_that_a_page_break_splits_in_two() -> None:
    def fill(document: WordDocument) -> None:
        fill_table(document.add_table(1, 2), TWO, ROWS[:1], (0, 1))
        first = document.tables[0].rows[1].cells[1]
        first.add_paragraph("Den gäller alla som")
        document.add_paragraph()
        table = document.add_table(1, 2)
        write(table.cell(0, 1), "arbetar i parken.")
        for row in ROWS[1:]:
            cells = table.add_row().cells
            write(cells[0], row.question, row.detail)
            write(cells[1], row.answer, *row.comment)

    found = report(fill)
    comment = (*ROWS[0].comment, "Den gäller alla som arbetar i parken.")
    assert rows(found) == [ROWS[0]._replace(comment=comment), *ROWS[1:]]
    assert doubts(found)[0] == ("cut",)


# -- merged cells


def test_an_answer_that_is_merged_over_several_rows_is_the_answer_of_each() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 3)
        fill_table(table, THREE, [ROWS[0], ROWS[1]._replace(answer="")], (0, 1, 2))
        table.cell(1, 1).merge(table.cell(2, 1))

    found = report(fill)
    assert rows(found) == [ROWS[0], ROWS[1]._replace(answer="Ja")]
    assert doubts(found) == [(), ("cell-shared",)]
    assert found.status == "ok"


def test_a_comment_that_is_merged_over_several_rows_is_the_comment_of_each() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 3)
        fill_table(table, THREE, [ROWS[0], ROWS[1]._replace(comment=())], (0, 1, 2))
        table.cell(1, 2).merge(table.cell(2, 2))

    found = report(fill)
    assert rows(found) == [ROWS[0], ROWS[1]._replace(comment=ROWS[0].comment)]
    assert doubts(found) == [(), ("cell-shared",)]


def test_a_question_that_is_merged_over_two_rows_is_one_row() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 3)
        fill_table(table, THREE, ROWS[:2], (0, 1, 2))
        below = table.add_row().cells
        write(below[2], "Kursen ges i höst.")
        table.cell(2, 0).merge(table.cell(3, 0))

    found = report(fill)
    assert rows(found) == [
        ROWS[0],
        ROWS[1]._replace(comment=("Nya medarbetare saknar kursen.", "Kursen ges i höst.")),
    ]


def test_a_cell_merged_over_answer_and_comment_is_split() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(1, 3)
        fill_table(table, THREE, ROWS[:1], (0, 1, 2))
        cells = table.add_row().cells
        write(cells[0], ROWS[1].question, ROWS[1].detail)
        write(cells[1].merge(cells[2]), ROWS[1].answer, *ROWS[1].comment)

    assert rows(report(fill)) == list(ROWS[:2])


# -- a column for each answer


OPTIONS = ("Ja", "Nej", "Delvis", "Ej aktuellt")


def ticks(document: WordDocument, *, second_row: bool, mark: str, comments: bool = True) -> None:
    table = document.add_table(1 + second_row, 5 + comments)
    write(table.cell(0, 0), "Fråga")
    if second_row:
        write(table.cell(0, 1).merge(table.cell(0, 4)), "Svar")
    for at, word in enumerate(OPTIONS):
        write(table.cell(int(second_row), 1 + at), word)
    if comments:
        write(table.cell(0, 5), "Kommentar")
    for row in ROWS:
        cells = table.add_row().cells
        write(cells[0], row.question, row.detail)
        write(cells[1 + OPTIONS.index(row.answer)], mark)
        if comments:
            write(cells[5], *row.comment)


@pytest.mark.parametrize("second_row", [False, True])
@pytest.mark.parametrize("mark", ["x", "X", "☒", "✓", "\uf0fe"])
def test_a_tick_in_one_of_several_columns_is_the_answer(mark: str, second_row: bool) -> None:
    found = report(lambda document: ticks(document, second_row=second_row, mark=mark))
    assert rows(found) == list(ROWS)
    assert [own.code for own in found.answers] == ["yes", "partly", "no", "not_applicable"]
    assert doubts(found) == [()] * len(ROWS)
    assert found.status == "ok"


def test_ticks_without_a_column_of_comments() -> None:
    found = report(lambda document: ticks(document, second_row=False, mark="x", comments=False))
    assert rows(found) == [row._replace(comment=()) for row in ROWS]


def test_two_ticks_or_text_in_place_of_a_tick_are_doubted() -> None:
    def fill(document: WordDocument) -> None:
        ticks(document, second_row=False, mark="x")
        table = document.tables[0]
        write(table.cell(1, 2), "x")
        table.cell(2, 3).paragraphs[0].runs[0].text = "Sedan i mars"
        table.cell(3, 2).paragraphs[0].runs[0].text = ""

    found = report(fill)
    assert [own.answer for own in found.answers] == ["", "Delvis", "", "Ej aktuellt"]
    assert "answer-uncertain" in found.answers[0].flags
    assert "answer-uncertain" in found.answers[1].flags
    assert found.answers[1].comment.startswith("Sedan i mars")
    assert found.answers[2].flags == ("answer-blank",)


# -- manual breaks


@pytest.mark.parametrize(
    ("cell", "answer", "comment"),
    [
        ("Ja|Planen är ny.", "Ja", ("Planen är ny.",)),
        ("Ja||Planen är ny.||Den följs upp.", "Ja", ("Planen är ny.", "Den följs upp.")),
        ("Ej|aktuellt|Vi har ingen park.", "Ej aktuellt", ("Vi har ingen park.",)),
        ("Ja|Planen är ny|och följs upp.", "Ja", ("Planen är ny och följs upp.",)),
        ("Nej|Det saknas:|• rutiner|• tid", "Nej", ("Det saknas:", "• rutiner", "• tid")),
        ("☐ Ja|☒ Nej|Planen saknas.", "Nej", ("Planen saknas.",)),
    ],
)
def test_an_answer_above_a_manual_line_break(
    cell: str, answer: str, comment: tuple[str, ...]
) -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(2, 2)
        for at, head in enumerate(TWO):
            write(table.cell(0, at), head)
        write(table.cell(1, 0), "Finns en plan?")
        write(table.cell(1, 1), cell)

    found = report(fill)
    assert rows(found) == [Row("Finns en plan?", "", answer, comment)]
    assert doubts(found) == [()]


def test_a_question_above_a_manual_line_break() -> None:
    def fill(document: WordDocument) -> None:
        table = document.add_table(2, 2)
        for at, head in enumerate(TWO):
            write(table.cell(0, at), head)
        write(table.cell(1, 0), "Finns en plan?|Strategi 1:1 Alla ska veta.")
        write(table.cell(1, 1), "Ja")

    assert rows(report(fill)) == [Row("Finns en plan?", "Strategi 1:1 Alla ska veta.", "Ja", ())]
