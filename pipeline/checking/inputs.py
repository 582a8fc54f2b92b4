"""What a person can point at: report files, Reports as JSON, and folders of datasets."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from extractors.extract import Options, extract_bytes, read_document
from models.document import Document
from models.form import Form
from models.report import Report, from_json
from models.taxonomy import Taxonomy
from pipeline.checking.stored import has_datasets, read_reports
from pipeline.failures import Failure, failed_report, unreadable_id
from pipeline.inputs import KINDS


class InputError(ValueError):
    """Something that was pointed at cannot be used. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What extraction needs besides the file."""

    forms: tuple[Form, ...]
    taxonomy: Taxonomy
    options: Options


@dataclass(frozen=True, slots=True)
class Opened:
    """A report, and how to get the bytes of its source.

    Attributes:
        report: The report.
        load: Returns the bytes that it was read from, or None where they are not found.
    """

    report: Report
    load: Callable[[], bytes | None]

    def document(self, passwords: tuple[str, ...] = ()) -> Document | None:
        """Returns the source as its reader saw it, or None where the source was not found."""
        data = self.load()
        if data is None:
            return None
        reader = "plumber" if self.report.reader == "plumber" else "pdfium"
        return read_document(data, self.report.source, Options(reader=reader, passwords=passwords))


def open_inputs(
    paths: Iterable[Path], load_rules: Callable[[], Rules], inputs: Path | None = None
) -> Iterator[Opened]:
    """Yields the reports of files and folders, in the order given.

    Args:
        paths: Report files (PDF, Word, text), folders of them, JSON of `svar show --json`, or
            output folders.
        load_rules: Gives what extraction needs; called only if there is a file to extract.
        inputs: Folder that the reports of datasets and JSON were read from, to find the sources.

    Raises:
        InputError: A path cannot be used.
        NoDatasetsError: The files of a dataset cannot be read.
    """
    rules = cache(load_rules)
    for path in paths:
        if has_datasets(path):
            yield from open_stored(path, inputs=inputs)
        elif path.is_dir():
            for file in _report_files(path):
                yield _extracted(file, rules())
        elif path.suffix.lower() in (".json", ".jsonl"):
            for report in _from_json(path):
                yield Opened(report, partial(find_source, report, _roots(path.parent, inputs)))
        else:
            yield _extracted(path, rules())


def _report_files(folder: Path) -> list[Path]:
    """The report files in a folder and below, in order of their names."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS)
    if not files:
        raise InputError(
            f"{folder} holds neither reports nor datasets. Give report files, or the folder that "
            "`svar run … --out` wrote."
        )
    return files


def open_stored(
    folder: Path, report_ids: Collection[str] | None = None, *, inputs: Path | None = None
) -> Iterator[Opened]:
    """Yields the reports of an output folder, all of them or only some.

    Args:
        folder: The output folder of `svar run`.
        report_ids: Which reports; None for all.
        inputs: Folder that they were read from; None to look where the run says, and here.

    Raises:
        NoDatasetsError: The folder holds no datasets, or files that cannot be read.
    """
    roots = _roots(folder, inputs)
    for report in read_reports(folder, report_ids):
        yield Opened(report, partial(find_source, report, roots))


def _extracted(path: Path, rules: Rules) -> Opened:
    """Extracts a file; one that cannot be read is a failed report, with the reason."""
    source = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        detail = error.strerror or str(error)
        report = failed_report(unreadable_id(source), source, Failure.UNREADABLE, detail, {})
        return Opened(report, lambda: None)
    report = extract_bytes(data, source, rules.forms, rules.taxonomy, options=rules.options)
    return Opened(report, lambda: data)


def find_source(report: Report, roots: Sequence[Path]) -> bytes | None:
    """Returns the bytes that a report was read from, or None where no such file is found.

    A file counts only if its content is what was read: its digest is the report's id.
    """
    if len(report.report_id) != 16:
        return None
    for root in roots:
        path = root / report.source
        if path.is_file():
            data = path.read_bytes()
            if sha256(data).hexdigest().startswith(report.report_id):
                return data
    return None


def _roots(near: Path, inputs: Path | None) -> list[Path]:
    """Where sources are looked for: the folder that was named, else where runs read, and here."""
    return [inputs] if inputs else [*_run_inputs(near), Path(), near, near.parent]


def _run_inputs(folder: Path) -> list[Path]:
    """The folders that the runs of an output folder read from, the newest run first."""
    roots: list[Path] = []
    for record in sorted((folder / "runs").glob("*.json"), reverse=True):
        try:
            paths = json.loads(record.read_bytes())["options"]["paths"]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # no record, or one of another version: the other places remain
        for path in map(Path, paths):
            roots.append(path if path.is_dir() else path.parent)
    return roots


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error


def _from_json(path: Path) -> list[Report]:
    """Reads one Report as an object, or several as JSON lines."""
    data = _read(path)
    try:
        return [from_json(data)]
    except ValidationError as error:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2:
            raise _not_a_report(path, 1, error) from error
    reports = []
    for number, line in enumerate(lines, 1):
        try:
            reports.append(from_json(line))
        except ValidationError as error:
            raise _not_a_report(path, number, error) from error
    return reports


def _not_a_report(path: Path, line: int, error: ValidationError) -> InputError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return InputError(
        f"{path}, line {line}: is no report as `svar show --json` prints it "
        f"({place + ': ' if place else ''}{first['msg']})."
    )
