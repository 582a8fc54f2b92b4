"""Evidence: named numeric features of each unit of a table."""

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
        name: Its name in the weights file and in explanations.
        of: Its value for a unit: a boolean, or a number mostly between -1 and 1.
        near: Offsets of the units that are evidence for a unit: 0 itself, -1 the previous, 1 the
            next.
    """

    name: str
    of: Callable[[Unit], float]
    near: tuple[int, ...] = (0,)


class Observed(NamedTuple):
    """The evidence on a table.

    Attributes:
        names: Name of each column.
        values: One row per unit, one column per name.
    """

    names: tuple[str, ...]
    values: Floats


def observe(units: Sequence[Unit], table: Sequence[Evidence[Unit]]) -> Observed:
    """Returns the evidence on the units of a table.

    Evidence from adjacent units has the offset in its name, e.g. `asks (+1)`.
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
    """Returns the names of the columns of `observe`."""
    return tuple(
        own.name if not place else f"{own.name} ({place:+d})" for own in table for place in own.near
    )


def _shifted(seen: Floats, place: int) -> Floats:
    """The evidence shifted by `place` units; 0 beyond the ends."""
    if not place:
        return seen
    shifted = np.zeros_like(seen)
    if place > 0:
        shifted[:-place] = seen[place:]
    else:
        shifted[-place:] = seen[:place]
    return shifted
