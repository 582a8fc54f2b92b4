"""Layout of a text dump without columns: cell after cell in reading order.

Lines become chunks; chunks whose numbers count up become headings; everything from column headers
to the next heading is a table; and the chunks of a table become rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from operator import itemgetter

from extractors.layout.blocks import (
    Block,
    Doubt,
    HeadBlock,
    Layout,
    Paragraph,
    Piece,
    TextBlock,
    pieces,
)
from extractors.layout.dumps.chunk import Chunk, Gap
from extractors.layout.dumps.chunks import Item, chunks
from extractors.layout.dumps.habits import (
    Context,
    Habits,
    Style,
    context_of,
    learn_habits,
    learn_style,
)
from extractors.layout.dumps.headings import at_notice, headings
from extractors.layout.dumps.heads import ColumnHead
from extractors.layout.dumps.order import goes_by_columns
from extractors.layout.dumps.rows import rows
from extractors.layout.dumps.running import dump_running_lines
from extractors.layout.dumps.unreadable import BY_COLUMNS, doubt_rows
from extractors.layout.dumps.widths import Width
from extractors.layout.furniture.footnotes import dump_footnotes
from extractors.structure.notices import is_instruction_label
from extractors.text import fold
from models.document import Document
from models.form import Form
from models.form_tables import TableForm

_TOO_WIDE = 1.15


@dataclass(frozen=True, slots=True)
class Table:
    """The chunks between column headers and the end of the table, and what is known about it."""

    chunks: Sequence[Chunk]
    context: Context


@dataclass(frozen=True, slots=True)
class Parsed:
    """A dump before row segmentation.

    Attributes:
        blocks: Text, column headers, and tables not yet divided into rows, in reading order.
        running: Running headers and footers.
        notes: Footnotes.
        by_columns: Whether the columns of tables come one after another.
    """

    blocks: Sequence[Block | Table]
    running: tuple[Piece, ...]
    notes: Sequence[Paragraph]
    by_columns: bool


def layout(document: Document, form: Form) -> Layout:
    """Returns the blocks of a dump whose cells come one after another.

    Args:
        document: Lines without geometry.
        form: The questionnaire.
    """
    parsed = parse(document, form)
    blocks: list[Block] = []
    for block in parsed.blocks:
        if isinstance(block, Table):
            blocks += rows(block.chunks, block.context)
        else:
            blocks.append(block)
    blocks = _with_notes(blocks, parsed.notes)
    own = parsed.running
    laid = Layout((*blocks, *_left_over(document, blocks, own)), own, by_weights=True)
    return doubt_rows(laid, BY_COLUMNS, Doubt.COLUMN_UNCERTAIN) if parsed.by_columns else laid


def parse(document: Document, form: Form) -> Parsed:
    """Returns a dump as text, column headers and tables.

    Args:
        document: Lines without geometry.
        form: The questionnaire.
    """
    lines = document.lines
    running = dump_running_lines(lines, form)
    notes = dump_footnotes(lines, running, form)
    own_lines = {piece.line.number for note in notes for piece in note}
    apart = running | {index for index, line in enumerate(lines) if line.number in own_lines}
    found = chunks(lines, form, apart)
    items = [_head(item) for item in found]
    titles = headings(items, form)
    style = learn_style(items, form)
    instructions = _instructions(items, form)
    walk = _Walk(form, style, _texts_before_tables(items))
    for index, item in enumerate(items):
        if isinstance(item, HeadBlock):
            walk.head(item)
        elif index in titles:
            walk.heading(item)
        else:
            if index in instructions:
                walk.end_table()
                walk.table = None
            walk.chunk(item)
    walk.end_table()
    own = tuple(Piece.whole(lines[index]) for index in sorted(running) if lines[index].text.strip())
    tables = [block.chunks for block in walk.blocks if isinstance(block, _Table)]
    by_columns = goes_by_columns(tables, found)
    return Parsed(list(_with_contexts(walk.blocks, form, style)), own, notes, by_columns)


def _head(item: Chunk | HeadBlock | ColumnHead) -> Item:
    """The header of a single column as the column headers of its table."""
    if isinstance(item, ColumnHead):
        return HeadBlock(item.pieces, item.table, repeated=True)
    return item


def _with_notes(blocks: Sequence[Block], notes: Sequence[Paragraph]) -> list[Block]:
    """Puts each footnote before the first block that begins after it."""
    if not notes:
        return list(blocks)
    begins = (min(piece.line.number for piece in pieces(block)) for block in blocks)
    latest = list(accumulate(begins, max))
    placed: list[Block] = []
    taken = 0
    for note in notes:
        place = bisect_right(latest, note[0].line.number)
        placed += blocks[taken:place]
        placed.append(TextBlock(note, is_footnote=True))
        taken = max(taken, place)
    return [*placed, *blocks[taken:]]


def _left_over(
    document: Document, blocks: Sequence[Block], running: Sequence[Piece]
) -> list[TextBlock]:
    """Lines that are in no block, as separate text: what is not understood is never lost."""
    taken = {piece.line for block in blocks for piece in pieces(block)}
    taken.update(piece.line for piece in running)
    return [
        TextBlock((Piece.whole(line),))
        for line in document.lines
        if line.text.strip() and line not in taken
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """The chunks between column headers and the end of the table."""

    form: TableForm
    chunks: Sequence[Chunk]


def _with_contexts(
    blocks: Sequence[Block | _Table], form: Form, style: Style
) -> Iterator[Block | Table]:
    """Yields the blocks, each table with what is known from itself and from similar tables."""
    tables = [block for block in blocks if isinstance(block, _Table)]
    telling: dict[str, list[tuple[int, Habits]]] = {}
    for place, table in enumerate(tables):
        habits = learn_habits(table.chunks, style)
        if habits.kinds:
            telling.setdefault(table.form.id, []).append((place, habits))
    place = 0
    for block in blocks:
        if not isinstance(block, _Table):
            yield block
            continue
        other = _nearest(telling.get(block.form.id, []), place)
        yield Table(block.chunks, context_of(block.chunks, form, block.form, style, other))
        place += 1


def _nearest(placed: Sequence[tuple[int, Habits]], place: int) -> Habits | None:
    """The habits of the table nearest to a position; of two equally near, the earlier."""
    at = bisect_right(placed, place, key=itemgetter(0))
    near = placed[max(0, at - 1) : at + 1]
    return min(near, key=lambda other: abs(other[0] - place))[1] if near else None


def _instructions(items: Sequence[Item], form: Form) -> frozenset[int]:
    """Returns the indices of the labels of instructions that lead to another table."""
    found = set()
    leads = False
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if isinstance(item, HeadBlock):
            leads = True
            continue
        if leads and is_instruction_label(item.text, form):
            found.add(index)
        if leads and (item.is_answer or item.asks):
            leads = False
    return frozenset(found)


def _texts_before_tables(items: Sequence[Item]) -> frozenset[str]:
    """Texts that come right before more than one table's column headers inside a page."""
    counts = Counter(
        fold(before.text)
        for before, after in pairwise(items)
        if isinstance(before, Chunk)
        and isinstance(after, HeadBlock)
        and not after.repeated
        and not before.is_answer
    )
    return frozenset(text for text, count in counts.items() if count > 1)


