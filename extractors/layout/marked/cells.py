"""Cells of a table that the source itself marks: their paragraphs, and their place in its grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.layout.cells.openings import is_unfinished, starts_item
from models.document import Line, TableCell

_FEWEST_OPTIONS = 2

SourceRow = Sequence[TableCell]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageCell(TableCell):
    """A cell that is drawn on a page, divided into paragraphs.

    Attributes:
        paragraphs: Its paragraphs.
        ends_sure: Whether it is certain where all of them end.
        rows_sure: Whether it is certain where the rows of its table begin.
    """

    paragraphs: Cell = ()
    ends_sure: bool = True
    rows_sure: bool = True


def cell_of(cell: TableCell) -> Cell:
    """Returns the paragraphs of a cell."""
    if isinstance(cell, PageCell):
        return cell.paragraphs
    return tuple(paragraph for line in cell.lines for paragraph in paragraphs_of(line))


def paragraphs_of(line: Line) -> Iterator[Paragraph]:
    """Yields the paragraphs of a source line, with a piece for each line between manual breaks.

    An empty line between two breaks separates paragraphs, as does the beginning of a list item.
    """
    paragraph: list[Piece] = []
    start = 0
    for text in line.text.split("\n"):
        blank = len(text) - len(text.lstrip())
        piece = Piece(line, start + blank, start + blank + len(text.strip()))
        start += len(text) + 1
        if paragraph and (not piece.text or _begins_item(paragraph, piece)):
            yield tuple(paragraph)
            paragraph = []
        if piece.text:
            paragraph.append(piece)
    if paragraph:
        yield tuple(paragraph)


def _begins_item(paragraph: Sequence[Piece], below: Piece) -> bool:
    if not starts_item(below.text):
        return False
    above = paragraph[-1].text
    is_sign = not below.text[0].isalnum() and below.text[0] not in "-–—("
    return is_sign or not is_unfinished(above) or starts_item(paragraph[0].text)


def spans_of(row: SourceRow) -> list[Span]:
    """Returns where each cell begins and ends in the table's grid."""
    spans: list[Span] = []
    for cell in row:
        first = cell.column if cell.column is not None else (spans[-1][1] if spans else 0)
        spans.append((first, first + cell.span))
    return spans


def overlap(one: Span, other: Span) -> int:
    """Returns how many columns of the grid two cells share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def stands_under(span: Span, own: Span) -> bool:
    """Whether a cell is under a header by more than the edges of either."""
    return 4 * overlap(span, own) > min(span[1] - span[0], own[1] - own[0])
