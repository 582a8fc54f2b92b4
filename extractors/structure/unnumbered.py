"""Unnumbered headings, found by the source's own styles, or by larger or bolder type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from extractors.layout.blocks import Block, HeadBlock, Paragraph, RowBlock, TextBlock
from models.document import Document
from models.form import Form

_LONGEST = 150
_LARGER = 1.05
_SENTENCE_ENDS = (".", ",", ";", ":", "!")

Type = tuple[float, bool]
"""Font size in points, and whether it is bold."""


def unnumbered_headings(
    blocks: Sequence[Block], document: Document, form: Form, others: Collection[int]
) -> dict[int, int]:
    """Returns which blocks are unnumbered headings, with the level of each, from 1.

    If the source marks lines as headings, those count; otherwise text in larger or bolder type than
    the body text, if there is more of its kind or a table follows it.

    Args:
        blocks: The blocks of a report.
        document: Its source.
        form: The form, which says whether there are such headings, and of which levels.
        others: Blocks that are numbered headings, or questions.
    """
    if not form.sections.headings:
        return {}
    texts = {
        at: block.paragraph
        for at, block in enumerate(blocks)
        if isinstance(block, TextBlock) and at not in others and not block.is_footnote
    }
    found = headings_of(blocks, document, texts)
    return {at: level for at, level in found.items() if form.sections.opens_section(level)}


def headings_of(
    blocks: Sequence[Block], document: Document, texts: Mapping[int, Paragraph]
) -> dict[int, int]:
    """Returns which of some paragraphs are headings, with the level of each, from 1.

    Args:
        blocks: All blocks of a report.
        document: Its source.
        texts: The paragraphs that may be headings, by block index.
    """
    if document.headings:
        return {
            at: document.headings[paragraph[0].line.number]
            for at, paragraph in texts.items()
            if paragraph[0].line.number in document.headings
        }
    body = body_size(blocks)
    if body is None:
        return {}
    types = {at: kind for at, own in texts.items() if (kind := _type_of(own, body)) is not None}
    counts = Counter(types.values())
    kept = {
        at: kind for at, kind in types.items() if counts[kind] > 1 or _opens_table(blocks, at + 1)
    }
    order = sorted(set(kept.values()), reverse=True)
    return {at: order.index(kind) + 1 for at, kind in kept.items()}


def _type_of(paragraph: Paragraph, body: float) -> Type | None:
    """Returns the font size and weight of a paragraph that can be a heading, or None."""
    text = " ".join(piece.text for piece in paragraph)
    first = paragraph[0].line
    if len(text) > _LONGEST or text.endswith(_SENTENCE_ENDS) or not any(map(str.isalpha, text)):
        return None
    size, bold = first.size or 0.0, all(piece.line.bold for piece in paragraph)
    if size > body * _LARGER or (bold and size > body / _LARGER):
        return round(size, 1), bold
    return None


def _opens_table(blocks: Sequence[Block], at: int) -> bool:
    return at < len(blocks) and isinstance(blocks[at], HeadBlock | RowBlock)


def body_size(blocks: Sequence[Block]) -> float | None:
    """Returns the font size of most of the text outside tables, in points."""
    weights: dict[float, int] = {}
    for block in blocks:
        if isinstance(block, TextBlock):
            for piece in block.paragraph:
                if piece.line.size is not None:
                    size = round(piece.line.size, 1)
                    weights[size] = weights.get(size, 0) + len(piece.text)
    return max(weights, key=lambda size: weights[size], default=None)
