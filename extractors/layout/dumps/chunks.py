"""A text dump without columns as chunks: runs of lines with nothing in between.

White space in a dump is evidence. An empty line separates cells and paragraphs; a line of only
spaces is an empty paragraph inside a cell; a space before the first word is a lost mark, or the
start of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import pairwise

from extractors.layout.blocks import HeadBlock, Piece
from extractors.layout.cells.answers import stands_alone
from extractors.layout.cells.openings import starts_item
from extractors.layout.dumps.heads import ColumnHead, column_heads, find_heads, head_texts
from extractors.structure.headings import Numbering, wording_score
from extractors.structure.notices import is_instruction_label, notice_start
from extractors.text import collapse
from models.document import Line
from models.form import Form

_INDENTED_SHARE = 0.3
_LONGEST_ANSWER_LINE = 80
_MOST_TITLE_LINES = 8
_GLUED_QUESTION = re.compile(r"\w{3}\.\s+\w.*\?$")
"""A question after a sentence at the end: a comment that touches the question of the next row."""


class Gap(IntEnum):
    """What separates a chunk from the previous one."""

    NONE = 0
    BLANKS = 1
    EMPTY = 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive lines with nothing in between.

    Attributes:
        pieces: One piece per line.
        gap: What precedes it.
        lead: Whether its first line begins with a space, unlike most lines of this dump.
        page_start: Whether it certainly begins a page: after a running header, a form feed or a
            repeated table header.
        after_empty: Whether it follows more blank lines than usual, as left by an empty cell.
        before_head: Whether a table header follows it immediately, inside a page.
        text: Its lines joined with spaces.
    """

    pieces: tuple[Piece, ...]
    gap: Gap
    lead: bool
    page_start: bool
    after_empty: bool = False
    before_head: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """Text of each of its lines."""
        return [piece.text for piece in self.pieces]


def parts_of(chunk: Chunk, *, is_gapped: bool = False) -> Iterator[Chunk]:
    """Splits a chunk where a cell or a paragraph may begin.

    Args:
        chunk: Lines without empty lines in between.
        is_gapped: Whether empty lines separate the cells of the dump. If so, chunks stay whole
            unless they end with a question after a sentence. Otherwise a part begins with a
            capital, a figure or a sign, with an item of a list, and after a full stop.
    """
    lines = chunk.lines
    if is_gapped and not _GLUED_QUESTION.search(chunk.text):
        yield chunk
        return
    starts = [
        at
        for at in range(1, len(lines))
        if not lines[at][:1].islower()
        or lines[at - 1].endswith((".", "?", "!"))
        or starts_item(lines[at])
    ]
    for start, end in pairwise([0, *starts, len(lines)]):
        yield _part(chunk, start, end)


def _part(chunk: Chunk, start: int, end: int) -> Chunk:
    pieces, is_last = chunk.pieces[start:end], end == len(chunk.pieces)
    if start:
        return Chunk(pieces, Gap.NONE, False, False, before_head=is_last and chunk.before_head)
    return chunk if is_last else replace(chunk, pieces=pieces, before_head=False)


Item = Chunk | HeadBlock


