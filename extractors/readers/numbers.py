"""Whole numbers in files that anybody may have written."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"\s*(\d{1,9})\s*")


def whole(text: str | None, default: int) -> int:
    """Returns the number that a text says, or the default where it says none or an absurd one."""
    found = _WHOLE.fullmatch(text or "")
    return int(found[1]) if found else default
