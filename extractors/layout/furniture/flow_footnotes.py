"""Footnotes in a text dump: paragraphs of a page that open with a figure and are whole sentences.

Most stand last on their page. Where a dump goes by columns, what stands right of a footnote can
come after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.layout.blocks import Paragraph, Piece
from extractors.structure.notices import is_instruction_label
from models.document import Line
from models.form import Form

_MARK = re.compile(r"(\d{1,2}|\*{1,3}|[\u00b9\u00b2\u00b3\u2070-\u2079]{1,2})\s?[^\W\d_a-zåäö]")
_FIGURE = re.compile(r"\d{1,2}(?=\s)")
_MOST_LINES = 3


def footnotes(lines: Sequence[Line], running: frozenset[int], form: Form) -> list[Paragraph]:
    """Returns the footnotes of a dump whose pages are told, each as one paragraph.

    Args:
        lines: All lines of the dump.
        running: Indices of lines that are running heads or feet.
        form: The form, for its labels.
    """
    if len({line.page for line in lines}) < 2:
        return []
    found: list[Paragraph] = []
    own = [(index, line) for index, line in enumerate(lines) if index not in running]
    for _, page in groupby(own, key=lambda entry: entry[1].page):
        paragraphs = list(_paragraphs([line for _, line in page]))
        found += [
            tuple(map(Piece.whole, paragraph))
            for index, paragraph in enumerate(paragraphs)
            if index and _is_footnote(paragraphs, index, form)
        ]
    return found


def _paragraphs(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Yields the lines of a page that no blank line parts."""
    for is_filled, run in groupby(page, key=lambda line: bool(line.text.strip())):
        if is_filled:
            yield list(run)


def _is_footnote(paragraphs: Sequence[Sequence[Line]], index: int, form: Form) -> bool:
    """Whether a paragraph of a page reads as a footnote.

    Headings are no sentences. Figures that follow one another are those of a list, as far as one
    can tell.
    """
    paragraph = paragraphs[index]
    if (
        len(paragraph) > _MOST_LINES
        or _MARK.match(paragraph[0].text.strip()) is None
        or not paragraph[-1].text.rstrip().endswith(".")
        or any(is_instruction_label(line.text, form) for line in paragraph)
    ):
        return False
    figure = _figure(paragraph)
    beside = map(_figure, paragraphs[index - 1 : index + 2 : 2])
    return all(figure is None or other is None or abs(other - figure) != 1 for other in beside)


def _figure(paragraph: Sequence[Line]) -> int | None:
    match = _FIGURE.match(paragraph[0].text.strip())
    return int(match[0]) if match else None
