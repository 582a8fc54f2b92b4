"""Reports set by fpdf2's tables, whose cells are plain text.

Rows move whole to the next page, which must hold the longest, so sheets are A3.
"""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.producers.programs import Programs, need
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story, as_json

BORDERS = {"grid": "ALL", "none": "NONE", "lines": "HORIZONTAL_LINES", "zebra": "MINIMAL"}


def render(story: Story, look: Look, programs: Programs) -> bytes:
    need("fpdf")
    need("reportlab")
    source = as_json(story, look).encode()
    return programs.remembered("fpdf2", source, lambda: _draw(story, look))


def _draw(story: Story, look: Look) -> bytes:
    fpdf = importlib.import_module("fpdf")
    # reportlab brings a free font that has the letters which the fonts of every PDF lack.
    fonts = Path(importlib.import_module("reportlab").__file__ or "").parent / "fonts"

    class Sheets(fpdf.FPDF):  # type: ignore[misc, name-defined]
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("Vera", size=8)
            self.cell(text=f"{story.organisation}, sida {self.page_no()}")

    pdf = Sheets(orientation="landscape" if look.wide else "portrait", format="A3")
    pdf.set_creation_date(datetime(2025, 9, 15, tzinfo=UTC))
    pdf.add_font("Vera", fname=fonts / "Vera.ttf")
    pdf.add_font("Vera", style="B", fname=fonts / "VeraBd.ttf")
    pdf.set_margin(20)
    pdf.add_page()
    pdf.set_font("Vera", style="B", size=18)
    pdf.ln(50)
    pdf.multi_cell(0, text=story.title, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Vera", size=look.size)
    pdf.cell(text=story.organisation)
    pdf.add_page()
    for block in story.blocks:
        if isinstance(block, Grid):
            _table(pdf, fpdf, block, look)
        else:
            _text(pdf, block, look)
    return bytes(pdf.output())


def _text(pdf: Any, block: Paragraph, look: Look) -> None:
    bold = block.bold or block.level is not None
    size = look.size if block.level is None else look.size + (6, 4, 2, 1)[block.level - 1]
    pdf.set_font("Vera", style="B" if bold else "", size=size)
    text = f"• {block.text}" if block.item else block.text
    pdf.multi_cell(0, h=size * 0.45, text=text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(look.gap / 3)


def _table(pdf: Any, fpdf: Any, grid: Grid, look: Look) -> None:
    pdf.set_font("Vera", size=look.size)
    with pdf.table(
        borders_layout=BORDERS[look.rules],
        col_widths=[round(share * 100) for share in grid.shares],
        line_height=look.size * 0.45,
        text_align="J" if look.justified else "L",
        padding=look.padding / 3,
        repeat_headings=1 if look.repeat_heads else 0,
        v_align="T",
        cell_fill_color=235 if look.rules == "zebra" else None,
        cell_fill_mode="ROWS" if look.rules == "zebra" else "NONE",
        headings_style=fpdf.fonts.FontFace(emphasis="BOLD"),
    ) as table:
        for cells in ([[Paragraph(head)] for head in grid.heads], *grid.rows):
            row = table.row()
            for cell in cells:
                row.cell(_cell_text(cell))


def _cell_text(cell: Cell) -> str:
    return "\n\n".join(f"• {one.text}" if one.item else one.text for one in cell)
