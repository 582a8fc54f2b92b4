"""Layout of a text dump without columns: cell after cell in reading order.

Lines become chunks, chunks that count up become headings, what follows a table head up to the next
heading is a table, and the chunks of a table become rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.layout.answers import split_answer
from extractors.layout.blocks import (
    Block,
    Doubt,
    HeadBlock,
    Layout,
    Paragraph,
    Piece,
    RowBlock,
    TextBlock,
)
from extractors.layout.flow_chunks import Chunk, ColumnHead, Gap, Item, Place, chunks, is_answer
from extractors.layout.flow_columns import by_cells, goes_by_columns
from extractors.layout.flow_cuts import Widths, openness, width_score
from extractors.layout.flow_evidence import (
    Context,
    Style,
    answer_score,
    asks,
    breaks_page,
    opens_list_item,
    starts_detail,
    starts_reference,
)
from extractors.layout.flow_rows import Label, is_certain, label_chunks
from extractors.layout.flow_running import running_lines
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

_CUT_CONFIDENCE = 0.95
_UNCERTAIN_CONFIDENCE = 0.6
_BLANK_CONFIDENCE = 0.8
_ROOM = 0.8


def layout(document: Document, form: Form) -> Layout:
    """Returns the blocks of a dump whose cells follow one another.

    Args:
        document: Lines without geometry.
        form: The questionnaire.
    """
    lines = document.lines
    running = running_lines(lines, form)
    items = _items(lines, form, running)
    headings = {candidate.index for candidate in choose(_candidates(items, form))}
    style = _style(items, form)
    walk = _Walk(form, style, _texts_before_tables(items))
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
    return Layout(tuple(walk.blocks), own)


def _opens_instruction(items: Sequence[Item], index: int, form: Form) -> bool:
    """Whether a chunk is the label of an instruction that leads to another table."""
    item = items[index]
    if not isinstance(item, Chunk) or not is_instruction_label(item.text, form):
        return False
    for following in items[index + 1 :]:
        if isinstance(following, HeadBlock):
            return True
        if is_answer(following.text, form) or asks(following.text):
            return False
    return False


def _texts_before_tables(items: Sequence[Item]) -> frozenset[str]:
    """Texts that stand right before more than one table head inside a page."""
    counts = Counter(
        fold(before.text)
        for before, after in pairwise(items)
        if isinstance(before, Chunk) and isinstance(after, HeadBlock) and not after.repeated
    )
    return frozenset(text for text, count in counts.items() if count > 1)


def _items(lines: Sequence[Line], form: Form, running: frozenset[int]) -> list[Item]:
    """Chunks and table heads in the order of cells, whatever the order of the dump."""
    entries = chunks(lines, form, running)
    if goes_by_columns(entries, form):
        return by_cells(chunks(lines, form, running, by_columns=True), form)
    return [
        HeadBlock(entry.pieces, entry.table, repeated=True)
        if isinstance(entry, ColumnHead)
        else entry
        for entry in entries
    ]


@dataclass
class _Walk:
    """Goes through the items once, and gathers the chunks of each table."""

    form: Form
    style: Style
    leads: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
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

        Such text runs over the whole width of the page, or repeats before several tables.
        """
        if len(self.chunks) < 2 or self.chunks[-1].gap is not Gap.EMPTY:
            return []
        last = self.chunks[-1]
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
            self.blocks.extend(_rows(self.chunks, Context(self.form, self.table, self.style)))
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


def _style(items: Sequence[Item], form: Form) -> Style:
    """How this dump writes answers and question cells, seen on its sure answers."""
    flow = [item for item in items if isinstance(item, Chunk)]
    answers = [index for index, chunk in enumerate(flow) if is_answer(chunk.text, form)]
    cells = [flow[index - 1] for index in answers if index]
    comments = [flow[index + 1] for index in answers if index + 1 < len(flow)]
    led = sum(flow[index].lead for index in answers)
    after = sum(starts_detail(comment.text, form) for comment in comments)
    before = sum(starts_detail(cell.text, form) for cell in cells)
    opened = sum(openness(cell.text, form) > 0 for cell in cells)
    inner = sum(starts_detail(chunk.text, form) and chunk.gap is Gap.BLANKS for chunk in flow)
    return Style(
        lead_answers=led * 2 > len(answers),
        answers_first=after > before,
        inner_blanks=inner > 0,
        open_questions=opened / len(cells) if cells else 0.5,
        widths=_widths(items, form),
        questions=_known_questions(flow, form),
    )


