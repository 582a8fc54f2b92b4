"""Evidence: named numeric features of each unit of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
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
            next. Without any it counts only together with other evidence.
    """

    name: str
    of: Callable[[Unit], float]
    near: tuple[int, ...] = (0,)


class Together(NamedTuple):
    """Evidence that several pieces of evidence in the same table hold for a unit.

    Attributes:
        name: Its name in the weights file and in explanations.
        of: Their names; its value is the product of theirs.
        near: As for `Evidence`.
    """

    name: str
    of: tuple[str, ...]
    near: tuple[int, ...] = (0,)


Table = tuple[Evidence[Unit] | Together, ...]
"""All evidence on the units of a kind of source."""


class Observed(NamedTuple):
    """The evidence on a table.

    Attributes:
        names: Name of each column.
        values: One row per unit, one column per name.
    """

    names: tuple[str, ...]
    values: Floats


class _Plan(NamedTuple, Generic[Unit]):
    """How the columns of a table of evidence are computed.

    Attributes:
        names: Name of each column.
        functions: The functions of the evidence.
        factors: For evidence together the places of its functions, or that of a column of ones.
        columns: Place of each column among functions, ones and evidence together.
        near: Offset of each column.
    """

    names: tuple[str, ...]
    functions: tuple[Callable[[Unit], float], ...]
    factors: NDArray[np.intp]
    columns: NDArray[np.intp]
    near: NDArray[np.intp]


def observe(units: Sequence[Unit], table: Table[Unit]) -> Observed:
    """Returns the evidence on the units of a table.

    Evidence from adjacent units has the offset in its name, e.g. `asks (+1)`; it is 0 beyond the
    first and the last unit.
    """
    plan = _plan(table)
    own = np.array([[*(of(unit) for of in plan.functions), 1.0] for unit in units])
    own = own.reshape(len(units), len(plan.functions) + 1)
    seen = np.concatenate([own, own[:, plan.factors].prod(axis=2)], axis=1)
    beyond = int(np.abs(plan.near).max(initial=0))
    seen = np.pad(seen, ((beyond, beyond), (0, 0)))
    places = np.arange(len(units))[:, None] + (plan.near + beyond)
    return Observed(plan.names, seen[places, plan.columns])


def names_of(table: Table[Unit]) -> tuple[str, ...]:
    """Returns the names of the columns of `observe`."""
    return tuple(name for name, _, _ in _columns(table))


def _columns(table: Table[Unit]) -> Iterator[tuple[str, str, int]]:
    """Yields the name of each column, that of its evidence, and its offset."""
    for own in table:
        for place in own.near:
            yield f"{own.name} ({place:+d})" if place else own.name, own.name, place


@lru_cache(maxsize=16)
def _plan(table: Table[Unit]) -> _Plan[Unit]:
    simple = {own.name: own.of for own in table if isinstance(own, Evidence)}
    joint = {own.name: own.of for own in table if isinstance(own, Together)}
    at = {name: place for place, name in enumerate((*simple, "", *joint))}
    most = max(map(len, joint.values()), default=0)
    factors = [[at[name] for name in own] + [at[""]] * (most - len(own)) for own in joint.values()]
    columns = list(_columns(table))
    return _Plan(
        names_of(table),
        tuple(simple.values()),
        np.array(factors, dtype=np.intp).reshape(len(joint), most),
        np.array([at[name] for _, name, _ in columns], dtype=np.intp),
        np.array([place for _, _, place in columns], dtype=np.intp),
    )
