"""Running lines of scans: text recognition misreads one here and there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.layout.furniture import misread
from models.document import Box, Document, Format, Line, Page
from tests.running_lines import split

HEAD = "Samlad uppföljning av trygghetsarbetet i Almhamns stad"


def pages(
    wrong: dict[int, tuple[str, str]], *, recognised: bool = True, count: int = 6
) -> Document:
    """Pages with a running header, a line of their own, and a page number at the right edge."""
    found = []
    for number in range(1, count + 1):
        head, foot = wrong.get(number, (HEAD, str(number + 10)))
        texts = (
            (head, 70, 300, 40),
            (f"Egen rad {number * 7}", 70, 200, 400),
            (foot, 520, 530, 800),
        )
        lines = [
            Line(10 * number + at, text, number, Box(x0, y, x1, y + 10), 9.0, False)
            for at, (text, x0, x1, y) in enumerate(texts)
        ]
        found.append(Page(number, 595, 842, tuple(lines), recognised=recognised))
    return Document(Format.PDF, "pdfium", tuple(found))


def others(document: Document) -> list[str]:
    return [line.text for line in split(document)[1] if not line.text.startswith("Egen")]


@pytest.mark.parametrize(
    ("head", "foot"),
    [("Samlad uppföljning äv trygghetsarbetet i Almhamns stad", "14"), (HEAD, "ie"), (HEAD, "I4")],
)
def test_a_misread_running_header_or_page_number_is_still_recognised(head: str, foot: str):
    """It was at the end of a table, which was cut off there: the rows after it were lost."""
    assert others(pages({4: (head, foot)})) == []


def test_only_pages_read_by_text_recognition_are_compared_loosely():
    assert others(pages({4: (HEAD, "ie")}, recognised=False)) == ["ie"]


@pytest.mark.parametrize(
    ("head", "foot"), [("Tas trygghetsfrågor upp tidigt?", "14"), (HEAD, "Delvis klart")]
)
def test_other_text_at_the_same_place_is_kept(head: str, foot: str):
    assert len(others(pages({4: (head, foot)}))) == 1


def test_a_short_word_in_another_place_is_kept():
    document = pages({4: (HEAD, "Ja")})
    page = document.pages[3]
    moved = page.lines[2]._replace(box=Box(300, 800, 310, 810))
    changed = replace(page, lines=(*page.lines[:2], moved))
    assert others(replace(document, pages=(*document.pages[:3], changed, *document.pages[4:]))) == [
        "Ja"
    ]


def test_a_line_is_compared_as_often_in_a_long_scan_as_in_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
):
    """Each line at the top of a page was compared with the running lines of all other pages."""
    compared: list[str] = []

    def ratio(first: str, second: str) -> float:
        compared.append(second)
        return 0.0

    monkeypatch.setattr(misread.fuzz, "ratio", ratio)
    for count in (40, 160):
        compared.clear()
        texts = {
            page: (f"{chr(page + 300)} är rubrikens text", "ie") for page in range(3, count, 3)
        }
        assert len(others(pages(texts, count=count))) == len(texts)
        assert 0 < len(compared) <= 2 * len(texts)
