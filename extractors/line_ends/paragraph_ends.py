"""Whether paragraphs might end at other lines than they were read to."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.layout.blocks import Cell
from extractors.layout.cells.openings import starts_item

_BREAKS_OFF = re.compile(r"[\w,]$")


def may_break_off(cell: Cell) -> bool:
    """Whether a paragraph of a cell seems to continue the one above it.

    It opens with a lower-case letter, and the one above stops mid-sentence. The letter of a list
    item, "b)", is no such opening.
    """
    return any(
        _BREAKS_OFF.search(above[-1].text) is not None
        and (opening := below[0].text.strip())[:1].islower()
        and not starts_item(opening)
        for above, below in pairwise(filter(None, cell))
    )
