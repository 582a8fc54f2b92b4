"""Running headers and footers, by repetition and position."""

from __future__ import annotations

import pytest

from extractors.layout.furniture.running import is_page_number
from extractors.layout.geometry import layout
from extractors.layout.tables.heads import is_head_line
from models.document import Box, Document, Format, Line, Page
from tests.layout_builder import Builder, Look, Row, check_tiling, form, rows_of
from tests.running_lines import split


def document(pages: list[list[tuple[str, float]]]) -> Document:
    """Pages of texts with their baselines."""
    number = 0
    made = []
    for page, texts in enumerate(pages, start=1):
        lines = []
        for text, base in texts:
            number += 1
            box = Box(60, base - 9, 60 + 5 * len(text), base + 2.5)
            lines.append(Line(number, text, page, box, 10.0, False))
        made.append(Page(page, 595.0, 842.0, tuple(lines)))
    return Document(Format.PDF, "test", tuple(made))


def running(pages: list[list[tuple[str, float]]]) -> list[str]:
    found, others = split(document(pages), form())
    assert len(found) + len(others) == sum(map(len, pages))
    return [line.text for line in found]


def test_running_header_and_footer_on_every_page() -> None:
    pages = [
        [("Uppföljning 2031", 40), (f"Text på sidan {'abcd'[n]}", 100), (f"{n + 1} (4)", 810)]
        for n in range(4)
    ]
    assert running(pages) == [t for n in range(4) for t in ("Uppföljning 2031", f"{n + 1} (4)")]


def test_running_headers_of_odd_and_even_pages() -> None:
    pages = [
        [("Nämnden" if n % 2 else "Uppföljning", 40), (f"Text {'abcdef'[n]}", 100)]
        for n in range(6)
    ]
    assert len(running(pages)) == 6


def test_section_headings_at_the_top_of_pages_are_not_running_headers() -> None:
    # "1.1 Mål 1" and "1.2 Mål 2" are alike but for their numbers, which do not count the pages.
    pages = [
        [(f"1.{n // 2 + 1} Målområde {n // 2 + 1}", 60), ("Text", 100)] for n in range(0, 8, 2)
    ]
    assert running(pages) == []


def test_an_answer_at_the_same_height_on_many_pages_is_not_a_running_header() -> None:
    pages = [[(f"Fråga {'abcd'[n]}", 60), ("Ja", 60), ("Vi arbetar.", 80)] for n in range(4)]
    assert running(pages) == []


def test_repeated_column_headers_are_kept() -> None:
    pages = [[("Svarsalternativ med kommentar", 60), (f"Text {'abcd'[n]}", 100)] for n in range(4)]
    assert running(pages) == []


def test_a_repeated_line_inside_the_text_is_kept() -> None:
    pages = [[(f"Först {'abcd'[n]}", 60), ("Anvisning", 80), ("Text", 300)] for n in range(4)]
    assert running(pages) == []


@pytest.mark.parametrize(
    "text", ["4 (33)", "Sida 4 av 33", "sid. 4 (33)", "4/33", "4 av 33", "- 4 -", "Sida 4"]
)
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["4", "Insats 4", "4 (33) personer", "2:3", "1.1", "2024"])
def test_what_is_not_a_page_number(text: str) -> None:
    assert not is_page_number(text)


def test_a_bare_number_is_a_page_number_on_that_page_alone() -> None:
    assert is_page_number("4", 4)
    assert not is_page_number("4", 5)


@pytest.mark.parametrize(
    ("texts", "is_head"),
    [
        (["Svarsalternati"], True),
        (["v"], True),
        (["Svarsalter-"], True),
        (["Fråga", "Kommentarer"], True),
        (["Sv", "Sida 4"], False),
        (["Uppföljning 2025"], False),
    ],
)
def test_a_column_header_cut_by_its_narrow_column_is_not_a_running_header(texts, is_head):
    """Printed by LibreOffice: the first line of such a header was removed from each page."""
    heads = [["fråga"], ["svarsalternativ"], ["kommentarer"]]
    assert is_head_line(texts, heads) is is_head


@pytest.mark.parametrize("repeat_heads", [True, False])
@pytest.mark.parametrize("rules", ["all", "none"])
@pytest.mark.parametrize("comment", [(), ("Planen är ny, och den följs upp i maj.",)])
def test_rows_that_are_alike_on_every_page_are_not_running_lines(
    rules: str, comment: tuple[str, ...], repeat_heads: bool
) -> None:
    """Nine answers in ten of a long report were dropped in silence."""
    builder = Builder(Look(rules=rules, pad=3, repeat_heads=repeat_heads))
    row = Row("Finns en plan för arbetet i år?", "Ja", comment, ("Den gäller hela staden.",))
    builder.table([row] * 70)
    found = layout(builder.document(), form())
    check_tiling(builder.document(), found)
    assert rows_of(found) == [row] * 70


def test_a_running_header_of_two_lines_above_similar_text_is_still_one() -> None:
    pages = [
        [("Uppföljning 2031", 40), ("Nämnden", 52), (f"Text {'abcd'[n]}", 80), ("Mer", 92)]
        for n in range(4)
    ]
    assert running(pages) == ["Uppföljning 2031", "Nämnden"] * 4


def test_a_count_at_the_bottom_of_a_page_is_not_a_page_number() -> None:
    """ "31 av 68", the last line of a narrow column, was dropped in silence."""
    last = [("Hittills har", 748), ("31 av 68", 766), ("15 (16)", 815)]
    others = [[(f"Text {chr(96 + n)}", 100), (f"{n} (16)", 815)] for n in range(1, 15)]
    assert running([*others, last])[-1] == "15 (16)"
    feet = [
        [(f"Text {chr(96 + n)}", 100), (f"till {chr(96 + n)}", 750), (f"{n} av 9", 815)]
        for n in range(1, 10)
    ]
    assert running(feet) == [f"{n} av 9" for n in range(1, 10)]
