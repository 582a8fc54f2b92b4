"""Invisible text in a PDF must not silently become an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes
from extractors.readers import pdfium
from models.document import Document
from tests.test_reader_pdf import codes, pdf

SEEN = ["Vi har en rutin för hot.", "Den används varje dag."]
HIDDEN = "Nej, aldrig."


def drawn(hide: Callable[[Canvas], None]) -> Document:
    """A page with two lines, and one that is drawn in its own way."""

    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 700, SEEN[0])
        canvas.saveState()
        hide(canvas)
        canvas.restoreState()
        canvas.drawString(72, 600, SEEN[1])

    return pdfium.read(pdf(page))


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 650, HIDDEN)


def no_ink(canvas: Canvas) -> None:
    writer = canvas.beginText(72, 650)
    writer.setTextRenderMode(3)
    writer.textLine(HIDDEN)
    canvas.drawText(writer)


def see_through(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(72, 650, HIDDEN)


def under_an_area(canvas: Canvas) -> None:
    canvas.drawString(72, 650, HIDDEN)
    canvas.rect(60, 640, 200, 25, stroke=0, fill=1)


def white_out(canvas: Canvas) -> None:
    canvas.drawString(72, 650, HIDDEN)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 640, 200, 25, stroke=0, fill=1)


def in_the_colour_of_its_cell(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.8, 0.9, 1)
    canvas.rect(60, 640, 200, 25, stroke=0, fill=1)
    canvas.drawString(72, 650, HIDDEN)


def clipped_away(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(300, 640, 200, 25)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 650, HIDDEN)


@pytest.mark.parametrize(
    "hide",
    [white, no_ink, see_through, under_an_area, white_out, in_the_colour_of_its_cell, clipped_away],
)
def test_hidden_text_is_left_out_and_reported(hide: Callable[[Canvas], None]) -> None:
    document = drawn(hide)
    assert [line.text for line in document.lines if not line.aside] == SEEN
    assert codes(document) == [("hidden-text", 1)]
    assert HIDDEN in document.problems[0].message


def white_on_a_dark_cell(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(60, 640, 200, 25, stroke=0, fill=1)
    white(canvas)


def white_on_a_rounded_cell(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.roundRect(60, 640, 200, 25, 6, stroke=0, fill=1)
    white(canvas)


def white_on_a_gradient(canvas: Canvas) -> None:
    canvas.linearGradient(60, 640, 260, 665, ((0, 0, 0), (0.2, 0.2, 0.2)), extend=False)
    white(canvas)


def marked_with_a_pen(canvas: Canvas) -> None:
    canvas.drawString(72, 650, HIDDEN)
    canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    canvas.rect(60, 640, 200, 25, stroke=0, fill=1)


def half_under_an_area(canvas: Canvas) -> None:
    canvas.drawString(72, 650, HIDDEN)
    canvas.rect(60, 640, 30, 25, stroke=0, fill=1)


def beside_a_clipped_area(canvas: Canvas) -> None:
    canvas.drawString(72, 650, HIDDEN)
    path = canvas.beginPath()
    path.rect(300, 640, 200, 25)
    canvas.clipPath(path, stroke=0)
    canvas.rect(60, 640, 400, 25, stroke=0, fill=1)


def outlined(canvas: Canvas) -> None:
    writer = canvas.beginText(72, 650)
    writer.setFillColorRGB(1, 1, 1)
    writer.setTextRenderMode(2)
    writer.textLine(HIDDEN)
    canvas.drawText(writer)


@pytest.mark.parametrize(
    "show",
    [
        white_on_a_dark_cell,
        white_on_a_rounded_cell,
        white_on_a_gradient,
        marked_with_a_pen,
        half_under_an_area,
        beside_a_clipped_area,
        outlined,
    ],
)
def test_text_that_can_be_seen_is_kept(show: Callable[[Canvas], None]) -> None:
    document = drawn(show)
    assert [line.text for line in document.lines if not line.aside] == [SEEN[0], HIDDEN, SEEN[1]]
    assert codes(document) == []


def in_a_form(hide: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("ruta", 0, 0, 595, 842)
        hide(canvas)
        canvas.endForm()
        canvas.translate(40, -20)
        canvas.doForm("ruta")

    return draw


@pytest.mark.parametrize("hide", [under_an_area, white_out, clipped_away])
def test_text_that_nobody_sees_in_a_form_is_left_out(hide: Callable[[Canvas], None]) -> None:
    document = drawn(in_a_form(hide))
    assert [line.text for line in document.lines if not line.aside] == SEEN
    assert codes(document) == [("hidden-text", 1)]


def half_clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(60, 640, 40, 25)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 650, HIDDEN)


@pytest.mark.parametrize(
    ("show", "is_covered"),
    [
        (half_under_an_area, True),
        (in_a_form(half_under_an_area), True),
        (half_clipped, True),
        (marked_with_a_pen, False),
        (beside_a_clipped_area, False),
        (in_a_form(beside_a_clipped_area), False),
    ],
)
def test_text_that_is_covered_in_part_is_read_and_marked(
    show: Callable[[Canvas], None], is_covered: bool
) -> None:
    lines = drawn(show).lines
    assert [line.text for line in lines if not line.aside] == [SEEN[0], HIDDEN, SEEN[1]]
    assert [line.covered for line in lines] == [False, is_covered, False]


def three_rows(answer: Callable[[Canvas, int, float], None]) -> bytes:
    """A page with three questions; `answer` draws the answer of a row at a height."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(72, 760, "1 Skolan")
        canvas.drawString(72, 730, "Uppföljningsfrågor")
        canvas.drawString(300, 730, "Svarsalternativ med kommentar")
        canvas.setFont("Helvetica", 10)
        for row, question in enumerate(["Har ni en rutin?", "Finns vakter?", "Räcker stödet?"]):
            base = 700 - 40 * row
            canvas.drawString(72, base, question)
            canvas.saveState()
            answer(canvas, row, base)
            canvas.restoreState()
            canvas.drawString(300, base - 14, "Det gäller alla enheter.")

    return pdf(page)


