"""Where paragraphs end on pages, at their ends, and by what a file says. Named after what broke."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.layout.blocks import Piece
from extractors.layout.cells.line_breaks import LineBreaks, count_breaks
from extractors.layout.cells.paragraphs import Read, Reader
from extractors.layout.cells.runs import Run as TextRun
from extractors.layout.cells.runs import TextLine, text_lines
from extractors.layout.cells.spacing import spacing_of
from extractors.layout.geometry import layout
from models.document import Box, Line, Tag
from tests.layout_builder import Builder, Look, Row, form, rows_of

RIGHT = 300.0
WORD = 5.0


def line(
    text: str, base: float, *, page: int = 1, tag: int = 0, right: float | None = None
) -> TextLine:
    """A line of letters that are 5 points wide, from 100 points on."""
    x1 = right or 100 + WORD * len(text)
    source = Line(
        1,
        text,
        page,
        Box(100, base - 9, x1, base + 3),
        10.0,
        False,
        tag=Tag(tag, 0) if tag else None,
    )
    run = TextRun(Piece.whole(source), text, 100, x1, base, 10.0, False)
    return text_lines([run], page)[0]


def over_the_break(above: str, below: str, *, tags: tuple[int, int] = (0, 0)) -> list[TextLine]:
    """Two lines that a page break parts."""
    return [line(above, 700, tag=tags[0]), line(below, 80, page=2, tag=tags[1])]


def read(lines: Sequence[TextLine], texts: Sequence[str] = (), *, justified: bool = False) -> Read:
    spacing = spacing_of([lines], [], on_grid=False)
    reader = Reader(spacing, form(), texts, justified=justified)
    return reader.cell(lines, RIGHT, weight_parts=False)


FULL = "Vi har arbetat med det under hela året."
"""A line after which no word has room."""


@pytest.mark.parametrize(
    ("above", "below", "count", "sure"),
    [
        (FULL, "Nu följer vi upp det.", 1, False),
        (FULL, "och det gick bra för oss.", 1, True),
        ("Arbetet är klart.", "Nu följer vi upp det.", 2, True),
        ("• Belysning vid skolan och torget i Vik", "Uppföljning sker i maj.", 2, False),
        ("Arbetet bedrivs av staden, regionen och", "Skatteverket och polisen.", 1, True),
        ("Arbetet fortsätter på samma vis som förr", "Frågan är inte ny för oss.", 2, False),
        ("Vi arbetar nära tillsammans med kollegor", "Skatteverket har skickat.", 1, True),
        ("Vi arbetar nära tillsammans med kollegor", "Migrationsverket har skickat.", 1, False),
    ],
)
def test_a_paragraph_that_may_end_with_the_page_is_flagged(
    above: str, below: str, count: int, sure: bool
) -> None:
    texts = ["Vi har ställt frågan till dem.", "Även Skatteverket deltar."]
    found = read(over_the_break(above, below), texts)
    assert (len(found.paragraphs), found.sure) == (count, sure)


@pytest.mark.parametrize(("tags", "count"), [((4, 4), 1), ((4, 5), 2)])
def test_paragraph_tags_of_the_file_are_certain_across_a_page_break(
    tags: tuple[int, int], count: int
) -> None:
    found = read(over_the_break(FULL, "Nu följer vi upp det.", tags=tags))
    assert (len(found.paragraphs), found.sure) == (count, True)


def test_tags_that_part_an_item_in_lower_case_are_certain() -> None:
    found = read(over_the_break("a) översyn av platser", "b) genomgång av rutiner", tags=(4, 5)))
    assert (len(found.paragraphs), found.sure) == (2, True)


def test_tags_that_part_a_sentence_at_a_page_break_do_not_decide() -> None:
    """Paged.js tags both parts of a paragraph that a page cuts as paragraphs of their own."""
    found = read(over_the_break("Vi har arbetat med", "rutiner under hela året.", tags=(4, 5)))
    assert (len(found.paragraphs), found.sure) == (1, False)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Mötet hölls den", "12 mars i Västra Strand."),
        ("chefer vid nämnden", "Hamnvik och polisen"),
    ],
)
def test_a_short_line_at_a_page_end_without_a_full_stop_is_flagged(above: str, below: str) -> None:
    """Programs that measure type wider than they draw it break lines that seem to have room."""
    assert not read(over_the_break(above, below)).sure


@pytest.mark.parametrize(
    ("right", "count", "sure"), [(RIGHT, 1, False), (RIGHT - 2, 1, False), (RIGHT - 8, 2, True)]
)
def test_a_justified_line_that_ends_before_the_edge_ends_a_paragraph(
    right: float, count: int, sure: bool
) -> None:
    """A sign may hang over the edge, so that other lines end before it; a last line can be full."""
    above = line("Vi har arbetat med det under året.", 700, right=right)
    found = read([above, line("Nu följer vi upp det.", 80, page=2)], justified=True)
    assert (len(found.paragraphs), found.sure) == (count, sure)


@pytest.mark.parametrize(
    ("texts", "rights", "count", "sure"),
    [
        (("Vi har arbetat med det under året.",), (RIGHT - 1,), 1, False),
        (("Vi har hela tiden bidragit till", "länsgemensamheten."), (RIGHT, 190), 1, False),
        (("• Vi har arbetat med det som förr", "och det gick bra för oss."), (276, 283), 1, False),
        (("• Vi har arbetat med det som förr.",), (283,), 1, False),
        (("Vi har arbetat", "och det gick bra för oss."), (RIGHT, 283), 2, True),
    ],
    ids=[
        "full by chance",
        "a single word",
        "an item that is not justified",
        "an item of one line",
        "a last line",
    ],
)
def test_an_unstretched_line_that_may_end_its_paragraph_is_flagged(
    texts: Sequence[str], rights: Sequence[float], count: int, sure: bool
) -> None:
    """The last line of a page is no proof where it is one word, or almost full by chance."""
    bases = (688, 700)[-len(texts) :]
    above = [line(*one, right=right) for *one, right in zip(texts, bases, rights, strict=True)]
    below = line("Myndighetsgemensamma möten följs upp", 80, page=2, right=RIGHT)
    found = read([*above, below], justified=True)
    assert (len(found.paragraphs), found.sure) == (count, sure)


def test_a_line_break_in_a_justified_paragraph_ends_none() -> None:
    lines = [
        line("Vi har arbetat med det under", 100, right=RIGHT),
        line("hela året.", 112),
        line("Nu följer vi upp det.", 124, right=RIGHT),
    ]
    assert len(read(lines, justified=True).paragraphs) == 1


@pytest.mark.parametrize(("room", "count"), [(124, 1), (140, 2)])
def test_a_wide_word_that_had_no_room_ends_no_paragraph(room: float, count: int) -> None:
    """Letters are not equally wide: a word with many "m" is wider than most of as many letters."""
    above = line("Det gick som vi ville.", 700, right=RIGHT - room)
    below = line("Myndighetsgemensamma insatser i fjol", 80, page=2, right=RIGHT)
    assert len(read([above, below]).paragraphs) == count


def test_a_justified_line_before_a_broken_line_is_not_sure_to_end_a_paragraph() -> None:
    """If question cells break lines inside paragraphs, a short last line on a page ends none."""
    lines = over_the_break("Värdarna är utbildade.", "Unga har en meningsfull fritid.")
    spacing = spacing_of([lines], [], on_grid=False)
    reader = Reader(spacing, form(), justified=True, broken_lines=True)
    found = reader.cell(lines, RIGHT, weight_parts=True)
    assert (len(found.paragraphs), found.sure) == (1, False)


@pytest.mark.parametrize("broken", [True, False])
def test_short_lines_of_broken_details_are_not_doubtful_if_spacing_is_uneven(broken: bool) -> None:
    """In question cells whose lines are broken, a line that ends early is nothing unusual."""
    lines = [line("Värdarna är utbildade", 100), line("Unga har en meningsfull fritid.", 112)]
    spacing = spacing_of([lines], [], on_grid=False)._replace(is_uneven=True)
    reader = Reader(spacing, form(), broken_lines=broken)
    found = reader.cell(lines, RIGHT, weight_parts=True)
    assert (len(found.paragraphs), found.sure) == (1, broken)


@pytest.mark.parametrize(
    ("item", "below", "count"),
    [
        ("• Rutiner för hot", "Övningar har hållits i maj.", 2),
        ("• Åtgärder i Lövåsen:", "Svaren räcker inte för det.", 2),
        ("• Rutiner för hot", "som gäller alla anställda.", 1),
        ("• Rutiner för hot och våld som ingår i", "Stadsmiljöförvaltningens plan.", 1),
        ("Rutiner för hot", "Övningar har hållits i maj.", 1),
    ],
)
def test_an_item_ends_where_the_next_word_had_room(item: str, below: str, count: int) -> None:
    """A program that sets white between paragraphs set none after the last item of a list."""
    bases = (100, 112, 133, 145, 157)
    texts = ("Vi har arbetat med det under hela året", "och nästa år.", "Detta ingår:", item, below)
    lines = [line(text, base) for text, base in zip(texts, bases, strict=True)]
    assert len(read(lines).paragraphs) == 1 + ("•" in item) + count


def test_text_after_a_full_item_below_its_bullet_is_flagged() -> None:
    item = "• Rutiner för ansvarsfull alkoholservering"
    lines = [line("Detta ingår:", 100), line(item, 121), line("Rekryteringen är klar.", 133)]
    found = read(lines)
    assert (len(found.paragraphs), found.sure) == (2, False)


def seamed(at: float = 541.0) -> list[TextLine]:
    """Three pages of a paragraph; each has meaningless white space above one height."""
    return [
        line("och vi fortsätter med det en tid", base, page=page)
        for page, push in ((1, 3), (2, 5), (3, 4))
        for base in (at - 36 - push, at - 24 - push, at - 12 - push, at, at + 12, at + 24)
    ]


def test_white_at_one_height_of_every_page_ends_no_paragraph() -> None:
    """Where a web page was set for pages of another size, lines are moved over their ends."""
    assert len(read(seamed()).paragraphs) == 1


def test_white_inside_a_divided_word_ends_no_paragraph() -> None:
    """On a web page set for pages of another size, a word was torn apart: "bibli-|oteket"."""
    bases = (100, 112, 124, 149, 161)
    texts = (
        "Vi har talat om",
        "det, och om bibli\u2010",
        "oteket i staden",
        "Sedan",
        "fortsätter vi",
    )
    lines = [line(text, base) for text, base in zip(texts, bases, strict=True)]
    torn = [*lines[:2], *(own._replace(base=own.base + 13) for own in lines[2:])]
    assert [len(paragraph) for paragraph in read(torn).paragraphs] == [3, 2]


def test_runs_on_the_very_same_baseline_are_one_line() -> None:
    """A line of the next column a little further up had taken the item and left its bullet."""
    pieces = [("fråga", 100, 288.64), ("Åtgärder", 251, 292.07), ("•", 243, 292.10)]
    runs = [
        TextRun(Piece(Line(n, text, 1), 0, len(text)), text, x0, x0 + 40, base, 8.6, False)
        for n, (text, x0, base) in enumerate(pieces, 1)
    ]
    assert [found.text for found in text_lines(runs, 1)] == ["fråga", "• Åtgärder"]


def test_a_bullet_in_a_lower_font_is_on_the_line_of_its_text() -> None:
    """A line of the next column between the two had taken the bullet off its item."""
    pieces = [("mål,", 90, 276.0), ("•", 306, 279.3), ("Utbildning av chefer", 324, 280.5)]
    runs = [
        TextRun(Piece(Line(n, text, 1), 0, len(text)), text, x0, x0 + 5, base, 11.0, False)
        for n, (text, x0, base) in enumerate(pieces, 1)
    ]
    assert [found.text for found in text_lines(runs, 1)] == ["mål,", "• Utbildning av chefer"]


def test_paragraphs_without_gaps_end_with_their_short_lines() -> None:
    """LaTeX and many exports set no gap in cells: what a short line ends was one paragraph."""
    comment = (
        "Lägesbilden finns i bilagan till planen och har stämts av med polisen i maj.",
        "Kostnaden ryms i budgeten.",
        "Värdarna arbetar kvällar och helger från och med mars, och en utvärdering görs i höst.",
    )
    rows = [Row(f"Har ni genomfört insats {number}?", "Ja", comment) for number in range(1, 6)]
    builder = Builder(Look(paragraph_gap=0, rules="across"))
    builder.table(rows)
    assert [row.comment for row in rows_of(layout(builder.document(), form()))] == [comment] * 5


def test_a_line_that_a_raised_number_pushes_down_need_not_begin_a_paragraph() -> None:
    """Programs set a line with a note's mark further from the one above."""
    paragraph = [
        "Vi har avsatt medel för det sedan hösten.",
        "och vi fortsätter med det en tid till nu",
    ]
    lines = [line(text, 30 * n + 12 * m) for n in range(1, 13) for m, text in enumerate(paragraph)]
    last = lines[-1].base + 15
    pushed = line("Enkäten³ besvarades av många av de unga.", last)
    plain = line("Enkäten besvarades av många av de unga.", last)
    assert len(read([*lines, pushed]).paragraphs) == 12
    assert not read([*lines, pushed]).sure
    assert len(read([*lines, plain]).paragraphs) == 13


