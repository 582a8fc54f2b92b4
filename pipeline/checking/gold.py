"""A gold standard from verdicts and corrections, for `svar evaluate`."""

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
    """Returns gold Reports by file name: the answers that are confirmed or corrected.

    An answer is included if a reviewer judged its current reading or corrected it. It is left out
    if a reviewer was unsure, if a wrong field has no correct text, or if a correction is not
    applied. A report with answers left out gets the status `partial`. Themes are not part of the
    gold standard.
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
    """Whether a reviewer gave a text for it and no correction of it is in doubt."""
    waiting = set(NOT_APPLIED.values()) & set(answer.flags)
    return bool(set(answer.corrected) - {"themes"}) and not waiting


def _corrected(answer: Answer, verdicts: Iterable[Verdict]) -> Answer | None:
    """An answer as it should be according to its reviewers, or None if they do not say."""
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
