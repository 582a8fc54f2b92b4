"""Rows of recognised pages that were read as text outside any table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.cells.answers import is_answer
from models.document import Document, Line, Page
from models.form import Form
from models.report import Part, Problem, Role, Severity

_OUTSIDE = frozenset({Role.INSTRUCTION, Role.NOTICE, Role.OTHER, Role.HEADING})
_FARTHEST = 3.0
"""Most font sizes between the baselines of a question and its answer."""


def missed_rows(document: Document, parts: Sequence[Part], form: Form) -> Iterator[Problem]:
    """Yields an error for each recognised page where a question and its answer are in no table.

    One misread word can make the layout end a table, and its rows then look like text. An answer
    word alone to the right of a question gives them away.

    Args:
        document: The source.
        parts: The parts of its report.
        form: Its answer words.
    """
    outside = {part.line for part in parts if part.role in _OUTSIDE}
    for page in document.pages:
        if not page.recognised:
            continue
        answers = [answer for answer in _answers(page, form) if answer.number in outside]
        asked = [line for line in page.lines if "?" in line.text and line.number in outside]
        found = [answer for answer in answers if any(_asks(line, answer) for line in asked)]
        if found:
            yield Problem(
                Severity.ERROR,
                "ocr-rows",
                f"{len(found)} {'row' if len(found) == 1 else 'rows'} of a table on page "
                f"{page.number} may be missing from the answers: text recognition misread "
                "something there, and they were taken for text outside the table.",
                page=page.number,
                line=found[0].number,
                stage="check",
                advice="Compare the page with the answers of its section, or scan it again.",
            )


def _answers(page: Page, form: Form) -> Iterator[Line]:
    return (line for line in page.lines if line.box is not None and is_answer(line.text, form))


def _asks(line: Line, answer: Line) -> bool:
    """Whether a line can be the question that an answer word beside it answers."""
    if line.box is None or answer.box is None:
        return False
    apart = abs(line.box.y1 - answer.box.y1)
    return line.box.x0 < answer.box.x0 and apart <= _FARTHEST * (answer.size or 0.0)
