"""Runs of text with their positions, and the visual lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from extractors.layout.blocks import Piece
from models.document import Line, Page

_DESCENT = 0.22
"""Share of a box's height below the baseline."""
_SAME_BASELINE = 0.4
"""Baselines closer than this share of the font size are the same (room for raised digits)."""


class Run(NamedTuple):
    """A piece of text with its place in points from the page's top left corner.

    Attributes:
        piece: The text, and its place in its line.
        text: The characters of the piece.
        x0: Left edge.
        x1: Right edge.
        base: Baseline, about.
        size: Font size, estimated if the source does not give it.
        bold: Whether the font is bold.
    """

    piece: Piece
    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool


_VERY_SAME = 0.05
_BESIDE = 3.0
"""Maximum distance between a bullet and its text, in font sizes."""

_base = attrgetter("base")
_left = attrgetter("x0")
_size = attrgetter("size")


def _length(run: Run) -> int:
    return len(run.text)


class TextLine(NamedTuple):
    """Runs on one baseline, left to right.

    Attributes:
        page: 1-based page.
        base: Baseline of its largest run.
        x0: Left edge.
        x1: Right edge.
        size: Size of its largest run.
        bold: Whether most of its characters are bold.
        runs: The runs.
        text: Its characters, with a space between runs.
    """

    page: int
    base: float
    x0: float
    x1: float
    size: float
    bold: bool
    runs: tuple[Run, ...]
    text: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its pieces, left to right."""
        return tuple([run.piece for run in self.runs])

    @property
    def paragraph(self) -> int:
        """Number of its paragraph according to the source; 0 if unknown."""
        tag = max(self.runs, key=_length).piece.line.tag
        return tag.paragraph if tag else 0

    @property
    def row(self) -> int:
        """Number of its table row according to the source; 0 if unknown."""
        return next((tag.row for run in self.runs if (tag := run.piece.line.tag) and tag.row), 0)

    @property
    def top(self) -> float:
        """Upper edge of its letters, about."""
        return self.base - 0.75 * self.size


def told_apart(above: TextLine, below: TextLine) -> bool | None:
    """Whether the source puts two lines in different paragraphs; None if it does not say."""
    if above.paragraph and below.paragraph:
        return above.paragraph != below.paragraph
    return None


def runs_of(page: Page, without: frozenset[int] = frozenset()) -> list[Run]:
    """Returns the runs of a page, without the lines of the given numbers and the blank ones."""
    return [
        run for line in page.lines if line.number not in without and (run := _run(line)) is not None
    ]


def _run(line: Line) -> Run | None:
    box = line.box
    text = line.text.strip()
    if box is None or not text:
        return None
    x0, y0, x1, y1 = box
    height = y1 - y0
    piece = Piece(line, 0, len(text)) if len(text) == len(line.text) else Piece.whole(line)
    return Run(
        piece, text, x0, x1, y1 - _DESCENT * height, line.size or 0.8 * height, bool(line.bold)
    )


def lines_of(page: Page, without: frozenset[int] = frozenset()) -> list[TextLine]:
    """Returns the lines of a page, from its top, without the source lines of the given numbers."""
    return text_lines(runs_of(page, without), page.number)


def lines_without(
    lines: Sequence[TextLine], page: Page, without: frozenset[int]
) -> Sequence[TextLine]:
    """Returns the lines of a page without the source lines of the given numbers."""
    kept: list[TextLine] = []
    for line in lines:
        gone = 0
        for run in line.runs:
            gone += run.piece.line.number in without
        if not gone:
            kept.append(line)
        elif gone < len(line.runs):
            return text_lines(runs_of(page, without), page.number)
    return kept


def text_lines(runs: Iterable[Run], page: int) -> list[TextLine]:
    """Groups runs by baseline, from the top of the page."""
    groups: list[list[Run]] = []
    base = size = 0.0
    for run in sorted(_level(list(runs)), key=_base):
        own = run.size
        if groups and run.base - base < _SAME_BASELINE * (own if own > size else size):
            groups[-1].append(run)
            if own > size:
                base, size = run.base, own
        else:
            group = [run]
            # A run on exactly the same baseline belongs to this line, not to one slightly above.
            while groups and run.base - groups[-1][-1].base < _VERY_SAME * own:
                group.append(groups[-1].pop())
                if not groups[-1]:
                    groups.pop()
            groups.append(group)
            base, size = run.base, own
    return [line_of(group, page) for group in groups]


def _level(runs: list[Run]) -> list[Run]:
    """Returns runs with each bullet on the baseline of its text: the box of its font differs."""
    for place, run in enumerate(runs):
        if len(run.text) == 1 and not run.text.isalnum():
            text = [
                other
                for other in runs
                if 0 < other.x0 - run.x1 < _BESIDE * run.size
                and abs(other.base - run.base) < _SAME_BASELINE * run.size
            ]
            if text:
                runs[place] = run._replace(base=min(text, key=_left).base)
    return runs


def line_of(group: Sequence[Run], page: int) -> TextLine:
    """Returns runs on one baseline as a line."""
    if len(group) == 1:
        run = group[0]
        return TextLine(page, run.base, run.x0, run.x1, run.size, run.bold, (run,), run.text)
    group = sorted(group, key=_left)
    largest = max(group, key=_size)
    weight = 0
    for run in group:
        weight += len(run.text) if run.bold else -len(run.text)
    right = max([run.x1 for run in group])
    text = " ".join([run.text for run in group])
    return TextLine(
        page, largest.base, group[0].x0, right, largest.size, weight > 0, tuple(group), text
    )


def joined(line: TextLine, edges: Sequence[float] = ()) -> list[tuple[float, float]]:
    """Returns the spans of a line without gaps wider than word spaces, left to right.

    Args:
        line: The line.
        edges: Where columns begin: a run that begins there is a span of its own.
    """
    if len(line.runs) == 1:
        return [(line.x0, line.x1)]
    spans: list[tuple[float, float]] = []
    for run in line.runs:
        if (
            spans
            and run.x0 - spans[-1][1] < 0.45 * run.size
            and not any(abs(run.x0 - edge) <= 1 for edge in edges)
        ):
            spans[-1] = (spans[-1][0], max(spans[-1][1], run.x1))
        else:
            spans.append((run.x0, run.x1))
    return spans
