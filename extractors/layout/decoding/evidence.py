"""Evidence: what is seen of each unit of a table, as named numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Unit = TypeVar("Unit")


class Evidence(NamedTuple, Generic[Unit]):
    """One piece of evidence on the units of a table.

    Attributes:
        name: What it is called in the file of weights and in explanations.
        of: What it sees of a unit: a truth, or a number that mostly stays between -1 and 1.
        near: The places whose units speak for a unit: 0 itself, -1 the one before, 1 the next.
    """

    name: str
    of: Callable[[Unit], float]
    near: tuple[int, ...] = (0,)


class Observed(NamedTuple):
    """What is seen of a table.

    Attributes:
        names: Name of each column.
        values: A row a unit, a column a name.
    """

    names: tuple[str, ...]
    values: Floats


def observe(units: Sequence[Unit], table: Sequence[Evidence[Unit]]) -> Observed:
    """Returns what is seen of the units of a table.

    Evidence on units next to a unit has the place in its name, as `asks (+1)`.
    """
    functions = [own.of for own in table]
    seen = np.array([[of(unit) for of in functions] for unit in units], dtype=np.float64)
    seen = seen.reshape(len(units), len(table))
    columns = [_shifted(seen[:, at], place) for at, own in enumerate(table) for place in own.near]
    values = np.stack(columns, axis=1) if columns else np.zeros((len(units), 0))
    return Observed(names_of(table), values)


def names_of(table: Sequence[Evidence[Unit]]) -> tuple[str, ...]:
    """Returns the names of the columns that `observe` gives."""
    return tuple(
        own.name if not place else f"{own.name} ({place:+d})" for own in table for place in own.near
    )


def _shifted(column: Floats, place: int) -> Floats:
    """The values of the units `place` further on; 0 beyond the ends."""
    if not place:
        return column
    shifted = np.zeros_like(column)
    if place > 0:
        shifted[:-place] = column[place:]
    else:
        shifted[-place:] = column[:place]
    return shifted
