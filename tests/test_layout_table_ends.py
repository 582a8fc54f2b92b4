"""Where an open table ends: at its last row, blank as it may be. Named after what broke."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.layout.geometry import layout
from tests.layout_builder import Builder, Look, Row, check_tiling, form, rows_of, texts_of

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