def test_a_row_whose_answer_is_half_covered_is_doubted(form, taxonomy) -> None:
    """Half of it was white, and the whole was read in silence."""

    def answer(canvas: Canvas, row: int, base: float) -> None:
        canvas.drawString(300, base, "Delvis")
        if row == 1:
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(310, base - 5, 60, 15, stroke=0, fill=1)

    report = extract_bytes(three_rows(answer), "rapport.pdf", [form], taxonomy)
    assert ["text-hidden" in answer.flags for answer in report.answers] == [False, True, False]
    assert [answer.confidence < 0.9 for answer in report.answers] == [False, True, False]


def test_a_hidden_answer_is_not_read_but_reported(form, taxonomy) -> None:
    def answer(canvas: Canvas, row: int, base: float) -> None:
        if row == 1:
            canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(300, base, "Ja")

    report = extract_bytes(three_rows(answer), "dold.pdf", [form], taxonomy)
    assert [answer.answer for answer in report.answers] == ["Ja", "", "Ja"]
    assert any(problem.code == "hidden-text" for problem in report.problems)


@pytest.mark.parametrize("place", ["in line", "below", "elsewhere"])
def test_a_cell_too_small_for_its_text_puts_its_row_in_doubt(place, form, taxonomy):
    """Programs that set cells of a given size clip what does not fit, and only a file has it."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(72, 760, "1 Arbetet")
        canvas.drawString(72, 730, "Frågor")
        canvas.drawString(250, 730, "Svar med kommentar")
        canvas.setFont("Helvetica", 10)
        for top, question, answer in ((715, "Finns en plan?", "Ja"), (640, "Följs den?", "Nej")):
            canvas.line(66, top, 500, top)
            canvas.drawString(72, top - 15, question)
            canvas.drawString(250, top - 15, answer)
            canvas.saveState()
            path = canvas.beginPath()
            path.rect(244, top - 33, 110, 32)
            canvas.clipPath(path, stroke=0)
            canvas.drawString(250, top - 30, "Den gäller hela året")
            if top == 715:
                x, y = {"in line": (357, 685), "below": (250, 671), "elsewhere": (450, 400)}[place]
                canvas.drawString(x, y, "och alla bolag")
            canvas.restoreState()
        canvas.line(66, 575, 500, 575)

    found = extract_bytes(pdf(page), "rapport.pdf", [form], taxonomy)
    assert [answer.comment for answer in found.answers] == ["Den gäller hela året"] * 2
    flagged = ["text-hidden" in answer.flags for answer in found.answers]
    assert flagged == [place != "elsewhere", False]


def test_text_below_the_edge_of_the_page_puts_the_line_above_it_in_doubt() -> None:
    """A program that cannot break a row lets it run off its page."""

    def page(canvas: Canvas) -> None:
        for base, text in ((40, SEEN[0]), (20, SEEN[1]), (2, "och följs"), (-12, "upp varje år.")):
            canvas.drawString(72, base, text)

    document = pdfium.read(pdf(page))
    assert [(line.text, line.covered) for line in document.pages[0].lines] == [
        (SEEN[0], False),
        (SEEN[1], False),
        ("och följs", True),
    ]
    assert codes(document) == [("outside-page", 1)]
