"""Problems of text recognition on the pages that it read, or could not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from extractors.ocr.engine import INSTALL
from models.document import ReadProblem

if TYPE_CHECKING:
    from extractors.ocr.pages import Reading

_MOST_UNREAD = 0.03
"""Share of a page's ink outside words above which text may be missing."""
_POOR = 80.0
"""Mean confidence below which a page is called hard to read."""


def recognised(readings: Mapping[int, Reading], version: str) -> Iterator[ReadProblem]:
    """Yields a note on the pages that were read, and a warning for each that reads badly.

    Args:
        readings: What was read, by 1-based page.
        version: Version of Tesseract.
    """
    if not readings:
        return
    yield ReadProblem(
        "ocr",
        f"{_named(list(readings))} had no usable text and {_were(readings)} "
        f"read by text recognition (Tesseract {version}): letters may have been read "
        "wrong. Words that it was not sure of are flagged.",
        "info",
        min(readings),
    )
    for number, reading in readings.items():
        if reading.words and reading.unread > _MOST_UNREAD:
            yield ReadProblem(
                "ocr-unread",
                f"Text recognition left out {reading.unread:.0%} of the ink on page {number}: "
                "text may be missing. Compare the report with the picture of the page; the ink "
                "may also be a picture or a signature.",
                "error",
                number,
            )
        if reading.words and reading.confidence < _POOR:
            yield ReadProblem(
                "ocr-poor",
                f"Page {number} could hardly be read (Tesseract is {reading.confidence:.0f} % "
                "sure of its letters). Scan it again, straight and at 300 dpi, or "
                "compare its answers with the picture of the page.",
                "warning",
                number,
            )
        elif not reading.words:
            yield ReadProblem(
                "ocr-empty",
                f"Text recognition found no text on page {number}. Check that it is blank, or "
                "has only a picture.",
                "info",
                number,
            )


def failed(page: int, reason: str) -> ReadProblem:
    """A page that Tesseract gave up on."""
    return ReadProblem(
        "ocr-failed",
        f"Text recognition could not read page {page} ({reason}); nothing of it is in the result. "
        "Scan it again, or ask for the report in its original format.",
        "error",
        page,
    )


def with_advice(problem: ReadProblem) -> ReadProblem:
    """The problem of a page without text, where Tesseract is not installed."""
    return replace(
        problem,
        message=f"{problem.message} svar does this itself once Tesseract is installed: {INSTALL}.",
    )


def _named(numbers: list[int]) -> str:
    """Names pages in words: `Pages 1-4 and 7`."""
    spans = [
        [number for _, number in group]
        for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0])
    ]
    names = [str(s[0]) if len(s) == 1 else f"{s[0]}-{s[-1]}" for s in spans]
    listed = ", ".join(names[:-1]) + (" and " if names[:-1] else "") + names[-1]
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {listed}"


def _were(readings: Mapping[int, Reading]) -> str:
    return "was" if len(readings) == 1 else "were"
