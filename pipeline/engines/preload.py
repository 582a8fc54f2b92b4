"""Imported by the fork server, so that workers are forked from a process that is ready.

The word lists and built-in themes are loaded once for all workers, and a worker that replaces a
killed one starts at once. A worker with other themes loads those.
"""

from __future__ import annotations

from contextlib import suppress

import pipeline.worker  # noqa: F401 - what workers call
from extractors.themes import builtin_taxonomy
from pipeline.engines.ready import make_ready

with suppress(Exception):  # the worker reports the error with its context
    make_ready(builtin_taxonomy())
