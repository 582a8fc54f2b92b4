"""Storage of corrections: one append-only JSON Lines file per reviewer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from pydantic import ValidationError

from models.corrections import ROW_KINDS, THEME_KINDS, Correction, Kind
from pipeline.addresses import Place
from pipeline.errors import WrongUseError
from pipeline.store import Store, open_store

FOLDER = "reviews"
"""Folder below the datasets with one file per reviewer."""


class CorrectionError(WrongUseError):
    """A file of corrections cannot be used. The message names the line."""


def now() -> str:
    """The current time in UTC, in the format used by corrections."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def new_id() -> str:
    """A new id for a correction."""
    return uuid4().hex[:16]


def reviewer_file(reviewer: str) -> str:
    """Name of a reviewer's file, without folder."""
    name = re.sub(r"[^\w.-]+", "-", reviewer).strip(".-") or "reviewer"
    return f"{name}.jsonl"


def append(out: Place, corrections: Iterable[Correction]) -> None:
    """Appends corrections to their reviewers' files below an output; on disk when it returns.

    Raises:
        OSError: They cannot be written.
        BatchError: They cannot be put into an object store.
    """
    store = open_store(out)
    for correction in corrections:
        name = f"{FOLDER}/{reviewer_file(correction.reviewer)}"
        store.append(name, correction.model_dump_json(exclude_defaults=True))


def read_corrections(store: Store) -> list[Correction]:
    """Returns every stored correction, in the order they were made.

    Raises:
        CorrectionError: A line is not a correction.
    """
    found = []
    for name in store.names(FOLDER):
        content = store.read(f"{FOLDER}/{name}") if name.endswith(".jsonl") else None
        if content is not None:
            found += _parse(f"{store.url}/{FOLDER}/{name}", content)
    by_id = {correction.id: correction for correction in found}
    return sorted(by_id.values(), key=lambda correction: (correction.at, correction.id))


def _parse(name: str, content: bytes) -> list[Correction]:
    lines = content.splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):  # left by a writer that died
        lines.pop()
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(Correction.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            what = first["msg"].removeprefix("Value error, ")
            raise CorrectionError(
                f"{name}, line {number}: not a correction "
                f"({place + ': ' if place else ''}{what}). Fix the line, or remove it."
            ) from error
    return found


@dataclass(frozen=True, slots=True)
class Live:
    """The ids and sources of the reports that the datasets will hold."""

    ids: Collection[str]
    sources: Collection[str]


class Held:
    """Corrections that count (neither withdrawn nor replaced), by report.

    The corrections of a report that no longer exists are carried over to the report now in the same
    file or, if that file is gone too, to reports by the same board.
    """

    def __init__(self, corrections: Iterable[Correction], live: Live) -> None:
        every = list(corrections)
        gone = {name for correction in every for name in correction.replaces}
        self._own: dict[str, list[Correction]] = defaultdict(list)
        self._of_source: dict[str, list[Correction]] = defaultdict(list)
        self._of_board: dict[str, list[Correction]] = defaultdict(list)
        for correction in every:
            if correction.id in gone or correction.kind is Kind.WITHDRAWN:
                continue
            if correction.report_id in live.ids:
                self._own[correction.report_id].append(correction)
            elif correction.source in live.sources:
                self._of_source[correction.source].append(correction)
            elif correction.organisation:
                self._of_board[correction.organisation].append(correction)

    def of(self, report_id: str, source: str, organisation: str) -> tuple[Correction, ...]:
        """Returns the corrections of a report, including those carried over to it, oldest first."""
        found = [
            *self._own.get(report_id, ()),
            *self._of_source.get(source, ()),
            *self._of_board.get(organisation, ()),
        ]
        return tuple(_latest(sorted(found, key=lambda correction: (correction.at, correction.id))))


def _latest(corrections: Iterable[Correction]) -> list[Correction]:
    """Each reviewer's latest correction of each thing."""
    held = {_target(correction): correction for correction in corrections}
    return list(held.values())


def _target(correction: Correction) -> tuple[object, ...]:
    kind, mark = correction.kind, correction.mention
    what: tuple[object, ...]
    if kind is Kind.MISSED_ROW:
        what = (correction.id,)
    elif kind in ROW_KINDS:
        what = ("row",)
    elif kind in THEME_KINDS and mark is not None:
        what = ("theme", mark.theme, mark.start, mark.end)
    else:
        what = (correction.field,)
    read = correction.read[0].texts if correction.read else ()
    return (correction.reviewer, read, correction.position, *what)


def digest_of(corrections: Iterable[Correction]) -> str:
    """Digest that changes with a report's corrections and how they are applied; "" for none."""
    lines = [correction.model_dump_json() for correction in corrections]
    if not lines:
        return ""
    return sha256("\n".join((_code_digest(), *lines)).encode()).hexdigest()[:16]


@cache
def _code_digest() -> str:
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
