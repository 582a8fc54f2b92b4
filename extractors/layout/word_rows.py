"""The rows of a table that the source itself tells apart: which cell stands under which head.

Rows need not have the cells of their head: empty columns keep columns apart, cells are merged
sidewards and downwards, and a row can begin further right. The table's grid tells what stands under
what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, Piece
from extractors.layout.cells.answers import AnswerSplit, read_answer, split_answer
from extractors.layout.cells.paragraphs import is_unfinished, starts_item
from extractors.layout.tables.heads import HeadFinder, key_of
from models.document import Line, TableCell
from models.form import Column, Form, TableForm

_LONGEST_NUMBER = 8

SourceRow = Sequence[TableCell]
Span = tuple[int, int]


class Columns(NamedTuple):
    """The columns of a table, as its head has them.

    Attributes:
        table: The kind of table.
        cells: Which of the head's cells is the head of each column.
        spans: Where each column begins and ends in the table's grid.
        width: How many cells the head has, with empty ones.
    """

    table: TableForm
    cells: tuple[int, ...]
    spans: tuple[Span, ...]
    width: int


class Placed(NamedTuple):
    """A row's cells under the columns of its table.

    Attributes:
        before: What stands in unknown columns before the question.
        cells: The text of each column.
        continues: Columns whose cell goes on from the row above.
        covers: Whether one cell holds answer and comment.
        doubtful: Whether text stands under no column, or under several.
        full: Whether a single cell runs over all columns.
    """

    before: Cell
    cells: tuple[Cell, ...]
    continues: frozenset[int]
    covers: bool = False
    doubtful: bool = False
    full: bool = False

    @property
    def question(self) -> Cell:
        """The question cell; a number in a column before it opens the question."""
        own = self.cells[0]
        if len(self.before) == 1 and own and _is_number(self.before[0]):
            return (self.before[0] + own[0], *own[1:])
        return self.before + own


def find_head(row: SourceRow, finder: HeadFinder) -> Columns | None:
    """Returns the columns that a row is the head of; those before the question may be unknown."""
    filled = [at for at, cell in enumerate(row) if any(line.text.strip() for line in cell.lines)]
    keys = [key_of(" ".join(line.text for line in row[at].lines)) for at in filled]
    spans = _spans(row)
    for start in range(len(keys) - 1):
        table = finder.table_with(keys[start:])
        if table:
            cells = tuple(filled[start:])
            return Columns(table, cells, tuple(spans[at] for at in cells), len(row))
    return None


def place(row: SourceRow, columns: Columns) -> Placed:
    """Returns a row's cells under the columns of its table."""
    before: Cell = ()
    cells: list[Cell] = [()] * len(columns.cells)
    continues: set[int] = set()
    covers = doubtful = False
    texts = [cell_of(cell) for cell in row]
    for at, (cell, text, span) in enumerate(zip(row, texts, _spans(row), strict=True)):
        if not text and not cell.continues:
            continue
        if len(row) == columns.width:
            under = [index for index, own in enumerate(columns.cells) if own == at]
            is_left = at < columns.cells[0]
        else:
            under = [index for index, own in enumerate(columns.spans) if _overlap(span, own)]
            is_left = span[1] <= columns.spans[0][0]
        if cell.continues:
            continues.update(under)
        elif is_left and not under:
            before += text
        else:
            best = _best(under, span, columns)
            doubtful = doubtful or not under or (len(under) > 1 and best == 0)
            covers = covers or (len(under) > 1 and best > 0)
            cells[best] += text
    filled = [index for index, text in enumerate(texts) if text]
    full = len(filled) == 1 and (
        len(row) == 1 or _covers_all(_spans(row)[filled[0]], columns.spans)
    )
    return Placed(before, tuple(cells), frozenset(continues), covers, doubtful, full)


def split_row(placed: Placed, table: TableForm, form: Form) -> AnswerSplit:
    """Parts the cells after the question into answer and comment."""
    answer, *comments = placed.cells[1:]
    if table.columns[1].holds is not Column.ANSWER or placed.covers:
        return split_answer((*answer, *(own for cell in comments for own in cell)), form)
    split = read_answer(answer, form)
    comment = tuple(paragraph for cell in comments for paragraph in cell)
    return split._replace(comment=(*split.comment, *comment))


def cell_of(cell: TableCell) -> Cell:
    """Returns the paragraphs of a cell."""
    return tuple(paragraph for line in cell.lines for paragraph in paragraphs_of(line))


def paragraphs_of(line: Line) -> Iterator[Paragraph]:
    """Yields the paragraphs of a source line, a piece for each line between manual breaks.

    An empty line between two breaks parts paragraphs, and so does the beginning of a list's item.
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


def _spans(row: SourceRow) -> list[Span]:
    """Returns where each cell begins and ends in the table's grid."""
    spans: list[Span] = []
    for cell in row:
        first = cell.column if cell.column is not None else (spans[-1][1] if spans else 0)
        spans.append((first, first + cell.span))
    return spans


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _best(under: Sequence[int], span: Span, columns: Columns) -> int:
    """Returns the column that most of a cell stands under, or that it stands right of."""
    if under:
        return max(under, key=lambda index: (_overlap(span, columns.spans[index]), -index))
    left = [index for index, own in enumerate(columns.spans) if own[0] <= span[0]]
    return max(left, default=0)


def _covers_all(span: Span, spans: Sequence[Span]) -> bool:
    return len(spans) > 1 and all(_overlap(span, own) for own in spans)


def _is_number(paragraph: Paragraph) -> bool:
    text = " ".join(piece.text for piece in paragraph)
    return len(text) <= _LONGEST_NUMBER and text[:1].isdigit() and " " not in text
