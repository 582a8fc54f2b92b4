"""Paragraphs that a page break cuts: whether the text tells that they go on."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.layout.blocks import Paragraph

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*$")
_ITEM = re.compile(r"[^\w\s\"'”’(]|\(?(?:\d{1,2}|[a-z])[.)]\s")


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
