"""The headings of a dump: chunks whose numbers count up."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.blocks import HeadBlock, Paragraph
from extractors.layout.dumps.chunk import Chunk, Gap
from extractors.layout.dumps.chunks import Item
from extractors.structure.headings import (
    Candidate,
    Numbering,
    choose,
    is_contents_entry,
    parse_number,
    wording_score,
)
from extractors.structure.notices import is_instruction_label, notice_start
from models.form import Form


def headings(items: Sequence[Item], form: Form) -> frozenset[int]:
    """Returns the indices of the chunks that are headings."""
    return frozenset(candidate.index for candidate in choose(_candidates(items, form)))


def _candidates(items: Sequence[Item], form: Form) -> list[Candidate]:
    """Chunks that may be headings, scored by their wording and by what follows them."""
    numbering = Numbering()
    found = []
    in_table = False
    for index, item in enumerate(items):
        if isinstance(item, HeadBlock):
            in_table = True
            continue
        if _is_contents(item):
            continue
        title = at_notice(item.pieces, form)
        parsed = numbering.parse(" ".join(piece.text for piece in title[0]))
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
    """How strongly the item after a paragraph indicates that it is a heading."""
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


def at_notice(pieces: Paragraph, form: Form) -> list[Paragraph]:
    """Separates a heading from a notice right below it without an empty line."""
    for index, piece in enumerate(pieces[1:], start=1):
        if notice_start(piece.text, form):
            return [pieces[:index], pieces[index:]]
    return [pieces]
