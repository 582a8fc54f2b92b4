"""Lines that a page edge cuts lengthwise, so that each half is on a page of its own.

Programs that print a web page as one long image, cut where a sheet is full, draw such a line in
full on both pages, each showing a part of it. It is read once, where more of it is visible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

import pypdfium2.raw as pdfium

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_bullets import BULLET, FARTHEST
from extractors.readers.pdf_clips import clip_of
from extractors.readers.pdf_geometry import View, view_of
from models.document import Box, Line, Page

_WHOLE = 0.95
"""Share of a line's height from which it counts as fully visible."""
_AT_EDGE = 8
"""Maximum lines at a page edge that can be cut or lie further out: columns, running lines."""
_HIT = 3.0
"""Tolerance, in points, for finding a letter at a place."""


def set_halves_aside(document: engine.Handle, pages: Sequence[Page]) -> list[Page]:
    """Returns the pages, with the smaller part of each lengthwise cut line set aside.

    Only lines that both end a page and begin the next are examined; few reports have any.
    """
    aside: set[int] = set()
    for page, following in pairwise(pages):
        pairs = _drawn_on_both(page, following)
        if not pairs:
            continue
        upper = _shares_seen(document, page, [first for first, _ in pairs])
        lower = _shares_seen(document, following, [second for _, second in pairs])
        for (first, second), above, below in zip(pairs, upper, lower, strict=True):
            if min(above, below) < _WHOLE:
                aside.add(first.number if above < below else second.number)
    if not aside:
        return list(pages)
    aside |= {number for page in pages for number in _bullets_of(page, aside)}
    return [
        replace(
            page,
            lines=tuple(
                line._replace(aside=line.aside or line.number in aside) for line in page.lines
            ),
        )
        for page in pages
    ]


def _bullets_of(page: Page, aside: Set[int]) -> Iterator[int]:
    """Yields the drawn bullets of lines that are set aside: shapes are not clipped like text."""
    gone = [line.box for line in page.lines if line.number in aside and line.box]
    for line in page.lines if gone else ():
        if line.text == BULLET and line.box is not None:
            _, y0, x1, y1 = line.box
            middle, reach = (y0 + y1) / 2, FARTHEST * (y1 - y0)
            if any(box.y0 < middle < box.y1 and 0 < box.x0 - x1 < reach for box in gone):
                yield line.number


def _drawn_on_both(page: Page, following: Page) -> list[tuple[Line, Line]]:
    """Returns the lines at the bottom of a page that are also at the top of the next."""
    edge = sorted([_top(line) for line in page.lines])[-_AT_EDGE:]
    next_edge = sorted([_top(line) for line in following.lines])[:_AT_EDGE]
    if not edge or not next_edge:
        return []
    lower = {
        (line.text, round(line.box.x0)): line
        for line in sorted(page.lines, key=_top)
        if line.box is not None and line.box.y0 >= edge[0]
    }
    return [
        (first, line)
        for line in sorted(following.lines, key=_top)
        if line.box is not None
        and line.box.y0 <= next_edge[-1]
        and (first := lower.pop((line.text, round(line.box.x0)), None)) is not None
        and first.box is not None
        and first.box.y0 > line.box.y1
    ]


def _top(line: Line) -> float:
    return line.box.y0 if line.box else 0.0


def _shares_seen(document: engine.Handle, page: Page, lines: Sequence[Line]) -> list[float]:
    """Returns the share of each line's height that is visible on its page."""
    handle = pdfium.FPDF_LoadPage(document, page.number - 1)
    text_page = pdfium.FPDFText_LoadPage(handle)
    try:
        view = view_of(handle)
        return [_share_seen(text_page, line.box or Box(0, 0, 0, 0), view) for line in lines]
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(handle)


def _share_seen(text_page: engine.Handle, box: Box, view: View) -> float:
    if view.turn:
        return 1.0
    y = view.box[3] - (box.y0 + box.y1) / 2
    for right in (1.0, 2 * _HIT, 4 * _HIT, (box.x1 - box.x0) / 2):  # a comma is low
        x = view.box[0] + min(box.x0 + right, box.x1)
        index = pdfium.FPDFText_GetCharIndexAtPos(text_page, x, y, _HIT, _HIT)
        owner = pdfium.FPDFText_GetTextObject(text_page, index) if index >= 0 else None
        if owner:
            break
    clip = clip_of(engine.address_of(owner)) if owner else None
    if clip is None:
        return 1.0
    seen = view.seen(*clip)
    return max(0.0, min(box.y1, seen.y1) - max(box.y0, seen.y0)) / ((box.y1 - box.y0) or 1.0)
