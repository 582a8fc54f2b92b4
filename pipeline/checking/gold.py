"""Verdicts as gold: what reviewers found right or corrected, for `svar evaluate`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from models.report import Answer, Report, Status
from pipeline.checking.verdicts import Judgement, Verdict

CORRECTED = ("section", "question", "detail", "answer", "comment")
"""Fields that a correct text can replace."""


def gold(reports: Iterable[Report], verdicts: Iterable[Verdict]) -> dict[str, Report]:
    """Returns gold Reports by file name: the answers that are known to be right or corrected.

    An answer is left out where a reviewer was unsure, or where a wrong field has no correct text.
    A report of which not every answer is known has the status `partial`. Themes are no part of
    it.
    """
    by_answer: dict[tuple[str, int], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_answer[verdict.place].append(verdict)
    found: dict[str, Report] = {}
    for report in reports:
        known = [
            corrected
            for answer in report.answers
            if (own := by_answer.get((report.report_id, answer.position)))
            and (corrected := _corrected(answer, own))
        ]
        if known:
            whole = len(known) == len(report.answers) and report.status == Status.OK
            name = f"{PurePosixPath(report.source).stem}-{report.report_id}.json"
            found[name] = replace(
                report,
                answers=tuple(known),
                themes=(),
                problems=(),
                parts=(),
                confidence=1.0,
                status=Status.OK if whole else Status.PARTIAL,
            )
    return found


def _corrected(answer: Answer, verdicts: Iterable[Verdict]) -> Answer | None:
    """An answer as its reviewers say that it should be, or None where they do not say."""
    texts: dict[str, str] = {}
    for verdict in verdicts:
        if verdict.judgement == Judgement.UNSURE:
            return None
        for name, text in verdict.wrong.items():
            if name not in CORRECTED:
                continue
            if text is None or texts.get(name, text) != text:
                return None
            texts[name] = text
    return replace(answer, **texts, confidence=1.0, flags=())  # type: ignore[arg-type]
