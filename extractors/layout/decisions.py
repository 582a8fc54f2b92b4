"""Why rows are as they are: each decision of the decoder, with the evidence that decided."""

from __future__ import annotations

from typing import NamedTuple

from extractors.layout import geometry
from extractors.layout.arrange import arrange
from extractors.layout.decoding.decoder import Why
from extractors.layout.dumps import columns_by_blanks, flow, grid_cells, narrow_gutters
from extractors.layout.dumps.explain import explain
from models.document import Document
from models.form import Form


class Decision(NamedTuple):
    """What was decided on some lines of a table, and why.

    Attributes:
        line: Number of the first line, as in the document.
        text: The text of the unit.
        why: The label, its rival, and the evidence.
    """

    line: int
    text: str
    why: Why


def decisions(document: Document, form: Form) -> list[Decision]:
    """Returns the decisions on the rows of a document, in reading order.

    Empty if the decoder did not decide the rows: for tables in Word files, or drawn cells.
    """
    if not arrange(document, form).by_weights:
        return []
    if document.has_geometry:
        return _on_pages(document, form)
    laid = columns_by_blanks.to_geometry(document)
    if laid is not None:
        laid = narrow_gutters.split(laid, form)
        blocks = geometry.layout(laid, form).blocks
        return [
            *_on_pages(laid, form),
            *(
                Decision(piece.line.number, piece.text, why)
                for piece, why in grid_cells.explain(blocks, form)
            ),
        ]
    return [
        Decision(unit.chunk.pieces[0].line.number, unit.text, why)
        for block in flow.parse(document, form).blocks
        if isinstance(block, flow.Table)
        for unit, why in explain(block.chunks, block.context)
    ]


def _on_pages(document: Document, form: Form) -> list[Decision]:
    """Returns the decisions on where rows begin on pages."""
    return [
        Decision(unit.lines[0].runs[0].piece.line.number, unit.lines[0].text, why)
        for unit, why in geometry.explained(document, form)
    ]
