"""What extraction yields: a report with its sections, answers, theme mentions and problems.

The attribute names are the columns of the datasets (see `models.datasets`) and the keys of the
JSON that `svar show --json` prints.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from models.records import record

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Status(StrEnum):
    """Outcome for a report. `ok` means that answers were found and nothing was left unread."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Role(StrEnum):
    """The role of a part of a line. Every character of a report has exactly one role."""

    HEADING = "heading"
    INSTRUCTION = "instruction"
    TABLE_HEAD = "table_head"
    QUESTION = "question"
    DETAIL = "detail"
    ANSWER = "answer"
    COMMENT = "comment"
    REF = "ref"
    EXTRA = "extra"
    NOTICE = "notice"
    CONTENTS = "contents"
    RUNNING = "running"
    OTHER = "other"


UNREAD_ROLES = frozenset({Role.INSTRUCTION, Role.OTHER})
"""Roles of text outside rows: rows that were not read would be in it."""


class CorrectionState(StrEnum):
    """What became of a correction.

    Attributes:
        ACTIVE: It is applied in the datasets.
        RESOLVED: The report is now read that way, so there is nothing to correct.
        STALE: What it corrects is now read differently, so it is not applied.
        CONFLICT: Reviewers disagree, so none of their corrections is applied.
    """

    ACTIVE = "active"
    RESOLVED = "resolved"
    STALE = "stale"
    CONFLICT = "conflict"


class Assertion(StrEnum):
    """What a comment says about a theme it mentions.

    UNCERTAIN means that there is a cue, but not what it bears on: read the sentence.
    """

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    PLANNED = "planned"
    ENDED = "ended"
    HYPOTHETICAL = "hypothetical"
    UNCERTAIN = "uncertain"


class Certainty(StrEnum):
    """Whether a mention names its theme plainly, or in words that often mean something else."""

    CLEAR = "clear"
    DEBATABLE = "debatable"


@record
class FieldBox:
    """The place of a field of an answer: points from the page's top left corner, page from 1.

    `field` is question, detail, answer or comment.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    field: str


@record
class Part:
    """A part of a source line and its role. The parts of a report tile its lines.

    Attributes:
        role: What the text is.
        line: Number of the line in the document (for a text dump, of the file), from 1.
        start: First character in the line, from 0.
        end: One past the last character.
        page: 1-based page, or None.
        section: Number of its section, or None before the first.
        position: Position of its answer, or None.
    """

    role: Role
    line: int
    start: int
    end: int
    page: int | None = None
    section: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section.

    Attributes:
        section: Its number as printed, e.g. "1.2.3".
        title: Its title without the number, on one line.
        level: 1 for "1", 2 for "1.2" and so on.
        parent: Number of its parent section, or None.
        asked: False if the report says that the board is not to answer it.
        instruction: Text of the section outside tables; paragraphs separated by a blank line.
        page: 1-based page of its heading, or None.
    """

    section: str
    title: str
    level: int
    parent: str | None = None
    asked: bool = True
    instruction: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of a table: a question with its answer and comment.

    Attributes:
        position: 1-based place in the report.
        section: Number of its section, "" before the first.
        key: The same question in every board's report: `section/ref`, or `section/#n`.
        ref: The reference in the question cell, e.g. "1:1", or None.
        question: The question, on one line.
        detail: The question cell's text after the question; paragraphs separated by a blank line.
        answer: As printed; "" if blank.
        code: yes, no, partly, not_applicable, other or missing.
        comment: Paragraphs separated by a blank line.
        own_code: The form owner's own code for the answer; "" if the form has none.
        parts: What each answer refers to if the cell has several; empty if it has one.
        part_answers: The answer of each of `parts` as printed.
        part_codes: Their codes.
        extra: The text of the row's other columns.
        extra_heads: The headers of those columns, one for each of `extra`.
        page_first: 1-based page where the row begins, or None if pages are unknown.
        page_last: 1-based page where the row ends, or None.
        boxes: Bounding boxes of its fields; empty without geometry.
        line_first: Number of its first source line.
        line_last: Number of its last source line.
        confidence: 0 to 1, from the evidence that extraction kept.
        flags: Reasons to review it, e.g. `cut`, `cut-uncertain`, `answer-blank`.
        corrected: Fields that reviewers corrected; `themes` for its theme mentions.
    """

    position: int
    section: str
    key: str
    ref: str | None
    question: str
    detail: str
    answer: str
    code: str
    comment: str
    page_first: int | None = None
    page_last: int | None = None
    boxes: tuple[FieldBox, ...] = ()
    line_first: int | None = None
    line_last: int | None = None
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    own_code: str = ""
    parts: tuple[str, ...] = ()
    part_answers: tuple[str, ...] = ()
    part_codes: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    extra_heads: tuple[str, ...] = ()


@record
class Mention:
    """A theme named in a comment.

    Attributes:
        position: Position of the answer whose comment it is.
        theme: Id of the theme.
        group: Id of the theme's group.
        surface: The text as written: `comment[start:end]`.
        start: First character in the comment, from 0.
        end: One past the last character.
        sentence: The sentence around it.
        assertion: What the comment says about it.
        cue: The words that decided the assertion; "" when affirmed without a cue.
        certainty: Whether its words name the theme plainly.
    """

    position: int
    theme: str
    group: str
    surface: str
    start: int
    end: int
    sentence: str
    assertion: Assertion = Assertion.AFFIRMED
    cue: str = ""
    certainty: Certainty = Certainty.CLEAR


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about.

    Attributes:
        severity: error, warning or info.
        code: A stable code for its kind.
        message: What happened and where, in plain words.
        position: Position of the answer it concerns, or None.
        page: 1-based page, or None.
        line: Number of the source line, or None.
        stage: The stage where it arose: read, layout, structure, themes, check or run.
        advice: What to do about it; may be "".
    """

    severity: Severity
    code: str
    message: str
    position: int | None = None
    page: int | None = None
    line: int | None = None
    stage: str = "structure"
    advice: str = ""


