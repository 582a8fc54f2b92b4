"""Rows to answers: texts, code, key, place, flags and confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.layout.blocks import Cell, Doubt, Paragraph, Piece, RowBlock, pieces
from extractors.line_ends.joiner import LineJoiner
from extractors.line_ends.paragraph_ends import may_break_off, may_end_elsewhere, may_end_with_page
from extractors.structure.questions import QuestionCell, parse_question
from extractors.structure.sections import SectionBlocks
from extractors.text import fold, unmark
from models.document import Box, Line
from models.form import Code, Form
from models.report import Answer, FieldBox

ANSWER_BLANK = "answer-blank"
ANSWER_UNKNOWN = "answer-unknown"
QUESTION_BLANK = "question-blank"
REF_REPEATED = "ref-repeated"
JOIN_UNCERTAIN = "join-uncertain"
OCR_UNCERTAIN = "ocr-uncertain"

_UNKNOWN_CONFIDENCE = 0.8
_NO_QUESTION_CONFIDENCE = 0.3
_UNSURE_JOIN_CONFIDENCE = 0.9
_UNSURE_LETTERS_CONFIDENCE = 0.7
_TWO_QUESTIONS_CONFIDENCE = 0.6
_ASKS = re.compile(r"\?(?:\s*\([^()]*\))?$")
"""A paragraph that asks something, maybe with a remark in brackets after it: below a question it
can be the question of the next row."""


def answers_of(
    sections: Sequence[SectionBlocks], form: Form, joiner: LineJoiner
) -> Iterator[tuple[Answer, RowBlock, QuestionCell]]:
    """Yields every row of the report as an answer, with the row and its question cell."""
    position = 0
    for section in sections:
        cells = [parse_question(row.question, form, joiner) for row in section.rows]
        repeated = Counter(cell.ref for cell in cells if cell.ref)
        keys = keys_of(section.number, [cell.ref for cell in cells])
        for row, cell, key in zip(section.rows, cells, keys, strict=True):
            position += 1
            is_repeated = cell.ref is not None and repeated[cell.ref] > 1
            answer = _answer(row, cell, form, joiner, position, key)
            yield (_flag_repeated(answer) if is_repeated else answer), row, cell


def keys_of(section: str, refs: Sequence[str | None]) -> list[str]:
    """Returns the keys of a section's rows in order: by reference, else by number from 1.

    A reference that stands at several rows names the first.
    """
    taken: set[str] = set()
    keys = []
    for number, ref in enumerate(refs, start=1):
        name = ref if ref and ref not in taken else f"#{number}"
        taken.add(name)
        keys.append(f"{section}/{name}")
    return keys


def _answer(
    row: RowBlock,
    cell: QuestionCell,
    form: Form,
    joiner: LineJoiner,
    position: int,
    key: str,
) -> Answer:
    printed = unmark(joiner.paragraph(row.answer or row.shared))
    code = code_of(printed, form)
    flags = sorted(map(str, row.doubts))
    confidence = row.confidence
    if code is Code.MISSING:
        flags.append(ANSWER_BLANK)
    elif fold(printed) not in form.codes:
        flags.append(ANSWER_UNKNOWN)
        confidence = min(confidence, _UNKNOWN_CONFIDENCE)
    if not cell.question:
        flags.append(QUESTION_BLANK)
        confidence = min(confidence, _NO_QUESTION_CONFIDENCE)
    if any(map(_ASKS.search, cell.detail_texts)):
        flags = sorted({*flags, Doubt.QUESTION_UNCERTAIN.value})
        confidence = min(confidence, _TWO_QUESTIONS_CONFIDENCE)
    if not (
        all(map(joiner.is_sure, (row.question, (row.answer,), row.comment)))
        and _ends_are_sure(row, cell)
    ):
        flags.append(JOIN_UNCERTAIN)
        confidence = min(confidence, _UNSURE_JOIN_CONFIDENCE)
    if any(map(_is_unsure, pieces(row))):
        flags.append(OCR_UNCERTAIN)
        confidence = min(confidence, _UNSURE_LETTERS_CONFIDENCE)
    own = _lines(row)
    pages = [line.page for line in own if line.page is not None]
    numbers = [line.number for line in own]
    return Answer(
        position=position,
        section=key.split("/", maxsplit=1)[0],
        key=key,
        ref=cell.ref,
        question=cell.question_text,
        detail="\n\n".join(filter(None, cell.detail_texts)),
        answer=printed,
        code=code.value,
        comment=joiner.cell(row.comment),
        page_first=min(pages, default=None),
        page_last=max(pages, default=None),
        boxes=tuple(_boxes(cell, row)),
        line_first=min(numbers, default=None),
        line_last=max(numbers, default=None),
        confidence=round(confidence, 3),
        flags=tuple(flags),
    )


def _ends_are_sure(row: RowBlock, cell: QuestionCell) -> bool:
    """Whether it is told where the paragraphs of a row end."""
    own = (cell.detail, row.comment)
    if not row.ends_told and any(map(may_end_elsewhere, own)):
        return False
    return not any(map(may_break_off, own)) and not any(
        map(may_end_with_page, (*cell.detail, *row.comment))
    )


def code_of(printed: str, form: Form) -> Code:
    """Returns the code that an answer stands for, by the form's answer words."""
    if not printed:
        return Code.MISSING
    return form.codes.get(fold(printed).rstrip("."), Code.OTHER)


def _flag_repeated(answer: Answer) -> Answer:
    return replace(answer, flags=(*answer.flags, REF_REPEATED))


def _is_unsure(piece: Piece) -> bool:
    """Whether text recognition was not sure of a word of a piece."""
    return any(start < piece.end and piece.start < end for start, end in piece.line.unsure)


def _lines(row: RowBlock) -> list[Line]:
    """Returns the source line of each piece of a row."""
    cells = (row.question, (row.answer,), row.comment)
    return [piece.line for cell in cells for paragraph in cell for piece in paragraph]


def _boxes(cell: QuestionCell, row: RowBlock) -> Iterator[FieldBox]:
    """Yields one box per page around each field; none where the source has no geometry."""
    fields: tuple[tuple[str, Cell | tuple[Paragraph, ...]], ...] = (
        ("question", (cell.question,)),
        ("detail", cell.detail),
        ("answer", (row.answer,)),
        ("comment", row.comment),
    )
    for name, paragraphs in fields:
        by_page: dict[int, list[Box]] = {}
        for paragraph in paragraphs:
            for piece in paragraph:
                page, box = piece.line.page, piece.line.box
                if page is not None and box is not None:
                    by_page.setdefault(page, []).append(box)
        for page in sorted(by_page):
            lefts, tops, rights, bottoms = zip(*by_page[page], strict=True)
            yield FieldBox(page, min(lefts), min(tops), max(rights), max(bottoms), name)
