"""The answers of a sample with their reports and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.report import Answer
from pipeline.addresses import Place
from pipeline.checking.drawing import as_png
from pipeline.checking.export import records
from pipeline.checking.inputs import Opened, open_stored
from pipeline.checking.page_picture import DRAWN, PictureError, page_pictures
from pipeline.checking.sampling import Sample, Unit
from pipeline.checking.sheet import Entry
from pipeline.checking.source_lines import SourceLine, source_lines

SHEET_DPI = 100
"""Resolution of the images in a sheet, in dpi: legible on paper, small enough to e-mail."""


def open_units(
    out: Place, units: Sequence[Unit], inputs: Place | None = None
) -> list[tuple[Unit, Opened, Answer]]:
    """Returns the drawn answers with their reports, in the order of the sample.

    Raises:
        NoDatasetsError: The folder has no datasets.
    """
    wanted = {unit.report_id for unit in units}
    held = {one.report.report_id: one for one in open_stored(out, wanted, inputs=inputs)}
    answers = {
        (report_id, answer.position): answer
        for report_id, one in held.items()
        for answer in one.report.answers
    }
    return [
        (unit, held[unit.report_id], answers[unit.report_id, unit.position])
        for unit in units
        if (unit.report_id, unit.position) in answers
    ]


def entries(
    drawn: Sequence[tuple[Unit, Opened, Answer]], passwords: tuple[str, ...] = ()
) -> Iterator[Entry]:
    """Yields the entries of a sheet, with images of PDF pages, else with source lines."""
    for _, one, answer in drawn:
        if one.report.format in DRAWN:
            yield Entry(one.report, answer, _pictures(one, answer, passwords))
        else:
            yield Entry(one.report, answer, lines=lines_of(one, answer, passwords))


def lines_of(one: Opened, answer: Answer, passwords: tuple[str, ...] = ()) -> list[SourceLine]:
    """Returns the source lines of an answer; none if the source was not found."""
    document = one.document(passwords)
    return source_lines(document, one.report, answer) if document else []


def as_record(sample: Sample, drawn: Sequence[tuple[Unit, Opened, Answer]]) -> dict[str, Any]:
    """Returns a sample for `--json`: how it was drawn, its strata and its answers."""
    strata = {stratum.name: stratum for stratum in sample.strata}
    return {
        "seed": sample.seed,
        "by": sample.by,
        "population": sample.population,
        "strata": [
            {"name": s.name, "population": s.population, "drawn": s.drawn} for s in sample.strata
        ],
        "answers": [
            {
                **record,
                "stratum": unit.stratum,
                "weight": strata[unit.stratum].population / strata[unit.stratum].drawn,
            }
            for (unit, _, _), record in zip(
                drawn, records((one.report, answer) for _, one, answer in drawn), strict=True
            )
        ],
    }


def _pictures(one: Opened, answer: Answer, passwords: tuple[str, ...]) -> dict[int, bytes]:
    data = one.load()
    if data is None:
        return {}
    try:
        pictures = page_pictures(
            data, one.report, answer, passwords=passwords, dpi=SHEET_DPI, crop=True
        )
    except PictureError:
        return {}
    return {number: as_png(picture) for number, picture in pictures.items()}
