"""Where an open table ends: at its last row, blank as it may be. Named after what broke."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes
from extractors.layout.geometry import layout
from models.form import Form
from models.taxonomy import Taxonomy
from tests.layout_builder import Builder, Look, Row, check_tiling, form, rows_of, texts_of
from tests.test_reader_pdf import pdf

OPEN = Look(rules="none", running=False, bottom=1400, pad=9, paragraph_gap=3)
COMMENT = ("Planen antogs i mars och följs upp av nämnden två gånger om året i ett möte.",)
FIRST = Row("Finns en plan för året?", "Ja", COMMENT)
DETAIL = "1:3 Stödet till den som har utsatts ska vara känt bland dem som bor i staden."
BLANK = Row("Beskriv det viktigaste hindret för att nå målet i er egen verksamhet.", "")


def test_the_detail_of_a_row_without_comment_does_not_end_the_table() -> None:
    """ "Nej" alone beside a question: its detail was read as text between two tables."""
    look = replace(OPEN, paragraph_gap=9)
    last = Row("Räcker stödet till?", "Nej", (), (DETAIL,))
    builder = Builder(look, height=1600)
    builder.table([FIRST, last])
    builder.table([FIRST, replace(FIRST, question="Följs planen upp?")])
    found = layout(builder.document(), form())
    check_tiling(builder.document(), found)
    assert rows_of(found)[:2] == [FIRST, last]
    assert not texts_of(found)


@pytest.mark.parametrize("bold", [True, False])
def test_a_blank_row_that_wraps_in_its_column_is_not_text_after_the_table(bold: bool) -> None:
    builder = Builder(replace(OPEN, bold=bold), height=1600)
    builder.table([FIRST, BLANK])
    builder.text("2 Uppföljning av nästa plan", size=16, bold=True, gap=20)
    builder.text("Här följer text som går över hela sidans bredd och inte hör till tabellen alls.")
    found = layout(builder.document(), form())
    check_tiling(builder.document(), found)
    assert rows_of(found) == [FIRST, BLANK]
    assert len(texts_of(found)) == 2


def test_text_as_wide_as_the_page_ends_the_table() -> None:
    builder = Builder(OPEN, height=1600)
    builder.table([FIRST, replace(FIRST, question="Följs planen upp?")])
    builder.text(
        "Här följer text som går över hela sidans bredd och inte hör till tabellen alls. " * 2
    )
    found = layout(builder.document(), form())
    assert len(rows_of(found)) == 2
    assert len(texts_of(found)) == 1


def test_a_detail_a_little_wider_than_its_column_does_not_end_the_table(
    form: Form, taxonomy: Taxonomy
) -> None:
    """It had become an instruction, and its row looked whole."""
    detail = "Förväntat resultat: Utsatta medarbetare får stöd"

    def page(canvas: Canvas) -> None:
        beside = 72 + canvas.stringWidth(detail, "Helvetica", 10) - 3
        canvas.setFont("Helvetica", 10)
        for base, left, right in (
            (720, "Uppföljningsfråga", "Svar och kommentar"),
            (696, "Finns det en plan?", "Ja"),
            (680, "", "Den följs upp."),
            (656, "Har cheferna stöd?", "Nej"),
            (640, detail, ""),
            (628, "redan samma dag.", ""),
        ):
            canvas.drawString(72, base, left)
            canvas.drawString(beside, base, right)
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(66, 590, "2.1 Nästa avsnitt")

    report = extract_bytes(pdf(page), "a.pdf", [form], taxonomy)
    assert report.answers[-1].detail == f"{detail} redan samma dag."
