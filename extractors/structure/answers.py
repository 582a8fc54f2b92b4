"""Rows to answers: texts, code, key, place, flags and confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.doubts import (
    ANSWER_BLANK,
    ANSWER_ICON,
    ANSWER_UNKNOWN,
    JOIN_UNCERTAIN,
    OCR_UNCERTAIN,
    QUESTION_BLANK,
    REF_REPEATED,
)
from extractors.layout.blocks import Answering, Cell, Doubt, Paragraph, Piece, RowBlock, pieces
from extractors.layout.cells.cues import is_reference
from extractors.line_ends.joiner import LineJoiner
from extractors.line_ends.paragraph_ends import may_break_off
from extractors.structure.confidence import LINES, PARAGRAPHS, Seen, confidence_of
from extractors.structure.questions import QuestionCell, parse_question
from extractors.structure.sections import SectionBlocks
from extractors.text import collapse, fold, unmark
from models.document import Box, Line
from models.form import Code, Form, letters_of
from models.report import Answer, FieldBox

_UNKNOWN_CONFIDENCE = 0.8
_NO_QUESTION_CONFIDENCE = 0.3
_UNSURE_JOIN_CONFIDENCE = 0.9
_UNSURE_LETTERS_CONFIDENCE, _UNSURE_ANSWER_CONFIDENCE = 0.9, 0.7
_TWO_QUESTIONS_CONFIDENCE = 0.6
_ASKS = re.compile(r"\?(?:\s*\([^()]*\))?$")
"""A paragraph that asks something, perhaps with a remark in brackets after it. Below a question it
can be the question of the next row."""


def answers_of(
    sections: Sequence[SectionBlocks], form: Form, joiner: LineJoiner
) -> Iterator[tuple[Answer, RowBlock, QuestionCell]]:
    """Yields every row of the report as an answer, with the row and its question cell."""
    rows = [
        (section.number, row, _question_of(row, form, joiner))
        for section in sections
        for row in section.rows
    ]
    refs: dict[str, list[str | None]] = {}
    for section, _, cell in rows:
        refs.setdefault(section, []).append(cell.ref)
    keys = {section: iter(_keys(section, own)) for section, own in refs.items()}
    for position, (section, row, cell) in enumerate(rows, start=1):
        key, is_repeated = next(keys[section])
        answer = _answer(row, cell, form, joiner, position, section, key)
        yield (_flag_repeated(answer) if is_repeated else answer), row, cell


def _question_of(row: RowBlock, form: Form, joiner: LineJoiner) -> QuestionCell:
    """Returns a row's question cell, with the reference of its column if it has one."""
    cell = parse_question(row.question, form, joiner)
    own = collapse(joiner.cell(row.ref))
    return cell._replace(ref=own) if own else cell


def _keys(section: str, refs: Sequence[str | None]) -> Iterator[tuple[str, bool]]:
    """Yields the key of each of a section's rows, and whether its reference occurs elsewhere."""
    repeated = Counter(filter(None, refs))
    for ref, key in zip(refs, keys_of(section, refs), strict=True):
        yield key, ref is not None and repeated[ref] > 1