@dataclass
class _Walk:
    """Goes through the items once and collects the chunks of each table."""

    form: Form
    style: Style
    leads: frozenset[str]
    blocks: list[Block | _Table] = field(default_factory=list)
    table: TableForm | None = None
    chunks: list[Chunk] = field(default_factory=list)

    def head(self, head: HeadBlock) -> None:
        goes_on = self.table is not None and self.table.id == head.table
        between = [] if head.repeated else self.take_text_between()
        if self.chunks and not head.repeated:
            self.chunks[-1] = replace(self.chunks[-1], before_head=True)
        repeated = goes_on and not between
        if not repeated:
            self.end_table()
            self.blocks.extend(between)
            self.table = next(table for table in self.form.tables if table.id == head.table)
        self.blocks.append(HeadBlock(head.pieces, head.table, repeated))

    def take_text_between(self) -> list[TextBlock]:
        """Removes the last chunk of a table if it is more likely to introduce the next table.

        Such text fills the whole width of the page, or is repeated before several tables. A row
        cut by a page break below its answer does neither: it begins with the answer, or breaks off.
        """
        if len(self.chunks) < 2 or self.chunks[-1].gap is not Gap.EMPTY:
            return []
        last = self.chunks[-1]
        if last.opens_with_answer or last.openness:
            return []
        width = self.width()
        is_wide = max(map(width.measure, last.lines)) > _TOO_WIDE * width.limit > 0
        if not is_wide and fold(last.text) not in self.leads:
            return []
        return [TextBlock(self.chunks.pop().pieces)]

    def width(self) -> Width:
        """Width of the comments of the open table."""
        if self.table is None or self.table.id not in self.style.widths:
            return Width()
        return self.style.widths[self.table.id][1]

    def heading(self, chunk: Chunk) -> None:
        self.end_table()
        self.table = None
        for paragraph in at_notice(chunk.pieces, self.form):
            self.blocks.append(TextBlock(paragraph))

    def chunk(self, chunk: Chunk) -> None:
        if self.table is not None:
            self.chunks.append(chunk)
        else:
            self.blocks.append(TextBlock(chunk.pieces))

    def end_table(self) -> None:
        if self.table is not None and self.chunks:
            self.blocks.append(_Table(self.table, self.chunks))
        self.chunks = []
