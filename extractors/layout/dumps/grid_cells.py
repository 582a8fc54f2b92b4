"""Where paragraphs begin in the cells of a dump whose columns are laid out with spaces.

Such a dump keeps a gap only where no column has text beside it. But it does keep line ends: a line
on which the next word would have fitted ends its paragraph. So the font is found whose letters best
explain where sentences wrap (`widths.fit`), and a decoder weighs the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from extractors.layout.blocks import Block, Cell, HeadBlock, Piece, RowBlock, words_of
from extractors.layout.cells.cues import ends_question, openness
from extractors.layout.cells.openings import starts_item
from extractors.layout.decoding.decoder import Decoder, Path, Why
from extractors.layout.decoding.evidence import names_of, observe
from extractors.layout.decoding.weights import builtin_weights
from extractors.layout.dumps.chunk import Gap
from extractors.layout.dumps.columns_by_blanks import COLUMN, ROW
from extractors.layout.dumps.paragraphs import BEGINS, PARAGRAPH_EVIDENCE, Link
from extractors.layout.dumps.widths import Width, Wrap, fit
from extractors.layout.dumps.wording import asks, list_number, opening_kind
from models.form import Form

KIND = "layout-paragraphs"
_SURE = 0.99
"""Confidence from which paragraph ends count as certain."""
_SOME_ROOM = 0.2
_SHORT = 40
_IN_LIST = 3
_LONGEST_LIST = 12
_ROOM = 0.08
_OFTEN = 0.5
_FEWEST = 3
_BREAKS = ("-", "/")


class GridLine(NamedTuple):
    """A line of a cell: its text, its page, and its row and first column on the grid."""

    text: str
    page: int
    row: int
    column: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its lines, the part of its table that it is in, and the other cells' lines beside it.

    Attributes:
        lines: Its lines, over all pages.
        parts: For each line, the group of lines that its width is learnt from: those of one column
            in one kind of table; questions and the text after them often have different fonts.
        beside: Page and row of the lines of the other cells of its row.
        is_comment: Whether it is the comment.
    """

    lines: Sequence[GridLine]
    parts: Sequence[tuple[str, str]]
    beside: frozenset[tuple[int, int]]
    is_comment: bool


def part_cells(blocks: Sequence[Block], form: Form) -> list[Block]:
    """Returns the blocks of a dump with the cells of all rows divided into paragraphs.

    Args:
        blocks: Blocks whose lines have boxes on the grid of `columns_by_blanks`.
        form: The form.
    """
    cells = cells_of(blocks)
    links = links_of(cells, form)
    if not links:
        return list(blocks)
    path = _decoder().decode(observe(links, PARAGRAPH_EVIDENCE))
    parted: list[Block] = []
    at = 0
    for block in blocks:
        if not isinstance(block, RowBlock):
            parted.append(block)
            continue
        own, cells = cells[:2], cells[2:]
        end = at + sum(max(0, len(cell.lines) - 1) for cell in own)
        parted.append(_parted(block, own, path, at, end))
        at = end
    return parted


def explain(blocks: Sequence[Block], form: Form) -> Iterator[tuple[Piece, Why]]:
    """Yields why each line of a cell but the first begins or continues a paragraph."""
    cells = cells_of(blocks)
    links = links_of(cells, form)
    if not links:
        return
    path = _decoder().decode(observe(links, PARAGRAPH_EVIDENCE))
    lines = [line for cell in cells for line in cell.lines[1:]]
    for at, line in enumerate(lines):
        yield line.pieces[0], path.why(at)


@cache
def _decoder() -> Decoder:
    return Decoder(builtin_weights(KIND, names_of(PARAGRAPH_EVIDENCE)))


def _parted(row: RowBlock, cells: Sequence[GridCell], path: Path, start: int, end: int) -> RowBlock:
    """Returns a row with its cells divided by the decisions from `start` up to `end`."""
    sure = path.probability(start, end) if end > start else 1.0
    labels = iter(path.labels[start:end])
    question, comment = (
        _paragraphs(cell.lines, [True, *(next(labels) == BEGINS for _ in cell.lines[1:])])
        for cell in cells
    )
    return replace(
        row,
        question=question,
        comment=comment,
        confidence=round(row.confidence * sure, 3),
        ends_told=sure >= _SURE,
    )


def _paragraphs(lines: Sequence[GridLine], begins: Sequence[bool]) -> Cell:
    paragraphs: list[tuple[Piece, ...]] = []
    for line, begin in zip(lines, begins, strict=False):
        if begin:
            paragraphs.append(line.pieces)
        else:
            paragraphs[-1] += line.pieces
    return tuple(paragraphs)


