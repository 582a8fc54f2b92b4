"""Splitting adjacent text: headings, labels and notices become paragraphs of their own.

A text dump has no font sizes and few visible gaps, so a heading, the label below it and the start
of the instruction can arrive as one paragraph. They are split by the wording of the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.blocks import Block, Paragraph, Piece, TextBlock
from extractors.structure.headings import parse_number, wording_score
from extractors.structure.notices import is_instruction_label, notice_start
from models.form import Form


def split_text(blocks: Sequence[Block], form: Form) -> list[Block]:
    """Returns blocks in which no paragraph mixes a heading, label or notice with other text."""
    parted: list[Block] = []
    for block in blocks:
        if isinstance(block, TextBlock) and not (block.is_footnote or block.opens_section):
            parted.extend(_parts(block, form))
        else:
            parted.append(block)
    return parted


def _parts(block: TextBlock, form: Form) -> Iterator[TextBlock]:
    """Yields the parts of a paragraph."""
    edges = [0, *_cuts(block.paragraph, form), len(block.paragraph)]
    for start, end in pairwise(edges):
        yield replace(block, paragraph=block.paragraph[start:end])


def _cuts(paragraph: Paragraph, form: Form) -> list[int]:
    """Indices in a paragraph where something else begins."""
    has_sizes = paragraph[0].line.size is not None
    return [
        index
        for index in range(1, len(paragraph))
        if paragraph[index].line.number != paragraph[index - 1].line.number
        and _opens(paragraph, index, form, has_sizes=has_sizes)
    ]


def _opens(paragraph: Paragraph, index: int, form: Form, *, has_sizes: bool) -> bool:
    text, before = paragraph[index].text, paragraph[index - 1].text
    if notice_start(text, form) or is_instruction_label(text, form):
        return True
    # If font sizes are known, layout has already separated headings from text.
    return not has_sizes and (
        is_instruction_label(before, form) or _opens_heading(paragraph[index], before)
    )


def _opens_heading(piece: Piece, before: str) -> bool:
    """Whether a line reads like a heading, and the line before it like the end of a text."""
    parsed = parse_number(piece.text)
    if parsed is None or wording_score(parsed[1]) < 0:
        return False
    return len(parsed[0]) > 1 or before.rstrip().endswith((".", "?", "!", ":"))
