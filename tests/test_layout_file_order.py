"""Rows found by the order of a file and by its tags. Named after what broke."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from extractors.layout.geometry import find_areas, layout
from extractors.layout.rows.file_order import file_order, is_drawn_by_rows
from extractors.layout.tables.tables import Table, TableArea
from models.document import Document, Tag
from tests.layout_builder import Builder, Look, Row, check_tiling, form, rows_of

OPEN = Look(rules="none", running=False, bold=False, pad=2.0, paragraph_gap=4.0)
SENTENCE = (
    "Vi har arbetat med frågan hela året och går igenom den varje månad med alla som berörs. "
)
LONG = (SENTENCE * 3).strip()
ROWS = [
    Row(
        "Finns en plan för frågan?",
        "Ja",
        (LONG, LONG),
        ("1:1 Planen.",),
    ),
    Row("Följs den upp av er på något sätt?", "Nej", (LONG,), ("1:2 Uppföljning ska ske.",)),
    Row("Räcker stödet från staden till?", "Ja", (LONG, LONG), ("1:3 Stödet ska räcka.",)),
    Row("Är alla som berörs med i arbetet?", "Delvis", (LONG,), ("1:4 Alla ska vara med.",)),
]


def document() -> Document:
    builder = Builder(OPEN)
    builder.table(ROWS)
    return builder.document()


def in_reading_order(source: Document) -> Document:
    """The same page, drawn line by line over all columns."""
    (page,) = source.pages
    lines = sorted(page.lines, key=lambda line: (line.box.y1, line.box.x0) if line.box else (0, 0))
    numbered = tuple(line._replace(number=at) for at, line in enumerate(lines, 1))
    return replace(source, pages=(replace(page, lines=numbered),))


def centred(source: Document) -> Document:
    """The same page with the question cells moved down, to the middle of their rows."""
    (page,) = source.pages
    moved = []
    for line in page.lines:
        box = line.box
        if box is not None and box.x0 < 200 and box.y0 > 110:
            box = box._replace(y0=box.y0 + 13, y1=box.y1 + 13)
        moved.append(line._replace(box=box))
    return replace(source, pages=(replace(page, lines=tuple(moved)),))


def areas(source: Document) -> list[TableArea]:
    items = find_areas(source, form()).items
    return [area for item in items if isinstance(item, Table) for area in item.areas]


def test_a_file_that_draws_cell_by_cell_shows_where_rows_begin() -> None:
    (area,) = found = areas(document())
    assert is_drawn_by_rows(found, len(ROWS))
    begun = [area.lines[at].text.split()[0] for at in sorted(file_order(area).begins)]
    assert begun == ["Finns", "Följs", "Räcker", "Är"]


def test_a_file_that_draws_line_by_line_shows_nothing_about_rows() -> None:
    assert not is_drawn_by_rows(areas(in_reading_order(document())), len(ROWS))


def test_a_file_that_draws_column_by_column_shows_nothing_about_rows() -> None:
    (page,) = document().pages
    lines = sorted(page.lines, key=lambda line: line.box.x0 if line.box else 0)
    numbered = tuple(line._replace(number=at) for at, line in enumerate(lines, 1))
    source = replace(document(), pages=(replace(page, lines=numbered),))
    assert not is_drawn_by_rows(areas(source), len(ROWS))


def test_rows_whose_question_is_in_their_middle_are_found_by_the_file_order() -> None:
    source = centred(document())
    found = layout(source, form())
    check_tiling(source, found)
    assert [(row.question, row.answer) for row in rows_of(found)] == [
        (row.question, row.answer) for row in ROWS
    ]


@pytest.mark.parametrize("seed", range(3))
def test_tags_show_rows_whatever_the_page_looks_like(seed: int) -> None:
    """A file whose lines are drawn in any order, and whose questions are in the middle."""
    tagged = []
    row = -1
    (page,) = document().pages
    for line in page.lines:
        row += any(own.question.startswith(line.text) for own in ROWS)
        tagged.append(line._replace(tag=Tag(0, row + 1) if row >= 0 else None))
    source = centred(replace(document(), pages=(replace(page, lines=tuple(tagged)),)))
    lines = list(source.pages[0].lines)
    Random(seed).shuffle(lines)
    numbered = tuple(line._replace(number=at) for at, line in enumerate(lines, 1))
    source = replace(source, pages=(replace(page, lines=numbered),))
    found = layout(source, form())
    assert [(own.question, own.answer) for own in rows_of(found)] == [
        (own.question, own.answer) for own in ROWS
    ]


def test_an_unanswered_row_far_below_the_others_is_kept() -> None:
    blank = Row("Följs planen upp varje år?", "", (), ("Strategi 1:9 Planen ska följas upp.",))
    builder = Builder(OPEN)
    builder.table(ROWS)
    builder.y += 16
    builder._row(blank, shaded=False)
    builder.y += 30
    builder.text("1.2 Inriktning", bold=True)
    source = builder.document()
    found = layout(source, form())
    check_tiling(source, found)
    assert rows_of(found)[-1].question == blank.question
    assert len(rows_of(found)) == len(ROWS) + 1
