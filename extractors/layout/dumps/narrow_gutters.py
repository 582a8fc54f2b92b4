"""Columns of a page dump with a single space between them on some lines.

`pdftotext -layout` leaves a single space where a line fills its cell and the gutter is narrow, so
two cells look like one text. The lines around show where the next column begins. An answer of the
form or a divided word shows where the first cell ends, and how much text these lines hold shows it
elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from extractors.layout.cells.answers import is_answer
from extractors.layout.dumps.columns_by_blanks import COLUMN, ROW
from extractors.layout.dumps.letters import sans
from models.document import Box, Document, Line, Page
from models.form import Form

_SPACE = re.compile(r"(?<=\S)\s(?=\S)")
_BROKEN = re.compile(r"[^\W\d_]-\s|[^\W\d_]{3}[.?]\s(?=[a-zåäö])")
"""Where two unrelated texts meet: after a divided word, or after a full stop before lower case."""
_NARROWEST = 12
"""Minimum width of a column, in letters."""
_NEAR = 8
"""Rows above and below a line whose columns are those of its table."""
_FEWEST = 2
_BEFORE = 16
"""Maximum letters by which a cell can end before the usual start of the next column."""
_ALIKE = 6
"""Maximum letters by which the position of a column differs between pages."""
_SPREAD = 1.5
"""Letters by which the text of full lines is longer or shorter than usual."""


class _Sign(IntEnum):
    """What shows that a cell ends inside a line, the most reliable last."""

    LENGTH = 0
    BROKEN = 1
    ANSWER = 2


class _Split(NamedTuple):
    """A place where a line can be split.

    Attributes:
        line: The line, which is first in its row.
        column: Where the next column begins on the lines around it.
        at: Index of the space in the text of the line.
        sign: What shows it.
        length: Length of the text before it, in letters of average width.
    """

    line: Line
    column: int
    at: int
    sign: _Sign
    length: float

    def rank(self, full: Sequence[float]) -> tuple[float, ...]:
        """Returns how likely it is: by its sign, if its text is as long as that of full lines.

        Of places without a sign the last is the likeliest, as a cell holds as much as it can.
        """
        short, long = min(full) - self.length, self.length - max(full)
        if self.sign is _Sign.ANSWER or (self.sign is _Sign.BROKEN and short <= _SPREAD):
            return (self.sign, -self.at if self.sign is _Sign.ANSWER else self.at)
        beyond = max(short, long)
        return (0, self.at) if beyond <= _SPREAD else (-1, -beyond)


def split(document: Document, form: Form) -> Document:
    """Returns a dump on the grid of `columns_by_blanks` with cells apart that share a line.

    Args:
        document: The dump; its lines have boxes.
        form: The form, for its answers.
    """
    pages = [list(_places(page, form)) for page in document.pages]
    told = [own for own in chain.from_iterable(pages) if own.sign > _Sign.LENGTH]
    return replace(
        document,
        pages=tuple(
            _parted(page, found, told) for page, found in zip(document.pages, pages, strict=True)
        ),
    )


def _places(page: Page, form: Form) -> Iterator[_Split]:
    """Yields the places where lines of a page can be split, near where their next column begins."""
    rows = _rows(page)
    margin = min((_start(own[0]) for own in rows.values()), default=0)
    passed: dict[int, set[int]] = {}
    for row, own in rows.items():
        line = own[0]
        if _start(line) > margin + _NARROWEST:
            continue
        columns = _columns(rows, row, margin)
        beside = {_start(one) for at in (row - 1, row + 1) for one in rows.get(at, ())}
        beside |= passed.get(row - 1, set())
        end = _start(line) + len(line.text.strip())
        for space in _SPACE.finditer(line.text):
            at = space.start()
            sign = _sign(line, at, form)
            fewest = 1 if sign is _Sign.ANSWER else _FEWEST
            column = min((one for one, n in columns.items() if one > at and n >= fewest), default=0)
            if at - margin < _NARROWEST or not 0 < column - at <= _BEFORE:
                continue
            if sign is _Sign.ANSWER or (column in beside and end > column):
                passed.setdefault(row, set()).add(column)
                yield _Split(line, column, at, sign, sans()(line.text[:at].strip()))


def _columns(rows: dict[int, list[Line]], row: int, margin: int) -> dict[int, int]:
    """Returns where lines around a row begin and how many, but for those in the first column."""
    near = chain.from_iterable(rows.get(at, ()) for at in range(row - _NEAR, row + _NEAR + 1))
    starts = Counter(_start(line) for line in near)
    return {at: count for at, count in starts.items() if at > margin + _NARROWEST}


def _sign(line: Line, at: int, form: Form) -> _Sign:
    if is_answer(line.text[at:].strip(), form):
        return _Sign.ANSWER
    return _Sign.BROKEN if _BROKEN.search(line.text, at - 4, at + 2) else _Sign.LENGTH


def _rows(page: Page) -> dict[int, list[Line]]:
    """Returns the lines of a page by their row, from left to right."""
    rows: dict[int, list[Line]] = {}
    for line in page.lines:
        if line.box is not None and line.text.strip():
            rows.setdefault(round(line.box.y0 / ROW), []).append(line)
    return {row: sorted(own, key=_start) for row, own in sorted(rows.items())}


def _start(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _parted(page: Page, places: Sequence[_Split], told: Sequence[_Split]) -> Page:
    """Returns a page with its lines split, each at the likeliest of its places."""
    best: dict[int, tuple[tuple[float, ...], _Split]] = {}
    for own in places:
        full = [one.length for one in told if abs(one.column - own.column) <= _ALIKE]
        if len(full) < _FEWEST and own.sign is not _Sign.ANSWER:
            continue
        ranked = (own.rank(full), own)
        best[id(own.line)] = max(best.get(id(own.line), ranked), ranked, key=itemgetter(0))
    lines: list[Line] = []
    for line in page.lines:
        lines += _halves(best[id(line)][1]) if id(line) in best else (line,)
    return replace(page, lines=tuple(lines))


def _halves(place: _Split) -> tuple[Line, Line]:
    """Returns a line as two, each with the other's text blanked out, so that offsets stay.

    The second gets the box of a text that begins where its column does.
    """
    line, column, at = place.line, place.column, place.at
    text = line.text
    left = text[:at].rstrip()
    right = text[at:].strip()
    top, bottom = (line.box.y0, line.box.y1) if line.box else (0.0, 0.0)
    return (
        line._replace(
            text=left + " " * (len(text) - len(left)),
            box=Box(COLUMN * _start(line), top, COLUMN * len(left), bottom),
        ),
        line._replace(
            text=" " * at + text[at:],
            box=Box(COLUMN * column, top, COLUMN * (column + len(right)), bottom),
        ),
    )
