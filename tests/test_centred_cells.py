"""Cells that stand in the middle of their row, as web pages and worksheets have them by default."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes
from tests.test_reader_pdf import pdf

QUESTIONS = ("Finns en plan?", "Följs planen upp?", "Är den känd?")
LINES = ("Arbetet leds av en grupp", "som möts varje månad.", "Den har", "åtta ledamöter.")


def drawn(*, ruled: bool, top: bool = False) -> bytes:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(72, 780, "1 Arbetet")
        for x, head in ((72, "Fråga"), (250, "Svar"), (320, "Kommentar")):
            canvas.drawString(x, 750, head)
        canvas.setFont("Helvetica", 10)
        y = 745
        for number, question in enumerate(QUESTIONS):
            lines = LINES * (number + 1)
            middle = y - 12 if top else y - 12 * (len(lines) + 1) / 2
            canvas.drawString(72, middle, question)
            canvas.drawString(250, middle, "Ja")
            for at, line in enumerate(lines):
                canvas.drawString(320, y - 12 - 12 * at, line)
            below = y - 12 * len(lines) - 4
            if ruled:
                for left, right in ((66, 244), (244, 314), (314, 500)):
                    canvas.rect(left, below, right - left, y - below)
            y = below

    return pdf(page)


def comments() -> list[str]:
    return ["\n\n".join([" ".join(LINES)] * (number + 1)) for number in range(len(QUESTIONS))]


def test_centred_cells_with_lines_around_them_are_read_by_their_lines(form, taxonomy):
    found = extract_bytes(drawn(ruled=True), "rapport.pdf", [form], taxonomy)
    assert [answer.question for answer in found.answers] == list(QUESTIONS)
    assert [answer.answer for answer in found.answers] == ["Ja"] * 3
    assert [answer.comment for answer in found.answers] == comments()


def test_centred_cells_without_lines_are_right_or_in_doubt(form, taxonomy):
    found = extract_bytes(drawn(ruled=False), "rapport.pdf", [form], taxonomy)
    read = {answer.question: answer for answer in found.answers}
    for question, comment in zip(QUESTIONS, comments(), strict=True):
        own = read[question]
        assert own.comment == comment or "question-uncertain" in own.flags
    assert any("question-uncertain" in own.flags for own in read.values())


def test_cells_that_stand_at_the_top_of_their_row_are_in_no_doubt(form, taxonomy):
    found = extract_bytes(drawn(ruled=False, top=True), "rapport.pdf", [form], taxonomy)
    assert [answer.comment for answer in found.answers] == comments()
    assert not any("question-uncertain" in answer.flags for answer in found.answers)
