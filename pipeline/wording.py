"""Numbers in sentences for people."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """Returns a count with its English noun: `1 report`, `3 reports`, `12,000 answers`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
