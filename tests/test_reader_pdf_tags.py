"""What a tagged PDF says about its paragraphs and rows, and when it is not trusted."""

from __future__ import annotations

from pathlib import Path

from extractors.readers import pdfium
from extractors.readers.pdf_tags import believed
from models.document import Box, Line, Page, Tag

FILES = Path(__file__).parent / "producers" / "files"


def test_a_paragraph_that_a_page_break_cuts_has_one_number() -> None:
    document = pdfium.read((FILES / "pdf-chromium-lists-812.pdf").read_bytes())
    above = next(line for line in document.lines if line.text.startswith("och berörs därför bara"))
    below = next(line for line in document.lines if line.text.startswith("Våldsprevention är en "))
    assert (above.page, below.page) == (2, 3)
    assert above.tag == below.tag
    assert above.tag is not None
    assert above.tag.paragraph
    assert above.tag.row


def test_a_file_without_tags_gives_none() -> None:
    document = pdfium.read((FILES / "pdf-platypus-three-811.pdf").read_bytes())
    assert not any(line.tag for line in document.lines)


def page(texts: list[tuple[str, float, int]]) -> Page:
    lines = [
        Line(number, text, 1, Box(50, top, 300, top + 12), 10.0, False, tag=Tag(tag, 0))
        for number, (text, top, tag) in enumerate(texts, 1)
    ]
    return Page(1, 595, 842, tuple(lines))


def test_tags_that_cut_sentences_are_not_believed() -> None:
    lines = [("Vi har arbetat med", 12.0 * n, n + 1) for n in range(10)]
    lines = [
        (text if n % 2 == 0 else "det under året", top, tag)
        for n, (text, top, tag) in enumerate(lines)
    ]
    assert not any(line.tag for line in believed([page(lines)])[0].lines)


def test_tags_that_put_white_inside_paragraphs_are_not_believed() -> None:
    lines = [("Vi har arbetat med det.", 40.0 * n, 1) for n in range(10)]
    assert not any(line.tag for line in believed([page(lines)])[0].lines)


def test_tags_that_fit_what_is_seen_are_believed() -> None:
    lines = [("Vi har arbetat med det.", 12.0 * n, n // 2 + 1) for n in range(10)]
    assert all(line.tag for line in believed([page(lines)])[0].lines)
