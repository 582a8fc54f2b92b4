"""Records: dataclasses that are frozen for the type checker only, and cheap to create."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Turns a class into a dataclass whose attributes must not be set, which mypy enforces.

    A dataclass that is frozen at run time takes four times as long to create, and a report has
    thousands of parts.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
