"""Locations of the source files of an output, as recorded by its runs."""

from __future__ import annotations

import json
import os
import posixpath
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from models.report import Report
from pipeline.addresses import Place, is_remote, open_input
from pipeline.store import Store, open_store

ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look for source files.

    Attributes:
        files: Files by report id, as the last run found them.
        roots: Folders that contain the sources.
    """

    files: dict[str, list[Place]] = field(default_factory=dict)
    roots: Sequence[Place] = ()


def places_of(out: Place, inputs: Place | None) -> Places:
    """Returns where to look for the sources of an output.

    A recorded address is used only if it is in the same object store as the output: a dataset
    written by somebody else must not make this machine contact other hosts.

    Args:
        out: The output of `svar run`.
        inputs: Folder or address they were read from; None to look where the runs recorded.

    Raises:
        WrongUseError: An object store cannot be reached.
    """
    if inputs is not None:
        return Places(roots=[inputs])
    from pipeline.state import read_state  # noqa: PLC0415 - Arrow costs start-up time

    store = open_store(out)
    files: dict[str, list[Place]] = defaultdict(list)
    for (_, url, _, _), digest in read_state(store).items():
        if not is_remote(url) or _bucket(url) == _bucket(store.url):
            files[digest[:ID_LENGTH]].append(url)
    return Places(files, run_inputs(store))


def run_inputs(store: Store) -> list[Place]:
    """Returns the locations that the runs of an output read from, the newest run first."""
    roots: list[Place] = []
    for name in sorted(store.names("runs"), reverse=True):
        try:
            record = json.loads(store.read(f"runs/{name}") or b"")
            named = record.get("inputs") or record["options"]["paths"]
            roots += _roots([name for name in named if not is_remote(name)])
            roots += [name for name in named if _bucket(name) == _bucket(store.url) != ""]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # no record, or one of another version: the other locations remain
    return list(dict.fromkeys(roots))


def _roots(named: Sequence[str]) -> list[Place]:
    """The folders that can contain sources, for some inputs on this machine."""
    roots: list[Place] = []
    for root in map(Path, named):
        # With several folders, a source can begin with the name of its folder.
        own = [root, root.parent] if len(named) > 1 else [root]
        roots += own if root.is_dir() else [root.parent]
    return roots


def _bucket(place: str) -> str:
    """Protocol and first component of an address, such as `s3://bucket`; "" for a local path."""
    return "/".join(place.split("/")[:3]) if is_remote(place) else ""


def find_source(report: Report, places: Places) -> bytes | None:
    """Returns the bytes that a report was read from, or None if no such file is found.

    A file is used only if its content is what was read (its digest is the report's id) and it is
    in a recorded location: a source path can never lead to a file outside the roots.
    """
    if len(report.report_id) != ID_LENGTH:
        return None
    below = [path for root in places.roots if (path := _below(root, report.source))]
    for path in (*places.files.get(report.report_id, ()), *below):
        try:
            with open_input(str(path)) as file:
                data = file.read()
        except Exception:
            continue
        if sha256(data).hexdigest().startswith(report.report_id):
            return data
    return None


def _below(root: Place, source: str) -> Place | None:
    """The file that a source names below a root; None if it leads outside."""
    if is_remote(str(root)):
        name = posixpath.normpath(source)
        return None if name.startswith(("/", "..")) else f"{str(root).rstrip('/')}/{name}"
    path = Path(os.path.normpath(Path(root) / source))
    return path if path.is_relative_to(os.path.normpath(root)) else None
