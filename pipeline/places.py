"""Keeps output and input apart, so that neither is taken for the other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.addresses import is_remote, local_path
from pipeline.errors import WrongUseError


def check_places(paths: Sequence[str], out: str) -> None:
    """Rejects an output inside an input folder, and an input inside the output.

    Raises:
        WrongUseError: One is inside the other.
    """
    target = _place(out)
    for path in paths:
        source = _place(path)
        if target == source or target.startswith(_folder(source)):
            raise WrongUseError(
                f"The output {out} is inside the input {path}. Give --out a folder next to the "
                "input, such as data/processed next to data/raw."
            )
        if source.startswith(_folder(target)):
            raise WrongUseError(
                f"The input {path} is inside the output {out}. Give --out a folder next to the "
                "input, such as data/processed next to data/raw."
            )


def _place(path: str) -> str:
    if is_remote(path):
        return path.rstrip("/")
    return Path(os.path.realpath(local_path(path))).as_posix()


def _folder(place: str) -> str:
    return f"{place.rstrip('/')}/"
