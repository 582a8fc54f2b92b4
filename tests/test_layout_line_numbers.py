"""Numbers in the margin that only count lines are no part of questions or answers."""

from __future__ import annotations

import pytest

from extractors.layout.geometry import layout
from tests.layout_builder import Builder, Look, Row, check_tiling, form, rows_of

LONG = "Vi har arbetat med frågan hela året och går igenom den varje månad med alla som berörs. "
ROWS = [
    Row("Finns en plan?", "Ja", (LONG * 4,), ("Strategi 1:1 plan.",)),
    Row("Följs den upp?", "Nej", (LONG * 5,), ("Strategi 1:2 följs.",)),
]
LOOK = Look(rules="none", running=False)


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("x", [30.0, 560.0])
def test_line_numbers_in_the_margin_are_left_out(step: int, x: float) -> None:
    builder = Builder(LOOK)
    builder.table(ROWS)
    for number in range(step, 41, step):
        builder.put(str(number), x, 80 + LOOK.pitch * number, size=8)
    document = builder.document()
    found = layout(document, form())
    check_tiling(document, found)
    assert [(row.question, row.answer) for row in rows_of(found)] == [
        (row.question, row.answer) for row in ROWS
    ]
    assert all(piece.text.isdigit() for piece in found.running)


def test_numbers_beside_a_few_rows_stay() -> None:
    builder = Builder(LOOK)
    builder.table(ROWS)
    for number in range(1, 4):
        builder.put(str(number), 30.0, 80 + 50 * number, size=8)
    assert not layout(builder.document(), form()).running
