"""Reports set by reportlab's platypus, which lays out paragraphs and tables by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from random import Random
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    LongTable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    TableStyle,
)

from tests.generator.content import Heading, Kind, Row, Table, Text, Truth, plain_bullets
from tests.producers.html import three_columns

COMMANDS: dict[str, list[tuple[Any, ...]]] = {
    "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "none": [("BOTTOMPADDING", (0, 0), (-1, -1), 12)],
    "lines": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)],
    "zebra": [("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.whitesmoke, colors.white])],
    "box": [
        ("BOX", (0, 0), (-1, -1), 1, colors.darkblue),
        ("LINEABOVE", (0, 1), (-1, -1), 0.25, colors.darkblue),
        ("BACKGROUND", (0, 0), (-1, 0), colors.lightblue),
    ],
}


@dataclass(frozen=True)
class PlatypusLook:
    """How a report looks; lengths are points."""

    rules: str = "grid"
    font: str = "Helvetica"
    size: float = 10
    wide: bool = False
    question: float = 0.42
    three: bool = False
    justified: bool = False
    repeat_heads: bool = True
    bold_questions: bool = True
    mark: str = ""
    gap: float = 6


def varied(look: PlatypusLook, random: Random) -> PlatypusLook:
    """The look with other dimensions."""
    return replace(
        look,
        size=look.size + random.choice([-1, 0, 0.5]),
        question=look.question + random.choice([-0.05, 0, 0.07]),
        bold_questions=random.random() < 0.7,
        gap=random.choice([5, 6, 9]),
    )


def render_platypus(truth: Truth, look: PlatypusLook) -> bytes:
    """Returns the PDF."""
    truth = plain_bullets(truth)
    if look.three:
        truth = three_columns(truth)
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=landscape(A4) if look.wide else A4,
        title=truth.title,
        leftMargin=60,
        rightMargin=60,
        topMargin=64,
        bottomMargin=64,
        invariant=1,
    )
    setter = _Setter(look, document.width)

    def foot(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(look.font, 8)
        canvas.drawRightString(60 + document.width, 36, f"Sida {template.page}")
        canvas.drawString(60, 36, truth.organisation)

    document.build(setter.story(truth), onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


class _Setter:
    def __init__(self, look: PlatypusLook, width: float) -> None:
        self.look = look
        self.width = width
        bold = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}[look.font]
        align = TA_JUSTIFY if look.justified else TA_LEFT
        leading = look.size * 1.25
        self.body = ParagraphStyle(
            "body",
            fontName=look.font,
            fontSize=look.size,
            leading=leading,
            alignment=align,
            spaceAfter=look.gap,
        )
        self.bold = ParagraphStyle("bold", parent=self.body, fontName=bold, alignment=TA_LEFT)
        self.headings = [
            ParagraphStyle(
                f"heading {level}",
                parent=self.bold,
                fontSize=look.size + more,
                leading=(look.size + more) * 1.2,
                spaceBefore=10,
                keepWithNext=1,
            )
            for level, more in enumerate((6, 3.5, 2, 1), 1)
        ]

    def story(self, truth: Truth) -> list[Flowable]:
        name = truth.organisation[0].upper() + truth.organisation[1:]
        story: list[Flowable] = [
            Spacer(1, 120),
            self.paragraph(truth.title, self.headings[0]),
            self.paragraph(name, self.body),
            PageBreak(),
            *(self.text(text) for text in truth.preamble),
        ]
        for block in truth.blocks:
            if isinstance(block, Heading):
                style = self.headings[min(block.level, 4) - 1]
                story.append(self.paragraph(f"{block.number} {block.title}", style))
            elif isinstance(block, Text):
                story.append(self.text(block))
            else:
                story += [self.table(block), Spacer(1, 10)]
        return story

    def paragraph(self, text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(escape(text, quote=False).replace("\n", "<br/>"), style)

    def text(self, text: Text) -> Paragraph:
        return self.paragraph(text.text, self.bold if text.kind is Kind.LABEL else self.body)

    def table(self, table: Table) -> LongTable:
        heads = [self.paragraph(head, self.bold) for head in table.heads]
        shares = [self.look.question, 1 - self.look.question]
        if table.columns == 3:
            shares = [self.look.question - 0.06, 0.18, 0.88 - self.look.question]
        return LongTable(
            [heads, *(self.row(row, table.columns) for row in table.rows)],
            colWidths=[share * self.width for share in shares],
            repeatRows=1 if self.look.repeat_heads else 0,
            splitByRow=1,
            splitInRow=1,
            style=TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 4),
                    *COMMANDS[self.look.rules],
                ]
            ),
        )

    def row(self, row: Row, columns: int) -> list[list[Paragraph]]:
        style = self.bold if self.look.bold_questions else self.body
        question = [self.paragraph(row.question, style)]
        question += [self.paragraph(text, self.body) for text in row.detail]
        answer = [self.paragraph(self.look.mark + row.answer, self.body)] if row.answer else []
        comment = [self.paragraph(text, self.body) for text in row.comment]
        return [question, answer, comment] if columns == 3 else [question, answer + comment]
