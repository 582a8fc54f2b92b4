"""A dump with columns laid out with spaces (`pdftotext -layout`), as lines with boxes.

Every run of text separated from the next by two or more spaces becomes a line of its own on a
character grid. If two columns' baselines differ, such a dump alternates between their lines; they
are put side by side again, so that a gap on the grid is a gap in the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import NamedTuple

from models.document import Box, Document, Line, Page

COLUMN = 6.0
"""Width of a character on the grid, in points."""
ROW = 12.0
"""Height of a line on the grid, in points."""
_RUN = re.compile(r"\S+(?:\s\S+)*")
_WIDE_GAP = 3
_DEEP_INDENT = 20
_SHARE = 0.2
_FEWEST = 3
_FEWEST_TURNS = 4


class _Run(NamedTuple):
    """A run of text in a line: its first character and one past its last."""

    line: Line
    start: int
    end: int


_Row = tuple[_Run, ...]


def to_geometry(document: Document) -> Document | None:
    """Returns a dump as a document with boxes, or None if it is not laid out in columns.

    A line of the dump gives a Line for each of its runs, all with its number; the text of each is
    the whole line with the other runs blanked out, so that offsets stay those of the dump. Six
    points are a character, twelve a line.
    """
    pages = [[_runs(line) for line in page.lines] for page in document.pages]
    if not _has_columns([row for rows in pages for row in rows]):
        return None
    return replace(
        document,
        pages=tuple(
            _page(page, number, rows)
            for number, (page, rows) in enumerate(zip(document.pages, pages, strict=True), start=1)
        ),
    )


def _runs(line: Line) -> _Row:
    text = line.text.expandtabs() if "\t" in line.text else line.text
    if text != line.text:
        # Offsets must be those of the line, so a line with tabs is kept as one run.
        stripped = line.text.strip()
        start = line.text.find(stripped)
        return (_Run(line, start, start + len(stripped)),) if stripped else ()
    return tuple(_Run(line, match.start(), match.end()) for match in _RUN.finditer(text))


def _has_columns(rows: Sequence[_Row]) -> bool:
    """Whether enough lines have text on both sides of a wide gap, or begin far from the margin."""
    filled = [row for row in rows if row]
    margin = min((row[0].start for row in filled), default=0)
    wide = sum(1 for row in filled if any(b.start - a.end >= _WIDE_GAP for a, b in pairwise(row)))
    deep = sum(1 for row in filled if row[0].start - margin >= _DEEP_INDENT)
    return wide >= _FEWEST and wide + deep > _SHARE * len(filled)


def _page(page: Page, number: int, rows: Sequence[_Row]) -> Page:
    lines: list[Line] = []
    settled = _side_by_side(rows)
    for at, row in enumerate(settled):
        for run in row:
            text = run.line.text
            alone = " " * run.start + text[run.start : run.end] + " " * (len(text) - run.end)
            box = Box(COLUMN * run.start, ROW * at, COLUMN * run.end, ROW * (at + 1))
            lines.append(run.line._replace(text=alone, box=box))
    width = max((line.box.x1 for line in lines if line.box), default=0.0)
    return replace(
        page, number=number, width=width, height=ROW * max(1, len(settled)), lines=tuple(lines)
    )


def _side_by_side(rows: Sequence[_Row]) -> list[_Row]:
    """Puts alternating lines of different columns side by side.

    Only if they alternate several times: a single line of one column below a single line of another
    may just as well be beside the gap between two paragraphs.
    """
    settled: list[_Row] = []
    at = 0
    while at < len(rows):
        stop = at + 1
        while stop < len(rows) and rows[stop - 1] and _beside(rows[stop - 1], rows[stop]):
            stop += 1
        if stop - at >= _FEWEST_TURNS:
            settled += [
                tuple(sorted((*row, *other), key=lambda run: run.start))
                for row, other in zip_longest(
                    rows[at:stop:2], rows[at + 1 : stop : 2], fillvalue=()
                )
            ]
        else:
            settled += rows[at:stop]
        at = stop
    return settled


def _beside(row: _Row, following: _Row) -> bool:
    """Whether no run of either line overlaps a run of the other horizontally."""
    return bool(following) and all(
        a.end + 1 < b.start or b.end + 1 < a.start for a in row for b in following
    )