def cells_of(blocks: Sequence[Block]) -> list[GridCell]:
    """Returns the question cell and the comment of every row."""
    cells: list[GridCell] = []
    table = ""
    for block in blocks:
        if isinstance(block, HeadBlock):
            table = block.table
        elif isinstance(block, RowBlock):
            question, comment = _lines(block.question), _lines(block.comment)
            answer = _lines((block.answer,))
            ends = [at for at, line in enumerate(question, start=1) if ends_question(line.text)]
            asked = ends[0] if ends else 0
            parts = [(table, "question" if at < asked else "detail") for at in range(len(question))]
            beside = frozenset((line.page, line.row) for line in (*comment, *answer))
            cells.append(GridCell(question, parts, beside, is_comment=False))
            beside = frozenset((line.page, line.row) for line in question)
            cells.append(GridCell(comment, [(table, "comment")] * len(comment), beside, True))
    return cells


def _lines(cell: Cell) -> list[GridLine]:
    lines = []
    for (page, row), own in groupby(words_of(cell), key=_place):
        found = tuple(own)
        box = found[0].line.box
        column = round(box.x0 / COLUMN) if box else 0
        lines.append(GridLine(" ".join(one.text for one in found), page, row, column, found))
    return lines


def _place(piece: Piece) -> tuple[int, int]:
    box = piece.line.box
    return piece.line.page or 0, round(box.y0 / ROW) if box else 0


def links_of(cells: Sequence[GridCell], form: Form) -> list[Link]:
    """Returns the evidence on each pair of lines of all cells."""
    widths = _widths(cells, form)
    links = [
        _link(cell, at, widths[cell.parts[at - 1]], form)
        for cell in cells
        for at in range(1, len(cell.lines))
    ]
    ends = [
        link.gap is Gap.EMPTY
        for link in links
        if link.opens_sentence and link.room > _ROOM and not (link.is_cut or link.beside)
    ]
    shows = len(ends) >= _FEWEST and sum(ends) > _OFTEN * len(ends)
    return [replace(link, shows_gaps=True) for link in links] if shows else links


def _widths(cells: Sequence[GridCell], form: Form) -> dict[tuple[str, str], Width]:
    wraps: dict[tuple[str, str], list[Wrap]] = defaultdict(list)
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in cells:
        for part, line in zip(cell.parts, cell.lines, strict=True):
            # A single word on its line can be wider than its column.
            if " " in line.text:
                texts[part].append(line.text)
        for part, (line, after) in zip(cell.parts, pairwise(cell.lines), strict=False):
            goes_on = after.text[:1].islower() and openness(line.text, form) > 0
            if goes_on and line.page == after.page and not line.text.endswith(_BREAKS):
                wraps[part].append(Wrap(line.text, after.text))
    parts = {part for cell in cells for part in cell.parts}
    return {part: fit(wraps[part], texts[part]) for part in sorted(parts)}


def _link(cell: GridCell, at: int, width: Width, form: Form) -> Link:
    above, below = cell.lines[at - 1], cell.lines[at]
    is_cut = above.page != below.page
    between = range(above.row + 1, below.row) if not is_cut else range(0)
    passed = any((below.page, row) in cell.beside for row in between)
    near = [_near(cell, line) for line in (above, below)]
    beside = not is_cut and all(near)
    level = [(line.page, line.row) in cell.beside for line in (above, below)]
    kind = opening_kind(" ".join(line.text for line in cell.lines[at : at + 2]), form)
    indent = 0 if is_cut else below.column - above.column
    return Link(
        before=above.text,
        after=below.text,
        room=width.room(above.text, below.text) if width.limit else _SOME_ROOM,
        is_comment=cell.is_comment,
        is_cut=is_cut,
        gap=Gap.EMPTY if between and not passed else Gap.NONE,
        openness=openness(above.text, form),
        asked=asks(above.text, form),
        kind=kind,
        opens_detail=bool(kind) and not cell.is_comment,
        in_list=any(starts_item(line.text) for line in cell.lines[max(0, at - _IN_LIST) : at]),
        counts_on=_counts_on(
            [line.text for line in cell.lines[max(0, at - _LONGEST_LIST) : at + 1]]
        ),
        is_short=len(below.text) < _SHORT,
        beside=beside,
        shifted=beside and level[0] != level[1],
        passed=passed,
        misfit=width.misfit,
        indent=(indent > 1) - (indent < -1),
    )


def _near(cell: GridCell, line: GridLine) -> bool:
    """Whether another cell has text right beside a line, or one row above or below it."""
    return any((line.page, line.row + step) in cell.beside for step in (-1, 0, 1))


def _counts_on(texts: Sequence[str]) -> bool:
    """Whether the last line has the next number after that of an item above it."""
    number = list_number(texts[-1])
    return number is not None and any(list_number(text) == number - 1 for text in texts[:-1])
