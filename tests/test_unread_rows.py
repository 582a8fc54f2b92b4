"""Unanswered rows at the end of a table that were taken for text. Named after what broke."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Report, Severity, Status
from tests.test_reader_pdf import HEIGHT, pdf

ROWS = (
    ("Fråga", "Svar", "Kommentar"),
    ("Finns larm i lokalerna?", "Ja", "Överallt."),
    ("Har belysningen setts över?", "Nej", "Den ses över i vår."),
)
NEXT = (
    ("Fråga", "Svar", "Kommentar"),
    ("Finns rutiner för hot?", "Ja", "De finns på intranätet."),
    ("Finns utbildning i frågan?", "Ja", "Varje år."),
)
BELOW = 20.0
LINE = 12.0


def drawn(*after: str, left: float = 63, gap: float = BELOW, bold: bool = False) -> Report:
    """Two tables of rows 20 points apart with lines between, and text after the first of them."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(63, HEIGHT - 100, "1 Lokaler")
        canvas.setFont("Helvetica", 10)
        down = _table(canvas, ROWS, 130) - BELOW + gap
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        for line in after:
            canvas.drawString(left, HEIGHT - down, line)
            down += LINE
        canvas.setFont("Helvetica", 10)
        _table(canvas, NEXT, down + 30)

    return extract_bytes(pdf(page), "a.pdf", builtin_forms(), builtin_taxonomy())


def _table(canvas: Canvas, rows: tuple[tuple[str, str, str], ...], down: float) -> float:
    for row in rows:
        for left, text in zip((63, 223, 283), row, strict=True):
            canvas.drawString(left, HEIGHT - down, text)
        canvas.line(57, HEIGHT - down - 6, 540, HEIGHT - down - 6)
        down += BELOW
    return down


@pytest.mark.parametrize(
    "asked",
    [
        ("Har passagen setts över?",),
        ("Har passagesystemen setts över", "under året?"),
        ("Har passagen setts över?", "Det gäller alla skolor."),
        ("Beskriv de största riskerna.",),
    ],
)
def test_a_blank_last_row_was_an_instruction_and_the_report_was_ok(asked: tuple[str, ...]) -> None:
    report = drawn(*asked)
    (problem,) = (problem for problem in report.problems if problem.code == "row-unread")
    assert (problem.severity, problem.page) == (Severity.ERROR, 1)
    assert asked[0] in problem.message
    assert report.status is Status.PARTIAL
    above = next(answer for answer in report.answers if "belysningen" in answer.question)
    assert (problem.position, above.confidence < 0.9) == (above.position, True)


def test_a_blank_last_row_that_does_not_ask_was_an_instruction_without_any_sign() -> None:
    report = drawn("Antal anmälda incidenter")
    (problem,) = (problem for problem in report.problems if problem.code == "row-unread")
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "draw",
    [
        lambda: drawn("Svara för de lokaler som nämnden äger.", gap=40),
        lambda: drawn("Svara för alla lokaler som nämnden äger eller hyr under hela året."),
        lambda: drawn("Svara för lokalerna.", left=80),
        lambda: drawn("Svara för lokalerna.", bold=True),
        lambda: drawn("Anvisning", "Svara för lokalerna."),
        lambda: drawn("Vad gäller i lokaler som nämnden hyr av andra, och vem svarar?", gap=40),
        drawn,
    ],
)
def test_an_instruction_below_a_table_is_no_row(draw: Callable[[], Report]) -> None:
    report = draw()
    assert report.status is Status.OK
    assert "row-unread" not in {problem.code for problem in report.problems}
    assert len(report.answers) == len(ROWS) + len(NEXT) - 2
