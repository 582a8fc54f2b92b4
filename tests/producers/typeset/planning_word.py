"""Word files like exports of planning and case tools: controls, merged headers, records."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from typing import Any

from tests.producers.programs import Programs, need
from tests.producers.typeset.story import Cell, Grid, Look, Paragraph, Story
from tests.producers.word_docs import fixed

KINDS = ("merged", "nested", "controls", "records", "revised")


def exported(kind: str) -> Callable[[Story, Look, Programs], bytes]:
    """What writes files of one of KINDS, or `plain` ones.

    merged: a full-width row above the headers. nested: comments in a table of their own in
    their cell. controls: content controls around rows, cells and paragraphs. records: a table per
    question, a row per field. revised: tracked deletions and insertions of rows, and moved text.
    """

    def render(story: Story, look: Look, programs: Programs) -> bytes:
        need("docx")
        return _Export(kind, look).write(story)

    return render


class _Export:
    def __init__(self, kind: str, look: Look) -> None:
        import docx  # noqa: PLC0415

        self.kind = kind
        self.look = look
        self.document: Any = docx.Document()

    def write(self, story: Story) -> bytes:
        self.document.add_paragraph(story.title, style="Title")
        self.document.add_paragraph(story.organisation)
        self.document.add_page_break()
        for block in story.blocks:
            if isinstance(block, Grid):
                self.table(block)
                self.document.add_paragraph()
            elif block.level is not None:
                self.document.add_heading(block.text, block.level)
            else:
                self.fill(self.document.add_paragraph(), block)
        buffer = BytesIO()
        self.document.save(buffer)
        return fixed(buffer)

    def fill(self, paragraph: Any, content: Paragraph) -> None:
        run = paragraph.add_run(content.text)
        run.bold = content.bold or None
        run.italic = content.italic or None

    def cell(self, cell: Any, content: Cell) -> None:
        for number, paragraph in enumerate(content):
            self.fill(cell.add_paragraph() if number else cell.paragraphs[0], paragraph)

    def table(self, grid: Grid) -> None:
        if self.kind == "records":
            for row in grid.rows:
                self.record(grid.heads, row)
            return
        made = self.document.add_table(0, len(grid.shares), style="Table Grid")
        if grid.heads:
            made.add_row()
        if self.kind == "merged":
            made.rows[0].cells[0].merge(made.rows[0].cells[-1]).text = "Uppföljning av planen"
            made.add_row()
        for cell, head in zip(made.rows[-1].cells if grid.heads else (), grid.heads, strict=True):
            cell.text = head
        for content in grid.rows:
            row = made.add_row()
            cells = list(row.cells)
            if len(content) < len(cells):
                cells[len(content) - 1 :] = [cells[len(content) - 1].merge(cells[-1])]
            for number, (cell, own) in enumerate(zip(cells, content, strict=True)):
                if self.kind == "nested" and number == len(content) - 1:
                    first = own[:1] if len(content) == 2 else []
                    self.cell(cell, first)
                    if own[len(first) :]:
                        inner = cell.add_table(1, 1)
                        self.cell(inner.rows[0].cells[0], own[len(first) :])
                        cell.add_paragraph()
                else:
                    self.cell(cell, own)
            if self.kind == "controls":
                _control_row(row)
            elif self.kind == "revised":
                _revise_row(made, row)

    def record(self, heads: list[str], row: list[Cell]) -> None:
        made = self.document.add_table(0, 2, style="Table Grid")
        for head, own in zip(heads, row, strict=True):
            cells = made.add_row().cells
            cells[0].text = head
            self.cell(cells[1], own)
        self.document.add_paragraph()


def _element(name: str, *children: Any, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = OxmlElement(name, attrs={qn(f"w:{key}"): value for key, value in attributes.items()})
    for child in children:
        made.append(child)
    return made


def _wrapped(element: Any) -> None:
    """Puts a content control around an element."""
    parent, place = element.getparent(), element.getparent().index(element)
    control = _element("w:sdt", _element("w:sdtPr"), _element("w:sdtContent", element))
    parent.insert(place, control)


def _control_row(row: Any) -> None:
    """Puts controls around the paragraphs of a row's last cell, around the cell, and the row."""
    cell = row.cells[-1]
    for paragraph in cell.paragraphs[:-1]:
        _wrapped(paragraph._p)
    _wrapped(cell._tc)
    _wrapped(row._tr)


def _revise_row(table: Any, row: Any) -> None:
    """Deletes a copy of a row above it, moves text within it, and marks the row as inserted."""
    change = {"id": "9", "author": "Granskare", "date": "2025-09-15T12:00:00Z"}
    gone = deepcopy(row._tr)
    for run in list(gone.iter("{*}r")):
        for text in run.iter("{*}t"):
            text.tag = text.tag[: -len("t")] + "delText"
        parent, place = run.getparent(), run.getparent().index(run)
        parent.insert(place, _element("w:del", run, **change))
    gone.get_or_add_trPr().append(_element("w:del", **change))
    row._tr.addprevious(gone)
    row._tr.get_or_add_trPr().append(_element("w:ins", **change))
    last = row.cells[-1].paragraphs[-1]
    for run in last.runs:
        moved = deepcopy(run._r)
        last._p.insert(0, _element("w:moveFrom", moved, **change))
        place = last._p.index(run._r)
        last._p.insert(place, _element("w:moveTo", run._r, **change))
