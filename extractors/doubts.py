"""What makes the answers of a report doubtful, and its status.

Everything here follows from the answers alone; `checks.py` compares the report with its source.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from extractors.layout.blocks import Doubt
from models.form import Code
from models.report import Answer, Problem, Report, Severity, Status

ANSWER_BLANK = "answer-blank"
ANSWER_ICON = "answer-icon"
ANSWER_UNKNOWN = "answer-unknown"
QUESTION_BLANK = "question-blank"
REF_REPEATED = "ref-repeated"
JOIN_UNCERTAIN = "join-uncertain"
OCR_UNCERTAIN = "ocr-uncertain"
REPORT_UNCERTAIN = "report-uncertain"

_DOUBTFUL = 0.9
_FEWEST_DOUBTFUL = 4
_ALL_DOUBTED = 0.6


def answer_problems(answers: Sequence[Answer]) -> list[Problem]:
    """Returns a problem for each answer that a person should review.

    It is a warning, except for what changes no word: a hyphen, a space, a paragraph break.
    """
    return [
        Problem(
            Severity.INFO if flag == JOIN_UNCERTAIN else Severity.WARNING,
            flag,
            f"{answer.key}: {_FLAGS[flag]}",
            position=answer.position,
            page=answer.page_first,
            line=answer.line_first,
            stage="layout" if flag in set(Doubt) else "structure",
            advice="Compare the answer with the source.",
        )
        for answer in answers
        for flag in answer.flags
        if flag in _FLAGS
    ]


_FLAGS = {
    Doubt.CUT_UNCERTAIN.value: "a page break cuts the row, and text after it may belong elsewhere.",
    Doubt.COLUMN_UNCERTAIN.value: "text could belong to another column.",
    Doubt.ANSWER_UNCERTAIN.value: "it is not certain what the answer is.",
    Doubt.QUESTION_UNCERTAIN.value: "it is not certain where the question ends.",
    Doubt.COMMENT_UNCERTAIN.value: "text after it may not belong to its comment.",
    Doubt.CELL_SHARED.value: "its answer or comment is in a cell shared by several rows.",
    Doubt.HEAD_UNCERTAIN.value: "a column header of its table differs slightly from the form's.",
    Doubt.TEXT_HIDDEN.value: "some of its text is cut off or covered on the page.",
    QUESTION_BLANK: "the row has no question.",
    JOIN_UNCERTAIN: "lines could be joined differently: a hyphen, a space, a new paragraph.",
    OCR_UNCERTAIN: "text recognition was not sure of a word.",
    REF_REPEATED: "two questions in the section have the same reference.",
}


def status_of(report: Report) -> Status:
    """Returns the status of a report: failed without answers, partial with an error."""
    if not report.answers:
        return Status.FAILED
    if any(problem.severity is Severity.ERROR for problem in report.problems):
        return Status.PARTIAL
    return Status.OK


_OF_PARAGRAPHS = frozenset({JOIN_UNCERTAIN, "cut"})
"""Flags of rows whose cells are right even if their paragraphs are not."""


def doubt_all(answers: Sequence[Answer]) -> tuple[tuple[Answer, ...], list[Problem]]:
    """Marks every answer of a report as doubtful if most of them are.

    If most rows are doubtful, the reading order of the source was not understood, and a row without
    doubts of its own cannot be trusted either.

    Returns:
        The answers, and a warning for the report if they were doubted.
    """
    doubtful = sum(
        answer.confidence < _DOUBTFUL and not _OF_PARAGRAPHS.issuperset(answer.flags)
        for answer in answers
    )
    if doubtful * 2 <= len(answers) or doubtful < _FEWEST_DOUBTFUL:
        return tuple(answers), []
    doubted = tuple(
        answer if answer.confidence < _DOUBTFUL else _doubted(answer, REPORT_UNCERTAIN)
        for answer in answers
    )
    problem = Problem(
        Severity.WARNING,
        REPORT_UNCERTAIN,
        f"{doubtful} of {len(answers)} answers are doubtful, so none of the report can be trusted: "
        "the reading order of its text was not understood.",
        stage="check",
        advice="Ask for the PDF or Word file of the report, or compare every answer with it.",
    )
    return doubted, [problem]


def doubt_torn(answers: Sequence[Answer], positions: Set[int]) -> tuple[Answer, ...]:
    """Marks the rows at some positions as doubtful: their text seems to go on outside tables."""
    return tuple(
        _doubted(answer, Doubt.CUT_UNCERTAIN.value) if answer.position in positions else answer
        for answer in answers
    )


def doubt_unread_below(
    answers: Sequence[Answer], problems: Sequence[Problem]
) -> tuple[Answer, ...]:
    """Marks the rows of some problems as doubtful: text below them may be a row or their own."""
    positions = {problem.position for problem in problems}
    return tuple(
        _doubted(answer, Doubt.QUESTION_UNCERTAIN.value) if answer.position in positions else answer
        for answer in answers
    )


def doubt_unanswered(answers: Sequence[Answer]) -> tuple[tuple[Answer, ...], list[Problem]]:
    """Marks every answer as doubtful if most are blank or not among the form's answer words.

    A board can leave most questions open. More often the answers are where the form does not look,
    and then a report without them must not pass as read.

    Returns:
        The answers, and an error for the report if they were doubted.
    """
    blank = sum(answer.code == Code.MISSING for answer in answers)
    unknown = sum(ANSWER_UNKNOWN in answer.flags for answer in answers)
    if 2 * (blank + unknown) <= len(answers):
        return tuple(answers), []
    doubted = tuple(_doubted(answer, REPORT_UNCERTAIN) for answer in answers)
    problem = Problem(
        Severity.ERROR,
        "answers-missing",
        f"{blank} of {len(answers)} answers are blank, and {unknown} are not among the form's "
        "answer words.",
        stage="check",
        advice="Compare with the source. If it does have answers, they are where the form does not "
        "look, or in words it does not list: adapt a form file to them and give it with --form.",
    )
    return doubted, [problem]


def _doubted(answer: Answer, flag: str) -> Answer:
    """Returns an answer with a flag, and no more confidence than a doubtful report has."""
    return replace(
        answer,
        confidence=min(answer.confidence, _ALL_DOUBTED),
        flags=tuple(dict.fromkeys((*answer.flags, flag))),
    )
