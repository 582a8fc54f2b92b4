"""Layout of a text dump without columns: cell after cell in reading order.

Lines become chunks, chunks that count up become headings, what follows a table head up to the next
heading is a table, and the chunks of a table become rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.blocks import (
    Block,
    HeadBlock,
    Layout,
    Paragraph,
    Piece,
    TextBlock,
    pieces,
)
from extractors.layout.dumps.flow_cells import rows
from extractors.layout.dumps.flow_chunks import Chunk, ColumnHead, Gap, Item, Place, is_answer
from extractors.layout.dumps.flow_columns import in_cell_order
from extractors.layout.dumps.flow_cuts import openness, width_score
from extractors.layout.dumps.flow_doubts import doubt_strange_rows
from extractors.layout.dumps.flow_evidence import Style, asks
from extractors.layout.dumps.flow_habits import context_of, learn_habits, learn_style
from extractors.layout.furniture.flow_footnotes import footnotes
from extractors.layout.furniture.flow_running import running_lines
from extractors.structure.headings import (
    Candidate,
    choose,
    is_contents_entry,
    parse_number,
    wording_score,
)
from extractors.structure.notices import is_instruction_label, notice_start
from extractors.text import fold, unmark
from models.document import Document, Line
from models.form import Form, TableForm


def layout(document: Document, form: Form) -> Layout:
    """Returns the blocks of a dump whose cells follow one another.

    Args:
        document: Lines without geometry.
        form: The questionnaire.
    """
    lines = document.lines
    running = running_lines(lines, form)
    notes = footnotes(lines, running, form)
    own_lines = {piece.line.number for note in notes for piece in note}
    apart = running | {index for index, line in enumerate(lines) if line.number in own_lines}
    items = _items(lines, form, apart)
    headings = {candidate.index for candidate in choose(_candidates(items, form))}
    style = learn_style(items, form)
    walk = _Walk(form, style, _texts_before_tables(items, form))
    for index, item in enumerate(items):
        if isinstance(item, HeadBlock):
            walk.head(item)
        elif index in headings:
            walk.heading(item)
        else:
            if item.place is Place.TEXT or _opens_instruction(items, index, form):
                walk.end_table()
                walk.table = None
            walk.chunk(item)
    walk.end_table()
    own = tuple(Piece.whole(lines[index]) for index in sorted(running) if lines[index].text.strip())
    blocks = doubt_strange_rows(list(_with_rows(walk.blocks, form, style)), form)
    blocks = _with_notes(blocks, notes)
    return Layout((*blocks, *_left_over(document, blocks, own)), own)


def _with_notes(blocks: Sequence[Block], notes: Sequence[Paragraph]) -> list[Block]:
    """Puts each footnote before the first block that begins after it."""
    placed = list(blocks)
    for note in notes:
        number = note[0].line.number
        later = (
            index
            for index, block in enumerate(placed)
            if min(piece.line.number for piece in pieces(block)) > number
        )
        placed.insert(next(later, len(placed)), TextBlock(note, is_footnote=True))
    return placed


def _left_over(
    document: Document, blocks: Sequence[Block], running: Sequence[Piece]
) -> list[TextBlock]:
    """Lines that no block took, as text of their own: what is not understood is never lost."""
    taken = {piece.line for block in blocks for piece in pieces(block)}
    taken.update(piece.line for piece in running)
    return [
        TextBlock((Piece.whole(line),))
        for line in document.lines
        if line.text.strip() and line not in taken
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """The chunks between a table head and the end of the table."""

    form: TableForm
    chunks: Sequence[Chunk]


def _with_rows(blocks: Sequence[Block | _Table], form: Form, style: Style) -> Iterator[Block]:
    """Puts the rows of each table in its place."""
    tables = [block for block in blocks if isinstance(block, _Table)]
    habits = [learn_habits(table.chunks, form, table.form, style) for table in tables]
    place = 0
    for block in blocks:
        if not isinstance(block, _Table):
            yield block
            continue
        near = sorted(range(len(tables)), key=lambda other: abs(other - place))
        others = [habits[other] for other in near if tables[other].form == block.form]
        yield from rows(block.chunks, context_of(block.chunks, form, block.form, style, others))
        place += 1


def _opens_instruction(items: Sequence[Item], index: int, form: Form) -> bool:
    """Whether a chunk is the label of an instruction that leads to another table."""
    item = items[index]
    if not isinstance(item, Chunk) or not is_instruction_label(item.text, form):
        return False
    for following in items[index + 1 :]:
        if isinstance(following, HeadBlock):
            return True
        if is_answer(following.text, form) or asks(following.text, form):
            return False
    return False


def _texts_before_tables(items: Sequence[Item], form: Form) -> frozenset[str]:
    """Texts that stand right before more than one table head inside a page."""
    counts = Counter(
        fold(before.text)
        for before, after in pairwise(items)
        if isinstance(before, Chunk)
        and isinstance(after, HeadBlock)
        and not after.repeated
        and not is_answer(before.text, form)
    )
    return frozenset(text for text, count in counts.items() if count > 1)


def _items(lines: Sequence[Line], form: Form, running: frozenset[int]) -> list[Item]:
    """Chunks and table heads in the order of cells, whatever the order of the dump."""
    return [
        HeadBlock(entry.pieces, entry.table, repeated=True)
        if isinstance(entry, ColumnHead)
        else entry
        for entry in in_cell_order(lines, form, running)
    ]


@dataclass
class _Walk:
    """Goes through the items once, and gathers the chunks of each table."""

    form: Form
    style: Style
    leads: frozenset[str]
    blocks: list[Block | _Table] = field(default_factory=list)
    table: TableForm | None = None
    chunks: list[Chunk] = field(default_factory=list)

    def head(self, head: HeadBlock) -> None:
        goes_on = self.table is not None and self.table.id == head.table
        between = [] if head.repeated else self.take_text_between()
        repeated = goes_on and not between
        if not repeated:
            self.end_table()
            self.blocks.extend(between)
            self.table = next(table for table in self.form.tables if table.id == head.table)
        self.blocks.append(HeadBlock(head.pieces, head.table, repeated))

    def take_text_between(self) -> list[TextBlock]:
        """Takes the last chunk of a table away if it rather leads to the table that follows.

        Such text runs over the whole width of the page, or repeats before several tables. A row
        that a page cuts below its answer does neither: it opens with the answer, or breaks off.
        """
        if len(self.chunks) < 2 or self.chunks[-1].gap is not Gap.EMPTY:
            return []
        last = self.chunks[-1]
        answers = self.form.answer_pattern.match(unmark(last.text)) is not None
        if answers or openness(last.text, self.form):
            return []
        is_wide = width_score(last, self.width(), 0) < 0
        if not is_wide and fold(last.text) not in self.leads:
            return []
        return [TextBlock(self.chunks.pop().pieces)]

    def width(self) -> int:
        """Width of the comments of the table that is open, in characters; 0 where not known."""
        return self.style.width_of(self.table).comment if self.table else 0

    def heading(self, chunk: Chunk) -> None:
        self.end_table()
        self.table = None
        for paragraph in _at_notice(chunk.pieces, self.form):
            self.blocks.append(TextBlock(paragraph, chunk.page_start))

    def chunk(self, chunk: Chunk) -> None:
        if self.table is not None:
            self.chunks.append(chunk)
        else:
            self.blocks.append(TextBlock(chunk.pieces, chunk.page_start))

    def end_table(self) -> None:
        if self.table is not None and self.chunks:
            self.blocks.append(_Table(self.table, self.chunks))
        self.chunks = []


def _at_notice(pieces: Paragraph, form: Form) -> list[Paragraph]:
    """Parts a heading from a notice that stands under it without an empty line."""
    for index, piece in enumerate(pieces[1:], start=1):
        if notice_start(piece.text, form):
            return [pieces[:index], pieces[index:]]
    return [pieces]


def _candidates(items: Sequence[Item], form: Form) -> list[Candidate]:
    """Chunks that may be headings, scored by their wording and by what follows them."""
    found = []
    in_table = False
    for index, item in enumerate(items):
        if isinstance(item, HeadBlock):
            in_table = True
            continue
        if _is_contents(item) or item.place not in (None, Place.TEXT):
            continue
        title = _at_notice(item.pieces, form)
        parsed = parse_number(" ".join(piece.text for piece in title[0]))
        if parsed is None or (item.gap is Gap.NONE and not (item.lead or item.page_start)):
            continue
        score = wording_score(parsed[1]) + (0 if len(title) == 1 else 4)
        following = items[index + 1] if index + 1 < len(items) else None
        score += _following_score(following, form, in_table)
        found.append(Candidate(index, parsed[0], score))
        if score >= 3:
            in_table = False
    return found


def _following_score(following: Item | None, form: Form, in_table: bool) -> float:
    """How much the item after a paragraph speaks for its being a heading."""
    if isinstance(following, HeadBlock):
        return 3.0 if not in_table else 1.5
    if following is None:
        return 0.0
    if is_instruction_label(following.text, form) or notice_start(following.text, form):
        return 4.0
    if parse_number(following.text):
        return 2.0
    return -2.0 if in_table else 1.0


def _is_contents(chunk: Chunk) -> bool:
    """Whether most lines of a chunk are entries of a table of contents."""
    entries = sum(is_contents_entry(piece.text) for piece in chunk.pieces)
    return entries * 2 > len(chunk.pieces)
