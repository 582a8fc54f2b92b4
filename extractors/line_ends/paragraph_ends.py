"""Whether paragraphs could end at other lines than those that they were read to."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.layout.blocks import Cell, Paragraph

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*$")
_BREAKS_OFF = re.compile(r"[\w,]$")
_ITEM = re.compile(r"[^\w\s\"'”’(]|\(?(?:\d{1,2}|[a-z])[.)]\s")


def may_end_elsewhere(cell: Cell) -> bool:
    """Whether the paragraphs of a cell could end at other lines: a line within it ends a sentence.

    For sources that do not tell where paragraphs end.
    """
    lines = [piece.text for paragraph in cell for piece in paragraph]
    return any(_ENDS_SENTENCE.search(line) for line in lines[:-1])


def may_break_off(cell: Cell) -> bool:
    """Whether a paragraph of a cell seems to be the rest of the one above it.

    It opens with a small letter, and the one above stops within a sentence.
    """
    return any(
        _BREAKS_OFF.search(above[-1].text) is not None and below[0].text.strip()[:1].islower()
        for above, below in pairwise(filter(None, cell))
    )


def may_end_with_page(paragraph: Paragraph) -> bool:
    """Whether one paragraph could as well be two, parted where a page ends.

    A sentence, or an item of a list without a full stop, ends with the last line of the page, that
    line has no room for the next word, and the next page begins as a sentence does.
    """
    opens_item = bool(paragraph) and _ITEM.match(paragraph[0].text) is not None
    return any(
        above.line.page != below.line.page
        and above.line.box is not None
        and not below.text[:1].islower()
        and (
            _ENDS_SENTENCE.search(above.text) is not None
            or (opens_item and below.text[0].isupper())
        )
        for above, below in pairwise(paragraph)
    )
