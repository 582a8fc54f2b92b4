"""Checks a form against reports: what it reads from each, and what does not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from extractors.doubts import ANSWER_BLANK, ANSWER_UNKNOWN
from extractors.layout.tables.heads import key_of
from extractors.suggesting.kinds import Kind, kinds_of
from extractors.suggesting.tables import grids_of
from extractors.suggesting.wording import named, shortened
from models.document import Document
from models.form import Form
from models.form_tables import Column
from models.report import UNREAD_ROLES, Answer, Report, Role, Severity, Status
from pipeline.evaluation.compare import doubted

COLUMNS = (
    "report", "rows", "answered", "known", "refs", "sections", "comments", "doubtful", "unread",
    "status",
)  # fmt: skip
"""Columns of the counts per report; `unread` counts lines that belong to nothing."""

_FEWEST_ROWS = 3
_FEWEST_LEFT_OUT = 3
_MOST_WORDS = 8
_LABEL = re.compile(r"(?P<label>[^\W\d][^:.?\n]{1,40}?)\s*:")


@dataclass(frozen=True)
class Tried:
    """A report as read with a form."""

    name: str
    document: Document
    report: Report


@dataclass
class Checked:
    """The result of checking a form against reports.

    Attributes:
        rows: The counts of each report, by COLUMNS.
        findings: What does not fit and what to do, one per cause.
        notes: What a person should know but need not fix.
        failed: Number of reports that the form does not fit.
    """

    rows: list[tuple[object, ...]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: int = 0


def check_form(form: Form, tried: Sequence[Tried]) -> Checked:
    """Returns what a form reads from reports, and what does not fit them."""
    checked = Checked()
    kinds = kinds_of(grids_of(one.document) for one in tried)
    for one in tried:
        findings = list(_findings(one))
        checked.rows.append(_counts(one))
        checked.findings += findings
        checked.failed += bool(findings)
    checked.findings += _unread_tables(form, kinds)
    checked.findings += _missing_heads(form, kinds)
    checked.notes += _unknown_words(tried)
    return checked


def _counts(one: Tried) -> tuple[object, ...]:
    answers = one.report.answers
    return (
        one.name,
        len(answers),
        sum(bool(answer.answer) for answer in answers),
        sum(bool(own.answer) and ANSWER_UNKNOWN not in own.flags for own in answers),
        sum(answer.ref is not None for answer in answers),
        len({answer.section for answer in answers} - {""}),
        sum(bool(answer.comment) for answer in answers),
        sum(map(doubted, answers)),
        len(_left_out(one)),
        one.report.status.value,
    )


def _findings(one: Tried) -> Iterable[str]:
    """Signs that the form does not fit a report."""
    answers = one.report.answers
    errors = [own for own in one.report.problems if own.severity is Severity.ERROR]
    if one.report.status is Status.FAILED:
        yield f"{one.name}: {errors[0].message if errors else 'nothing was read.'}"
        return
    blank = sum(ANSWER_BLANK in answer.flags for answer in answers)
    unknown = sum(ANSWER_UNKNOWN in answer.flags for answer in answers)
    outside = [f"{count} “{label}:” outside rows" for label, count in _labels(_outside(one))]
    if 2 * blank > len(answers):
        yield _sentence(
            one.name,
            [f"{blank} of {len(answers)} answers blank", *outside],
            "Check `holds` for the columns, and `labels.answer` and `labels.comment`.",
        )
    elif outside:
        yield _sentence(one.name, outside, "Add the label to `labels.comment`, or add its column.")
    if 2 * unknown > len(answers):
        yield _sentence(
            one.name,
            [f"{unknown} of {len(answers)} answers are not among the form's answer words"],
            "Add them under [[answers]], or set `free_text = true` for the column.",
        )
    doubtful = sum(map(doubted, answers))
    if 2 * doubtful > len(answers) and 2 * max(blank, unknown) <= len(answers):
        flags = Counter(flag for answer in answers for flag in answer.flags).most_common(3)
        yield _sentence(
            one.name,
            [f"{doubtful} of {len(answers)} rows doubtful", *(f"{n} {flag}" for flag, n in flags)],
            "Compare some rows with the report: svar show shows them.",
        )


def _sentence(name: str, parts: Sequence[str], advice: str) -> str:
    return f"{name}: {', '.join(parts)}. {advice}"


def _left_out(one: Tried) -> list[str]:
    """The lines that belong to no heading, question, answer or comment."""
    numbers = {part.line for part in one.report.parts if part.role is Role.OTHER}
    return [line.text.strip() for line in one.document.lines if line.number in numbers]


def _outside(one: Tried) -> list[str]:
    """The lines outside rows and headings."""
    numbers = {part.line for part in one.report.parts if part.role in UNREAD_ROLES}
    return [line.text.strip() for line in one.document.lines if line.number in numbers]


def _labels(lines: Iterable[str]) -> list[tuple[str, int]]:
    """The labels that several lines open with."""
    found = Counter(match["label"] for line in lines if (match := _LABEL.match(line)))
    return [(label, count) for label, count in found.most_common() if count >= _FEWEST_LEFT_OUT]


def _unread_tables(form: Form, kinds: Sequence[Kind]) -> Iterable[str]:
    """Tables in the reports whose headers are not in the form."""
    for kind in kinds:
        keys = {key_of(head) for head in kind.heads if head}
        read = any(
            all(
                any(key_of(head) in keys for head in column.heads)
                for column in table.columns
                if column.holds is not Column.OTHER
            )
            for table in form.tables
        )
        if not read and form.tables and len(kind.rows) >= _FEWEST_ROWS:
            yield (
                f"The form has no table with the column headers {named(kind)}. "
                "Add it if it contains questions."
            )


def _missing_heads(form: Form, kinds: Sequence[Kind]) -> Iterable[str]:
    """Columns of the form with no header over any table column."""
    seen = {key_of(head): head for kind in kinds for head in kind.heads if head}
    for table in form.tables:
        missing = [
            column
            for column in table.columns
            if not any(key_of(head) in seen for head in column.heads)
        ]
        if missing:
            named = "; ".join(_with_nearest(column.heads, seen) for column in missing)
            yield (
                f"Column headers of the table “{table.id}” that no table in the reports has: "
                f"{named}. Write them as they are printed, or remove the columns."
            )


def _with_nearest(heads: Sequence[str], seen: dict[str, str]) -> str:
    near = process.extractOne(key_of(heads[0]), list(seen), scorer=fuzz.ratio, score_cutoff=50)
    named = " or ".join(f"“{head}”" for head in heads)
    return f"{named} (the nearest is “{seen[near[0]]}”)" if near else named


def _unknown_words(tried: Sequence[Tried]) -> Iterable[str]:
    answers: Iterable[Answer] = (answer for one in tried for answer in one.report.answers)
    words = Counter(own.answer for own in answers if ANSWER_UNKNOWN in own.flags)
    if words:
        listed = ", ".join(f"“{shortened(word)}” {n}" for word, n in words.most_common(_MOST_WORDS))
        yield f"Answers that are not among the form's answer words, with their counts: {listed}."
