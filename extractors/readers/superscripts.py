"""Raised numbers, as in note marks and m²: read as superscripts, so that 2025² is not 20252."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\s*[(\[]?\d{1,3}(?:, ?\d{1,3})*[)\]]?[.,]?\s*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_number(text: str) -> bool:
    """Whether raised text is a number; raised letters, as in "1:a", are left unchanged."""
    return _NUMBER.fullmatch(text) is not None


def raised(text: str) -> str:
    """Returns raised text; if it is a number, its digits become superscripts."""
    return text.translate(_RAISED) if is_number(text) else text
