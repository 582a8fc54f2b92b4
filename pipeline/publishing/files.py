"""Writing a file whole or not at all, and telling how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import WrongUseError

Tell = Callable[[str, int], Callable[[int], None]]
"""Told what begins and how many steps it has; returns what is to be told how many are done."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Gives a path to write to, and puts the file in place once it is whole.

    Raises:
        WrongUseError: It cannot be written.
    """
    aside = target.with_name(f".{target.name}.part")
    try:
        aside.unlink(missing_ok=True)
        aside.touch()  # what cannot be written is told before the work, and in the same words
        yield aside
        aside.replace(target)
    except OSError as error:
        raise WrongUseError(
            f"{target} cannot be written ({error.strerror or error}). Close the file if it is open "
            "in another program, or give -o another place."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
