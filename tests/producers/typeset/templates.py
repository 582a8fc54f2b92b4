"""Word files filled from a template by docxtpl, as case and planning tools make them.

A cell is one paragraph, in which two manual line breaks separate the paragraphs of its text.
"""

from __future__ import annotations

import importlib
from io import BytesIO
from typing import Any

from tests.producers.programs import Programs, need
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story
from tests.producers.word_docs import fixed

STYLES = {
    "grid": "Table Grid",
    "none": "Normal Table",
    "lines": "Light List",
    "zebra": "Light Shading",
}


def to_word(story: Story, look: Look, programs: Programs) -> bytes:
    need("docxtpl")
    del programs
    filled = importlib.import_module("docxtpl").DocxTemplate(_template(look))
    blocks = [_grid(one) if isinstance(one, Grid) else _text(one) for one in story.blocks]
    filled.render(
        {"title": story.title, "organisation": story.organisation, "blocks": blocks},
        autoescape=True,
    )
    made = BytesIO()
    filled.save(made)
    return fixed(made)


def to_pdf(story: Story, look: Look, programs: Programs) -> bytes:
    return programs.libreoffice(to_word(story, look, programs), "docx", "pdf")


def _text(paragraph: Paragraph) -> dict[str, Any]:
    kind = f"heading{paragraph.level}" if paragraph.level is not None else "text"
    return {"kind": kind, "text": _cell([paragraph])}


def _grid(grid: Grid) -> dict[str, Any]:
    rows = [[_cell(cell) for cell in row] for row in grid.rows]
    return {"kind": f"table{len(grid.shares)}", "heads": grid.heads, "rows": rows}


def _cell(cell: Cell) -> str:
    return "\n\n".join(f"• {one.text}" if one.item else one.text for one in cell)


def _template(look: Look) -> BytesIO:
    """A template with a branch for each kind of block."""
    docx: Any = importlib.import_module("docx")
    shared: Any = importlib.import_module("docx.shared")
    document = docx.Document()
    normal = document.styles["Normal"].font
    normal.name = look.font or "Liberation Sans"
    normal.size = shared.Pt(look.size)
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ organisation }}")
    document.add_page_break()
    document.add_paragraph("{%p for block in blocks %}")
    for level in range(1, 5):
        document.add_paragraph(f"{{%p if block.kind == 'heading{level}' %}}")
        document.add_heading("{{ block.text }}", level)
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if block.kind == 'text' %}")
    document.add_paragraph("{{ block.text }}")
    document.add_paragraph("{%p endif %}")
    for columns in (2, 3):
        document.add_paragraph(f"{{%p if block.kind == 'table{columns}' %}}")
        _table(document, columns, look)
        document.add_paragraph()
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    made = BytesIO()
    document.save(made)
    made.seek(0)
    return made


def _table(document: Any, columns: int, look: Look) -> None:
    table = document.add_table(4, columns, style=STYLES[look.rules])
    for number in range(columns):
        table.rows[0].cells[number].paragraphs[0].add_run(
            f"{{{{ block.heads[{number}] }}}}"
        ).bold = True
        table.rows[2].cells[number].text = f"{{{{ row[{number}] }}}}"
    table.rows[1].cells[0].text = "{%tr for row in block.rows %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
