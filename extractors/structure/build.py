"""From a document's layout to the report: sections, answers and the parts of its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.blocks import Layout
from extractors.line_ends.joiner import LineJoiner
from extractors.structure.answers import answers_of, seen_of
from extractors.structure.confidence import Seen
from extractors.structure.notices import is_instruction_label
from extractors.structure.parts import parts_of
from extractors.structure.sections import SectionBlocks, gather
from extractors.structure.titles import title_of
from extractors.text import fold
from models.document import Document
from models.form import Form
from models.report import Answer, Part, Role, Section

_MOST_NAME_WORDS = 8


@dataclass(frozen=True, slots=True)
class Structure:
    """What a report's blocks hold."""

    sections: tuple[Section, ...]
    answers: tuple[Answer, ...]
    parts: tuple[Part, ...]
    preamble: str
    organisation: str
    title: str


def build(document: Document, layout: Layout, form: Form) -> Structure:
    """Returns the sections and answers of a document.

    Args:
        document: The source.
        layout: Its blocks.
        form: The form that it was made with.
    """
    joiner = joiner_of(document, form)
    gathered = gather(layout.blocks, document, form, joiner)
    rows = list(answers_of(gathered, form, joiner))
    return Structure(
        sections=_sections(gathered, form, joiner),
        answers=tuple(answer for answer, _, _ in rows),
        parts=parts_of(gathered, rows, layout.running),
        preamble=_instruction(gathered[0], form, joiner),
        organisation=_organisation(gathered, layout, form, joiner),
        title=title_of(document, layout, joiner),
    )


def joiner_of(document: Document, form: Form) -> LineJoiner:
    """Returns what joins the lines of a document."""
    return LineJoiner(
        [line.text for line in document.lines],
        map(str.casefold, form.labels.conjunctions),
        map(str.casefold, form.labels.kept_hyphens),
    )


def seen_rows(document: Document, layout: Layout, form: Form) -> list[Seen | None]:
    """Returns what speaks for and against each row, in the order of the answers."""
    joiner = joiner_of(document, form)
    gathered = gather(layout.blocks, document, form, joiner)
    rows = answers_of(gathered, form, joiner)
    return [seen_of(row, cell, answer.flags, joiner) for answer, row, cell in rows]


def _sections(
    gathered: Sequence[SectionBlocks], form: Form, joiner: LineJoiner
) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for at, section in enumerate(gathered):
        if section.number and section.number not in sections:
            sections[section.number] = Section(
                section=section.number,
                title=section.title,
                level=section.depth,
                parent=_parent(section, gathered[:at]),
                asked=section.asked,
                instruction=_instruction(section, form, joiner),
                page=section.page,
            )
    return tuple(sections.values())


def _parent(section: SectionBlocks, before: Sequence[SectionBlocks]) -> str | None:
    """Returns the number of the parent section: by number, else the last of a higher level."""
    numbers = {own.number for own in before}
    if section.level is None:
        parent = section.number.rpartition(".")[0]
        while parent and parent not in numbers:
            parent = parent.rpartition(".")[0]
        return parent or None
    above = (own.number for own in reversed(before) if 0 < own.depth < section.level)
    return next(above, None)


def _instruction(section: SectionBlocks, form: Form, joiner: LineJoiner) -> str:
    """Text of a section outside tables, without the label that opens an instruction."""
    paragraphs = []
    for role, paragraph in section.texts:
        if role is Role.INSTRUCTION:
            labelled = is_instruction_label(paragraph[0].text, form)
            paragraphs.append(joiner.paragraph(paragraph[1:] if labelled else paragraph))
    return "\n\n".join(filter(None, paragraphs))


def _organisation(
    gathered: Sequence[SectionBlocks], layout: Layout, form: Form, joiner: LineJoiner
) -> str:
    """Name of the board: as given in notices, else a short line that names one.

    Running headers and the text before the first section are searched for a line with one of the
    form's words for boards and companies.
    """
    named = Counter(section.organisation for section in gathered if section.organisation)
    if named:
        return named.most_common(1)[0][0]
    before = [paragraph for _, paragraph in gathered[0].texts]
    candidates = [joiner.paragraph(paragraph) for paragraph in before]
    candidates += [piece.text.strip() for piece in layout.running]
    return next((text for text in candidates if _is_name(text, form)), "")


def _is_name(text: str, form: Form) -> bool:
    words = text.split()
    if not words or len(words) > _MOST_NAME_WORDS or text.endswith((".", "?", ":")):
        return False
    marks = [fold(word) for word in form.labels.organisation]
    return any(
        word.casefold().endswith(mark) for word in words for mark in marks if len(mark) > 2
    ) or any(word.casefold() == mark for word in words for mark in marks)
