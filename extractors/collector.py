"""When the collector of cyclic garbage runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collector() -> Iterator[None]:
    """Keeps the collector of cyclic garbage from running in a block, for the whole process.

    It is for work on one report whose objects live until it is done and refer to one another in no
    cycles: the collector would walk over them again and again and find nothing. Whatever cycles
    there are it collects afterwards; all other memory is freed at once as always.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
