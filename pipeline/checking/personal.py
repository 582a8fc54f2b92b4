"""Personal identity numbers in what is to be shared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from personnummer import personnummer

from models.report import Report
from pipeline.checking.consistency import Finding, Kind, Place, where

CANDIDATE = re.compile(r"(?<!\d)(?:\d{2})?\d{6}\s?[-–+]?\s?\d{4}(?!\d)")
"""Ten or twelve digits as such numbers are written, also cut by a line end."""


def personal_numbers(reports: Sequence[Report]) -> Iterator[Finding]:
    """Yields personal identity and coordination numbers with a valid date and check digit.

    Only the date is shown of what is found, so that the list can be handed on.
    """
    for report in reports:
        for field, text, place in _texts(report):
            for number in numbers(text):
                masked = re.sub(r"\d{4}$", "****", number)
                yield Finding(Kind.PERSONAL_NUMBER, f"{masked} in {field}", (place,))


def numbers(text: str) -> list[str]:
    """Returns the valid numbers in a text, as they are written."""
    return [found for found in CANDIDATE.findall(text) if _is_valid(found)]


def _is_valid(candidate: str) -> bool:
    bare = re.sub(r"\s", "", candidate).replace("–", "-")
    valid: bool = personnummer.valid(bare)
    return valid


def _texts(report: Report) -> Iterator[tuple[str, str, Place]]:
    """Yields all text of a report that the datasets hold."""
    own = where(report)
    yield "source", report.source, own
    yield "title", report.title, own
    yield "organisation", report.organisation, own
    yield "preamble", report.preamble, own
    for section in report.sections:
        yield f"title of {section.section}", section.title, own
        yield f"instruction of {section.section}", section.instruction, own
    for answer in report.answers:
        for field in ("question", "detail", "answer", "comment"):
            yield field, getattr(answer, field), where(report, answer)
    for problem in report.problems:
        yield "problem", problem.message, own
