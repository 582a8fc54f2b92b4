"""Writing a file atomically, and reporting progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import WrongUseError

Tell = Callable[[str, int], Callable[[int], None]]
"""Called with a stage and its number of steps; returns a function that reports progress."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Yields a temporary path to write to, and moves the file into place once it is complete.

    Raises:
        WrongUseError: It cannot be written.
    """
    aside = target.with_name(f".{target.name}.part")
    try:
        aside.unlink(missing_ok=True)
        aside.touch()  # find out before the work, and report it in the same words
        yield aside
        aside.replace(target)
    except OSError as error:
        raise WrongUseError(
            f"{target} cannot be written ({error.strerror or error}). Close the file if it is open "
            "in another program, or give -o another place."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