def test_a_short_item_without_a_full_stop_may_end_without_a_gap() -> None:
    reader = Reader(spacing_of([], [], on_grid=False), form(), gapless=True)
    found = reader.cell(
        [line("föräldramöten i årskurs 6", 100), line("Cykelgarage-vid-stationen", 112)],
        RIGHT - 60,
        weight_parts=False,
    )
    assert not found.sure


@pytest.mark.parametrize(
    ("above", "white", "sure"),
    [
        ("Det pågår just nu.", 6, True),
        ("Det pågår just nu.", 9, False),
        ("samt styrelsen för", 6, False),
    ],
    ids=["a usual gap", "a gap that no other is like", "inside a sentence"],
)
def test_a_gap_that_may_be_of_the_page_makes_the_row_doubtful(
    above: str, white: float, sure: bool
) -> None:
    """What wkhtmltopdf leaves at one height of a page had ended paragraphs without any doubt."""
    texts = ("Vi har arbetat med det hela tiden med", "stöd av den plan som", "togs fram.")
    lines = [line(text, 42 * n + 12 * m) for n in range(8) for m, text in enumerate(texts)]
    lines += [line(above, 336), line("Almhamns Parkering AB.", 348 + white)]
    assert read(lines).sure is sure


def test_where_most_paragraphs_have_one_line_those_of_two_are_told_apart() -> None:
    """In wide columns the gap between paragraphs was taken for the distance of their lines."""
    bases = [18.0 * n + 12 * (n // 4) for n in range(24)]
    lines = [line(FULL, base) for base in bases]
    for n in range(3, 24, 4):
        lines[n] = line("Vi har arbetat med det under hela året", bases[n])
        lines.append(line("och nästa år.", bases[n] + 12))
    found = read(sorted(lines, key=lambda one: one.base))
    assert [len(paragraph) for paragraph in found.paragraphs] == [1, 1, 1, 2] * 6


def test_lines_far_apart_are_no_gap_between_paragraphs() -> None:
    """With a line height of 1.4, broken lines of details were counted as paragraphs of their own.

    So a page break after such a line was taken for the end of a paragraph, without a doubt.
    """
    texts = ["1:1 Samtal förs med alla som bor i", "kvarteret.", "Fler känner sig trygga."]
    lines = [line(text, 100 + 14 * at) for at, text in enumerate(texts)]
    spacing = spacing_of([lines], [], on_grid=False)
    assert count_breaks([(lines, RIGHT)], spacing, form()) == LineBreaks(inside=1, between=0)


def test_lines_of_double_spaced_paragraphs_are_told_from_the_gaps_between_them() -> None:
    """Each line had become a paragraph: lines that far apart were not taken for neighbours."""
    texts = ("Vi har arbetat med det hela tiden med", "stöd av den plan som", "togs fram.")
    bases = [25.0 * at + 7 * (at // 3) for at in range(18)]
    lines = [line(texts[at % 3], base) for at, base in enumerate(bases)]
    found = read(lines)
    assert [len(paragraph) for paragraph in found.paragraphs] == [3] * 6
    assert found.sure
