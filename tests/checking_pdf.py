"""A two-page PDF with a cut row, whose field boxes are known from how it was drawn."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from models.report import Answer, FieldBox, Mention, Report, Status
from tests import checking_helpers as made

WIDTH, HEIGHT, SIZE, LEADING = 595.0, 842.0, 10.0, 13.0
CELLS = [
    (1, "question", 60.0, 700.0, ["Har ni folk ute", "på kvällarna?"]),
    (1, "detail", 60.0, 730.0, ["Insats 1:1 Personal"]),
    (1, "answer", 320.0, 700.0, ["Ja"]),
    (1, "comment", 320.0, 718.0, ["Vi har två fält-", "assistenter på torget, och"]),
    (2, "detail", 60.0, 60.0, ["ska synas."]),
    (2, "comment", 320.0, 60.0, ["dessutom fältassistenter vid", "ån. Lägesbild saknas."]),
]
COMMENT = (
    "Vi har två fältassistenter på torget, och dessutom fältassistenter vid ån. Lägesbild saknas."
)


def draw(*, turned: bool = False, crop: bool = False, password: str | None = None) -> bytes:
    """Returns the PDF. The page as displayed is the same for all arguments."""
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(WIDTH, HEIGHT),  # reportlab swaps the sides of a turned page itself
        encrypt=password,
        invariant=1,
    )
    for page in (1, 2):
        if turned:
            canvas.translate(HEIGHT, 0)
            canvas.rotate(90)
            canvas.setPageRotation(90)
        canvas.setFont("Helvetica", SIZE)
        canvas.drawString(60, HEIGHT - 30, f"Sidhuvud fältassistenter {page}")
        for own, _, x, top, lines in CELLS:
            for n, line in enumerate(lines):
                if own == page:
                    canvas.drawString(x, HEIGHT - top - SIZE - n * LEADING, line)
        if crop:
            canvas.setCropBox((20, 30, WIDTH - 10, HEIGHT - 15))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def huge() -> bytes:
    """A PDF with a page of 200 by 200 inches, the most that the format allows."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(14400, 14400), invariant=1)
    canvas.drawString(60, 60, "Ja")
    canvas.save()
    return buffer.getvalue()


def boxes(*, crop: bool = False) -> tuple[FieldBox, ...]:
    left, top = (20.0, 15.0) if crop else (0.0, 0.0)
    found = []
    for page, field, x, y, lines in CELLS:
        width = max(pdfmetrics.stringWidth(line, "Helvetica", SIZE) for line in lines)
        bottom = y + SIZE + 3 + LEADING * (len(lines) - 1)
        found.append(FieldBox(page, x - left, y - top, x + width - left, bottom - top, field))
    return tuple(found)


def mention(start: int, surface: str, theme: str) -> Mention:
    return Mention(1, theme, theme, surface, start, start + len(surface), COMMENT)


def report(data: bytes, found: tuple[FieldBox, ...]) -> Report:
    answer = Answer(
        1, "1", "1/1:1", "1:1", "Har ni folk ute på kvällarna?",
        "Insats 1:1 Personal ska synas.", "Ja", "yes", COMMENT, 1, 2, found, 3, 9,
    )  # fmt: skip
    first = COMMENT.index("fältassistenter")
    second = COMMENT.index("fältassistenter", first + 1)
    return replace(
        made.report("aspnaset.pdf"),
        report_id=made.report_id(data),
        format="pdf",
        reader="pdfium",
        status=Status.OK,
        pages=2,
        answers=(answer,),
        parts=(),
        themes=(
            mention(first, "fältassistenter", "faltarbete"),
            mention(second, "fältassistenter", "faltarbete"),
            mention(COMMENT.index("Lägesbild"), "Lägesbild", "lagesbild"),
        ),
    )
