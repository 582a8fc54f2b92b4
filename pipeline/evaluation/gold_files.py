"""Finds gold files and the reports they describe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from models.report import Report, from_json


class GoldError(Exception):
    """A gold file cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold report and the file it describes."""

    truth: Report
    report: Path


def open_gold(paths: Iterable[Path], reports: Path | None) -> list[Gold]:
    """Reads gold files, and finds the report that each names in `source`.

    Args:
        paths: JSON files of `svar show --json`, with one report per line or per file, or folders of
            them.
        reports: Folder of the reports, or None if they are in the folder of their gold.

    Raises:
        GoldError: A file is not gold, or its report is not found.
    """
    return [
        Gold(truth, _report(truth, path, reports))
        for path in _files(paths)
        for truth in _truths(path)
    ]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.rglob("*.json")) + sorted(path.rglob("*.jsonl"))
        if not found:
            raise GoldError(
                f"{path} contains no gold files: none ends in .json. Name the gold files, or a "
                "folder of them."
            )
        yield from found


def _truths(path: Path) -> Sequence[Report]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path} cannot be read as UTF-8 text: {error}") from error
    lines = [line for line in text.splitlines() if line.strip()]
    parts = lines if lines and all(line.startswith("{") for line in lines) else [text]
    if len(lines) > 1 and lines[0] == "{":
        parts = [text]
    try:
        return [from_json(part) for part in parts]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise GoldError(
            f"{path} is not a gold file: {place}: {first['msg']}. Gold is the JSON "
            "printed by `svar show --json`, corrected by a person."
        ) from error


def _report(truth: Report, path: Path, reports: Path | None) -> Path:
    folders = [path.parent] if reports is None else [reports, path.parent]
    for folder in folders:
        for name in (truth.source, Path(truth.source).name):
            if name and (folder / name).is_file():
                return folder / name
    where = " or ".join(map(str, folders))
    raise GoldError(
        f"{path}: its report {truth.source!r} (the key `source`) is not found in {where}. "
        "Name the folder of the reports with --reports."
    )
