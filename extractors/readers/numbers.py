"""Whole numbers in files from untrusted sources."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"\s*(\d{1,9})\s*")


def whole(text: str | None, default: int) -> int:
    """Returns the number in a text, or the default if it has none or an absurdly long one."""
    found = _WHOLE.fullmatch(text or "")
    return int(found[1]) if found else default
