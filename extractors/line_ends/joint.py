"""The joint between two lines."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Seam(StrEnum):
    """A space, nothing, or nothing and the hyphen is removed."""

    BLANK = "blank"
    NOTHING = "nothing"
    DIVIDED = "divided"


class Joint(NamedTuple):
    """How two lines join, and whether the report shows it."""

    seam: Seam
    sure: bool = True


BLANK = Joint(Seam.BLANK)
NOTHING = Joint(Seam.NOTHING)
DIVIDED = Joint(Seam.DIVIDED)
