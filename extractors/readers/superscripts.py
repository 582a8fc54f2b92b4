"""Small raised numbers, as of notes and of square metres: read as ², so that 2025² is no 20252."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\s*[(\[]?\d{1,3}(?:, ?\d{1,3})*[)\]]?[.,]?\s*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_number(text: str) -> bool:
    """Whether raised text is a number: words keep their letters, as in "1:a"."""
    return _NUMBER.fullmatch(text) is not None


def raised(text: str) -> str:
    """Returns text that stands raised, its digits as superscripts if it is a number."""
    return text.translate(_RAISED) if is_number(text) else text
