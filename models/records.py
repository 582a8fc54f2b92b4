"""Records: dataclasses that are frozen to the type checker, and cheap to make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Makes a class a dataclass whose attributes nobody may set: mypy holds to that.

    A dataclass that enforces it at run time takes four times as long to make, and a report has
    thousands of parts.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