def keys_of(section: str, refs: Sequence[str | None]) -> list[str]:
    """Returns the keys of a section's rows in order: by reference, else by number from 1.

    A reference shared by several rows is the key of the first.
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
    section: str,
    key: str,
) -> Answer:
    printed = _printed(row.answer or row.shared, form, joiner) or row.said
    parts = parts_of_answer(printed, form)
    code = _code_of_parts(parts) if parts else code_of(printed, form)
    is_known = all(fold(own.answer).rstrip(".") in form.codes for own in parts) and (
        bool(parts) or fold(printed).rstrip(".") in form.codes
    )
    flags = sorted(map(str, row.doubts))
    confidence = row.confidence
    if row.said and printed == row.said:
        flags.append(ANSWER_ICON)
    if code is Code.MISSING and row.answering is Answering.NONE and row.comment:
        code = Code.OTHER
    elif code is Code.MISSING:
        flags.append(ANSWER_BLANK)
    elif row.answering is Answering.WORDS and not is_known:
        flags.append(ANSWER_UNKNOWN)
        confidence = min(confidence, _UNKNOWN_CONFIDENCE)
    if not cell.question:
        flags.append(QUESTION_BLANK)
        confidence = min(confidence, _NO_QUESTION_CONFIDENCE)
    if (row.ref and _holds_more(cell.ref or "", form)) or any(map(_ASKS.search, cell.detail_texts)):
        flags = sorted({*flags, Doubt.QUESTION_UNCERTAIN.value})
        confidence = min(confidence, _TWO_QUESTIONS_CONFIDENCE)
    own = _lines(row)
    if any(line.covered for line in own):
        flags = sorted({*flags, Doubt.TEXT_HIDDEN.value})
    if not (_lines_are_sure(row, joiner) and _ends_are_sure(row, cell)):
        flags = sorted({*flags, JOIN_UNCERTAIN})
    if JOIN_UNCERTAIN in flags:
        confidence = min(confidence, _UNSURE_JOIN_CONFIDENCE)
    if (seen := seen_of(row, cell, flags, joiner)) is not None:
        confidence = confidence_of(seen)
    if any(map(_is_unsure, pieces(row))):
        flags.append(OCR_UNCERTAIN)
        in_answer = any(map(_is_unsure, (*row.answer, *row.marks)))
        most = _UNSURE_ANSWER_CONFIDENCE if in_answer else _UNSURE_LETTERS_CONFIDENCE
        confidence = min(confidence, most)
    kept = [other for other in row.others if other.keep]
    pages = [line.page for line in own if line.page is not None]
    numbers = [line.number for line in own]
    return Answer(
        position=position,
        section=section,
        key=key,
        ref=cell.ref,
        question=cell.question_text,
        detail="\n\n".join(filter(None, cell.detail_texts)),
        answer=printed,
        code=code.value,
        own_code=form.own_codes.get(fold(printed).rstrip("."), ""),
        comment=joiner.cell(row.comment),
        extra=tuple(joiner.cell(other.cell) for other in kept),
        extra_heads=tuple(other.head for other in kept),
        parts=tuple(own.part for own in parts),
        part_answers=tuple(own.answer for own in parts),
        part_codes=tuple(own.code.value for own in parts),
        page_first=min(pages, default=None),
        page_last=max(pages, default=None),
        boxes=tuple(_boxes(cell, row)),
        line_first=min(numbers, default=None),
        line_last=max(numbers, default=None),
        confidence=round(confidence, 3),
        flags=tuple(flags),
    )


def _holds_more(ref: str, form: Form) -> bool:
    """Whether a reference cell holds more than a single reference."""
    return " " in ref and not is_reference(ref, form)


def seen_of(
    row: RowBlock, cell: QuestionCell, flags: Sequence[str], joiner: LineJoiner
) -> Seen | None:
    """Returns what speaks for and against a row on pages; None for rows of other sources."""
    if row.borders is None:
        return None
    doubts = set(flags)
    if JOIN_UNCERTAIN in doubts:
        if not _lines_are_sure(row, joiner):
            doubts.add(LINES)
        if Doubt.JOIN_UNCERTAIN in row.doubts or not _ends_are_sure(row, cell):
            doubts.add(PARAGRAPHS)
    return Seen(row.borders, frozenset(doubts))


def _lines_are_sure(row: RowBlock, joiner: LineJoiner) -> bool:
    """Whether it is known how the lines of a row join."""
    cells = (row.question, (row.answer,), row.comment, *row.own_others)
    return all(map(joiner.is_sure, cells))


def _ends_are_sure(row: RowBlock, cell: QuestionCell) -> bool:
    """Whether it is known where the paragraphs of a row end."""
    own = (cell.detail, row.comment)
    if row.ends_told is not None:
        return row.ends_told
    return not any(map(may_break_off, own))


def _printed(answer: Paragraph, form: Form, joiner: LineJoiner) -> str:
    """Returns an answer as printed; an answer word of the form cut by a line end is restored."""
    printed = unmark(joiner.paragraph(answer))
    if len(answer) < 2 or fold(printed) in form.codes:
        return printed
    return form.word_of_letters.get(letters_of(printed), printed)


class AnswerPart(NamedTuple):
    """One of several answers in a cell: its label, the answer as printed, and its code."""

    part: str
    answer: str
    code: Code


def parts_of_answer(printed: str, form: Form) -> tuple[AnswerPart, ...]:
    """Returns the answers of a cell that labels each of them; () if it holds only one."""
    found = list(form.part_pattern.finditer(printed))
    if not found or found[0].start():
        return ()
    ends = [*(match.start() for match in found[1:]), len(printed)]
    answers = [printed[match.end() : end].strip() for match, end in zip(found, ends, strict=True)]
    return tuple(
        AnswerPart(match["part"], answer, code_of(answer, form))
        for match, answer in zip(found, answers, strict=True)
    )


def _code_of_parts(parts: Sequence[AnswerPart]) -> Code:
    """Returns the code shared by all parts of an answer, or `other` if they differ."""
    codes = {own.code for own in parts}
    return codes.pop() if len(codes) == 1 else Code.OTHER


def code_of(printed: str, form: Form) -> Code:
    """Returns the code of an answer, by the form's answer words."""
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
    cells = (row.question, (row.answer,), row.own_comment, row.own_ref, *row.own_others)
    return [piece.line for cell in cells for paragraph in cell for piece in paragraph]


def _boxes(cell: QuestionCell, row: RowBlock) -> Iterator[FieldBox]:
    """Yields one box per page around each field; none if the source has no geometry."""
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