def _widths(items: Sequence[Item], form: Form) -> dict[str, Widths]:
    """The widest lines of both columns of each kind of table, seen beside its sure answers."""
    cells: dict[str, tuple[list[Chunk], list[Chunk]]] = {}
    table = ""
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        if isinstance(before, HeadBlock):
            table = before.table
        if not isinstance(item, Chunk):
            continue
        questions, comments = cells.setdefault(table, ([], []))
        if is_answer(item.text, form):
            questions += [before] if isinstance(before, Chunk) else []
            comments += [after] if isinstance(after, Chunk) else []
        elif form.answer_pattern.match(unmark(item.text)) and item.lead:
            questions += [before] if isinstance(before, Chunk) else []
            comments.append(item)
    return {
        table: Widths(_widest(questions), _widest(comments))
        for table, (questions, comments) in cells.items()
    }


def _known_questions(flow: Sequence[Chunk], form: Form) -> frozenset[str]:
    """Questions of the form, and texts that repeat in this dump and surely ask at one place."""
    known = {fold(question.question) for question in form.questions}
    counts = Counter(fold(chunk.text) for chunk in flow)
    for chunk, following in pairwise(flow):
        answered = form.answer_pattern.match(unmark(following.text)) is not None
        if answered and counts[fold(chunk.text)] > 1 and not is_answer(chunk.text, form):
            known.add(fold(chunk.text))
    return frozenset(known)


def _widest(cells: Sequence[Chunk]) -> int:
    """Width of a column: its widest line but for rare outliers."""
    widths = sorted(len(piece.text) for cell in cells for piece in cell.pieces)
    return widths[int(len(widths) * 0.98)] if widths else 0


def _with_habits(chunks: Sequence[Chunk], context: Context) -> Context:
    """Adds how the question cells of this table are written, seen beside its sure answers."""
    form = context.form
    ends = [
        before
        for before, after in pairwise(chunks)
        if form.answer_pattern.match(unmark(after.text))
        and after.lead == context.style.lead_answers
    ]
    detailed = [chunk for chunk in ends if not asks(chunk.text)]
    return replace(
        context,
        references_ask=any(asks(c.text) and starts_detail(c.text, form) for c in chunks),
        has_references=any(starts_reference(chunk.text, form) for chunk in detailed)
        or not any(asks(chunk.text) for chunk in ends),
        has_details=len(detailed) * 2 > len(ends),
    )


def _rows(chunks: Sequence[Chunk], context: Context) -> list[RowBlock]:
    """Labels the chunks of one table and puts its rows together."""
    context = _with_habits(chunks, context)
    labels, score = label_chunks(chunks, context)
    starts = [index for index, label in enumerate(labels) if label is Label.QUESTION or not index]
    rows = []
    for start, end in zip(starts, [*starts[1:], len(chunks)], strict=True):
        breaks = [
            index
            for index in range(start + 1, end)
            if labels[index] is Label.TAIL
            or (labels[index] is Label.COMMENT and breaks_page(chunks[index], context))
        ]
        certain = all(is_certain(chunks, labels, index, score, context) for index in breaks)
        row = _row(chunks[start:end], labels[start:end], context)
        rows.append(_with_evidence(row, is_cut=bool(breaks), is_certain=certain))
    return rows


def _with_evidence(row: RowBlock, *, is_cut: bool, is_certain: bool) -> RowBlock:
    doubts, confidence = set(row.doubts), row.confidence
    if is_cut:
        doubts.add(Doubt.CUT)
        confidence = min(confidence, _CUT_CONFIDENCE)
    if not is_certain:
        doubts.add(Doubt.CUT_UNCERTAIN)
        confidence = min(confidence, _UNCERTAIN_CONFIDENCE)
    return replace(row, doubts=frozenset(doubts), confidence=confidence)


