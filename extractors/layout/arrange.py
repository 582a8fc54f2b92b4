"""Chooses the layout method of a document: its own tables, geometry, or a flow of cells."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from extractors.layout import geometry
from extractors.layout.blocks import Doubt, Layout, Piece, RowBlock, TextBlock
from extractors.layout.centred import begins_low, doubt_uncentred
from extractors.layout.dumps import columns_by_blanks, flow, grid_cells, narrow_gutters
from extractors.layout.dumps.suspects import doubt_suspects
from extractors.layout.dumps.unreadable import doubt_rows, doubt_unreadable
from extractors.layout.marked import drawn, tables
from models.document import Document, Format, ReadProblem
from models.form import Form

_UNCERTAIN = 0.6
_FEWEST = 2
_SHARE = 0.05
"""Share of the rows, and least number, in which the question stands lower than the answer."""


def arrange(document: Document, form: Form) -> Layout:
    """Returns a document as blocks in reading order.

    A text dump is read as geometry if its columns are laid out with spaces, and otherwise as a flow
    of cells.
    """
    if document.format in {Format.WORD, Format.ODT, Format.HTML}:
        return tables.layout(document, form)
    if document.has_geometry:
        return _of_pages(document, form)
    columns = columns_by_blanks.to_geometry(document)
    if not form.is_plain:
        return (_by_blanks(columns, form) if columns else None) or _text_alone(document, form)
    if columns is None:
        laid = flow.layout(document, form)
    else:
        laid = geometry.layout(narrow_gutters.split(columns, form), form)
        laid = replace(laid, blocks=tuple(grid_cells.part_cells(laid.blocks, form)))
    laid = replace(laid, blocks=tuple(doubt_suspects(laid.blocks, form)))
    return doubt_unreadable(laid, document, form, has_columns=columns is not None)


def _of_pages(document: Document, form: Form) -> Layout:
    """Returns pages as blocks: by drawn cells, or by other evidence of rows.

    For plain tables other evidence is preferred if it finds answers.
    """
    if not form.is_plain:
        return drawn.layout(document, form) or _text_alone(document, form)
    found = geometry.layout(document, form)
    rows = [block for block in found.blocks if isinstance(block, RowBlock)]
    low = sum(begins_low(row) for row in rows)
    is_centred = low >= max(_FEWEST, _SHARE * len(rows))
    if 2 * _answered(found) >= len(rows) > 0 and not is_centred:
        return found
    by_cells = drawn.layout(document, form)
    if by_cells and _answered(by_cells) > _answered(found) - is_centred:
        count = sum(isinstance(block, RowBlock) for block in by_cells.blocks)
        if not is_centred or count <= len(rows):
            return by_cells
    return doubt_uncentred(found) if is_centred else found


def _answered(layout: Layout) -> int:
    """Returns how many rows have an answer."""
    return sum(
        bool(block.answer or block.shared) for block in layout.blocks if isinstance(block, RowBlock)
    )


def _by_blanks(columns: Document, form: Form) -> Layout | None:
    """Returns a dump of pages as blocks, or None if it has no rows of the form's tables.

    Columns are found by spaces alone, and rows by references or empty lines: every row is marked as
    doubtful.
    """
    found = drawn.layout(columns, form)
    if found is None or not any(isinstance(block, RowBlock) for block in found.blocks):
        return None
    problem = ReadProblem(
        "columns-by-blanks",
        f"Only the spaces between them show the columns of the form “{form.id}” in this "
        f"{columns.format} file: every row is doubtful, and some may be missing. Submit the "
        "report as a Word file or a PDF.",
        "error",
    )
    return doubt_rows(found, problem, Doubt.COLUMN_UNCERTAIN, most=_UNCERTAIN)


def _text_alone(document: Document, form: Form) -> Layout:
    """Returns a document as paragraphs between empty lines, with problems for what is lost."""
    blocks: list[TextBlock] = []
    for is_text, lines in groupby(document.lines, key=lambda line: bool(line.text.strip())):
        if is_text:
            blocks.append(TextBlock(tuple(map(Piece.whole, lines))))
    problems = []
    if form.tables:
        problems.append(
            ReadProblem(
                "form-needs-columns",
                f"The tables of the form “{form.id}” have columns, but this {document.format} file "
                "does not show where one ends and the next begins. Submit the report as a Word "
                "file, or as a PDF in which lines are drawn around the cells.",
                "error",
            )
        )
    if form.sections.headings and not document.has_geometry:
        problems.append(
            ReadProblem(
                "form-needs-headings",
                f"The form “{form.id}” recognises sections by how their headings look, which this "
                f"{document.format} file does not show. Submit the report as a Word file or a PDF.",
                "error",
            )
        )
    return Layout(tuple(blocks), problems=tuple(problems))
