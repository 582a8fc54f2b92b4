"""Locations given by the user: local paths, and addresses in object stores."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

Place = str | Path
"""A folder or a file: a local path, or an fsspec address such as `s3://bucket/folder`."""


def is_remote(path: str) -> bool:
    """Whether `path` is an fsspec address rather than a local path."""
    return "://" in path and not path.startswith("file://")


def local_path(path: str) -> Path:
    """The local path that `path` names; `file://…` is accepted."""
    return Path(path.removeprefix("file://"))


def open_input(url: str) -> BinaryIO:
    """Opens a file for reading, at a local path or an fsspec address."""
    if not is_remote(url):
        return Path(url).open("rb")
    import fsspec  # noqa: PLC0415 - slows start-up where it is not needed

    file: BinaryIO = fsspec.open(url, "rb").open()
    return file
