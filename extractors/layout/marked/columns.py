"""The columns of a table that the source itself marks: its headers, and the content of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, Piece, text_of, words_of
from extractors.layout.cells.openings import is_unfinished, starts_item
from extractors.layout.tables.heads import HeadFinder, key_of
from models.document import Line, TableCell
from models.form import Form, letters_of
from models.form_tables import Column, TableForm

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


class Option(NamedTuple):
    """A column for one answer, which a tick in it selects.

    Attributes:
        cell: Index of its header among the cells of the header row.
        span: Where it begins and ends in the table's grid.
        words: The answer, as its header has it.
    """

    cell: int
    span: Span
    words: Paragraph


class Columns(NamedTuple):
    """The columns of a table, as its headers have them.

    Attributes:
        table: The kind of table.
        cells: Index of each column's header among the cells of the header row.
        spans: Where each column begins and ends in the table's grid.
        width: How many cells the header row has, including empty ones.
        options: Columns for one answer each, which replace the answer column.
        unknown: Headers of columns that the form does not name; theirs are the last of `cells` and
            `spans`.
        sure: Whether every header is exactly one of the form's.
    """

    table: TableForm
    cells: tuple[int, ...]
    spans: tuple[Span, ...]
    width: int
    options: tuple[Option, ...] = ()
    unknown: tuple[str, ...] = ()
    sure: bool = True


def find_head(row: SourceRow, finder: HeadFinder) -> Columns | None:
    """Returns the columns that a header row names; those before the question may be unknown."""
    filled = [at for at, cell in enumerate(row) if any(line.text.strip() for line in cell.lines)]
    keys = [key_of(text_of(cell_of(row[at]))) for at in filled]
    spans = spans_of(row)
    for start in range(len(keys) - 1):
        table = finder.table_with(keys[start:])
        if table and table.is_plain:
            cells = tuple(filled[start:])
            return Columns(table, cells, tuple(spans[at] for at in cells), len(row))
    return None


def find_ticked_head(row: SourceRow, form: Form, finder: HeadFinder) -> Columns | None:
    """Returns the columns of headers with a column for each answer, such as Ja, Nej, Delvis."""
    filled = [at for at, cell in enumerate(row) if cell_of(cell)]
    options = _options(row, form)
    taken = [option.cell for option in options]
    if len(options) < _FEWEST_OPTIONS or not filled or filled[0] in taken:
        return None
    around = [at for at in filled if at not in taken and at > filled[0]]
    if taken != list(range(taken[0], taken[-1] + 1)) or around != [
        at for at in filled if at > taken[-1]
    ]:
        return None
    spans = spans_of(row)
    for table in filter(attrgetter("is_plain"), form.tables):
        answer = table.columns[1]
        names = [
            text_of(cell_of(row[filled[0]])),
            answer.heads[0],
            *(text_of(cell_of(row[at])) for at in around),
        ]
        names += [] if around else [column.heads[0] for column in table.columns[2:]]
        if answer.holds is Column.ANSWER and finder.table_with(list(map(key_of, names))) is table:
            whole = (options[0].span[0], options[-1].span[1])
            return Columns(
                table,
                (filled[0], -1, *around),
                (spans[filled[0]], whole, *(spans[at] for at in around)),
                len(row),
                tuple(options),
            )
    return None


def with_options(columns: Columns, row: SourceRow, form: Form) -> Columns | None:
    """Returns a table's columns with those for one answer each that a second header row names."""
    options = _options(row, form)
    filled = sum(1 for cell in row if cell_of(cell))
    if not columns.table.is_plain:
        return None
    if (
        columns.table.columns[1].holds is not Column.ANSWER
        or len(options) < _FEWEST_OPTIONS
        or len(options) < filled
        or not all(overlap(option.span, columns.spans[1]) for option in options)
    ):
        return None
    return columns._replace(options=tuple(options), width=len(row), cells=_cells_of(columns, row))


def _cells_of(columns: Columns, row: SourceRow) -> tuple[int, ...]:
    """Returns which of a row's cells is under each column; -1 for the answer's."""
    spans = spans_of(row)
    found = [
        next((at for at, span in enumerate(spans) if overlap(span, own)), -1)
        for own in columns.spans
    ]
    return (found[0], -1, *found[2:])


def _options(row: SourceRow, form: Form) -> list[Option]:
    return [
        Option(at, span, words_of(cell_of(cell)))
        for at, (cell, span) in enumerate(zip(row, spans_of(row), strict=True))
        if letters_of(text_of(cell_of(cell))) in form.word_of_letters
    ]


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
