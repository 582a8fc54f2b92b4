"""Text that an earlier text recognition left invisible over a scan: whether it can be used.

Scanner programs read pages from poor pictures, or in whatever language they are set to. Swedish
then comes out looking like text, but many of its words are not words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from models.document import Document, Format, ReadProblem

POOR_LAYER = "poor-layer"
"""Code of the problem of a page whose invisible text cannot be trusted."""
_FEWEST_WORDS = 60
_LEAST_KNOWN = 0.83
"""Least share of words that are Swedish. Reports have 0.88 and more, names and compounds included,
even if they were scanned and well recognised; those recognised as English have 0.78 and less."""
_BETTER = 0.05
"""How much greater that share must be when the page is read again."""
_WORD = re.compile(r"\S+")
_AROUND = ".,;:!?()[]{}”“\"'’«»*•–—-…/|_"


def with_poor_layers(document: Document) -> Document:
    """Returns a document with a problem for each page whose invisible text cannot be trusted.

    Pages with visible text are never examined.
    """
    if document.format is not Format.PDF:
        return document
    pages = {found.page for found in document.problems if found.code == "invisible-text"}
    texts = [line.text for page in document.pages if page.number in pages for line in page.lines]
    known, words = _counts(texts)
    if words < _FEWEST_WORDS or known >= _LEAST_KNOWN * words:
        return document
    found = tuple(_poor(number, known / words) for number in sorted(filter(None, pages)))
    return replace(document, problems=(*document.problems, *found))


def reads_better(new: Iterable[str], old: Iterable[str]) -> bool:
    """Whether newly recognised text has clearly more Swedish words than an invisible layer.

    Args:
        new: Its words or lines.
        old: The lines of the layer.
    """
    (known, words), (known_before, words_before) = _counts(new), _counts(old)
    if not words_before:
        return True
    return bool(words) and known / words >= known_before / words_before + _BETTER


def _counts(texts: Iterable[str]) -> tuple[int, int]:
    """Returns how many words of texts are Swedish, and how many there are."""
    words = [word.strip(_AROUND) for text in texts for word in _WORD.findall(text)]
    words = [word for word in words if len(word) > 1 and any(map(str.isalpha, word))]
    if not words:
        return 0, 0
    from extractors.swedish_words import is_known  # noqa: PLC0415 - few reports need it

    return sum(is_known(word) or is_known(word.lower()) for word in words), len(words)


def _poor(page: int, share: float) -> ReadProblem:
    return ReadProblem(
        POOR_LAYER,
        f"The text of page {page} is an invisible layer over a picture, and it is poor: only "
        f"{share:.0%} of the words on such pages are Swedish. An earlier text recognition was "
        "poor, or set to another language. Compare with the picture of the page, or scan it again.",
        "error",
        page,
    )
