"""The whole extraction, from a file's bytes to a finished Report, on one page."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from extractors import checks
from extractors.collector import no_collector
from extractors.doubts import doubt_torn, doubt_unread_below
from extractors.finish import Reading, finish
from extractors.layout.arrange import arrange
from extractors.ocr.layers import with_poor_layers
from extractors.ocr.unread import unread_pages
from extractors.options import DEFAULT, Options
from extractors.readers.dispatch import format_of, read
from extractors.readers.errors import ReadError
from extractors.readers.limits import check_size
from extractors.sheets.places import by_file
from extractors.sheets.two_up import as_pages
from extractors.structure.build import build
from extractors.structure.fit import Fit, best_fit
from extractors.unread_rows import unread_rows
from models.document import Document, Format, ReadProblem
from models.form import Form
from models.report import UNREAD_ROLES, Part, Problem, Report, Severity, Status
from models.taxonomy import Taxonomy


def extract(
    path: Path,
    forms: Sequence[Form],
    taxonomy: Taxonomy,
    *,
    source: str | None = None,
    options: Options = DEFAULT,
) -> Report:
    """Reads a report file. See `extract_bytes`.

    Raises:
        OSError: The file cannot be read from disk.
    """
    return extract_bytes(path.read_bytes(), source or path.name, forms, taxonomy, options=options)


def extract_bytes(
    data: bytes,
    source: str,
    forms: Sequence[Form],
    taxonomy: Taxonomy,
    *,
    options: Options = DEFAULT,
) -> Report:
    """Returns the report that a file holds.

    Bad input gives a report with status `failed` and a problem that says what to do.

    Args:
        data: The bytes of the file.
        source: Its path below the input folder, with `/`.
        forms: The forms it may have been made with.
        taxonomy: The themes to look for.
        options: Reader and passwords.

    Raises:
        ManyPagesError: It has more pages to recognise than the options allow.
    """
    return finish(read_report(data, source, forms, options=options), taxonomy)


def read_report(
    data: bytes, source: str, forms: Sequence[Form], *, options: Options = DEFAULT
) -> tuple[Reading, ...]:
    """Returns what each reader found in a file, for `finish`: one, or two with reader `both`.

    Raises:
        ManyPagesError: It has more pages to recognise than the options allow.
    """
    if options.reader == "both" and format_of(data, source) is Format.PDF:
        return tuple(
            _read_report(data, source, forms, replace(options, reader=reader))
            for reader in ("pdfium", "plumber")
        )
    return (_read_report(data, source, forms, options),)


def _read_report(data: bytes, source: str, forms: Sequence[Form], options: Options) -> Reading:
    empty = Report(report_id_of(data), source, version=code_version())
    try:
        document = read_document(data, source, options)
    except ReadError as error:
        problem = Problem(Severity.ERROR, error.code, error.message, stage="read")
        return Reading(replace(empty, status=Status.FAILED, problems=(problem,)))
    with no_collector():
        return _reading(document, empty, forms)


def read_document(data: bytes, source: str, options: Options = DEFAULT) -> Document:
    """Reads a file as pages of lines; `both` reads as `pdfium`.

    Raises:
        ReadError: The file cannot be read as a document.
        ManyPagesError: It has more pages to recognise than the options allow.
    """
    check_size(len(data), options.max_size)
    reader = "pdfium" if options.reader == "both" else options.reader
    document = read(
        data, source, reader=reader, passwords=options.passwords, max_text=options.max_text
    )
    document = with_poor_layers(document)
    every_page = options.ocr == "always" and document.format is Format.PDF
    if options.ocr == "never" or not (every_page or unread_pages(document)):
        return document
    from extractors.ocr.recognise import recognise  # noqa: PLC0415 - few reports are scans

    return recognise(
        document,
        data,
        options.passwords,
        every_page=every_page,
        most=options.ocr_pages,
        threads=options.ocr_threads,
    )


def report_id_of(data: bytes) -> str:
    """Returns the id of a report: the first 16 hexadecimal digits of its file's SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


@cache
def code_version() -> str:
    """Returns the version of the installed code."""
    return version("svarsutdrag")


def _reading(document: Document, empty: Report, forms: Sequence[Form]) -> Reading:
    """Builds a report from its document: layout, structure, checks against the source."""
    count, recognised = len(document.pages), sum(page.recognised for page in document.pages)
    document = as_pages(document)
    report = replace(
        empty,
        format=document.format.value,
        reader=document.reader,
        pages=count if document.paged else None,
        ocr_pages=recognised,
    )
    problems = [_read_problem(problem) for problem in document.problems]
    fit = best_fit(document, forms)
    if fit.missing:
        if not any(problem.severity is Severity.ERROR for problem in problems):
            problems.append(_misfit(document, fit, empty.source))
        return Reading(replace(report, status=Status.FAILED, problems=tuple(problems)))
    form = fit.form
    layout = arrange(document, form)
    problems += [_read_problem(problem) for problem in layout.problems]
    structure = build(document, layout, form)
    if not structure.answers:
        problems.append(_misfit(document, fit, empty.source))
    found = checks.other_problems(document, structure.parts, form)
    found += checks.unread_tables(document, structure.parts, form)
    found += checks.lost_rows(document, structure.parts, form)
    blank = unread_rows(document, structure.parts, form)
    found += blank
    found += checks.stamp_problems(document)
    found += _left_over(document, structure.parts, form)
    found += checks.tiling_problems(document, structure.parts)
    if recognised:
        from extractors.ocr.missed import missed_rows  # noqa: PLC0415 - few reports are scans

        found += missed_rows(document, structure.parts, form)
    torn = doubt_torn(structure.answers, checks.torn_rows(document, structure.parts))
    report = replace(
        report,
        form=form.id,
        organisation=structure.organisation,
        title=structure.title,
        preamble=structure.preamble,
        sections=structure.sections,
        answers=doubt_unread_below(torn, blank),
        problems=(*problems, *found),
        parts=structure.parts,
    )
    report = by_file(report, document.pages)
    own = len(problems)
    return Reading(replace(report, problems=report.problems[:own]), checks=report.problems[own:])


def _misfit(document: Document, fit: Fit, source: str) -> Problem:
    from extractors.suggesting.misfit import misfit  # noqa: PLC0415 - few reports need it

    return Problem(
        Severity.ERROR,
        "no-form",
        misfit(document, fit),
        page=1 if document.paged else None,
        advice=f"Make a form of it: svar form suggest {shlex.quote(source)} -o FORM.toml. "
        "Then give it with --form.",
    )


def _left_over(document: Document, parts: Sequence[Part], form: Form) -> list[Problem]:
    """Returns an error for each table that seems to ask and that the form does not know."""
    if not any(part.role in UNREAD_ROLES for part in parts):
        return []
    from extractors.suggesting.left_over import tables_left_over  # noqa: PLC0415 - start-up
    from extractors.suggesting.wording import named  # noqa: PLC0415

    return [
        Problem(
            Severity.ERROR,
            "table-unknown",
            f"A table that seems to contain questions is not in the form “{form.id}”: "
            f"{named(kind)}.",
            page=kind.pages[0] if kind.pages else None,
            stage="check",
            advice="If it is part of the questionnaire, add it to the form: svar form suggest "
            "shows what its columns seem to hold.",
        )
        for kind in tables_left_over(document, parts, form)
    ]


def _read_problem(problem: ReadProblem) -> Problem:
    return Problem(
        Severity(problem.severity), problem.code, problem.message, page=problem.page, stage="read"
    )
