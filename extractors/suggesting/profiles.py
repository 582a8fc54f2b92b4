"""What the cells of a column have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from extractors.suggesting.grids import GridRow, is_full_width, over
from extractors.suggesting.kinds import Kind
from extractors.text import fold

_TICK = re.compile(r"^(?:[xX]|[^\w\s]{1,2}|\[[xX]\])$")
_REFERENCE = re.compile(r"^[^\W\d_&]{0,6}&?[^\W\d_]{0,6}[ .:-]?\d[\w.:&/-]{0,14}$")
_LONGEST_REFERENCE = 16
_FEW = 4
_FEW_SHARE = 0.35
_SHORT = 32


@dataclass(frozen=True)
class Profile:
    """A column of a kind of table.

    Attributes:
        head: Its header.
        place: Its 0-based index from the left.
        values: The text of its cell in each row, on one line; "" if blank.
        looks: Appearance of the pictures and colours in it, with counts.
        merged: Share of the rows in which its cell is merged with the one above.
        reports: The values of each report.
        openings: The first line of each cell that is not blank.
    """

    head: str
    place: int
    values: tuple[str, ...]
    looks: Counter[str]
    merged: float
    reports: tuple[tuple[str, ...], ...]
    openings: tuple[str, ...] = ()

    @cached_property
    def filled(self) -> tuple[str, ...]:
        """The values that are not blank."""
        return tuple(value for value in self.values if value)

    @cached_property
    def share(self) -> float:
        """Share of the rows that have text in it."""
        return len(self.filled) / len(self.values) if self.values else 0.0

    @cached_property
    def distinct(self) -> Counter[str]:
        """Its values with counts, merging those that differ only in case."""
        first = {fold(value): value for value in reversed(self.filled)}
        return Counter(first[fold(value)] for value in self.filled)

    @cached_property
    def length(self) -> float:
        """Mean length of its values in characters."""
        return sum(map(len, self.filled)) / len(self.filled) if self.filled else 0.0

    @cached_property
    def asks(self) -> float:
        """Share of its values that end with a question mark."""
        return _share_of(self.filled, lambda value: value.endswith("?"))

    @cached_property
    def ticks(self) -> float:
        """Share of its values that are only a mark."""
        return _share_of(self.filled, lambda value: bool(_TICK.match(value)))

    @cached_property
    def references(self) -> float:
        """Share of its values that look like a reference."""
        return _share_of(self.filled, is_reference)

    @cached_property
    def is_varied(self) -> bool:
        """Whether hardly any value occurs twice in a report."""
        return len(self.filled) > 0 and all(
            len({*map(fold, own)}) >= 0.9 * len(own) for own in map(_filled, self.reports)
        )

    @cached_property
    def is_grouped(self) -> bool:
        """Whether equal values are adjacent: it has fewer runs of values than rows."""
        own = _filled(self.reports[0]) if self.reports else []
        runs = [value for value, _ in groupby(map(fold, own))]
        return 1 < len(runs) == len(set(runs)) <= max(1, len(self.reports[0]) // 2)

    @cached_property
    def has_few(self) -> bool:
        """Whether it has a few short, recurring texts."""
        return (
            len(self.filled) > len(self.distinct)
            and len(self.distinct) <= max(_FEW, _FEW_SHARE * len(self.filled))
            and self.length <= _SHORT
        )

    @cached_property
    def agrees(self) -> float | None:
        """Share of its values common to the first two reports; None for a single report."""
        if len(self.reports) < 2:
            return None
        first, second = ({*map(fold, own)} - {""} for own in self.reports[:2])
        return len(first & second) / max(1, min(len(first), len(second)))


def profiles_of(kind: Kind) -> list[Profile]:
    """Returns the columns of a kind of table, left to right, ignoring full-width rows."""
    reports = [
        [row for row in rows if not is_full_width(row, kind.width)]
        for rows in kind.reports_of_rows()
    ]
    return [_profile(kind.heads[place], place, reports) for place in range(kind.width)]


def is_reference(text: str) -> bool:
    """Whether a text looks like a reference: short, with a digit, and at most one space."""
    return len(text) <= _LONGEST_REFERENCE and bool(_REFERENCE.match(text))


def _profile(head: str, place: int, reports: Sequence[Sequence[GridRow]]) -> Profile:
    rows = [row for own in reports for row in own]
    cells = [next(over([row], place), None) for row in rows]
    values = tuple(tuple(_values(own, place)) for own in reports)
    return Profile(
        head,
        place,
        tuple(value for own in values for value in own),
        Counter(cell.looks for cell in cells if cell and cell.looks),
        sum(bool(cell and cell.merged) for cell in cells) / max(1, len(cells)),
        values,
        tuple(cell.opening for cell in cells if cell and cell.line),
    )


def _values(rows: Sequence[GridRow], place: int) -> Iterator[str]:
    """The text of a column in each row; a merged cell's text in every row it covers."""
    text = ""
    for row in rows:
        cell = next(over([row], place), None)
        if cell is None or not cell.merged:
            text = cell.line if cell else ""
        yield text


def _filled(values: Sequence[str]) -> list[str]:
    return [value for value in values if value]


def _share_of(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0
