"""Which layout code a document takes: its own tables, geometry, or a flow of cells."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from extractors.layout import drawn, geometry, word
from extractors.layout.blocks import Doubt, Layout, Piece, RowBlock, TextBlock
from extractors.layout.dumps import columns_by_blanks, flow, grid_cells, unreadable
from models.document import Document, Format, ReadProblem
from models.form import Form


def arrange(document: Document, form: Form) -> Layout:
    """Returns a document as blocks in reading order.

    A text dump is read as geometry where its columns are laid out with blanks, and as a flow of
    cells where they are not.
    """
    if document.format in {Format.WORD, Format.ODT, Format.HTML}:
        return word.layout(document, form)
    if document.has_geometry:
        return _of_pages(document, form)
    if not form.is_plain:
        return _text_alone(document, form)
    columns = columns_by_blanks.to_geometry(document)
    if columns is None:
        return flow.layout(document, form)
    laid = geometry.layout(columns, form)
    blocks = grid_cells.part_cells(laid.blocks, form)
    if not unreadable.lacks_pages(document):
        return replace(laid, blocks=tuple(blocks))
    doubted = unreadable.doubt_rows(blocks, Doubt.CUT_UNCERTAIN)
    return replace(laid, blocks=tuple(doubted), problems=(unreadable.WITHOUT_PAGES,))


def _of_pages(document: Document, form: Form) -> Layout:
    """Returns pages as blocks: by drawn cells, or by what else tells rows.

    For plain tables that is the better way where it finds answers.
    """
    if not form.is_plain:
        return drawn.layout(document, form) or _text_alone(document, form)
    found = geometry.layout(document, form)
    if 2 * _answered(found) >= sum(isinstance(block, RowBlock) for block in found.blocks) > 0:
        return found
    by_cells = drawn.layout(document, form)
    return by_cells if by_cells and _answered(by_cells) > _answered(found) else found


def _answered(layout: Layout) -> int:
    """Returns how many rows have an answer."""
    return sum(
        bool(block.answer or block.shared) for block in layout.blocks if isinstance(block, RowBlock)
    )


def _text_alone(document: Document, form: Form) -> Layout:
    """Returns a document as paragraphs between empty lines, and says that no table is read."""
    blocks: list[TextBlock] = []
    for is_text, lines in groupby(document.lines, key=lambda line: bool(line.text.strip())):
        if is_text:
            blocks.append(TextBlock(tuple(map(Piece.whole, lines))))
    problem = ReadProblem(
        "form-needs-columns",
        f"The tables of the form “{form.id}” have columns that this {document.format} file does "
        "not tell apart. Hand in the Word file of the report, or a PDF in which lines are drawn "
        "around the cells.",
        "error",
    )
    return Layout(tuple(blocks), problems=(problem,) if form.tables else ())
