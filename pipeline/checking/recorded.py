"""Where the sources of an output's reports are: as its runs recorded it."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from models.report import Report
from pipeline.inputs import is_remote
from pipeline.state import read_state
from pipeline.store import LocalStore

ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Places:
    """Where sources are looked for.

    Attributes:
        files: Files by report id, as the last run found them.
        roots: Folders that sources lie below.
    """

    files: dict[str, list[Path]] = field(default_factory=dict)
    roots: Sequence[Path] = ()


def places_of(folder: Path, inputs: Path | None) -> Places:
    """Returns where the sources of an output folder are.

    Args:
        folder: The output folder of `svar run`.
        inputs: Folder that they were read from; None to look where its runs say.
    """
    if inputs is not None:
        return Places(roots=[inputs])
    files: dict[str, list[Path]] = defaultdict(list)
    for (_, url, _, _), digest in read_state(LocalStore(folder)).items():
        if not is_remote(url):
            files[digest[:ID_LENGTH]].append(Path(url))
    return Places(files, run_inputs(folder))


def run_inputs(folder: Path) -> list[Path]:
    """Returns the folders that the runs of an output folder read from, the newest run first."""
    roots: list[Path] = []
    for path in sorted((folder / "runs").glob("*.json"), reverse=True):
        try:
            record = json.loads(path.read_bytes())
            named = record.get("inputs") or record["options"]["paths"]
            found = [Path(name) for name in named if not is_remote(name)]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # no record, or one of another version: the other places remain
        for root in found:
            # With several folders, a source can begin with the name of its folder.
            own = [root, root.parent] if len(found) > 1 else [root]
            roots += own if root.is_dir() else [root.parent]
    return list(dict.fromkeys(roots))


def find_source(report: Report, places: Places) -> bytes | None:
    """Returns the bytes that a report was read from, or None where no such file is found.

    A file counts only if its content is what was read (its digest is the report's id), and only
    in a recorded place: what a source says leads to no file outside the roots.
    """
    if len(report.report_id) != ID_LENGTH:
        return None
    below = [path for root in places.roots if (path := _below(root, report.source))]
    for path in (*places.files.get(report.report_id, ()), *below):
        try:
            data: bytes = path.read_bytes()
        except (OSError, ValueError):
            continue
        if sha256(data).hexdigest().startswith(report.report_id):
            return data
    return None


def _below(root: Path, source: str) -> Path | None:
    """The file that a source names below a root; None where it leads out."""
    path = Path(os.path.normpath(root / source))
    return path if path.is_relative_to(os.path.normpath(root)) else None
