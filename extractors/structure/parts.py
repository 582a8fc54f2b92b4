"""The role of every part of every line; together the parts tile the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from extractors.layout.blocks import Paragraph, Piece, RowBlock
from extractors.structure.questions import QuestionCell
from extractors.structure.sections import SectionBlocks
from models.report import Answer, Part, Role


def parts_of(
    sections: Sequence[SectionBlocks],
    rows: Iterable[tuple[Answer, RowBlock, QuestionCell]],
    running: Sequence[Piece],
) -> tuple[Part, ...]:
    """Returns the parts of a report, ordered by line and offset."""
    parts = [_part(piece, Role.RUNNING, None) for piece in running]
    for section in sections:
        number = section.number or None
        parts.extend(_part(piece, Role.HEADING, number) for piece in section.heading)
        for head in section.heads:
            parts.extend(_part(piece, Role.TABLE_HEAD, number) for piece in head.pieces)
        for role, paragraph in section.texts:
            parts.extend(_part(piece, role, number) for piece in paragraph)
    for answer, row, cell in rows:
        section_number = answer.section or None
        for role, paragraphs in _row_paragraphs(row, cell):
            parts += [
                _part(piece, role, section_number, answer.position)
                for paragraph in paragraphs
                for piece in paragraph
            ]
    parts.sort(key=attrgetter("line", "start"))
    return tuple(parts)


def _row_paragraphs(
    row: RowBlock, cell: QuestionCell
) -> tuple[tuple[Role, Sequence[Paragraph]], ...]:
    return (
        (Role.QUESTION, (cell.question,)),
        (Role.DETAIL, cell.detail),
        (Role.ANSWER, (row.marks, row.answer)),
        (Role.COMMENT, row.own_comment),
        (Role.REF, row.own_ref),
        (Role.HEADING, row.own_section),
        *((Role.EXTRA, cell) for cell in row.own_others),
    )


def _part(piece: Piece, role: Role, section: str | None, position: int | None = None) -> Part:
    line = piece.line
    return Part(role, line.number, piece.start, piece.end, line.page, section, position)
