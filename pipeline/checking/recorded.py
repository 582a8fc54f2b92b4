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
from pipeline.addresses import Place, is_remote, local_path, open_input
from pipeline.store import Store, open_store

ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look for source files.

    Attributes:
        files: Files by report id, as the last run found them.
        roots: Folders that contain the sources.
        inputs: Files and folders outside of which no file is opened.
    """

    files: dict[str, list[Place]] = field(default_factory=dict)
    roots: Sequence[Place] = ()
    inputs: Sequence[Place] = ()

    def hold(self, place: Place) -> bool:
        """Whether a place is within the inputs once all links are resolved.

        A local place must be a regular file: reading a device or a pipe might never end.
        """
        if is_remote(str(place)):
            own = [f"{str(root).rstrip('/')}/" for root in self.inputs]
            return f"{place}/".startswith(tuple(own))
        path = Path(os.path.realpath(local_path(str(place))))
        return path.is_file() and any(
            path.is_relative_to(os.path.realpath(local_path(str(root))))
            for root in self.inputs
            if not is_remote(str(root))
        )

    def also(self, *roots: Place) -> Places:
        """Returns these places with some folders added."""
        return Places(self.files, (*self.roots, *roots), (*self.inputs, *roots))


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
        return Places().also(inputs)
    from pipeline.state import read_state  # noqa: PLC0415 - Arrow costs start-up time

    store = open_store(out)
    files: dict[str, list[Place]] = defaultdict(list)
    for (_, url, _, _), digest in read_state(store).items():
        if not is_remote(url) or _bucket(url) == _bucket(store.url):
            files[digest[:ID_LENGTH]].append(url)
    return Places(files, *_run_inputs(store))


def _run_inputs(store: Store) -> tuple[list[Place], list[Place]]:
    """The folders of what the runs of an output read, the newest run first, and what they read."""
    roots: list[Place] = []
    inputs: list[Place] = []
    for name in sorted(store.names("runs"), reverse=True):
        try:
            record = json.loads(store.read(f"runs/{name}") or b"")
            named = record.get("inputs") or record["options"]["paths"]
            local = [name for name in named if not is_remote(name)]
            remote = [name for name in named if _bucket(name) == _bucket(store.url) != ""]
            roots += [*_roots(local), *remote]
            inputs += [*local, *remote]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # no record, or one of another version: the other locations remain
    return list(dict.fromkeys(roots)), list(dict.fromkeys(inputs))


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

    A file counts only if its content is what was read (its digest is the report's id), and only
    within the inputs: no path recorded in a dataset can lead to a file outside them.
    """
    if len(report.report_id) != ID_LENGTH:
        return None
    below = [path for root in places.roots if (path := _below(root, report.source))]
    for path in (*places.files.get(report.report_id, ()), *below):
        try:
            if not places.hold(path):
                continue
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
