"""Boxes, rings, bullets and form fields that a PDF draws: signs before a text."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes
from extractors.options import Options
from extractors.readers import pdfium, plumber
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import MarkKind
from models.report import Answer

READERS = pytest.mark.parametrize("reader", [pdfium, plumber])


class Sheet:
    """A page with one ruled table of two columns; texts are on lines of 14 points."""

    def __init__(self) -> None:
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(595, 842), invariant=True)
        self.y = 760.0
        self.text(60, "1 Trygghet i parken", bold=True)
        self.rows = [self.y - 6]
        self.line("Uppföljningsfrågor", "Svarsalternativ med kommentar", bold=True)
        self.end_row()

    def text(self, x: float, text: str, *, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        self.canvas.drawString(x, self.y, text)

    def line(self, left: str, right: str, *, bold: bool = False, indent: float = 0.0) -> None:
        self.y -= 16
        self.text(64, left, bold=bold)
        self.text(244 + indent, right, bold=bold)

    def end_row(self) -> None:
        self.y -= 6
        self.rows.append(self.y)

    def dot(self, x: float, radius: float = 1.5) -> None:
        self.canvas.circle(x, self.y + 3.5, radius, stroke=0, fill=1)

    def box(self, x: float, *, tick: str = "") -> None:
        self.canvas.rect(x, self.y, 8, 8)
        if tick == "cross":
            self.canvas.line(x + 1, self.y + 1, x + 7, self.y + 7)
            self.canvas.line(x + 1, self.y + 7, x + 7, self.y + 1)
        elif tick == "letter":
            self.canvas.drawString(x + 1, self.y + 0.5, "X")
        elif tick == "square":
            self.canvas.rect(x + 2, self.y + 2, 4, 4, stroke=0, fill=1)

    def ring(self, x: float, *, ticked: bool = False) -> None:
        self.canvas.circle(x + 4, self.y + 4, 4)
        if ticked:
            self.canvas.circle(x + 4, self.y + 4, 2, stroke=0, fill=1)

    def bytes(self) -> bytes:
        for y in self.rows:
            self.canvas.line(60, y, 540, y)
        for x in (60, 240, 540):
            self.canvas.line(x, self.rows[0], x, self.rows[-1])
        self.canvas.save()
        return self.buffer.getvalue()

    def answers(self, reader: str = "pdfium") -> tuple[Answer, ...]:
        report = extract_bytes(
            self.bytes(),
            "r.pdf",
            builtin_forms(),
            builtin_taxonomy(),
            options=Options(reader=reader),
        )
        return report.answers


@pytest.mark.parametrize("reader", ["pdfium", "plumber"])
def test_drawn_bullets_stay_in_the_comment(reader: str) -> None:
    sheet = Sheet()
    sheet.line("Finns en plan?", "Ja")
    sheet.line("", "Under året har vi prövat:")
    for item in ("Vuxna på stan under valborg", "Samtal med kringboende"):
        sheet.line("", item, indent=16)
        sheet.dot(250)
    sheet.end_row()
    (answer,) = sheet.answers(reader)
    assert answer.answer == "Ja"
    assert answer.comment == (
        "Under året har vi prövat:\n\n• Vuxna på stan under valborg\n\n• Samtal med kringboende"
    )


@pytest.mark.parametrize("tick", ["cross", "letter", "square"])
def test_the_ticked_one_of_drawn_boxes_is_the_answer(tick: str) -> None:
    sheet = Sheet()
    sheet.line("Finns en plan?", "")
    for at, word in enumerate(("Ja", "Nej", "Delvis")):
        sheet.box(244 + 60 * at, tick=tick if word == "Nej" else "")
        sheet.text(256 + 60 * at, word)
    sheet.line("", "Planen saknas.")
    sheet.end_row()
    (answer,) = sheet.answers()
    assert (answer.answer, answer.code, answer.comment) == ("Nej", "no", "Planen saknas.")


def test_the_ticked_one_of_drawn_rings_below_one_another_is_the_answer() -> None:
    sheet = Sheet()
    for question, word in (("Finns en plan?", "Ja"), ("", "Nej"), ("", "Delvis")):
        sheet.line(question, word, indent=14)
        sheet.ring(244, ticked=word == "Delvis")
    sheet.line("", "Planen är beställd.")
    sheet.end_row()
    (answer,) = sheet.answers()
    assert (answer.answer, answer.comment) == ("Delvis", "Planen är beställd.")


@READERS
def test_a_lone_ring_and_a_dot_far_from_text_are_not_signs(reader: object) -> None:
    sheet = Sheet()
    sheet.line("Finns en plan?", "Ja")
    sheet.ring(230)
    sheet.dot(500)
    document = reader.read(sheet.bytes())  # type: ignore[attr-defined]
    assert not any(sign in line.text for line in document.lines for sign in "•○◉☐☒")
    assert [mark.kind for page in document.pages for mark in page.marks] == [MarkKind.DOT]


def test_form_fields_show_what_was_filled_in() -> None:
    sheet = Sheet()
    form = sheet.canvas.acroForm
    sheet.line("Finns en plan?", "")
    for at, word in enumerate(("Ja", "Nej")):
        form.checkbox(
            name=word, x=244 + 60 * at, y=sheet.y, size=10, checked=word == "Nej", borderWidth=1
        )
        sheet.text(258 + 60 * at, word)
    sheet.line("", "")
    form.textfield(
        name="kommentar", x=244, y=sheet.y - 4, width=200, height=16, value="Planen saknas.",
        fontSize=10, borderWidth=0,
    )  # fmt: skip
    sheet.end_row()
    (answer,) = sheet.answers()
    assert (answer.answer, answer.comment) == ("Nej", "Planen saknas.")
