"""The widths of a dump's columns, learnt from the lines where its sentences wrap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extractors.layout.blocks import HeadBlock, Piece
from extractors.layout.dumps.chunk import Chunk
from extractors.layout.dumps.chunks import Item
from extractors.layout.dumps.letters import EVEN, Measure, builtin_measures
from models.form import Form
from models.form_tables import Column

_MOST_PARTS = 8
_WIDEST = 0.97
_FEWEST_WRAPS = 12
_ENOUGH_WRAPS = 60
_ROOM_WITHOUT_WRAPS = 0.8
_BEYOND = 1.1
"""Most that a word which did not fit can widen a column, as a share of its widest line."""


class Wrap(NamedTuple):
    """A line wrapped at its column's width: a sentence continues on the next line."""

    line: str
    after: str

    @property
    def longer(self) -> str:
        """The line with the next word, which did not fit on it."""
        return with_word(self.line, self.after)


def with_word(line: str, after: str) -> str:
    """Returns a line with the first word of a text after it."""
    return f"{line} {after.split(maxsplit=1)[0]}"


@dataclass(frozen=True, slots=True)
class Width:
    """The width of a column.

    Attributes:
        limit: Longest possible line, in letters of average width; 0 if unknown.
        full: Length from which a line is certainly too long for it; less if there are few lines.
        measure: The measure of texts in its font.
        misfit: Share of the lines that are longer, or on which the next word would have fitted.
    """

    limit: float = 0.0
    full: float = 0.0
    measure: Measure = EVEN
    misfit: float = 0.0

    def room(self, line: str, after: str) -> float:
        """Returns the share of the width left after adding the next word; below 0 if too long."""
        return 1.0 - self.measure(with_word(line, after)) / self.limit


def fit(wraps: Sequence[Wrap], lines: Sequence[str]) -> Width:
    """Returns how wide a column is, in the font whose letters best explain where its lines end.

    Args:
        wraps: Lines wrapped at the column's width.
        lines: All lines of the column.
    """
    if len(wraps) < _FEWEST_WRAPS:
        measure = EVEN if not wraps else _best(wraps)
        lengths = np.sort(measure.all(lines))
        widest = float(lengths[int(len(lengths) * _WIDEST)]) if len(lengths) else 0.0
        return Width(widest, _ROOM_WITHOUT_WRAPS * widest, measure)
    measure = _best(wraps[:: max(1, len(wraps) // _ENOUGH_WRAPS)])
    limit, misfit = _limit(wraps, measure)
    return Width(limit, limit, measure, misfit)


def _best(wraps: Sequence[Wrap]) -> Measure:
    """Returns the measure least contradicted by lines and their next words."""
    return min(builtin_measures(), key=lambda measure: _limit(wraps, measure)[1])


def _limit(wraps: Sequence[Wrap], measure: Measure) -> tuple[float, float]:
    """Returns the width that contradicts the fewest lines, and the share of lines contradicted."""
    held = np.sort(measure.all([wrap.line for wrap in wraps]))
    beyond = np.sort(measure.all([wrap.longer for wrap in wraps]))
    longer = len(held) - np.searchsorted(held, held, "right")
    had_room = np.searchsorted(beyond, held, "right")
    wrong = longer + had_room
    at = int(wrong.argmin())
    widest = float(held[at])
    above = beyond[had_room[at] :]
    least = min(float(above[0]), _BEYOND * widest) if len(above) else widest
    return (widest + least) / 2, float(wrong[at]) / len(wraps)


@dataclass(slots=True)
class _Beside:
    """Lines next to the certain answers of a kind of table."""

    questions: list[list[Piece]] = field(default_factory=list)
    comments: list[list[Piece]] = field(default_factory=list)


def column_widths(items: Sequence[Item], form: Form) -> dict[str, tuple[Width, Width]]:
    """The widths of both columns of each kind of table, learnt next to its certain answers."""
    beside: dict[str, _Beside] = {}
    columns = {table.id for table in form.tables if Column.ANSWER in table.holds}
    table = ""
    flow: list[Chunk] = []
    for item in [*items, None]:
        if isinstance(item, Chunk):
            flow += item.parts
            continue
        own = beside.setdefault(table, _Beside())
        has_column = table in columns
        for at, part in enumerate(flow):
            if part.answer_look(has_column) > 1:
                own.questions.append(_column(reversed(flow[max(0, at - _MOST_PARTS) : at])))
                own.comments.append(_column(flow[at + 1 : at + _MOST_PARTS]))
        flow, table = [], item.table if isinstance(item, HeadBlock) else table
    return {table: (_width(own.questions), _width(own.comments)) for table, own in beside.items()}


def _column(parts: Iterable[Chunk]) -> list[Piece]:
    """The lines of parts next to an answer, up to a question, an answer or a page break."""
    pieces: list[Piece] = []
    for part in parts:
        if part.is_answer or part.asks or part.page_start:
            break
        pieces += part.pieces
    return sorted(pieces, key=lambda piece: piece.line.number)


def _width(cells: Sequence[Sequence[Piece]]) -> Width:
    wraps = [
        Wrap(before.text, after.text)
        for cell in cells
        for before, after in pairwise(cell)
        if after.text[:1].islower()
    ]
    return fit(wraps, [piece.text for cell in cells for piece in cell])
