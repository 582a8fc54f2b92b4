"""Verdicts and corrections as gold: what reviewers say is right, for `svar evaluate`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from models.report import Answer, Report, Status
from pipeline.checking.judged import digests
from pipeline.checking.verdicts import Judgement, Verdict
from pipeline.corrections import NOT_APPLIED

CORRECTED = ("section", "question", "detail", "answer", "comment")
"""Fields that a correct text can replace."""


def gold(reports: Iterable[Report], verdicts: Iterable[Verdict]) -> dict[str, Report]:
    """Returns gold Reports by file name: the answers that are known to be right or corrected.

    An answer is known where a reviewer judged what it reads now, or corrected it. It is left out
    where a reviewer was unsure, where a wrong field has no correct text, or where a correction is
    not applied. A report of which not every answer is known has the status `partial`. Themes are
    no part of it.
    """
    by_text: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_text[verdict.report_id, verdict.read].append(verdict)
    found: dict[str, Report] = {}
    for report in reports:
        texts = digests(report)
        known = []
        for answer in report.answers:
            own = by_text[report.report_id, texts[report.report_id, answer.position]]
            corrected = _corrected(answer, own)
            if corrected and (own or _is_corrected(answer)):
                known.append(corrected)
        if known:
            whole = len(known) == len(report.answers) and report.status == Status.OK
            name = f"{PurePosixPath(report.source).stem}-{report.report_id}.json"
            found[name] = replace(
                report,
                answers=tuple(known),
                themes=(),
                problems=(),
                parts=(),
                corrections=(),
                confidence=1.0,
                status=Status.OK if whole else Status.PARTIAL,
            )
    return found


def _is_corrected(answer: Answer) -> bool:
    """Whether a reviewer gave a text of it, and none is in doubt."""
    waiting = set(NOT_APPLIED.values()) & set(answer.flags)
    return bool(set(answer.corrected) - {"themes"}) and not waiting


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
    return replace(answer, **texts, confidence=1.0, flags=(), corrected=())  # type: ignore[arg-type]