def chunks(
    lines: Sequence[Line],
    form: Form,
    running: frozenset[int] = frozenset(),
) -> list[Item | ColumnHead]:
    """Splits the lines of a dump into chunks and table headers.

    A header that certainly begins a page is marked as repeated; whether the table continues is
    decided later.

    Args:
        lines: All lines of the dump.
        form: The form, for its column headers and answer words.
        running: Indices of lines that are running headers or footers; they separate pages.
    """
    heads = dict(find_heads(lines, head_texts(form), running))
    headings = set(_headings(lines, heads, form))
    in_head = {index for start, (end, _) in heads.items() for index in range(start, end)}
    leads = _lead_blanks_are_evidence(lines)
    empty_parts = any(not line.text for line in lines)
    has_pages = len({line.page for line in lines}) > 1
    apart = column_heads(form) if has_pages or not heads else {}
    items: list[Item | ColumnHead] = []
    own: list[Piece] = []
    wide = frozenset(_after_wide_gaps(lines))
    gap, lead, page_start, page, is_wide = Gap.EMPTY, False, True, None, False

    def close() -> None:
        if own:
            items.append(Chunk(tuple(own), gap, lead, page_start, after_empty=is_wide))
            own.clear()

    pending_gap, pending_page = Gap.EMPTY, True
    for index, line in enumerate(lines):
        if index in running:
            pending_page, pending_gap = True, Gap.EMPTY
        elif index in heads:
            close()
            end, table = heads[index]
            own_page = pending_page or line.page != page or (leads and line.text[0].isspace())
            items.append(
                HeadBlock(
                    _pieces([lines[at] for at in range(index, end) if at not in running]),
                    table,
                    repeated=own_page,
                )
            )
            pending_page, pending_gap = True, Gap.EMPTY
        elif index in in_head:
            continue
        elif column := apart.get(collapse(line.text)):
            close()
            items.append(ColumnHead(_pieces([line]), *column))
            pending_gap = Gap.EMPTY
        elif not line.text.strip():
            is_blanks = line.text and empty_parts
            pending_gap = max(pending_gap, Gap.BLANKS if is_blanks else Gap.EMPTY)
        else:
            pending_page |= line.page != page
            has_lead = leads and line.text[0].isspace()
            alone = _parts(own[-1].text if own else "", line.text, form)
            if pending_gap or pending_page or has_lead or alone or index in headings:
                close()
                gap = Gap.EMPTY if index in headings else pending_gap
                lead, page_start, is_wide = has_lead, pending_page, index in wide
            own.append(Piece.whole(line))
            pending_gap, pending_page, page = Gap.NONE, False, line.page
    close()
    return items


def _headings(
    lines: Sequence[Line], heads: dict[int, tuple[int, str]], form: Form
) -> Iterator[int]:
    """Yields lines that certainly open a numbered heading, even without an empty line before them.

    Such a line and a few more, the title, lead to column headers, an instruction or a notice.
    """
    numbering = Numbering()
    for index, line in enumerate(lines):
        parsed = numbering.parse(line.text)
        if parsed is None or wording_score(parsed[1].rstrip(" ,;")) < 0:
            continue
        for following in range(index + 1, min(index + _MOST_TITLE_LINES, len(lines))):
            text = lines[following].text
            if following in heads or is_instruction_label(text, form) or notice_start(text, form):
                yield index
                break
            if text.rstrip().endswith((".", "?")):
                break


def _lead_blanks_are_evidence(lines: Sequence[Line]) -> bool:
    """Whether leading spaces are rare enough in this dump to be evidence."""
    filled = [line.text for line in lines if line.text.strip()]
    return sum(text[0].isspace() for text in filled) < _INDENTED_SHARE * len(filled)


def is_answer(text: str, form: Form) -> bool:
    """Whether a text is only an answer word, or options of which one is chosen."""
    if len(text) > _LONGEST_ANSWER_LINE:
        return False
    return stands_alone((Piece.whole(Line(0, text)),), form)


def _stands_alone(text: str, form: Form) -> bool:
    return is_answer(text, form) or is_instruction_label(text, form)


def _parts(before: str, text: str, form: Form) -> bool:
    """Whether a chunk begins at a line, although nothing separates it from the previous one.

    An answer word in lower case can be the last word of a sentence ("... pågår.").
    """
    goes_on = before and text.strip()[:1].islower() and not before.endswith((".", "?", "!", ":"))
    if goes_on and not is_instruction_label(text, form):
        return False
    return _stands_alone(text, form) or bool(before and _stands_alone(before, form))


def _after_wide_gaps(lines: Sequence[Line]) -> Iterator[int]:
    """Yields lines that follow more blank lines than usual."""
    gaps: list[tuple[int, int]] = []
    count = 0
    for index, line in enumerate(lines):
        if not line.text.strip():
            count += 1
            continue
        if count:
            gaps.append((index, count))
        count = 0
    usual = Counter(count for _, count in gaps).most_common(1)
    for index, count in gaps:
        if count > usual[0][0] + 1:
            yield index


def _pieces(lines: Sequence[Line]) -> tuple[Piece, ...]:
    return tuple(Piece.whole(line) for line in lines if line.text.strip())
