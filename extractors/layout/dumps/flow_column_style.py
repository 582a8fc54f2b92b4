"""How the pages of a dump by columns are set: widths of columns, heads, and how questions look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.blocks import HeadBlock
from extractors.layout.dumps.flow_cell_starts import Before, Questions, reference_kind
from extractors.layout.dumps.flow_chunks import Chunk, ColumnHead, has_sentence, is_answer
from extractors.layout.dumps.flow_cuts import Widths, openness
from extractors.layout.dumps.flow_evidence import (
    asks,
    opening_reference,
    opens_list_item,
    starts_detail,
)
from extractors.structure.headings import parse_number, wording_score
from extractors.structure.notices import is_instruction_label, notice_start
from extractors.text import fold
from models.form import Form

Entry = Chunk | HeadBlock | ColumnHead
_REPEATED_SHARE = 0.3
_UNUSUAL = 0.1


@dataclass(frozen=True)
class ColumnStyle:
    """How the pages of a dump are set.

    Attributes:
        repeats: Whether a table that goes on has its heads again.
        widths: Widest line of the first and the last column by kind of table.
        text: Widest line of all.
        by_table: Whether each table on a page has its columns by itself.
        parted: Numbers of the lines that more empty lines than usual stand before.
    """

    repeats: bool
    widths: dict[str, Widths]
    text: int = 0
    by_table: bool = False
    parted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sides:
    """What is needed to tell the sides of a page apart."""

    form: Form
    style: ColumnStyle
    questions: Questions

    def is_three(self, name: str) -> bool:
        """Whether answers and comments of a kind of table have a column each."""
        return any(table.id == name and len(table.columns) > 2 for table in self.form.tables)

    def is_last(self, head: ColumnHead) -> bool:
        """Whether a head is that of the last column of its table."""
        return is_last_column(head, self.form)


def is_last_column(head: ColumnHead, form: Form) -> bool:
    """Whether a head is that of the last column of its table."""
    return any(
        table.id == head.table and len(table.columns) - 1 == head.column for table in form.tables
    )


def find_questions(pages: Sequence[Sequence[Entry]], form: Form) -> Questions:
    """Returns how questions look: known from the form or from their repeating, and references."""
    chunks = [item for page in pages for item in page if isinstance(item, Chunk)]
    counts = Counter(fold(chunk.text) for chunk in chunks)
    known = {
        fold(chunk.text)
        for chunk, following in pairwise(chunks)
        if counts[fold(chunk.text)] > 1
        # An answer follows whole comments as well: those of the row before it.
        and (asks(chunk.text, form) or starts_detail(following.text, form))
        and not (is_answer(chunk.text, form) or starts_detail(chunk.text, form))
        and not opens_list_item(chunk.text)
        # What asks without a question mark is a whole sentence.
        and not openness(chunk.text, form)
    }
    kinds = {reference_kind(chunk.text, form) for chunk in chunks if asks(chunk.text, form)}
    return Questions(
        frozenset(known | {fold(question.question) for question in form.questions}),
        frozenset(kind for kind in kinds if kind is not None),
        _detailed(pages, form),
        frozenset(_mentions(pages, form)),
    )


def _detailed(pages: Sequence[Sequence[Entry]], form: Form) -> float:
    """Returns the share of questions that a reference or label follows."""
    followed = [
        starts_detail(following.text, form)
        for page in pages
        for chunk, following in pairwise(page)
        if isinstance(chunk, Chunk) and isinstance(following, Chunk) and asks(chunk.text, form)
    ]
    return sum(followed) / len(followed) if followed else 0.0


def _mentions(pages: Sequence[Sequence[Entry]], form: Form) -> Iterator[int]:
    """Yields first lines of chunks that open with a reference that is not of a question cell.

    The references of question cells follow their questions, count up within a section, and are
    written in one way; a comment that names a plan does so by chance only.
    """
    last: tuple[str, tuple[int, ...]] | None = None
    for page in pages:
        for index, item in enumerate(page):
            if not isinstance(item, Chunk):
                continue
            if ends_table(page, index, form):
                last = None
            own = opening_reference(item.text, form)
            if own is None:
                continue
            before = page[index - 1] if index else None
            if isinstance(before, Chunk) and asks(before.text, form):
                last = own
            elif last is not None and (own[0] != last[0] or own[1] <= last[1]):
                yield item.pieces[0].line.number


@dataclass
class _Lengths:
    """How long the lines of both columns of a kind of table are, in characters."""

    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)


def column_style(pages: Sequence[Sequence[Entry]], form: Form) -> ColumnStyle:
    """Returns how the pages of a dump are set, as seen beside its sure questions and answers."""
    opens = sum(isinstance(page[0], ColumnHead) for page in pages)
    repeats = opens > _REPEATED_SHARE * len(pages)
    plain = Sides(form, ColumnStyle(repeats, {}), Questions())
    lines = {table.id: _Lengths() for table in form.tables}
    open_table = form.tables[0].id
    for page in pages:
        names = table_names(page, Before(open_table), plain)
        open_table = names[-1]
        lefts = rights = 0
        for index, item in enumerate(page):
            if isinstance(item, ColumnHead):
                lefts += item.column == 0
                rights += plain.is_last(item)
            lengths = [len(piece.text) for piece in item.pieces]
            if _is_surely_left(page, index, form):
                lines[names[lefts]].left += lengths
            elif _is_surely_right(page, index, form):
                lines[names[rights]].right += lengths
    widths = {name: Widths(_widest(own.left), _widest(own.right)) for name, own in lines.items()}
    longest = [len(piece.text) for page in pages for item in page for piece in item.pieces]
    return ColumnStyle(
        repeats,
        widths,
        _widest(longest, 0.995),
        by_table=_heads_together(pages, plain),
        parted=_parted_lines(pages),
    )


def _parted_lines(pages: Sequence[Sequence[Entry]]) -> frozenset[int]:
    """Lines that more empty lines stand before than one; none where that is nothing unusual."""
    gaps = {
        item.pieces[0].line.number: item.pieces[0].line.number - before.pieces[-1].line.number - 1
        for page in pages
        for before, item in pairwise(page)
    }
    wide = frozenset(number for number, gap in gaps.items() if gap > 1)
    return wide if len(wide) < _UNUSUAL * len(gaps) else frozenset()


def _heads_together(pages: Sequence[Sequence[Entry]], sides: Sides) -> bool:
    """Whether most heads of last columns stand right after those of the columns before."""
    together = sum(
        isinstance(item, ColumnHead)
        and sides.is_last(item)
        and (1 if isinstance(before, ColumnHead) else -1)
        for page in pages
        for before, item in pairwise(page)
    )
    return together > 0


def _is_surely_left(page: Sequence[Entry], index: int, form: Form) -> bool:
    """Whether a chunk is a full question before its detail, or that detail."""
    return any(
        isinstance(question, Chunk)
        and asks(question.text, form)
        and isinstance(detail, Chunk)
        and starts_detail(detail.text, form)
        for question, detail in pairwise(page[max(0, index - 1) : index + 2])
    )


def leads_to_detail(page: Sequence[Entry], index: int, form: Form) -> bool:
    """Whether a reference or a label of the question cell follows an entry of a page."""
    following = page[index + 1] if index + 1 < len(page) else None
    return isinstance(following, Chunk) and starts_detail(following.text, form)


def _is_surely_right(page: Sequence[Entry], index: int, form: Form) -> bool:
    before = page[index - 1] if index else None
    after = page[index + 1] if index + 1 < len(page) else None
    item = page[index]
    if not isinstance(item, Chunk) or len(item.pieces) < 3 or asks(item.text, form):
        return False
    if starts_detail(item.text, form) or leads_to_detail(page, index, form):
        return False
    beside_answer = any(
        isinstance(other, Chunk) and is_answer(other.text, form) for other in (before, after)
    )
    return beside_answer or isinstance(after, ColumnHead) or after is None


def _widest(lengths: list[int], share: float = 0.95) -> int:
    """The widest line but for rare outliers."""
    return sorted(lengths)[int(len(lengths) * share)] if lengths else 0


def ends_table(page: Sequence[Entry], index: int, form: Form) -> bool:
    """Whether a chunk of the left column is text outside tables: a heading or an instruction."""
    item = page[index]
    if not isinstance(item, Chunk):
        return False
    if is_instruction_label(item.text, form):
        return True
    parsed = parse_number(item.text)
    if parsed is None or wording_score(parsed[1]) < 0 or has_sentence(parsed[1]):
        return False
    following = page[index + 1] if index + 1 < len(page) else None
    if following is None:
        return len(parsed[0]) > 1 and openness(item.text, form) < 1
    if not isinstance(following, Chunk):
        return True
    text = following.text
    leads = is_instruction_label(text, form) or notice_start(text, form)
    return leads or notice_start(item.pieces[-1].text, form) or ends_table(page, index + 1, form)


def table_names(page: Sequence[Entry], goes_on: Before | None, sides: Sides) -> list[str]:
    """Kinds of the tables of a page; the first is what goes on without heads."""
    heads = [item for item in page if isinstance(item, ColumnHead)]
    lasts = [head.table for head in heads if sides.is_last(head)]
    firsts = [head.table for head in heads if head.column == 0]
    middles = [head.table for head in heads if head.column and not sides.is_last(head)]
    own = lasts + (middles + firsts)[: max(0, len(firsts) - len(lasts))]
    own += firsts[len(own) :]
    return [goes_on.name if goes_on is not None else sides.form.tables[0].id, *own]