@record
class AppliedCorrection:
    """A reviewer's correction of a report, and what became of it.

    Attributes:
        kind: What it does, e.g. `field`, `false-row`, `theme-added`.
        field: The field it corrects; `row` or `themes` for the other kinds.
        read: What was read.
        corrected: What it should read; "" for a row that should not exist.
        state: What became of it.
        reviewer: Who made it.
        at: When, in UTC, in ISO 8601 format.
        correction: Its id.
        made_on: Id of the report it was made on; a different one if it was carried over.
        position: Position of the answer, or None if there is no such row any more.
        key: Key of the answer, or of the row when the correction was made.
        reason: Why it is stale or in conflict; otherwise "".
        note: What the reviewer added.
    """

    kind: str
    field: str
    read: str
    corrected: str
    state: CorrectionState
    reviewer: str
    at: str
    correction: str
    made_on: str
    position: int | None = None
    key: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole content of one submitted report, with its places in the source.

    Attributes:
        report_id: First 16 hexadecimal digits of the file's SHA-256.
        source: Path below the input folder, with `/`.
        format: pdf, docx or text.
        reader: The reader that was used.
        form: Id of the form that matched, or "".
        organisation: The board or company that answers, or "".
        title: Title of the report, or "".
        pages: Number of pages, or None if unknown.
        ocr_pages: Number of pages read by text recognition, or None if an earlier version did not
            record it.
        status: ok, partial or failed.
        confidence: Mean over its answers; 0 if there are none.
        version: Version of the code that read it.
        preamble: Text before the first section; paragraphs separated by a blank line.
        superseded_by: Id of the same board's report that counts instead of this one, or None.
        sections: In report order.
        answers: In report order.
        themes: Mentions in the comments, by position and place.
        problems: What a person should know about.
        parts: Every part of every line, with its role.
        corrections: Corrections by reviewers; empty if there are none.
    """

    report_id: str
    source: str
    format: str = ""
    reader: str = ""
    form: str = ""
    organisation: str = ""
    title: str = ""
    pages: int | None = None
    ocr_pages: int | None = None
    status: Status = Status.OK
    confidence: float = 0.0
    version: str = ""
    preamble: str = ""
    superseded_by: str | None = None
    sections: tuple[Section, ...] = ()
    answers: tuple[Answer, ...] = ()
    themes: tuple[Mention, ...] = ()
    problems: tuple[Problem, ...] = ()
    parts: tuple[Part, ...] = field(default=(), repr=False)
    corrections: tuple[AppliedCorrection, ...] = ()


@cache
def _adapter() -> TypeAdapter[Report]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - slows start-up where it is not needed

    return TypeAdapter(Report)


def to_json(report: Report, *, indent: int | None = None) -> str:
    """Returns the whole report as JSON text."""
    return _adapter().dump_json(report, indent=indent).decode()


def from_json(text: str | bytes) -> Report:
    """Reads a report from the JSON of `to_json`; missing keys with a default may be left out.

    Raises:
        pydantic.ValidationError: The text is not a report; the error names the key.
    """
    return _adapter().validate_json(text)
