"""Size limits of files and their text: anything larger is not a report and is refused at once."""

from __future__ import annotations

from extractors.readers.errors import ReadError

MIB = 2**20
MAX_SIZE = 200
"""Maximum size of a file in MiB; a scanned report has some tens."""
MAX_TEXT = 5
"""Maximum length of a text in millions of characters; a report has a few tenths of a million."""


def check_size(size: int, most: int) -> None:
    """Raises a ReadError if a file is too large.

    Args:
        size: Size of the file, in bytes.
        most: Maximum size, in MiB.
    """
    if size > most * MIB:
        raise ReadError(
            "too-large",
            f"The file is larger than {most} MiB (--max-size), which no report is, so it was not "
            "read. If it is a report, remove its pictures, or raise the limit: --max-size "
            f"{2 * most} --retry-failed.",
        )


def check_text(length: int, most: int) -> None:
    """Raises a ReadError if a file has too much text.

    Args:
        length: Number of characters, or of bytes if not decoded yet.
        most: Maximum length, in millions of characters.
    """
    if length > most * 1_000_000:
        raise ReadError(
            "too-large",
            f"The file contains more than {most} million characters of text (--max-text), which no "
            "report does, so it was not read. If it is a report, submit its parts as separate "
            f"files, or raise the limit: --max-text {2 * most} --retry-failed.",
        )
