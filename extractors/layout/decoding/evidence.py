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
        values: One row per unit, one column per name.
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
    places = sorted({place for own in table for place in own.near})
    beside = np.concatenate([_shifted(seen, place) for place in places], axis=1)
    order = [
        places.index(place) * len(table) + at for at, own in enumerate(table) for place in own.near
    ]
    return Observed(names_of(table), beside[:, order])


def names_of(table: Sequence[Evidence[Unit]]) -> tuple[str, ...]:
    """Returns the names of the columns that `observe` gives."""
    return tuple(
        own.name if not place else f"{own.name} ({place:+d})" for own in table for place in own.near
    )


def _shifted(seen: Floats, place: int) -> Floats:
    """What is seen of the units `place` further on; 0 beyond the ends."""
    if not place:
        return seen
    shifted = np.zeros_like(seen)
    if place > 0:
        shifted[:-place] = seen[place:]
    else:
        shifted[-place:] = seen[:place]
    return shifted
