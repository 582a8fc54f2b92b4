"""What stands where two lines meet."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Seam(StrEnum):
    """A blank, nothing, or nothing and the hyphen before it goes."""

    BLANK = "blank"
    NOTHING = "nothing"
    DIVIDED = "divided"


class Joint(NamedTuple):
    """How two lines meet, and whether the report tells so."""

    seam: Seam
    sure: bool = True


BLANK = Joint(Seam.BLANK)
NOTHING = Joint(Seam.NOTHING)
DIVIDED = Joint(Seam.DIVIDED)
