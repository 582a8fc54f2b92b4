"""Selects answers from reports: by place, board, code or theme, or by need for review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import process

from models.report import Answer, Report, Severity
from pipeline.corrections import NOT_APPLIED

if TYPE_CHECKING:
    from models.taxonomy import Taxonomy
    from pipeline.checking.inputs import Opened

SURE = 0.8
"""An answer with a confidence below this needs review even without a flag."""

NO_DOUBT = frozenset({"cut"})
"""Flags that describe how a row was processed without casting doubt on it."""


class UnknownNameError(LookupError):
    """The selection names something that no report has. The message gives the closest matches."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which answers to select; None and False mean no restriction.

    Attributes:
        section: A section's number; its subsections are included.
        question: A question's key, such as `1.2.3/5:2`.
        theme: A theme's id.
        flagged: Only what needs review.
        board: Part of the name of a board or its file, ignoring case, or a report's id.
        code: An answer's code, such as `yes`.
        assertion: Assertion with which a comment mentions a theme, such as `planned`; combined with
        `theme`, that theme.
    """

    section: str | None = None
    question: str | None = None
    theme: str | None = None
    flagged: bool = False
    board: str | None = None
    code: str | None = None
    assertion: str | None = None

    @property
    def everything(self) -> bool:
        """Whether the selection has no restriction."""
        return self == Selection()


def with_theme_id(selection: Selection, taxonomy: Taxonomy) -> Selection:
    """Returns the selection with its theme as an id; a Swedish or English name is accepted.

    Case is ignored. A theme that is not in the lexicon is left unchanged.
    """
    if selection.theme is None:
        return selection
    wanted = selection.theme.casefold()
    for theme in taxonomy.themes:
        if wanted in (theme.id.casefold(), theme.sv.casefold(), theme.en.casefold()):
            return replace(selection, theme=theme.id)
    return selection


def select(reports: Iterable[Report], selection: Selection) -> list[Report]:
    """Returns the reports with only the selected answers; failed reports stay, to show why.

    If several reports are given, those without any selected answer are left out.

    Raises:
        UnknownNameError: No report has the section, question, theme, board or code.
    """
    found = list(reports)
    if selection.everything:
        return found
    if selection.board is not None:
        found = _of_board(found, selection.board)
    readable = [report for report in found if report.status != "failed"]
    if readable:
        check_names(_known_names(readable), selection)
    narrowed = [_narrow(report, selection) for report in found]
    return [
        report
        for report, whole in zip(narrowed, found, strict=True)
        if report.answers or report.sections or whole.status == "failed" or selection.flagged
    ]


def one_answer(
    opened: Sequence[Opened], question: str, board: str | None = None
) -> tuple[Opened, Answer]:
    """Returns the one answer to a question, in the named report or the only one.

    Raises:
        UnknownNameError: There is no such report or question, or there are several.
    """
    named = [one for one in opened if board is None or is_named(_facts(one.report), board)]
    if board is not None and not named:
        names = {one.report.organisation or one.report.source for one in opened}
        raise UnknownNameError(unknown("report", board, names))
    found = [
        (one, answer) for one in named for answer in one.report.answers if answer.key == question
    ]
    if not found:
        keys = {answer.key for one in named for answer in one.report.answers}
        raise UnknownNameError(unknown("question", question, keys))
    if len(found) > 1:
        names = {one.report.organisation or one.report.source for one, _ in found}
        raise UnknownNameError(
            f"{question} was answered {len(found)} times: choose a board with --board, e.g. "
            f"{', '.join(sorted(names)[:5])}."
        )
    return found[0]


def is_named(facts: tuple[str, str, str], board: str) -> bool:
    """Whether a name refers to a report: by its id, or part of its board's name or its source.

    Args:
        facts: The report's id, organisation and source.
        board: The name to look for; case is ignored.
    """
    report_id, organisation, source = facts
    wanted = board.casefold()
    return report_id == wanted or wanted in organisation.casefold() or wanted in source.casefold()


def _facts(report: Report) -> tuple[str, str, str]:
    return report.report_id, report.organisation, report.source


def _of_board(reports: Sequence[Report], board: str) -> list[Report]:
    named = [report for report in reports if is_named(_facts(report), board)]
    if not named:
        names = {report.organisation or report.source for report in reports}
        raise UnknownNameError(unknown("board", board, names))
    return named


def needs_eyes(answer: Answer, warned: Collection[int] = ()) -> bool:
    """Whether a person should review an answer: a flag of doubt, a warning, or a low confidence.

    A corrected answer has been reviewed, unless one of its corrections is not applied.
    """
    if set(answer.corrected) - {"themes"}:
        return bool(set(NOT_APPLIED.values()) & set(answer.flags))
    doubted = not NO_DOUBT.issuperset(answer.flags)
    return doubted or answer.confidence < SURE or answer.position in warned


def warned_positions(report: Report) -> set[int]:
    """Positions of the answers with an error or a warning."""
    return {
        problem.position
        for problem in report.problems
        if problem.position is not None and problem.severity != Severity.INFO
    }


def answers(reports: Iterable[Report], selection: Selection) -> list[tuple[Report, Answer]]:
    """Returns answers with their reports, in order; with `flagged`, the most doubtful first.

    The most doubtful has the lowest confidence and, among equals, the most flags.
    """
    pairs = [(report, answer) for report in reports for answer in report.answers]
    if not selection.flagged:
        return pairs
    return sorted(
        pairs,
        key=lambda pair: (
            pair[1].confidence,
            -len(pair[1].flags),
            pair[0].source,
            pair[0].report_id,
            pair[1].position,
        ),
    )


def in_section(number: str, section: str) -> bool:
    """Whether `number` is the section or one of its subsections."""
    return number == section or number.startswith(section + ".")


def _narrow(report: Report, selection: Selection) -> Report:
    """A report with only the selected answers and what belongs to them."""
    warned = warned_positions(report)
    themed = {
        m.position
        for m in report.themes
        if selection.theme in (None, m.theme) and selection.assertion in (None, m.assertion)
    }
    by_theme = selection.theme is not None or selection.assertion is not None
    answers = tuple(
        answer
        for answer in report.answers
        if (selection.section is None or in_section(answer.section, selection.section))
        and selection.question in (None, answer.key)
        and selection.code in (None, answer.code)
        and (not by_theme or answer.position in themed)
        and (not selection.flagged or needs_eyes(answer, warned))
    )
    kept = {answer.position for answer in answers}
    if selection.section is not None:
        sections = tuple(s for s in report.sections if in_section(s.section, selection.section))
    else:
        own = {answer.section for answer in answers}
        sections = tuple(s for s in report.sections if s.section in own)
    return replace(
        report,
        sections=sections,
        answers=answers,
        themes=tuple(m for m in report.themes if m.position in kept),
        problems=tuple(p for p in report.problems if p.position is None or p.position in kept),
        parts=tuple(p for p in report.parts if p.position in kept),
    )


def check_names(known: Mapping[str, Collection[str]], selection: Selection) -> None:
    """Checks that the selection names things that exist.

    Args:
        known: The existing names, by attribute of the selection.
        selection: The selection.

    Raises:
        UnknownNameError: A name does not exist; the message gives the closest that do.
    """
    for kind, names in known.items():
        wanted: str | None = getattr(selection, kind)
        if wanted is not None and wanted not in names:
            raise UnknownNameError(unknown(kind, wanted, names))


def _known_names(reports: Sequence[Report]) -> dict[str, set[str]]:
    sections = {s.section for r in reports for s in r.sections}
    return {
        "section": sections | {a.section for r in reports for a in r.answers},
        "question": {a.key for r in reports for a in r.answers},
        "theme": {m.theme for r in reports for m in r.themes},
        "code": {a.code for r in reports for a in r.answers},
    }


def unknown(kind: str, wanted: str, names: Collection[str]) -> str:
    """Returns a message that a name is unknown, with the closest known ones."""
    nearest = [name for name, *_ in process.extract(wanted, sorted(names), limit=5)]
    if not nearest:
        return f"There is no {kind} {wanted!r}: there are no {kind}s at all."
    return f"There is no {kind} {wanted!r}. The closest matches are: {', '.join(nearest)}."
