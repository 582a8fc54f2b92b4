"""Gaps inside words on pages whose blanks are characters, as pdfmake justifies text."""

from __future__ import annotations

from itertools import accumulate

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extractors.readers import pdfium
from tests.test_reader_pdf import HEIGHT, pdf, texts

ADDRESS = ["www.staden.se/", "barn-", "och-", "unga/", "stod"]


def spread(*lines: list[str], gap: float = 3.0, blank: str = " ") -> bytes:
    """A page of lines; each piece is drawn by itself, a gap after the one before it."""

    def draw(canvas: Canvas) -> None:
        for number, pieces in enumerate(lines):
            widths = [stringWidth(piece, "Helvetica", 10) + gap for piece in pieces]
            for left, piece in zip(accumulate([60.0, *widths]), pieces, strict=False):
                canvas.drawString(left, HEIGHT - 100 - 14 * number, piece.replace(" ", blank))

    return pdf(draw)


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        (["inom ", "ESF-", "projektet ", "i ", "år"], "inom ESF-projektet i år"),
        (["skola ", "och/", "eller ", "fritids"], "skola och/eller fritids"),
        (["under ", "2024–", "2026 ", "samt"], "under 2024–2026 samt"),
        (["barn- ", "och ", "unga"], "barn- och unga"),
        (["se ", *ADDRESS, " nu"], f"se {''.join(ADDRESS)} nu"),
    ],
)
def test_a_gap_after_a_hyphen_or_slash_is_not_a_space_if_spaces_are_characters(pieces, whole):
    assert texts(pdfium.read(spread(pieces))) == [whole]


def test_a_line_of_one_address_is_rejoined_if_the_spaces_around_it_are_characters():
    words = ["nämnden ", "har ", "i ", "år ", "fastställt ", "planen "]
    lines = [words[turn:] + words[:turn] for turn in range(6)]
    assert "".join(ADDRESS) in texts(pdfium.read(spread(*lines, ADDRESS, *lines)))


def test_a_gap_after_a_hyphen_is_a_space_if_no_space_is_a_character():
    pieces = ["barn-", "och", "unga", "eller/", "samt"]
    assert texts(pdfium.read(spread(pieces, gap=4.0))) == ["barn- och unga eller/ samt"]


def test_a_gap_as_wide_as_the_others_of_its_line_is_a_space_where_other_lines_have_characters():
    """react-pdf's justified lines: "vålds- och" lost its space, without any doubt."""
    words = ["nämnden ", "har ", "i ", "år ", "fastställt ", "planen "]
    lines = [words[turn:] + words[:turn] for turn in range(6)]
    widened = ["arbetet", "mot", "vålds-", "och", "drogvanor"]
    assert "arbetet mot vålds- och drogvanor" in texts(pdfium.read(spread(*lines, widened, *lines)))


def test_a_space_printed_over_the_next_letter_is_a_soft_hyphen() -> None:
    """Cairo writes the soft hyphens of a web page as spaces: "Stra te gi" in every row."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, HEIGHT - 80, "En annan rad")
        pieces = "[(Stra) 0 ( ) 278 (te) 0 ( ) 278 (gier ) 0 (finns)] TJ"
        canvas._code.append(f"BT /F1 10 Tf 60 {HEIGHT - 100} Td {pieces} ET")

    assert texts(pdfium.read(pdf(draw))) == ["En annan rad", "Strategier finns"]


def test_a_space_in_text_that_runs_up_the_page_is_a_space() -> None:
    """On sideways pages, spaces and letters begin at the same place: all words were joined."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        for row in range(3):
            canvas.drawString(60, -100 - 14 * row, "Har skolan en plan för det")

    (page,) = pdfium.read(pdf(draw)).pages
    assert [line.text for line in page.lines] == ["Har skolan en plan för det"] * 3


def test_spaces_of_a_line_that_is_squeezed_into_its_column_are_spaces() -> None:
    """TCPDF squeezes a line that is too wide until no space shows: "almhamn.se.Drogvanor visar"."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, HEIGHT - 80, "Rutinen finns i planen för det")
        pieces = "[(Alla) 0 ( ) 268 (skolor) 0 ( ) 268 (har) 0 ( ) 268 (svarat)] TJ"
        canvas._code.append(f"BT /F1 10 Tf 60 {HEIGHT - 100} Td {pieces} ET")

    read = ["Rutinen finns i planen för det", "Alla skolor har svarat"]
    assert texts(pdfium.read(pdf(draw))) == read
