"""Where the borders between a table's columns are. Named after what broke."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.layout.blocks import Doubt, Layout, RowBlock
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


def rows(found: Layout) -> list[RowBlock]:
    return [block for block in found.blocks if isinstance(block, RowBlock)]


def with_words(document: Document, opens: str, words: dict[str, tuple[float, float]]) -> Document:
    """The document with one line drawn word by word, as justified text is, at the given places."""
    (page, *others) = document.pages
    number = max(line.number for line in page.lines)
    lines = []
    for line in page.lines:
        if line.box is None or not line.text.startswith(opens):
            lines.append(line)
            continue
        for word, (x0, x1) in words.items():
            number += 1
            box = line.box._replace(x0=x0, x1=x1)
            lines.append(line._replace(number=number, text=word, box=box))
    return replace(document, pages=(replace(page, lines=tuple(lines)), *others))


EDGE = 60 + OPEN.widths[0] + OPEN.pad


def test_a_justified_line_wider_than_its_column_does_not_move_the_next_column() -> None:
    """Its last word reached over the edge: "Ja" and that word were both read as the comment's."""
    words = {"Följs": (64, 90), "planen": (130, 170), "upp?": (EDGE - 30, EDGE + 5)}
    document = with_words(drawn(ROWS, widen="-", to=0), "Följs planen upp?", words)
    found = layout(document, form())
    assert rows_of(found) == ROWS
    assert Doubt.COLUMN_UNCERTAIN in rows(found)[1].doubts


@pytest.mark.parametrize("start", [EDGE - 1, EDGE + 1])
def test_a_word_that_begins_almost_where_the_next_column_does_stays_in_its_own(
    start: float,
) -> None:
    """Comments had read "upp? Nej", and the questions lacked the word."""
    words = {"Följs": (64, 90), "planen": (130, EDGE - 7), "upp?": (start, start + 20)}
    document = with_words(drawn(ROWS, widen="-", to=0), "Följs planen upp?", words)
    found = layout(document, form())
    assert rows_of(found) == ROWS
    assert Doubt.COLUMN_UNCERTAIN in rows(found)[1].doubts


def test_a_line_that_goes_on_with_a_sentence_ends_no_table_however_wide() -> None:
    """A detail had lost its last line without any doubt."""
    detail = "Strategi 1:3 stödet till den som utsätts ska vara känt av alla."
    rows_here = [*ROWS[:2], replace(ROWS[2], answer="Nej", comment=(), detail=(detail,))]
    document = drawn(rows_here, widen="utsätts", to=EDGE + 30)
    assert any(line.box and line.box.x1 == EDGE + 30 for line in document.lines)
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == rows_here
    assert Doubt.COLUMN_UNCERTAIN in rows(found)[2].doubts


def test_an_address_wider_than_its_column_does_not_end_the_last_row() -> None:
    """The address and the text below it had been lost without any doubt."""
    detail = ("Strategi 1:3 stödet till den som söker (www.almhamn.se/trygghet/lage/31) framöver.",)
    rows_here = [*ROWS[:2], replace(ROWS[2], comment=(), detail=detail)]
    document = drawn(rows_here, widen="(www", to=EDGE + 30)
    found = layout(document, form())
    check_tiling(document, found)
    assert rows_of(found) == rows_here
    assert Doubt.COLUMN_UNCERTAIN in rows(found)[2].doubts


def test_a_header_wider_than_its_column_leaves_the_columns_where_lines_begin() -> None:
    """All comments of the table were read as answers."""
    look = replace(
        OPEN, widths=(140.0, 60.0, 260.0), heads=("Uppföljningsfrågor", "Svar", "Kommentar")
    )
    builder = Builder(look)
    builder.table(ROWS)
    document = builder.document()
    edge = 60 + sum(look.widths[:2]) + look.pad
    (page, *_) = document.pages
    lines = tuple(
        line._replace(box=line.box._replace(x0=edge + 9, x1=edge + 70))
        if line.box and line.text == "Kommentar"
        else line._replace(box=line.box._replace(x1=edge + 2))
        if line.box and line.text == "Svar"
        else line
        for line in page.lines
    )
    found = layout(replace(document, pages=(replace(page, lines=lines),)), form())
    assert rows_of(found) == ROWS
