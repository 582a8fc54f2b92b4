"""Verdicts matched with the datasets that they judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from models.report import Mention, Report, Status
from pipeline.addresses import Place
from pipeline.checking.accuracy import Accuracy, by_sample, measure
from pipeline.checking.sampling import By, read_units
from pipeline.checking.stored import read_reports, read_rows
from pipeline.checking.verdicts import Judgement, Verdict, agreement, read_digest
from pipeline.corrections.publishing import as_read
from pipeline.store import open_store


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement between two reviewers.

    Attributes:
        first: One reviewer.
        second: The other.
        answers: Answers that both judged.
        share: Share of them on which the reviewers agree.
        kappa: Cohen's kappa.
    """

    first: str
    second: str
    answers: int
    share: float
    kappa: float


def current(out: Place, verdicts: Sequence[Verdict]) -> tuple[list[Verdict], int]:
    """Returns the verdicts on the current reading, and the number of outdated ones.

    A verdict on the original reading still counts after a correction has replaced it: the figures
    then describe the reading.

    Raises:
        NoDatasetsError: The folder has no datasets.
    """
    store = open_store(out)
    held: dict[tuple[str, int], str] = {}
    read: dict[str, set[str]] = {}
    for report in read_reports(out, {verdict.report_id for verdict in verdicts}):
        held |= digests(report)
        if report.corrections and (first := as_read(store, report.report_id)):
            read[report.report_id] = set(digests(first).values())
    kept = [
        verdict
        for verdict in verdicts
        if held.get(verdict.place) == verdict.read
        or verdict.read in read.get(verdict.report_id, ())
    ]
    return kept, len(verdicts) - len(kept)


def digests(report: Report) -> dict[tuple[str, int], str]:
    """Returns digests of what is judged, by answer."""
    themes: dict[int, list[Mention]] = {answer.position: [] for answer in report.answers}
    for mention in report.themes:
        themes[mention.position].append(mention)
    return {
        (report.report_id, answer.position): read_digest(
            answer, (f"{m.theme} {m.start} {m.end} {m.assertion}" for m in themes[answer.position])
        )
        for answer in report.answers
    }


def measure_all(out: Place, verdicts: Sequence[Verdict]) -> list[Accuracy]:
    """Returns the accuracy from each sample, the one with the most verdicts last."""
    measured = []
    for (_, by), own in by_sample(verdicts).items():
        if all(verdict.judgement == Judgement.UNSURE for verdict in own):
            continue
        units = read_units(out, By(by) if by else None)
        measured.append(measure(own, {(u.report_id, u.position): u.stratum for u in units}))
    return sorted(measured, key=lambda accuracy: (accuracy.judged, accuracy.seed))


def unread(out: Place) -> str:
    """Returns a note on failed reports, which are not in any sample; "" if there are none."""
    rows = read_rows(out, "reports", columns=["report_id", "status"])
    failed = sum(row["status"] == Status.FAILED for row in rows)
    if not failed:
        return ""
    return f"{failed} of {len(rows)} reports could not be read: the figures do not cover them."


def agreements(verdicts: Sequence[Verdict]) -> list[Agreement]:
    """Returns the agreement of each pair of reviewers that judged the same answers."""
    reviewers = sorted({verdict.reviewer for verdict in verdicts})
    found = []
    for first, second in combinations(reviewers, 2):
        answers, share, kappa = agreement(
            [v for v in verdicts if v.reviewer == first],
            [v for v in verdicts if v.reviewer == second],
        )
        if answers:
            found.append(Agreement(first, second, answers, share, kappa))
    return found
