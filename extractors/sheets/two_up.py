"""Two pages side by side on one sheet, as made by printing "two pages per sheet" to a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from models.document import Box, Document, Line, Page, Rule, Sheet

_WIDE = 1.15
"""Least ratio of width to height of a sheet with two upright pages."""
_FEWEST_SHEETS = 2
_CROSSING = 0.02
"""Largest share of the lines, and of the drawn rules, that may cross the middle of the sheets."""
_SHARE = 0.05
"""Least share of a half's lines that begin at one position to make it the edge of a column."""
_SAME = 1.5
"""Points within which lines of both halves begin at the same position on their pages."""
_ALIKE = 0.5
"""Least share of a half's lines that begin where lines of the other half do."""
_APART = 20.0
"""Least distance between the edges of two columns, in points."""


def as_pages(document: Document) -> Document:
    """Returns a document with the pages of its sheets one after the other.

    A document without sheets of two pages is returned unchanged. Sheets have two pages if
    nothing runs across their middle, and the lines of both halves begin at the same places of
    their pages: at the margin, and at the columns of the tables. A wide table has only one margin.
    """
    wide = [page for page in document.pages if _is_wide(page)]
    if len(wide) < _FEWEST_SHEETS or not _are_two_up(wide):
        return document
    pages: list[Page] = []
    for page in document.pages:
        for part in _halves(page) if page in wide else [page]:
            pages.append(_numbered(part, page, len(pages) + 1))
    return replace(document, pages=tuple(pages))


def _is_wide(page: Page) -> bool:
    return bool(page.width and page.height and page.width > _WIDE * page.height and page.lines)


def _are_two_up(pages: Sequence[Page]) -> bool:
    left: Counter[float] = Counter()
    right: Counter[float] = Counter()
    crossing = rules = 0
    for page in pages:
        middle = (page.width or 0.0) / 2
        for line in page.lines:
            if line.box is None or line.aside:
                continue
            if line.box.x0 < middle < line.box.x1:
                crossing += 1
            elif line.box.x0 < middle:
                left[round(line.box.x0, 1)] += 1
            else:
                right[round(line.box.x0 - middle, 1)] += 1
        rules += _crosses(page.rules, middle)
    lines = left.total() + right.total()
    drawn = sum(len(page.rules) for page in pages)
    return (
        crossing <= _CROSSING * lines
        and rules <= _CROSSING * drawn
        and _begin_alike(left, right)
        and _begin_alike(right, left)
    )


def _crosses(rules: Sequence[Rule], middle: float) -> int:
    return sum(rule.box.x0 < middle - 1 and rule.box.x1 > middle + 1 for rule in rules)


def _begin_alike(half: Counter[float], other: Counter[float]) -> bool:
    """Whether most lines of a half begin where lines of the other do, in two columns or more."""
    edges = [start for start in other if _near(other, start) >= _SHARE * other.total()]
    same = {
        start: count
        for start, count in half.items()
        if any(abs(start - edge) <= _SAME for edge in edges)
    }
    starts = sorted(start for start in same if _near(half, start) >= _SHARE * half.total())
    columns = 1 + sum(after - before > _APART for before, after in pairwise(starts))
    return bool(starts) and columns > 1 and sum(same.values()) >= _ALIKE * half.total()


def _near(starts: Counter[float], place: float) -> int:
    return sum(count for start, count in starts.items() if abs(start - place) <= _SAME)


def _halves(sheet: Page) -> Iterator[Page]:
    """Yields the pages of a sheet; the second only if it is not empty."""
    width, height = sheet.width or 0.0, sheet.height or 0.0
    place = sheet.sheet or Sheet(sheet.number, width, height)
    middle = width / 2
    for left in (0.0, middle):
        lines = tuple(
            line._replace(box=_moved(line.box, left))
            for line in sheet.lines
            if line.box is not None and (_center(line.box) >= middle) is (left > 0)
        )
        if not lines and left:
            return
        yield Page(
            sheet.number,
            middle,
            height,
            lines,
            tuple(
                rule._replace(box=_moved(rule.box, left))
                for rule in sheet.rules
                if (_center(rule.box) >= middle) is (left > 0)
            ),
            tuple(
                mark._replace(box=_moved(mark.box, left))
                for mark in sheet.marks
                if (_center(mark.box) >= middle) is (left > 0)
            ),
            place._replace(left=left),
        )


def _center(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def _moved(box: Box, left: float) -> Box:
    return Box(box.x0 - left, box.y0, box.x1 - left, box.y1)


def _numbered(page: Page, source: Page, number: int) -> Page:
    """Returns a page with its number among the pages, and its place in the file."""
    sheet = page.sheet or Sheet(source.number, page.width or 0.0, page.height or 0.0)
    lines: tuple[Line, ...] = tuple(line._replace(page=number) for line in page.lines)
    return replace(page, number=number, lines=lines, sheet=sheet)
