"""Whether paragraphs end with their page where their last line is full. Named after what broke."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.layout.cells.page_ends import PageEnds
from extractors.layout.cells.paragraphs import Read, Reader
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import spacing_of
from tests.layout_builder import form
from tests.test_layout_paragraphs import RIGHT, line

FOOT, PITCH, GAP = 760.0, 12.0, 18.0
FULL = "Vi har arbetat med det under hela året."
OPENS = "Det arbetet har vi gjort tillsammans med"
INSIDE = "och det har vi gjort tillsammans med nio"
HEIGHT = 842.0


def paragraph(count: int, top: float, *, page: int) -> list[TextLine]:
    """A paragraph whose lines are all full, and whose last one ends a sentence."""
    texts = [OPENS, *[INSIDE] * (count - 2), FULL]
    return [line(text, top + PITCH * at, page=page) for at, text in enumerate(texts)]


def others() -> list[TextLine]:
    """Paragraphs of one and of two sentences down to the foot of a page."""
    lines: list[TextLine] = []
    while len(lines) < 80:
        top = lines[-1].base + GAP if lines else 80.0
        lines += [*paragraph(2, top, page=9), *paragraph(2, top + PITCH + GAP, page=9)]
        lines[-2] = line(FULL, lines[-2].base, page=9)
    last = lines[-1].base
    return [own._replace(base=own.base + FOOT - last) for own in lines]


def read(above: int, below: int, *, room: float, footnote: bool = False) -> Read:
    """Reads two paragraphs, or one, before and after the end of a page with room for lines."""
    top = FOOT - PITCH * (room + above - 1)
    parts = [paragraph(above, top, page=1), paragraph(below, 80, page=2)]
    return read_parts(parts, footnote=footnote)


def read_parts(parts: Sequence[list[TextLine]], *, footnote: bool = False) -> Read:
    lines = [own for part in parts for own in part]
    spacing = spacing_of([lines, others()], [], on_grid=False)
    heights = {page: HEIGHT for page in (1, 2, 9) if not (footnote and page == 1)}
    cells = [(parts, RIGHT), ([others()], RIGHT)]
    pages = PageEnds(cells, spacing, heights, gapless=False)
    reader = Reader(spacing, form(), pages=pages)
    return reader.cell(lines, RIGHT, weight_parts=False)


def test_a_page_with_room_for_another_line_ends_a_paragraph() -> None:
    """Text that had room was moved with the rest of its paragraph: it begins one."""
    assert len(read(4, 5, room=2).paragraphs) == 2


@pytest.mark.parametrize("room", [0.0, 1.2])
def test_two_lines_that_follow_a_page_end_the_paragraph_above(room: float) -> None:
    """Programs leave no single line behind, so they move the line before the last one with it."""
    found = read(4, 2, room=room)
    assert len(found.paragraphs) == 1


def test_a_footnote_leaves_no_room_at_the_foot_of_a_page() -> None:
    assert len(read(4, 5, room=2, footnote=True).paragraphs) == 1


def test_a_page_on_which_the_next_paragraph_had_room_shows_nothing() -> None:
    """A page that ends higher up for another reason was taken for one with room to spare."""
    found = read(4, 5, room=20)
    assert (len(found.paragraphs), found.sure) == (1, False)


def test_a_full_page_leaves_a_doubt() -> None:
    assert not read(4, 5, room=0).sure


def test_an_item_goes_on_where_its_text_is_indented() -> None:
    """ "Översyn i Västra|Strand": the item's rest on the next page became a paragraph."""
    rest = line("Strand", 80, page=2)
    moved = rest._replace(x0=rest.x0 + 10, x1=rest.x1 + 10)
    found = read_parts([[line("• Översyn i Västra", FOOT)], [moved]])
    assert (len(found.paragraphs), found.sure) == (1, True)


def test_a_remark_in_brackets_ends_the_question() -> None:
    asked = "Har alla egna rutiner? (Samtliga nämnder)"
    detail = "Genomförs aktiviteter i enlighet med det."
    lines = [line(asked, FOOT), line(detail, 80, page=2)]
    spacing = spacing_of([lines], [], on_grid=False)
    found = Reader(spacing, form()).cell(lines, RIGHT, weight_parts=True)
    assert (len(found.paragraphs), found.sure) == (2, True)
