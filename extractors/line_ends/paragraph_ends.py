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
        may_go_on(above[-1].text, below[0].text) for above, below in pairwise(filter(None, cell))
    )


def may_go_on(above: str, below: str) -> bool:
    """Whether a text stops mid-sentence and the next one opens in lower case, but is no item."""
    opening = below.strip()
    return (
        _BREAKS_OFF.search(above) is not None and opening[:1].islower() and not starts_item(opening)
    )
