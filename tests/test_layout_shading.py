"""Rows that only shading separates, where a page break cuts one of them."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes
from extractors.text import collapse
from models.report import Report
from tests.test_reader_pdf import HEIGHT, pdf

COLUMNS = (72, 270, 330)
RIGHT = 540
ROWS = [
    ("Har ni en rutin för hot?", "Ja", "Den används varje dag."),
    ("Finns vakter på kvällarna?", "Nej", "Det har inte behövts."),
    ("Räcker stödet till skolorna?", "Delvis", "Två skolor saknar stöd."),
    ("Är planen känd av alla?", "Ja", "Den gås igenom varje höst."),
    ("Anmäls alla brott?", "Ja", "Cheferna ansvarar."),
    ("Följs anmälningarna upp?", "Delvis", "En gång om året."),
    ("Finns larm?", "Ja", "På alla skolor."),
    ("Provas larmen?", "Nej", "Det ska göras i vår."),
]
MORE = "Nämnden följer upp det."
CUT = "Rutinen prövas varje år av"
REST = "Socialnämnden och polisen tillsammans."


def read(form, taxonomy, *, shaded_from: int | None) -> Report:
    """Returns a report whose last row on page 1 goes on on page 2, shaded from a column."""

    def shade(canvas: Canvas, base: float, left: float = COLUMNS[0]) -> None:
        canvas.setFillGray(0.92)
        canvas.rect(left - 4, base - 17, RIGHT - left, 32, stroke=0, fill=1)
        canvas.setFillGray(0)

    def row(canvas: Canvas, base: float, texts: tuple[str, ...], more: str = "") -> None:
        for left, text in zip(COLUMNS, texts, strict=True):
            canvas.drawString(left, base, text)
        canvas.drawString(COLUMNS[2], base - 11, more)

    def heads(canvas: Canvas, base: float) -> None:
        canvas.setFont("Helvetica-Bold", 9)
        row(canvas, base, ("Uppföljningsfrågor", "Svar", "Kommentar"))
        canvas.setFont("Helvetica", 9)

    def first(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(72, HEIGHT - 60, "1 Skolan")
        heads(canvas, HEIGHT - 90)
        for at, texts in enumerate(ROWS):
            base = HEIGHT - 110 - 32 * at
            if at % 2 == 0:
                shade(canvas, base)
            row(canvas, base, texts, MORE)
        base = HEIGHT - 110 - 32 * len(ROWS)
        shade(canvas, base)
        row(canvas, base, ("Prövas rutinen?", "Ja", MORE), CUT)

    def second(canvas: Canvas) -> None:
        heads(canvas, HEIGHT - 60)
        if shaded_from is not None:
            shade(canvas, HEIGHT - 80, COLUMNS[shaded_from])
        canvas.drawString(COLUMNS[2], HEIGHT - 80, REST)
        row(canvas, HEIGHT - 112, ("Är rutinen känd?", "Nej", "Inte av alla."))

    return extract_bytes(pdf(first, second), "rapport.pdf", [form], taxonomy)


def test_the_rest_of_a_row_may_be_shaded_in_its_own_cell_alone(form, taxonomy):
    """The rest was a row of its own, without question, and the row above lost it in silence."""
    report = read(form, taxonomy, shaded_from=2)
    assert [answer.question for answer in report.answers][-2:] == [
        "Prövas rutinen?",
        "Är rutinen känd?",
    ]
    assert collapse(report.answers[-2].comment) == f"{MORE} {CUT} {REST}"


def test_a_row_above_one_without_question_is_doubted(form, taxonomy):
    report = read(form, taxonomy, shaded_from=None)
    above, row = report.answers[-3:-1]
    assert not row.question
    assert collapse(above.comment) == f"{MORE} {CUT}"
    assert "cut-uncertain" in above.flags
    assert above.confidence < 0.9
