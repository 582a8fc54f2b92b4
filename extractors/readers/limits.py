"""How large a file and its text may be: what is larger is no report, and is refused at once."""

from __future__ import annotations

from extractors.readers.errors import ReadError

MIB = 2**20
MAX_SIZE = 200
"""MiB of a file; a scanned report has some tens."""
MAX_TEXT = 5
"""Millions of characters of text; a report has a few tenths of one."""


def check_size(size: int, most: int) -> None:
    """Raises a ReadError if a file is too large.

    Args:
        size: Bytes of the file.
        most: MiB that it may have.
    """
    if size > most * MIB:
        raise ReadError(
            "too-large",
            f"The file has more than {most} MiB (--max-size), which no report has, so it was not "
            "read. If it is one, take out its pictures, or raise the limit: --max-size "
            f"{2 * most} --retry-failed.",
        )


def check_text(length: int, most: int) -> None:
    """Raises a ReadError if a file holds too much text.

    Args:
        length: Its characters, or its bytes where they are not decoded yet.
        most: Millions of characters that it may have.
    """
    if length > most * 1_000_000:
        raise ReadError(
            "too-large",
            f"The file holds more than {most} million characters of text (--max-text), which no "
            "report does, so it was not read. If it is one, hand in its parts as files of their "
            f"own, or raise the limit: --max-text {2 * most} --retry-failed.",
        )
