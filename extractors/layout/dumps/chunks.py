"""A text dump without columns as chunks: runs of lines with nothing in between.

White space in a dump is evidence. An empty line separates cells and paragraphs; a line of only
spaces is an empty paragraph inside a cell; a space before the first word is a lost mark, or the
start of a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.layout.blocks import HeadBlock, Piece
from extractors.layout.cells.answers import is_answer
from extractors.layout.dumps.chunk import Chunk, Gap
from extractors.layout.dumps.heads import ColumnHead, column_heads, find_heads, head_texts
from extractors.structure.headings import Numbering, wording_score
from extractors.structure.notices import is_instruction_label, notice_start
from extractors.text import collapse
from models.document import Line
from models.form import Form

_INDENTED_SHARE = 0.3
_MOST_TITLE_LINES = 8

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
    was_alone = False

    def close() -> None:
        if own:
            items.append(Chunk(tuple(own), form, gap, lead, page_start, after_empty=is_wide))
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
            alone = _stands_alone(line.text, form)
            parts = alone or (was_alone and bool(own))
            parts = parts and not (own and _goes_on(own[-1].text, line.text, form))
            if pending_gap or pending_page or has_lead or parts or index in headings:
                close()
                gap = Gap.EMPTY if index in headings else pending_gap
                lead, page_start, is_wide = has_lead, pending_page, index in wide
            own.append(Piece.whole(line))
            pending_gap, pending_page, page, was_alone = Gap.NONE, False, line.page, alone
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


def _stands_alone(text: str, form: Form) -> bool:
    return is_answer(text, form) or is_instruction_label(text, form)


def _goes_on(before: str, text: str, form: Form) -> bool:
    """Whether a line continues a sentence: an answer word can be its last word ("... pågår.")."""
    is_open = text.strip()[:1].islower() and not before.endswith((".", "?", "!", ":"))
    return is_open and not is_instruction_label(text, form)


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
