"""What a command can be given: report files, Reports as JSON, and folders of datasets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from pydantic import ValidationError

from extractors.finish import Reading, finish
from extractors.options import Options
from extractors.readers.limits import MIB
from models.document import Document
from models.form import Form
from models.report import Problem, Report, Severity, from_json
from models.taxonomy import Taxonomy
from pipeline.addresses import Place, is_remote, local_path, open_input
from pipeline.checking.recorded import Places, find_source, places_of
from pipeline.errors import StoppedError
from pipeline.failures import Failure, failed_report, unreadable_id
from pipeline.guard import DEFAULT, Limits, read_guarded
from pipeline.inputs import InputFile, find_inputs
from pipeline.quick_start import import_spacy
from pipeline.store import has_datasets


class InputError(ValueError):
    """A given path cannot be used. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What extraction needs in addition to the file."""

    forms: tuple[Form, ...]
    taxonomy: Taxonomy
    options: Options
    limits: Limits = DEFAULT


@dataclass(frozen=True, slots=True)
class Opened:
    """A report with access to the bytes of its source.

    Attributes:
        report: The report.
        load: Returns the bytes that it was read from, or None if they are not found.
    """

    report: Report
    load: Callable[[], bytes | None]

    def document(self, passwords: tuple[str, ...] = ()) -> Document | None:
        """Returns the source as its reader saw it, or None if the source was not found.

        Raises:
            ReadError: The file cannot be read as a document.
            StoppedError: Reading took too much, or crashed.
        """
        data = self.load()
        if data is None:
            return None
        reader = "plumber" if self.report.reader == "plumber" else "pdfium"
        options = Options(reader=reader, passwords=passwords, ocr=_ocr_of(self.report))
        source = self.report.source
        return read_guarded(partial(_read_document, data, source), source, options)


def _ocr_of(report: Report) -> str:
    """How a report's pages were chosen for text recognition."""
    if not report.ocr_pages:
        return "never"
    return "always" if report.ocr_pages == report.pages else "auto"


def open_inputs(
    paths: Iterable[Place], load_rules: Callable[[], Rules], inputs: Place | None = None
) -> Iterator[Opened]:
    """Yields the reports of files and folders, in the order given.

    Args:
        paths: Report files (PDF, Word, text), folders of them, JSON of `svar show --json`, or
            output folders; each also as an fsspec address.
        load_rules: Returns what extraction needs; called only if there is a file to extract.
        inputs: Where the reports of datasets and JSON were read from, to find their sources.

    Raises:
        InputError: A path cannot be used.
        NoDatasetsError: The files of a dataset cannot be read.
        WrongUseError: An object store cannot be reached.
    """
    rules = cache(load_rules)
    for place in paths:
        if has_datasets(place):
            yield from open_stored(place, inputs=inputs)
            continue
        if is_remote(str(place)):
            for file in find_inputs([str(place)]).files:
                yield _extracted_or_failed(file, rules)
            continue
        path = local_path(str(place))
        if path.is_dir():
            for file in _files_in(path):
                yield _extracted_or_failed(file, rules)
        elif path.suffix.lower() in (".json", ".jsonl"):
            around: list[Place] = [Path(), path.parent, path.parent.parent]
            places = Places().also(*([inputs] if inputs else around))
            for report in _from_json(path):
                yield Opened(report, partial(find_source, report, places))
        else:
            yield _extracted(str(path), path.as_posix(), rules())


def _files_in(folder: Path) -> list[InputFile]:
    """The files in a folder and its subfolders that a run would read or name, by name."""
    files = find_inputs([str(folder)]).files
    if not any(not file.other_kind for file in files):
        raise InputError(
            f"{folder} has neither reports nor datasets. Give report files, or the output folder "
            "of `svar run`."
        )
    return [replace(file, source=f"{folder.as_posix()}/{file.source}") for file in files]


