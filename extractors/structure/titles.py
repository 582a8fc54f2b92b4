"""The title of a report: from metadata, the largest type on page 1, or a running header."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.layout.blocks import Layout, Paragraph
from extractors.line_ends.joiner import LineJoiner
from extractors.text import fold
from models.document import Document

# Default titles written by programs.
_FILLER_TITLES = frozenset({"untitled", "(anonymous)", "anonymous", "unspecified", "(unspecified)"})
_LARGE = 1.3
"""Type this many times as large as the page's median can be a title."""
_PAGE_NUMBER = re.compile(
    r"(?:\b(?:sida|sid|page|s)\b\.?\s*)?\b\d{1,4}\s*(?:\(\d{1,4}\)|(?:av|of|/)\s*\d{1,4}\b)"
    r"|\b(?:sida|sid|page)\b\.?\s*\d{1,4}\b",
    re.IGNORECASE,
)
_AT_AN_END = (re.compile(r"^\d{1,4}\s+"), re.compile(r"\s+\d{1,4}$"))
_PARTING = " \t|·•–—-,"
"""Separators between a title and a page number."""


def title_of(document: Document, layout: Layout, joiner: LineJoiner) -> str:
    """Returns the title of a report, or "".

    It is the title in the file's metadata, else the largest type on page 1, else a running header.
    """
    if document.title.strip() and fold(document.title) not in _FILLER_TITLES:
        return document.title.strip()
    first = document.pages[0].lines if document.pages else ()
    sizes = [line.size for line in first if line.size and line.text.strip()]
    if sizes and max(sizes) > _LARGE * sorted(sizes)[len(sizes) // 2]:
        return joiner.join([line.text for line in first if line.size == max(sizes)])
    return running_title([joiner.paragraph(run) for run in _runs(layout)])


def running_title(texts: Sequence[str]) -> str:
    """Returns the longest running header without its page number, or "".

    A bare number at either end of the header is a page number if it changes from page to page; a
    year is kept.

    Args:
        texts: Running headers and footers of all pages.
    """
    heads = [_PAGE_NUMBER.sub("", text).strip(_PARTING) for text in texts]
    for number in _AT_AN_END:
        heads = _without_changing(heads, number)
    return max((text for text in heads if any(map(str.isalpha, text))), key=len, default="")


def _without_changing(heads: Sequence[str], number: re.Pattern[str]) -> list[str]:
    """The headers without a number that changes while the rest stays the same."""
    rests = [number.sub("", head).strip(_PARTING) for head in heads]
    whole: dict[str, set[str]] = defaultdict(set)
    for head, rest in zip(heads, rests, strict=True):
        whole[rest].add(head)
    return [rest if len(whole[rest]) > 1 else head for head, rest in zip(heads, rests, strict=True)]


def _runs(layout: Layout) -> list[Paragraph]:
    """Running headers and footers as paragraphs."""
    runs: list[Paragraph] = []
    for piece in layout.running:
        if runs and piece.line.number == runs[-1][-1].line.number + 1:
            runs[-1] = (*runs[-1], piece)
        else:
            runs.append((piece,))
    return runs
