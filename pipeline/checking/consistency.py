"""Inconsistencies across the boards of a dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process

from models.form import Form
from models.report import Answer, Report, Status
from pipeline.checking.names import Aliases, fold
from pipeline.checking.phrases import Phrases
from pipeline.checking.shown import place
from pipeline.wording import counted

MOST = 0.5
"""If more than this share of the boards has a question, the others are said to lack it."""


class Kind(StrEnum):
    """Kinds of findings, the most serious first."""

    PERSONAL_NUMBER = "personal-number"
    PHONE_NUMBER = "phone-number"
    EMAIL = "email"
    FAILED = "failed"
    BOARD_MISSING = "board-missing"
    BOARD_UNEXPECTED = "board-unexpected"
    BOARD_TWICE = "board-twice"
    QUESTION_LACKING = "question-lacking"
    QUESTION_WORDING = "question-wording"
    ANSWER_WORD = "answer-word"
    SAME_COMMENT = "same-comment"
    SAYS_NOTHING = "says-nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a board and, where applicable, a question with its page or line."""

    board: str
    source: str = ""
    key: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should review.

    Attributes:
        kind: What kind of finding it is.
        message: Description for people.
        places: Where it was found.
    """

    kind: Kind
    message: str
    places: tuple[Place, ...] = ()


def board(report: Report) -> str:
    """Returns the name of a report's board, or its file if the name is unknown."""
    return report.organisation or report.source


def where(report: Report, answer: Answer | None = None) -> Place:
    """Returns the place of a report or of an answer."""
    if answer is None:
        return Place(board(report), report.source)
    at = place(answer.page_first, answer.page_last, answer.line_first, answer.line_last)
    return Place(board(report), report.source, answer.key, at)


def by_form(reports: Iterable[Report]) -> list[list[Report]]:
    """Returns the reports of each form apart: what two forms ask is never compared."""
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.form, []).append(report)
    return list(found.values())


def failed_reports(reports: Iterable[Report]) -> Iterator[Finding]:
    """Yields the reports that could not be read."""
    for report in reports:
        if report.status == Status.FAILED:
            why = "; ".join(problem.message for problem in report.problems[:2])
            yield Finding(Kind.FAILED, f"could not be read: {why}", (where(report),))


def boards(reports: Sequence[Report], expected: Aliases | None) -> Iterator[Finding]:
    """Yields boards that answered a form twice and, of a list, those without a report."""
    known = expected or Aliases()
    held: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.status != Status.FAILED:  # its board is unknown
            held[known.board(board(report))].append(report)
    for own in (same for every in held.values() for same in by_form(every)):
        if len(own) > 1:
            places = tuple(where(report) for report in own)
            yield Finding(
                Kind.BOARD_TWICE, f"{board(own[0])}: {counted(len(own), 'report')}", places
            )
    if expected is None:
        return
    wanted = {fold(name): name for name in expected.boards}
    for folded, name in wanted.items():
        if folded not in held:
            near = process.extractOne(folded, [b for b in held if b not in wanted], score_cutoff=80)
            hint = f"; is it {board(held[near[0]][0])}?" if near else ""
            yield Finding(Kind.BOARD_MISSING, f"{name}: no report{hint}")
    for folded, own in held.items():
        if folded not in wanted:
            message = f"{board(own[0])}: not among the expected boards"
            yield Finding(Kind.BOARD_UNEXPECTED, message, (where(own[0]),))


def wording(reports: Sequence[Report]) -> Iterator[Finding]:
    """Yields questions whose wording differs from that of most boards."""
    texts: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for report, answer in _answers(reports):
        texts[answer.key][" ".join(answer.question.split())].append(where(report, answer))
    for key, own in sorted(texts.items()):
        usual = max(own, key=lambda text: (len(own[text]), text))
        for text, places in sorted(own.items()):
            if text != usual:
                message = f"{key} reads {text!r} here, but {usual!r} for {len(own[usual])} boards"
                yield Finding(Kind.QUESTION_WORDING, message, tuple(places))


def lacking(reports: Sequence[Report]) -> Iterator[Finding]:
    """Yields boards that lack questions which most boards were asked.

    A board that was not asked a section does not lack its questions.
    """
    read = [report for report in reports if report.status != Status.FAILED]
    keys = {id(report): {answer.key for answer in report.answers} for report in read}
    not_asked = {id(r): {s.section for s in r.sections if not s.asked} for r in read}
    sections = {answer.key: answer.section for _, answer in _answers(read)}
    counts = Counter(key for own in keys.values() for key in own)
    missed: dict[int, list[Place]] = defaultdict(list)
    for key, count in sorted(counts.items()):
        asked = [r for r in read if not _within(sections[key], not_asked[id(r)])]
        without = [r for r in asked if key not in keys[id(r)]]
        if count > MOST * len(asked):
            have = f"{count} of {len(asked)} boards have it"
            for report in without:
                missed[id(report)].append(Place(board(report), report.source, key, have))
    for report in read:
        if places := missed[id(report)]:
            what = f"{len(places)} question{'s' if len(places) > 1 else ''}"
            message = f"{board(report)} lacks {what} that most boards have"
            yield Finding(Kind.QUESTION_LACKING, message, tuple(places))


def answer_words(reports: Sequence[Report], forms: Sequence[Form]) -> Iterator[Finding]:
    """Yields answers that are not among the form's answer words."""
    by_form = {form.id: form.codes for form in forms}
    every = {word for codes in by_form.values() for word in codes}
    found: dict[str, list[Place]] = defaultdict(list)
    for report, answer in _answers(reports):
        words = by_form.get(report.form, every)
        if answer.answer and " ".join(answer.answer.casefold().split()) not in words:
            found[answer.answer].append(where(report, answer))
    for text, places in sorted(found.items()):
        yield Finding(
            Kind.ANSWER_WORD, f"{text!r} is not one of the form's answer words", tuple(places)
        )


def empty_comments(reports: Sequence[Report], phrases: Phrases) -> Iterator[Finding]:
    """Yields comments that only refer elsewhere."""
    found: dict[str, list[Place]] = defaultdict(list)
    for report, answer in _answers(reports):
        if answer.comment and phrases.says_nothing_else(answer.comment):
            found[answer.comment].append(where(report, answer))
    for text, places in sorted(found.items()):
        yield Finding(Kind.SAYS_NOTHING, f"the comment only says {text!r}", tuple(places))


def _answers(reports: Iterable[Report]) -> Iterator[tuple[Report, Answer]]:
    for report in reports:
        for answer in report.answers:
            yield report, answer


def _within(section: str, others: set[str]) -> bool:
    """Whether a section or one of its ancestors is among others."""
    numbers = section.split(".")
    return any(".".join(numbers[:n]) in others for n in range(1, len(numbers) + 1))
