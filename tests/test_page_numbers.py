"""Pages of texts without form feeds: printed page numbers show them."""

from __future__ import annotations

import pytest

from extractors.readers.text import read

BODY = ["Biblioteket har", "öppet för alla", "och lånar ut", "även på lördagar."]


def dump(pages: int, foot: str = "", head: str = "") -> str:
    parts = []
    for number in range(1, pages + 1):
        above = [head.format(number, pages), ""] if head else []
        below = ["", foot.format(number, pages)] if foot else []
        own = f"Sist stod {'a' * number}."
        parts.append("\n".join([*above, *BODY, own, *below]))
    return "\n".join(parts)


@pytest.mark.parametrize(
    "foot",
    [
        "{} ({})",
        "                    {} ({})",
        "Sida {} av {}",
        "- {} -",
        f"{' ' * 40}{{}}",
        "Ek  {}/{}",
    ],
)
def test_page_numbers_at_the_bottom_separate_pages(foot: str) -> None:
    document = read(dump(4, foot=foot).encode())
    assert document.paged
    assert [page.lines[0].text for page in document.pages] == [BODY[0]] * 4
    assert [line.page for line in document.lines if line.text.startswith("Sist")] == [*range(1, 5)]


@pytest.mark.parametrize("head", ["{} ({})", "Norrköpings bibliotek\n{} ({})"])
def test_page_numbers_at_the_top_separate_pages(head: str) -> None:
    document = read(dump(4, head=head).encode())
    first = head.partition("\n")[0].format(2, 4)
    assert [page.lines[0].text for page in document.pages][1] == first
    assert [line.page for line in document.lines if line.text == BODY[0]] == [1, 2, 3, 4]


def test_lines_keep_their_numbers() -> None:
    text = dump(3, foot="{} (3)")
    document = read(text.encode())
    assert [line.number for line in document.lines] == list(range(1, len(text.split("\n")) + 1))
    assert [line.text for line in document.lines] == text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        dump(2, foot="{} ({})"),
        dump(4),
        dump(4, foot="{} ({})").replace("2 (4)", "7 (4)"),
        "\n".join(["Först", "1", "2", "3", "4", *BODY]),
        dump(9, head="Fråga {}"),
        "\n".join([dump(3, foot="{} (3)"), *BODY * 40]),
    ],
    ids=["two pages", "no numbers", "a gap in the count", "a list", "questions", "a long page"],
)
def test_numbers_that_do_not_count_pages_separate_none(text: str) -> None:
    document = read(text.encode())
    assert not document.paged
    assert len(document.pages) == 1


def test_form_feeds_come_first() -> None:
    document = read(dump(4, foot="{} ({})").replace("2 (4)", "2 (4)\f").encode())
    assert len(document.pages) == 2