def _extracted_or_failed(file: InputFile, rules: Callable[[], Rules]) -> Opened:
    """Extracts a file that was found; what is no report becomes a failed one, as in a run."""
    if not file.error:
        return _extracted(file.url, file.source, rules())
    kind = Failure.OTHER_KIND if file.other_kind else Failure.UNREADABLE
    failed = failed_report(unreadable_id(file.source), file.source, kind, file.error, {})
    return Opened(failed, lambda: None)


def open_stored(
    out: Place, report_ids: Collection[str] | None = None, *, inputs: Place | None = None
) -> Iterator[Opened]:
    """Yields the reports of an output, all of them or only some.

    Args:
        out: The output of `svar run`.
        report_ids: Which reports; None for all.
        inputs: Where they were read from; None to look where the run recorded, and here.

    Raises:
        NoDatasetsError: The folder has no datasets, or its files cannot be read.
    """
    from pipeline.checking.stored import read_reports  # noqa: PLC0415 - Arrow costs start-up time

    places = places_of(out, inputs)
    if inputs is None:
        places = places.also(Path(), *_around(out))
    for report in read_reports(out, report_ids):
        yield Opened(report, partial(find_source, report, places))


def _around(out: Place) -> list[Place]:
    """An output folder on this machine and its parent folder."""
    if is_remote(str(out)):
        return []
    folder = local_path(str(out))
    return [folder, folder.parent]


def open_recorded(out: Place, inputs: Place | None = None) -> Iterator[Opened]:
    """Yields the reports of an output; sources are opened only where runs read them.

    Args:
        out: The output of `svar run`.
        inputs: Where to look for the sources instead.

    Raises:
        NoDatasetsError: The folder has no datasets, or its files cannot be read.
    """
    from pipeline.checking.stored import read_reports  # noqa: PLC0415 - Arrow costs start-up time

    places = places_of(out, inputs)
    for report in read_reports(out):
        yield Opened(report, partial(find_source, report, places))


def _extracted(url: str, source: str, rules: Rules) -> Opened:
    """Extracts a file; an unreadable one becomes a failed report with the reason."""
    try:
        with open_input(url) as file:
            data = file.read(rules.options.max_size * MIB + 1)
    except Exception as error:  # every object store raises errors of its own
        detail = str(getattr(error, "strerror", None) or error)
        report = failed_report(unreadable_id(source), source, Failure.UNREADABLE, detail, {})
        return Opened(report, lambda: None)

    read = partial(_read_report, data, source, rules.forms)
    prepare = partial(_prepare_themes, rules.taxonomy)
    try:
        readings = read_guarded(read, source, rules.options, rules.limits, meanwhile=prepare)
    except StoppedError as error:
        return Opened(_stopped(data, source, error), lambda: data)
    return Opened(finish(readings, rules.taxonomy), lambda: data)


def _read_report(
    data: bytes, source: str, forms: Sequence[Form], options: Options
) -> tuple[Reading, ...]:
    """Reads a report, in the process apart: only there are the readers loaded."""
    from extractors.extract import read_report  # noqa: PLC0415

    return read_report(data, source, forms, options=options)


def _read_document(data: bytes, source: str, options: Options) -> Document:
    """Reads a document, in the process apart."""
    from extractors.extract import read_document  # noqa: PLC0415

    return read_document(data, source, options)


def _prepare_themes(taxonomy: Taxonomy) -> None:
    """Loads what finds themes, while the first report is read."""
    import_spacy()
    from extractors.themes.tagger import tagger_for  # noqa: PLC0415 - costs start-up time

    tagger_for(taxonomy)


def _stopped(data: bytes, source: str, error: StoppedError) -> Report:
    """A report whose reading ended early."""
    report_id = hashlib.sha256(data).hexdigest()[:16]
    report = failed_report(report_id, source, Failure.CRASHED, "", {})
    problem = Problem(Severity.ERROR, error.code, error.message, stage="read", advice=error.advice)
    return replace(report, problems=(problem,))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error


def _from_json(path: Path) -> list[Report]:
    """Reads one Report as a JSON object, or several as JSON Lines."""
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
        f"{path}, line {line}: not a report as printed by `svar show --json` "
        f"({place + ': ' if place else ''}{first['msg']})."
    )
