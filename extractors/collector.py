"""Controls when the cyclic garbage collector runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collector() -> Iterator[None]:
    """Suspends the cyclic garbage collector within a block, for the whole process.

    Meant for work on one report, whose objects live until it is done and form no cycles: the
    collector would traverse them again and again and find nothing. Any cycles are collected
    afterwards; all other memory is freed at once as always.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
