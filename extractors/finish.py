"""The last steps of the extraction, which need only the report: themes, doubts and its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import doubts, themes
from extractors.collector import no_collector
from models.report import Answer, Mention, Problem, Report
from models.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in a file.

    Attributes:
        report: The report without themes; final if no form fits.
        checks: The problems that checks against the source found. They come after those of the
            answers.
    """

    report: Report
    checks: tuple[Problem, ...] = ()


def finish(readings: Sequence[Reading], taxonomy: Taxonomy) -> Report:
    """Returns the report of a file.

    Args:
        readings: What `extractors.extract.read_report` returned.
        taxonomy: The themes to look for.
    """
    with no_collector():
        reports = [_finished(reading, taxonomy) for reading in readings]
    if len(reports) == 1:
        return reports[0]
    from extractors.crosscheck import reconcile  # noqa: PLC0415 - few reports are read twice

    return reconcile(*reports)


def _finished(reading: Reading, taxonomy: Taxonomy) -> Report:
    report = reading.report
    if not report.form:
        return report
    problems = list(report.problems)
    mentions = themes.tag(report.answers, taxonomy)
    answers, contradictions = _contradictions(report.answers, mentions, taxonomy)
    for doubt in (doubts.doubt_all, doubts.doubt_unanswered):
        answers, found = doubt(answers)
        problems += found
    problems += doubts.answer_problems(answers)
    problems += contradictions
    problems += reading.checks
    report = replace(
        report,
        answers=answers,
        themes=mentions,
        problems=tuple(problems),
        confidence=_mean([answer.confidence for answer in answers]),
    )
    return replace(report, status=doubts.status_of(report))


def _contradictions(
    answers: Sequence[Answer], mentions: Sequence[Mention], taxonomy: Taxonomy
) -> tuple[tuple[Answer, ...], list[Problem]]:
    """Returns the answers, flagged where their comment contradicts them, and the problems."""
    problems = themes.contradictions(answers, mentions, taxonomy)
    positions = {problem.position for problem in problems}
    flagged = tuple(
        replace(answer, flags=(*answer.flags, "contradiction"))
        if answer.position in positions
        else answer
        for answer in answers
    )
    return flagged, problems


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
