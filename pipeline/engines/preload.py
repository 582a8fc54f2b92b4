"""Imported by the server that workers are forked from, which thereby is ready before they are.

The word lists and the built-in themes are then loaded once for all workers, and a worker that
takes the place of a killed one starts at once. A worker with themes of its own loads those.
"""

from __future__ import annotations

from contextlib import suppress

from extractors.themes import builtin_taxonomy
from pipeline.engines.ready import make_ready

with suppress(Exception):  # what is wrong is said by the worker, with a name
    make_ready(builtin_taxonomy())
