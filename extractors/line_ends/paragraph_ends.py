"""Whether paragraphs could end at other lines than where they were read to end."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.layout.blocks import Cell

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*$")
_BREAKS_OFF = re.compile(r"[\w,]$")


def may_break_off(cell: Cell) -> bool:
    """Whether a paragraph of a cell seems to continue the one above it.

    It opens with a lower-case letter, and the one above stops mid-sentence.
    """
    return any(
        _BREAKS_OFF.search(above[-1].text) is not None and below[0].text.strip()[:1].islower()
        for above, below in pairwise(filter(None, cell))
    )