def _row(chunks: Sequence[Chunk], labels: Sequence[Label], context: Context) -> RowBlock:
    """Puts the chunks of one row into their cells."""
    question: list[Paragraph] = []
    comment: list[Paragraph] = []
    options: list[Paragraph] = []
    answer: Paragraph = ()
    doubts: set[Doubt] = set()
    marked = False
    for index, (chunk, label) in enumerate(zip(chunks, labels, strict=True)):
        match label:
            case Label.QUESTION | Label.DETAIL:
                question.append(chunk.pieces)
            case Label.TAIL:
                is_first = labels[index - 1] is not Label.TAIL or breaks_page(chunk, context)
                parted = not is_first or starts_detail(chunk.text, context.form)
                _extend(question, chunk.pieces, parted=parted)
            case Label.ANSWER if is_answer(chunk.text, context.form):
                options.append(chunk.pieces)
                marked |= chunk.lead
            case Label.ANSWER:
                answer, rest = _split_answer(chunk, context)
                marked |= chunk.lead or unmark(chunk.text) != chunk.text
                if rest:
                    comment.append(rest)
                if answer_score(chunk, context) < 2:
                    doubts.add(Doubt.ANSWER_UNCERTAIN)
            case Label.COMMENT:
                after_tail = labels[index - 1] is Label.TAIL
                is_break = after_tail or breaks_page(chunk, context)
                width = context.widths.comment
                goes_on = (
                    is_break and bool(comment) and _goes_on(comment[-1], chunk, width, context.form)
                )
                _extend(comment, chunk.pieces, parted=not goes_on)
    split = split_answer(tuple(options), context.form)
    if options:
        answer = split.answer
    if split.doubtful and options:
        doubts.add(Doubt.ANSWER_UNCERTAIN)
    if any(chunk.doubtful for chunk in chunks):
        doubts.add(Doubt.COLUMN_UNCERTAIN)
    confidence = 1.0 if answer and not doubts else _BLANK_CONFIDENCE
    if Doubt.COLUMN_UNCERTAIN in doubts:
        confidence = _UNCERTAIN_CONFIDENCE
    return RowBlock(
        question=tuple(question),
        answer=answer,
        comment=(*split.comment, *comment),
        doubts=frozenset(doubts),
        confidence=confidence,
        marked=marked or split.marked,
        marks=split.marks,
    )


def _extend(cell: list[Paragraph], pieces: Paragraph, *, parted: bool) -> None:
    """Adds pieces to a cell, as a paragraph of their own or to its last one."""
    if parted or not cell:
        cell.append(pieces)
    else:
        cell[-1] = (*cell[-1], *pieces)


def _goes_on(before: Paragraph, chunk: Chunk, width: int, form: Form) -> bool:
    """Whether a paragraph goes on over a page break, rather than ending with the page."""
    is_open = openness(" ".join(piece.text for piece in before), form)
    if opens_list_item(chunk.text):
        return is_open == 1
    if is_open or chunk.text[:1].islower():
        return True
    return len(before[-1].text) + 1 + len(chunk.text.split()[0]) > _ROOM * width


def _split_answer(chunk: Chunk, context: Context) -> tuple[Paragraph, Paragraph]:
    """Parts an answer from the comment's first words on its line."""
    first = chunk.pieces[0]
    offset = len(first.text) - len(unmark(first.text))
    match = context.form.answer_pattern.match(first.text[offset:])
    if match is None or not context.has_answer_column:
        return chunk.pieces, ()
    cut = first.start + offset + match.end()
    rest = Piece(first.line, cut, first.end)
    blanks = len(rest.text) - len(rest.text.lstrip())
    rest = Piece(first.line, cut + blanks, first.end)
    own = (rest,) if rest.text else ()
    return (Piece(first.line, first.start, cut),), (*own, *chunk.pieces[1:])
