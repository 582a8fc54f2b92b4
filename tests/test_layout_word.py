"""Word's own tables: rows, divided tables, merged cells."""

from __future__ import annotations

from dataclasses import replace

from extractors.layout.blocks import Doubt, HeadBlock, RowBlock
from extractors.layout.marked.tables import layout
from models.document import Document, Format, Line, Page, SourceTable, TableCell
from tests.layout_builder import Row, check_tiling, form, rows_of, texts_of

HEAD = ["Uppföljningsfrågor", "Svarsalternativ med kommentar"]
THREE = ["Fråga", "Svar", "Kommentar"]


def word(*parts: str | list[list[str]]) -> Document:
    """A document of paragraphs and tables; `|` parts the paragraphs of a cell."""
    lines: list[Line] = []
    tables: list[SourceTable] = []

    def line(text: str) -> Line:
        lines.append(Line(len(lines) + 1, text))
        return lines[-1]

    for part in parts:
        if isinstance(part, str):
            line(part)
            continue
        first = len(lines) + 1
        rows = tuple(
            tuple(TableCell(tuple(map(line, cell.split("|")))) for cell in row) for row in part
        )
        tables.append(SourceTable(first, rows))
    return Document(Format.WORD, "word", (Page(1, lines=tuple(lines)),), False, {}, tuple(tables))


def read(*parts: str | list[list[str]]) -> list[Row]:
    document = word(*parts)
    found = layout(document, form())
    check_tiling(document, found)
    return rows_of(found)


def test_rows_of_two_and_three_columns() -> None:
    assert read(
        "1 Uppföljning",
        [HEAD, ["Finns en plan?|Strategi 1:1 Plan.", "Ja||Planen är ny.|Den följs upp."]],
        [THREE, ["Följs den upp?", "Ej aktuellt", "Inte än."]],
    ) == [
        Row("Finns en plan?", "Ja", ("Planen är ny.", "Den följs upp."), ("Strategi 1:1 Plan.",)),
        Row("Följs den upp?", "Ej aktuellt", ("Inte än.",)),
    ]


def test_a_table_that_the_export_divided_continues() -> None:
    document = word(
        [HEAD, ["Finns en plan?", "Ja|Planen är ny och"]],
        "",
        [["", "följs upp varje år."], ["Är den känd?", "Nej|Inte av alla."]],
    )
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == [
        Row("Finns en plan?", "Ja", ("Planen är ny och följs upp varje år.",)),
        Row("Är den känd?", "Nej", ("Inte av alla.",)),
    ]
    first = next(block for block in found.blocks if isinstance(block, RowBlock))
    assert first.doubts == {Doubt.CUT}


def test_both_cells_of_a_row_that_the_export_divided() -> None:
    found = read(
        [HEAD, ["Finns en plan för", "Ja|Planen är ny och"]],
        [["hot och våld?", "följs upp varje år."]],
    )
    assert found == [
        Row("Finns en plan för hot och våld?", "Ja", ("Planen är ny och följs upp varje år.",))
    ]


def test_a_row_over_all_columns_is_text() -> None:
    document = word([["Målområde 1"], HEAD, ["Finns en plan?", "Ja"], ["Målområde 2"]])
    found = layout(document, form())
    check_tiling(document, found)
    assert texts_of(found) == ["Målområde 1", "Målområde 2"]
    assert rows_of(found) == [Row("Finns en plan?", "Ja")]


def test_a_table_of_another_kind_is_text() -> None:
    document = word([["Strategi", "Ansvarig"], ["1:1", "Nämnden"]], [HEAD, ["Finns plan?", "Ja"]])
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == [Row("Finns plan?", "Ja")]
    assert texts_of(found) == ["Strategi", "Ansvarig", "1:1", "Nämnden"]


def test_an_unknown_column_of_numbers_before_the_question() -> None:
    assert read([["Nr", *THREE], ["1", "Finns en plan?", "Ja", "Den är ny."]]) == [
        Row("1 Finns en plan?", "Ja", ("Den är ny.",))
    ]


def test_columns_in_another_order_than_the_form_has_them() -> None:
    table = [["Svar", "Fråga", "Kommentar"], ["Ja", "Finns en plan?", "Den är ny."]]
    assert read(table) == [Row("Finns en plan?", "Ja", ("Den är ny.",))]


def test_a_table_with_a_comment_column_that_a_plain_form_does_not_name_is_not_read() -> None:
    assert read([["Fråga", "Svar", "Motivering"], ["Finns en plan?", "Ja", "Den är ny."]]) == []


def test_cells_whose_borders_were_moved_are_under_the_headers_above_them() -> None:
    document = word([THREE, ["Finns en plan?", "Ja", "Den är ny."]])
    (table,) = document.tables
    head, row = table.rows
    moved = [replace(cell, column=at) for cell, at in zip(row, (0, 1, 2), strict=True)]
    over = [
        replace(cell, column=at, span=span)
        for cell, at, span in zip(head, (0, 1, 3), (1, 2, 1), strict=True)
    ]
    moved[2] = replace(moved[2], span=2)
    tables = (SourceTable(1, (tuple(over), tuple(moved))),)
    found = layout(replace(document, tables=tables), form())
    assert rows_of(found) == [Row("Finns en plan?", "Ja", ("Den är ny.",))]
    assert not any(block.doubts for block in found.blocks if isinstance(block, RowBlock))


def test_a_repeated_header_is_not_a_row() -> None:
    document = word([HEAD, ["Finns en plan?", "Ja"], HEAD, ["Är den känd?", "Nej"]])
    found = layout(document, form())
    assert [b.repeated for b in found.blocks if isinstance(b, HeadBlock)] == [False, True]
    assert len(rows_of(found)) == 2
