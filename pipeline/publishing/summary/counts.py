"""Counting over the datasets without creating Python objects per row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipeline.publishing.rows import rows_of

if TYPE_CHECKING:
    import pyarrow as pa

Counts = dict[str, dict[str, int]]
"""Number of rows by one value, then by another."""


def count_by(table: pa.Table, first: str, second: str) -> Counts:
    """Returns the number of rows for each pair of values in two columns."""
    counted = table.group_by([first, second]).aggregate([([], "count_all")])
    found: Counts = defaultdict(dict)
    for row in rows_of(counted):
        found[row[first]][row[second]] = row["count_all"]
    return dict(found)


def total(counts: Counts) -> dict[str, int]:
    """Returns the number of rows by the second value."""
    found: dict[str, int] = defaultdict(int)
    for own in counts.values():
        for name, count in own.items():
            found[name] += count
    return dict(found)
