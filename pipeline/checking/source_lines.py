"""The source lines of an answer, each part with its role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models.document import Document, Line
from models.report import Answer, Part, Report, Role


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a source line.

    Attributes:
        text: Its characters.
        role: Its role, or None if it is not known (blanks, and datasets without parts).
        own: Whether it belongs to the answer being shown.
    """

    text: str
    role: Role | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source line: its number, page and parts."""

    number: int
    page: int | None
    spans: tuple[Span, ...]


def source_lines(document: Document, report: Report, answer: Answer) -> list[SourceLine]:
    """Returns the lines that an answer was read from, in the order of the source.

    In a text dump these are all lines from its first to its last, so that anything in between is
    visible too; in other files, the lines that contain a part of it.
    """
    parts: dict[int, list[Part]] = defaultdict(list)
    for part in report.parts:
        parts[part.line].append(part)
    first, last = answer.line_first, answer.line_last
    if first is None or last is None:
        return []
    within = [line for line in document.lines if first <= line.number <= last]
    if document.has_geometry and report.parts:
        within = [
            line
            for line in within
            if any(part.position == answer.position for part in parts[line.number])
        ]
    return [
        SourceLine(
            line.number,
            line.page if document.paged else None,
            _spans(line, parts[line.number], answer.position)
            if report.parts
            else (Span(line.text, _likely_role(line, answer)),),
        )
        for line in within
    ]


def _spans(line: Line, parts: Sequence[Part], position: int) -> tuple[Span, ...]:
    """Cuts a line into its parts and the blanks between them."""
    spans, at = [], 0
    for part in sorted(parts, key=lambda part: part.start):
        if part.start > at:
            spans.append(Span(line.text[at : part.start]))
        start = max(at, part.start)
        spans.append(Span(line.text[start : part.end], part.role, part.position == position))
        at = max(at, part.end)
    if at < len(line.text):
        spans.append(Span(line.text[at:]))
    return tuple(spans)


def _likely_role(line: Line, answer: Answer) -> Role | None:
    """The role of a line without parts: that of the only field that contains its text."""
    text = "".join(line.text.split())
    fields = {
        Role.QUESTION: answer.question,
        Role.DETAIL: answer.detail,
        Role.ANSWER: answer.answer,
        Role.COMMENT: answer.comment,
    }
    found = [role for role, field in fields.items() if text and text in "".join(field.split())]
    if Role.ANSWER in found and text == "".join(answer.answer.split()):
        return Role.ANSWER
    return found[0] if len(found) == 1 else None
