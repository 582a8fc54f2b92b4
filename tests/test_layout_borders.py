"""What is drawn on a page and what it says about the borders of rows. Named after what broke."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.layout.geometry import layout
from extractors.layout.tables.rules import without_nested
from models.document import Box
from tests.layout_builder import Builder, Look, Row, form, rows_of

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
def test_a_shaded_paragraph_inside_a_shaded_cell_is_no_row_border(cells: bool) -> None:
    builder = Builder(replace(TWO))
    builder.head()
    for row in ROWS:
        set_row(builder, row, cells=cells, inner=True)
    assert rows_of(layout(builder.document(), form())) == ROWS


def test_shaded_rows_on_the_background_of_their_table_part_rows() -> None:
    background = Box(60, 100, 520, 400)
    rows = [Box(60, top, 520, top + 50) for top in (100, 200, 300)]
    assert without_nested([background, *rows], [260]) == [background, *rows]


def test_cells_side_by_side_on_the_background_of_their_table_part_rows() -> None:
    background = Box(60, 100, 520, 400)
    cells = [Box(x, 150, x + 228, 200) for x in (61, 291)]
    assert without_nested([background, *cells], [290]) == [background, *cells]
