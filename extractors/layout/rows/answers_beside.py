"""Where the paragraphs of the question column begin, and which lines have an answer beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.cells.answers import stands_alone
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import pitch_of
from extractors.layout.tables.tables import TableArea
from models.form import Form

_PARAGRAPH = 1.15


def question_paragraphs(
    area: TableArea, pitch: dict[int, float], form: Form
) -> Iterator[tuple[int, str]]:
    """Yields where paragraphs of the question column begin, and their text up to the next one.

    A paragraph begins after a gap, where the weight turns bold, and where an answer is beside it.
    """
    texts: list[str] = []
    first, last, was_answered = 0, None, False
    for at, line in enumerate(area.lines):
        question, answer, *_ = area.cells(line)
        is_answered = answer is not None and answer_beside(line, area, form)
        if question is None:
            was_answered = is_answered
            continue
        if last is not None and (
            line.base - last.base > _PARAGRAPH * pitch_of(line, pitch)
            or (question.runs[0].bold and not last.runs[0].bold)
            or (is_answered and not was_answered)
        ):
            yield first, " ".join(texts)
            texts = []
        if not texts:
            first = at
        texts.append(question.text)
        last, was_answered = line, is_answered
    if texts:
        yield first, " ".join(texts)


def answer_beside(line: TextLine, area: TableArea, form: Form) -> bool:
    """Whether an answer is alone beside the question column on this line."""
    known = area.answered.get(id(line))
    if known is None:
        known = area.answered[id(line)] = _answer_beside(area.cells(line)[1:], form)
    return known


def _answer_beside(later: Sequence[TextLine | None], form: Form) -> bool:
    """Whether an answer is alone in the columns after the question's on one line."""
    first = later[0] if later else None
    if first is None:
        return False
    if len(later) > 1:
        return True
    text = first.runs[0].text
    if text[0].isalpha() and text[1:2].strip() and not form.answer_pattern.match(text):
        return False
    if text[0].islower() and text.endswith("."):
        # The end of a comment: "... där rekrytering pågår."
        return False
    return stands_alone(first.pieces, form)
