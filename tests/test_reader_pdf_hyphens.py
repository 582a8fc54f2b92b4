"""Hyphens that a PDF marks as inserted by its program, as typst does."""

from __future__ import annotations

from types import ModuleType

import pytest
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors.readers import pdf_words, pdfium, plumber
from extractors.readers.pdf_text import clean
from tests.test_reader_pdf import HEIGHT, pdf, texts

SOFT, HARD = "<FEFF00AD>", "<FEFF002D>"


def divided(*lines: tuple[str, str, str]) -> bytes:
    """A page of lines: font, text, and what stands for the hyphen at its end, "" if nothing."""

    def draw(canvas: Canvas) -> None:
        for number, (font, text, stands_for) in enumerate(lines):
            down = HEIGHT - 100 - 14 * number
            head = text.removesuffix("-") if stands_for else text
            canvas.setFont(font, 10)
            canvas.drawString(60, down, head)
            if stands_for:
                canvas._code.append(f"/Span<</ActualText{stands_for}>>BDC")
                canvas.drawString(60 + stringWidth(head, font, 10), down, "-")
                canvas._code.append("EMC")

    return pdf(draw)


REGULAR, BOLD = "Helvetica", "Helvetica-Bold"


def test_a_hyphen_with_a_soft_hyphen_as_replacement_text_was_inserted():
    data = divided(
        (REGULAR, "Tips till trygg-", SOFT),
        (REGULAR, "het@staden.se om en drop-in-", ""),
        (REGULAR, "mottagning.", ""),
    )
    assert texts(pdfium.read(data)) == [
        "Tips till trygg\u00ad",
        "het@staden.se om en drop-in-",
        "mottagning.",
    ]


@pytest.mark.parametrize(("inside", "end"), [("", "\u00ad"), ("e-post", "-")])
def test_a_font_with_only_a_soft_hyphen_needs_no_replacement_text(inside, end):
    data = divided(
        (REGULAR, "Ett plus-", ""),
        (REGULAR, "tecken i upp-", SOFT),
        (REGULAR, "draget 2024-2025", ""),
        (BOLD, f"{inside} vid miss-", ""),
        (BOLD, "tanke om brott", ""),
    )
    found = texts(pdfium.read(data))
    assert found[0] == "Ett plus-"
    assert found[1] == "tecken i upp\u00ad"
    assert found[3].strip() == f"{inside} vid miss{end}".strip()


def test_a_font_whose_other_hyphens_have_replacement_text_has_soft_ones():
    data = divided(
        (REGULAR, "tecken i upp-", SOFT),
        (REGULAR, "draget 2024-2025", ""),
        (BOLD, "Det vålds-", HARD),
        (BOLD, "och vid miss-", ""),
        (BOLD, "tanke om brott", ""),
    )
    assert texts(pdfium.read(data))[2:4] == ["Det vålds-", "och vid miss\u00ad"]


def test_two_hyphens_that_each_have_replacement_text_are_two():
    """pdfium finds only the first, and a gap: "2024-01-01--2025-12-31" had a blank in it."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(REGULAR, 10)
        x = 60.0
        for part in ("Planen gäller till 2024-01-01", "-", "-", "2027-12-31"):
            marked = part == "-"
            if marked:
                canvas._code.append("/Span<</ActualText(-)>>BDC")
            canvas.drawString(x, HEIGHT - 100, part)
            if marked:
                canvas._code.append("EMC")
            x += stringWidth(part, REGULAR, 10)

    assert texts(pdfium.read(pdf(draw))) == ["Planen gäller till 2024-01-01--2027-12-31"]


@pytest.mark.parametrize("reader", [pdfium, plumber])
def test_a_soft_hyphen_that_is_drawn_inside_a_line_is_a_hyphen(reader: ModuleType) -> None:
    """It was left in the answer, where it is invisible."""
    registerFont(TTFont("Vera", "Vera.ttf"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 10)
        canvas.drawString(60, HEIGHT - 100, "En SSPF\u00adgrupp finns")

    assert texts(reader.read(pdf(draw))) == ["En SSPF-grupp finns"]


@pytest.mark.parametrize(("hyphen", "read"), [(2.28, "offentlig"), (3.3, "of-fentlig")])
def test_a_soft_hyphen_inside_a_ligature_is_not_drawn(monkeypatch, hyphen: float, read: str):
    """A browser had set "of\u00adfentlig" with one glyph for "ff": it was read as "of-fentlig"."""
    widths = [5, 2.28, hyphen, 2.28, *[5] * 6]
    edges = [sum(widths[:place]) for place in range(len(widths) + 1)]
    monkeypatch.setattr(
        pdf_words,
        "boxes",
        lambda handle, places: [x for at in places for x in (edges[at], 0, edges[at + 1], 9)],
    )
    text = pdf_words._with_drawn_hyphens(0, "of\u00adfentlig")
    assert clean(text) == read
