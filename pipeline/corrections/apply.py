"""Applying corrections to a report, as a pure function of the report as read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors import doubts
from extractors import themes as tagging
from models.corrections import THEME_KINDS, Correction, Kind, RowText
from models.form import Form
from models.report import (
    Answer,
    AppliedCorrection,
    Mention,
    Problem,
    Report,
    Severity,
)
from models.taxonomy import Taxonomy
from pipeline.corrections import NOT_APPLIED
from pipeline.corrections.conflicts import Placed, settle
from pipeline.corrections.places import as_text, find
from pipeline.corrections.rows import Row, build_rows
from pipeline.corrections.themes import Marked, mark

_RETOLD = frozenset({"section", "question", "answer", "code", "comment"})


@dataclass(frozen=True, slots=True)
class Applied:
    """A report with its corrections applied.

    Attributes:
        report: The corrected report, with the state of each correction.
        rows: Where each of its answers comes from, in their order.
    """

    report: Report
    rows: list[Row]


def apply(
    report: Report, corrections: Sequence[Correction], forms: Iterable[Form], taxonomy: Taxonomy
) -> Applied:
    """Applies the corrections of a report.

    Themes and contradictions are searched for again if the text changed. A correction is not
    applied if the report now reads differently from what its reviewer saw, or if reviewers
    disagree; it then becomes a problem, and a flag of its answer.

    Args:
        report: The report as read.
        corrections: Its corrections that count, oldest first.
        forms: The forms it may have been read with, for answer codes.
        taxonomy: The themes to look for.
    """
    texts = [RowText.of(answer) for answer in report.answers]
    keys = [answer.key for answer in report.answers]
    placed = settle(
        [
            Placed(correction, found.state, found.index, found.reason)
            for correction in corrections
            if correction.kind not in THEME_KINDS
            for found in [find(texts, keys, correction, own=_own(correction, report))]
        ]
    )
    form = next((form for form in forms if form.id == report.form), None)
    rows = build_rows(report.answers, placed, form)
    mentions = _mentions(report, rows, taxonomy)
    marked = mark(rows, texts, keys, mentions, corrections, taxonomy)
    outcomes = [*(_outcome(item, rows) for item in placed), *marked.outcomes]
    return Applied(_finish(report, rows, marked, outcomes, taxonomy), rows)


def _own(correction: Correction, report: Report) -> bool:
    return correction.report_id == report.report_id


def _mentions(report: Report, rows: Sequence[Row], taxonomy: Taxonomy) -> list[Mention]:
    """The mentions in all rows; changed comments are tagged again."""
    kept = {row.old[0] + 1: row.position for row in rows if row.old and not row.retag}
    mentions = [
        replace(mention, position=kept[mention.position])
        for mention in report.themes
        if mention.position in kept
    ]
    changed = [row.answer for row in rows if row.retag]
    if changed:
        mentions += tagging.tag(changed, taxonomy)
    return sorted(mentions, key=lambda mention: (mention.position, mention.start, mention.end))


def _outcome(item: Placed, rows: Sequence[Row]) -> AppliedCorrection:
    """The state of a correction of a field or of rows, for the datasets."""
    correction = item.correction
    row = next((row for row in rows if correction.id in row.by), None)
    if row is None and correction.kind is not Kind.MISSED_ROW:
        row = next((row for row in rows if item.index is not None and item.index in row.old), None)
    is_field = correction.kind is Kind.FIELD
    return AppliedCorrection(
        kind=str(correction.kind),
        field=correction.field if is_field else "row",
        read=getattr(correction.read[0], correction.field) if is_field else _read(correction),
        corrected=correction.value if is_field else as_text(correction.rows),
        state=item.state,
        reviewer=correction.reviewer,
        at=correction.at,
        correction=correction.id,
        made_on=correction.report_id,
        position=row.position if row else None,
        key=row.answer.key if row else correction.key,
        reason=item.reason,
        note=correction.note,
    )


def _read(correction: Correction) -> str:
    return "" if correction.kind is Kind.MISSED_ROW else as_text(correction.read)


def _finish(
    report: Report,
    rows: Sequence[Row],
    marked: Marked,
    outcomes: Sequence[AppliedCorrection],
    taxonomy: Taxonomy,
) -> Report:
    """The report with corrected rows, themes, problems and counts."""
    changed = {
        row.position for row in rows if row.fields & _RETOLD or row.position in marked.positions
    }
    answers = [_with_themes(row.answer, marked.positions) for row in rows]
    found = tagging.contradictions(
        [answer for answer in answers if answer.position in changed],
        [mention for mention in marked.mentions if mention.position in changed],
        taxonomy,
    )
    contradicted = {problem.position for problem in found}
    waiting = [item for item in outcomes if item.state in NOT_APPLIED]
    answers = [_reflag(answer, changed, contradicted, waiting) for answer in answers]
    problems = [
        *_kept_problems(report, rows, changed),
        *doubts.answer_problems([answer for answer in answers if answer.position in changed]),
        *found,
        *map(_problem, waiting),
    ]
    finished = replace(
        report,
        answers=tuple(answers),
        themes=tuple(marked.mentions),
        problems=tuple(problems),
        corrections=tuple(sorted(outcomes, key=lambda item: (item.position or 0, item.at))),
        confidence=round(sum(answer.confidence for answer in answers) / len(answers), 3)
        if answers
        else 0.0,
    )
    return replace(finished, status=doubts.status_of(finished))


def _with_themes(answer: Answer, positions: frozenset[int]) -> Answer:
    if answer.position not in positions:
        return answer
    return replace(answer, corrected=(*answer.corrected, "themes"))


def _reflag(
    answer: Answer,
    changed: set[int],
    contradicted: set[int | None],
    waiting: Sequence[AppliedCorrection],
) -> Answer:
    """An answer with flags updated for its corrected text."""
    flags = list(answer.flags)
    if answer.position in changed:
        flags = [flag for flag in flags if flag != "contradiction"]
        flags += ["contradiction"] if answer.position in contradicted else []
    flags += sorted({NOT_APPLIED[i.state] for i in waiting if i.position == answer.position})
    return answer if flags == list(answer.flags) else replace(answer, flags=tuple(flags))


def _kept_problems(report: Report, rows: Sequence[Row], changed: set[int]) -> list[Problem]:
    """The report's problems at their rows' new positions, except those searched for again."""
    now = {row.old[0] + 1: row.position for row in rows if row.old and not row.made}
    again = {
        problem.code
        for problem in doubts.answer_problems(report.answers)  # derived from flags alone
    } | {"contradiction"}
    kept = []
    for problem in report.problems:
        if problem.position is None:
            kept.append(problem)
        elif problem.position in now:
            position = now[problem.position]
            if position not in changed or problem.code not in again:
                kept.append(replace(problem, position=position))
    return kept


def _problem(item: AppliedCorrection) -> Problem:
    return Problem(
        Severity.WARNING,
        NOT_APPLIED[item.state],
        f"{item.key}: a correction of {item.field} by {item.reviewer} is not applied. "
        f"{item.reason}",
        position=item.position,
        stage="check",
        advice="Review the answer in `svar open` and decide again.",
    )
