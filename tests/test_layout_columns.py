"""Where the borders between a table's columns are. Named after what broke."""

from __future__ import annotations

from dataclasses import replace

from extractors.layout.geometry import layout
from models.document import Box, Document, Rule
from tests.layout_builder import Builder, Look, Row, check_tiling, form, rows_of, texts_of

OPEN = Look(rules="none", running=False)
ROWS = [
    Row("Finns en plan för året?", "Ja", ("Planen antogs i mars.",), ("Strategi 1:1 planen.",)),
    Row("Följs planen upp?", "Nej", ("Det sker först nästa år.",), ("Strategi 1:2 uppföljning.",)),
    Row("Räcker stödet till?", "Ja", ("Stödet har ökat i år.",), ("Strategi 1:3 stödet.",)),
]


def drawn(rows: list[Row], *, widen: str, to: float) -> Document:
    """The rows, with the lines of question cells that open with `widen` reaching further right."""
    builder = Builder(OPEN)
    builder.table(rows)
    builder.text("Efter tabellen följer text som går över hela sidans bredd och inte hör dit.")
    document = builder.document()
    pages = [
        replace(
            page,
            lines=tuple(
                line._replace(box=line.box._replace(x1=to))
                if line.box and line.text.startswith(widen)
                else line
                for line in page.lines
            ),
        )
        for page in document.pages
    ]
    return replace(document, pages=tuple(pages))


def test_text_that_comes_within_a_word_space_of_the_next_column_ends_no_table() -> None:
    edge = 60 + OPEN.widths[0] + OPEN.pad
    document = drawn(ROWS, widen="Strategi", to=edge - 2)
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == ROWS
    assert len(texts_of(found)) == 1


def test_an_address_that_is_wider_than_its_column_ends_no_table() -> None:
    rows = [replace(ROWS[0], detail=("https://www.almhamn.se/planen",)), *ROWS[1:]]
    document = drawn(rows, widen="https", to=60 + OPEN.widths[0] + 40)
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == rows
    assert len(texts_of(found)) == 1


def test_the_sides_of_an_answers_box_are_not_column_borders() -> None:
    """The table had ended where the box of the first answer did."""
    builder = Builder(OPEN)
    builder.table(ROWS)
    edge = 60 + OPEN.widths[0] + OPEN.pad
    (lines, rules, _), *_ = builder.pages
    first = next(line.box.y0 for line in lines if line.box and line.text == ROWS[0].answer)
    box = Box(edge, first - 4, edge + 6.5, first + 2.5)
    sides = [(box.x0, box.x0 + 0.6), (box.x1 - 0.6, box.x1)]
    rules += [Rule(Box(x0, box.y0, x1, box.y1), filled=True) for x0, x1 in sides]
    found = layout(builder.document(), form())
    check_tiling(builder.document(), found)
    assert rows_of(found) == ROWS


def test_a_table_of_one_row_at_the_end_of_a_page_has_two_columns() -> None:
    """One full question line before a narrow gutter had looked like text across the table."""
    builder = Builder(OPEN)
    builder.y = OPEN.bottom - 40
    builder.table(ROWS)
    first, second = ROWS[0].question, ROWS[0].answer
    edge = 60 + OPEN.widths[0] + OPEN.pad
    document = builder.document()
    page = document.pages[0]
    assert {first, second} <= {line.text for line in page.lines}
    lines = tuple(
        line._replace(box=line.box._replace(x1=edge - 4))
        if line.box and line.text == first
        else line
        for line in page.lines
    )
    document = replace(document, pages=(replace(page, lines=lines), *document.pages[1:]))
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == ROWS
