"""Batches, datasets and the command line. Imports models and extractors.

`load` and `load_table` read the datasets of a run: `from pipeline import load`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.reading import load, load_table

__all__ = ["load", "load_table"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Imports the dataset readers on first use, so that commands start without them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.reading"), name)
