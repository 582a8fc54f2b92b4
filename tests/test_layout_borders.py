"""What is drawn on a page and what it says about the borders of rows. Named after what broke."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.layout.decisions import decisions
from extractors.layout.geometry import layout
from extractors.layout.tables.rules import without_nested
from models.document import Box
from tests.layout_builder import Builder, Look, Row, form, rows_of, texts_of

TWO = Look(rules="none", running=False)


def set_row(builder: Builder, row: Row, *, cells: bool, inner: bool) -> None:
    """Sets a row on shaded cells, or on a shaded area behind all of it, with shaded paragraphs."""
    top = builder.y
    lefts = builder.lefts()
    builder._row(row, shaded=False)
    edges = [(lefts[0], lefts[1]), (lefts[1], lefts[2])] if cells else [(lefts[0], lefts[2])]
    for left, right in edges:
        builder.rule(left, top + 0.5, right, builder.y - 0.5, filled=True)
    if inner:
        middle = (top + builder.y) / 2
        for first, last in ((top + 3, middle), (middle, builder.y - 3)):
            builder.rule(lefts[1] + 2, first, lefts[2] - 2, last, filled=True)


LONG = "Vi har arbetat med frågan hela året och går igenom den varje månad med alla som berörs."
ROWS = [
    Row("Finns en plan?", "Ja", (LONG,), ("Strategi 1:1 plan.",)),
    Row("Följs den upp?", "Nej", (LONG,), ("Strategi 1:2 följs.",)),
    Row("Räcker stödet?", "Ja", (LONG,), ("Strategi 1:3 stöd.",)),
]


@pytest.mark.parametrize("cells", [True, False], ids=["shaded cells", "shaded rows"])
def test_a_shaded_paragraph_inside_a_shaded_cell_is_not_a_row_border(cells: bool) -> None:
    builder = Builder(replace(TWO))
    builder.head()
    for row in ROWS:
        set_row(builder, row, cells=cells, inner=True)
    assert rows_of(layout(builder.document(), form())) == ROWS


def test_shaded_rows_on_the_background_of_their_table_separate_rows() -> None:
    background = Box(60, 100, 520, 400)
    rows = [Box(60, top, 520, top + 50) for top in (100, 200, 300)]
    assert without_nested([background, *rows], [260]) == [background, *rows]


def test_cells_side_by_side_on_the_background_of_their_table_separate_rows() -> None:
    background = Box(60, 100, 520, 400)
    cells = [Box(x, 150, x + 228, 200) for x in (61, 291)]
    assert without_nested([background, *cells], [290]) == [background, *cells]


def words(builder: Builder, text: str, *, size: float, space: float = 0.28) -> None:
    """Sets a heading word by word, as some producers do, with spaces in shares of its size."""
    x = builder.look.left
    for word in text.split():
        builder.put(word, x, builder.y, size=size, bold=True)
        x += (len(word) * 0.52 + space) * size


@pytest.mark.parametrize("rules", ["across", "none"])
def test_a_large_heading_at_the_bottom_of_a_page_is_not_a_question(rules: str) -> None:
    look = replace(TWO, rules=rules, widths=(120.0, 340.0))
    builder = Builder(look)
    builder.table(ROWS)
    builder.y += 26
    words(builder, "3.2 Samlad bedömning", size=16)
    builder.new_page()
    builder.table(ROWS)
    found = layout(builder.document(), form())
    assert rows_of(found) == [*ROWS, *ROWS]
    assert texts_of(found) == ["3.2 Samlad bedömning"]


def test_a_large_heading_with_spaces_as_wide_as_gaps_is_not_a_row() -> None:
    """Its lines were justified: no word crossed the border, and its table went to 2.2."""
    builder = Builder(replace(TWO, rules="none"))
    builder.table(ROWS)
    builder.y += 26
    words(builder, "2.3 Fokusområde 3: Kunskap om oss alla", size=13, space=1.0)
    builder.table(ROWS)
    found = layout(builder.document(), form())
    assert rows_of(found) == [*ROWS, *ROWS]
    assert texts_of(found) == ["2.3 Fokusområde 3: Kunskap om oss alla"]


@pytest.mark.parametrize("rules", ["all", "across", "none", "shade"])
def test_a_heading_right_above_a_table_at_the_top_of_a_page_is_not_a_row(rules: str) -> None:
    builder = Builder(replace(TWO, rules=rules))
    builder.table(ROWS)
    builder.new_page()
    builder.text("3.2 Samlad bedömning", size=13, bold=True)
    builder.table(ROWS)
    found = layout(builder.document(), form())
    assert rows_of(found) == [*ROWS, *ROWS]
    assert texts_of(found) == ["3.2 Samlad bedömning"]


@pytest.mark.parametrize("rules", ["all", "across", "none"])
def test_an_answer_at_the_bottom_of_a_page_has_its_question_on_the_next(rules: str) -> None:
    builder = Builder(replace(TWO, rules=rules))
    builder.table(ROWS)
    top = builder.y - 6
    first, second = LONG[:44], LONG[44:].strip()
    for text, base in (("Ja", top + 16), (first, top + 34)):
        builder.put(text, builder.lefts()[1] + 4, base, size=10)
    builder.y = top + 40
    builder._draw_part(top, shaded=False, is_cut=True, has_text=True)
    builder.new_page()
    top = builder.y
    for at, text in enumerate(("Finns det tillräckligt med", "personal?")):
        builder.put(text, builder.lefts()[0] + 4, top + 16 + 12 * at, size=10, bold=True)
    builder.put(second, builder.lefts()[1] + 4, top + 16, size=10)
    builder.y = top + 34
    builder._draw_part(top, shaded=False, is_cut=False, has_text=True)
    builder._row(ROWS[1], shaded=False)
    found = layout(builder.document(), form())
    late = Row("Finns det tillräckligt med personal?", "Ja", (LONG,))
    assert rows_of(found) == [*ROWS, late, ROWS[1]]


@pytest.mark.parametrize("side", ["question", "detail"])
def test_a_line_between_a_question_and_its_detail_is_not_a_row_border(side: str) -> None:
    builder = Builder(replace(TWO, rules="across"))
    builder.head()
    for row in ROWS:
        top = builder.y
        builder._row(row, shaded=False)
        lefts = builder.lefts()
        right = lefts[1] if side == "question" else lefts[2]
        builder.rule(lefts[0] + 3, top + 19.5, right - 3, top + 20, filled=True)
    assert rows_of(layout(builder.document(), form())) == ROWS


def test_each_decision_on_a_page_names_its_evidence() -> None:
    builder = Builder(replace(TWO, rules="across"))
    builder.table(ROWS)
    found = {own.text.split("?")[0]: own.why for own in decisions(builder.document(), form())}
    assert found["Följs den upp"].label == "begin-answered"
    assert "a line is drawn above" in [reason.name for reason in found["Följs den upp"].reasons]
