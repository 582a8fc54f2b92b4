"""Cross-checking: two readers read the same report, and their differences need review.

Each reader produces a whole report of the same file. Their rows are aligned, and each field that
differs becomes a problem row and halves the confidence in the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from extractors.doubts import status_of
from models.report import Answer, Problem, Report, Section, Severity, Status

CODE = "readers-disagree"
"""Code of the problems and flag of the answers."""
DOUBT = 0.5
"""Factor on the confidence in an answer that the readers read differently."""
ALIKE = 70.0
"""Minimum similarity, in per cent, of two questions at the same place that are the same row."""
FIELDS = ("section", "ref", "question", "detail", "answer", "comment")
_EXCERPT = 40

Pair = tuple[Answer | None, Answer | None]


def reconcile(first: Report, second: Report) -> Report:
    """Returns the first report, with differences from the second as problems.

    Args:
        first: The report to keep, unless it failed and the second did not.
        second: The same file's report by another reader.

    Returns:
        A report by reader `both`; answers that differ are flagged and less trusted.
    """
    if first.status is Status.FAILED and second.status is not Status.FAILED:
        return _alone(second, first)
    if second.status is Status.FAILED and first.status is not Status.FAILED:
        return _alone(first, second)
    problems = [*first.problems, *_read_elsewhere(first, second), *compare(first, second)]
    doubted = {problem.position for problem in problems if problem.code == CODE}
    answers = tuple(
        replace(answer, confidence=round(answer.confidence * DOUBT, 3), flags=(*answer.flags, CODE))
        if answer.position in doubted
        else answer
        for answer in first.answers
    )
    return _finished(first, answers, problems)


def compare(first: Report, second: Report) -> list[Problem]:
    """Returns a problem for each section, row and field in which two reports differ.

    Args:
        first: The report whose positions the problems refer to.
        second: The other report.
    """
    names = (first.reader or "the first reader", second.reader or "the second reader")
    problems = list(_sections(first.sections, second.sections, names))
    for one, other in pairs(first.answers, second.answers):
        if one is None or other is None:
            problems.append(_lone_row(one, other, names))
        else:
            problems += _fields(one, other, names)
    return problems


def pairs(first: Sequence[Answer], second: Sequence[Answer]) -> Iterator[Pair]:
    """Yields the aligned rows of two reports, with None where one has no such row."""
    matcher = SequenceMatcher(None, _signs(first), _signs(second), autojunk=False)
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        yield from _paired(first[start:end], second[other_start:other_end])


def _signs(answers: Sequence[Answer]) -> list[tuple[str, str]]:
    return [(answer.section, _plain(answer.question)) for answer in answers]


def _paired(first: Sequence[Answer], second: Sequence[Answer]) -> Iterator[Pair]:
    """Pairs rows in order; a row that is similar to none of those left is unpaired."""
    left = list(second)
    for answer in first:
        match = next((place for place, other in enumerate(left) if _same(answer, other)), None)
        if match is None:
            yield answer, None
            continue
        yield from ((None, other) for other in left[:match])
        yield answer, left[match]
        del left[: match + 1]
    yield from ((None, other) for other in left)


def _same(one: Answer, other: Answer) -> bool:
    if one.ref is not None and one.key == other.key:
        return True
    return fuzz.ratio(_plain(one.question), _plain(other.question)) >= ALIKE


def _fields(one: Answer, other: Answer, names: tuple[str, str]) -> Iterator[Problem]:
    for name in FIELDS:
        values = _plain(getattr(one, name)), _plain(getattr(other, name))
        if values[0] != values[1]:
            left, right = _excerpts(*values)
            yield _problem(
                f"{one.key}: {names[0]} reads the {name} as “{left}”, {names[1]} as “{right}”.",
                one.position,
                one.page_first,
            )


def _lone_row(one: Answer | None, other: Answer | None, names: tuple[str, str]) -> Problem:
    row = one or other
    assert row is not None  # at least one of the two is a row
    finder, misser = names if one is not None else (names[1], names[0])
    return _problem(
        f"{row.key}: only {finder} finds this row, {misser} does not: “{_short(row.question)}”.",
        None if one is None else one.position,
        row.page_first,
    )


def _sections(
    first: Sequence[Section], second: Sequence[Section], names: tuple[str, str]
) -> Iterator[Problem]:
    """Yields a problem for each section that only one report has, or whose heading differs."""
    own = {section.section: section for section in first}
    others = {section.section: section for section in second}
    for number in sorted(own.keys() | others.keys()):
        one, other = own.get(number), others.get(number)
        found = one or other
        assert found is not None  # the number is of one of the two
        if one is None or other is None:
            finder = names[0] if one is not None else names[1]
            yield _problem(
                f"Only {finder} finds section {number} “{_short(found.title)}”.", None, found.page
            )
        elif _plain(one.title) != _plain(other.title) or one.asked != other.asked:
            yield _problem(
                f"Section {number}: {names[0]} reads “{_short(one.title)}” "
                f"({'asked' if one.asked else 'not asked'}), {names[1]} “{_short(other.title)}” "
                f"({'asked' if other.asked else 'not asked'}).",
                None,
                one.page,
            )


def _problem(message: str, position: int | None, page: int | None) -> Problem:
    return Problem(
        Severity.WARNING,
        CODE,
        message,
        position=position,
        page=page,
        stage="read",
        advice="Compare with the source: one of the readers is wrong.",
    )


def _alone(report: Report, failed: Report) -> Report:
    """Returns the report of the one reader that read the file, with the other's reason."""
    reason = failed.problems[0].message if failed.problems else "no reason given"
    return _finished(
        report,
        report.answers,
        [
            *report.problems,
            _problem(f"Only {report.reader} could read the report: {reason}", None, None),
        ],
    )


def _read_elsewhere(first: Report, second: Report) -> list[Problem]:
    """Returns errors of the second reader that the first did not encounter."""
    known = {(problem.code, problem.page) for problem in first.problems}
    return [
        replace(problem, message=f"{second.reader}: {problem.message}", severity=Severity.WARNING)
        for problem in second.problems
        if problem.stage == "read"
        and problem.severity is Severity.ERROR
        and (problem.code, problem.page) not in known
    ]


def _finished(report: Report, answers: tuple[Answer, ...], problems: list[Problem]) -> Report:
    mean = sum(answer.confidence for answer in answers) / max(len(answers), 1)
    result = replace(
        report,
        reader="both",
        answers=answers,
        problems=tuple(problems),
        confidence=round(mean, 3),
    )
    return replace(result, status=status_of(result))


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _short(text: str) -> str:
    return text if len(text) <= 2 * _EXCERPT else text[: 2 * _EXCERPT - 1] + "…"


def _excerpts(one: str, other: str) -> tuple[str, str]:
    """Returns two texts from shortly before the point where they begin to differ."""
    same = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    start = max(0, same - _EXCERPT // 2)
    dots = "…" if start else ""
    return dots + _short(one[start:]), dots + _short(other[start:])
