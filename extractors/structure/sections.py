"""Gathers blocks into sections: which text is a heading, an instruction, a notice or other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from extractors.layout.blocks import Block, HeadBlock, Paragraph, RowBlock, TextBlock
from extractors.line_ends.joiner import LineJoiner
from extractors.structure.asked import asked_at, reference_at
from extractors.structure.headings import (
    Candidate,
    Numbering,
    choose,
    is_contents_entry,
    parse_heading,
    parse_number,
    wording_score,
)
from extractors.structure.notices import is_instruction_label, notice_organisation, notice_start
from extractors.structure.splitting import split_text
from extractors.structure.unnumbered import body_size, headings_of, unnumbered_headings
from extractors.structure.written import part_labels, with_rows
from extractors.text import collapse, fold, fold_all
from models.document import Document, Format
from models.form import Form
from models.form_structure import AskedBy
from models.report import Role

_STYLE_SCORE = 5.0
_EMPHASIS_SCORE = 1.5


@dataclass
class SectionBlocks:
    """A section with the blocks that belong to it.

    Attributes:
        number: Its number as printed, or its title if it has none; "" for what comes before the
            first heading.
        heading: The paragraph of its heading.
        title: Its title.
        page: 1-based page of the heading, or None.
        asked: False if a notice says that the board is not to answer it.
        organisation: The board that such a notice names, or "".
        texts: Its text outside tables, with the role of each paragraph.
        rows: Its rows.
        heads: Its table header rows.
        level: Its level from 1 if it has no number; None if the number gives it.
        source: The text in a table row or column that names it; "" for a heading outside tables.
    """

    number: str = ""
    heading: Paragraph = ()
    title: str = ""
    page: int | None = None
    asked: bool = True
    organisation: str = ""
    texts: list[tuple[Role, Paragraph]] = field(default_factory=list)
    rows: list[RowBlock] = field(default_factory=list)
    heads: list[HeadBlock] = field(default_factory=list)
    level: int | None = None
    source: str = ""

    @property
    def depth(self) -> int:
        """Its level: 1 for "1", 2 for "1.2"; 0 before the first heading."""
        return self.level or (self.number.count(".") + 1 if self.number else 0)


def gather(
    blocks: Sequence[Block], document: Document, form: Form, joiner: LineJoiner
) -> list[SectionBlocks]:
    """Returns the sections of a report; the first holds the text before any heading."""
    blocks = split_text(blocks, form)
    is_dump = document.format is Format.TEXT
    if form.outside_tables:
        blocks = part_labels(blocks, form, by_line=is_dump)
    asked = asked_at(blocks, document, form)
    candidates = _candidates(blocks, document, form) if form.sections.numbered else []
    chosen = {own.index for own in choose([own for own in candidates if own.index not in asked])}
    unnumbered = unnumbered_headings(blocks, document, form, chosen | asked)
    sections = [SectionBlocks()]
    opens_table = _opens_table(blocks)
    ends = chosen | unnumbered.keys()
    if form.outside_tables:
        ends |= _as_high(blocks, document, ends | asked) - asked
    ends_told = False if is_dump else None
    for index, block in with_rows(blocks, asked, ends, form, ends_told=ends_told):
        section = sections[-1]
        match block:
            case TextBlock(paragraph) if index in chosen:
                sections.append(_open(paragraph, joiner))
            case TextBlock(paragraph, opens_section=True):
                title, level = joiner.paragraph(paragraph), _level_below(sections)
                sections.append(_named(title, level, paragraph, sections, source=title))
            case TextBlock(paragraph) if index in unnumbered:
                title, level = joiner.paragraph(paragraph), unnumbered[index]
                sections.append(_named(title, level, paragraph, sections))
            case TextBlock(paragraph, is_footnote=True):
                section.texts.append((Role.OTHER, paragraph))
            case TextBlock(paragraph):
                _add_text(section, paragraph, form, joiner, opens_table=opens_table[index])
            case HeadBlock():
                section.heads.append(block)
            case RowBlock():
                title = collapse(joiner.cell(block.section))
                if title and title != section.source:
                    level = _level_below(sections)
                    sections.append(_named(title, level, block.section[0], source=title))
                    sections[-1].heading = ()
                sections[-1].rows.append(block)
    return sections


def _as_high(blocks: Sequence[Block], document: Document, known: Collection[int]) -> set[int]:
    """Returns the headings at least as high as those that open sections or are questions."""
    texts = {
        at: block.paragraph
        for at, block in enumerate(blocks)
        if isinstance(block, TextBlock) and not block.is_footnote
    }
    levels = headings_of(blocks, document, texts)
    lowest = max((levels[at] for at in known if at in levels), default=0)
    return {at for at, level in levels.items() if level <= lowest}


def _named(
    title: str,
    level: int,
    heading: Paragraph,
    others: Sequence[SectionBlocks] = (),
    *,
    source: str = "",
) -> SectionBlocks:
    """Returns a section identified by its title, or by the number it opens with.

    Args:
        title: The title.
        level: Its level, if not given by a number.
        heading: Its paragraph.
        others: Sections that it must be distinguishable from.
        source: The text in a table that names it.
    """
    taken = {own.number for own in others}
    parsed = parse_number(title)
    number = ".".join(map(str, parsed[0])) if parsed else ""
    page = heading[0].line.page
    if parsed and number not in taken:
        return SectionBlocks(number, heading, parsed[1], page, source=source)
    number, count = title, 1
    while number in taken:
        count += 1
        number = f"{title} ({count})"
    return SectionBlocks(number, heading, title, page, level=level, source=source)


def _level_below(sections: Sequence[SectionBlocks]) -> int:
    """Returns the level of a section named in a table: below the last heading outside tables."""
    return 1 + next((own.depth for own in reversed(sections) if not own.source), 0)


def _open(paragraph: Paragraph, joiner: LineJoiner) -> SectionBlocks:
    parsed = parse_heading(joiner.paragraph(paragraph))
    number, title = parsed if parsed else ((), "")
    return SectionBlocks(
        number=".".join(map(str, number)),
        heading=paragraph,
        title=title,
        page=paragraph[0].line.page,
    )


def _add_text(
    section: SectionBlocks,
    paragraph: Paragraph,
    form: Form,
    joiner: LineJoiner,
    *,
    opens_table: bool,
) -> None:
    """Assigns a role to a paragraph outside tables."""
    text = joiner.paragraph(paragraph)
    if section.number and not section.rows and notice_start(text, form):
        section.asked = False
        section.organisation = notice_organisation(text, form)
        role = Role.NOTICE
    elif _is_contents(paragraph, text, form):
        role = Role.CONTENTS
    elif section.rows and not opens_table:
        role = Role.OTHER
    else:
        role = Role.INSTRUCTION
    section.texts.append((role, paragraph))


def _opens_table(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether the next block other than text is a new table of its section."""
    opens, found = [False] * len(blocks), False
    for index in range(len(blocks) - 1, -1, -1):
        opens[index] = found
        block = blocks[index]
        if isinstance(block, HeadBlock):
            found = not block.repeated
        elif isinstance(block, RowBlock):
            found = False
    return opens


def _is_contents(paragraph: Paragraph, text: str, form: Form) -> bool:
    if fold(text).rstrip(":") in fold_all(form.labels.contents):
        return True
    entries = sum(is_contents_entry(piece.line.text.rstrip()) for piece in paragraph)
    return entries * 2 > len(paragraph)


def _candidates(blocks: Sequence[Block], document: Document, form: Form) -> list[Candidate]:
    """Text blocks that may be headings, with the evidence of wording, type and context."""
    body = body_size(blocks)
    outside = form.outside_tables
    by_reference = outside is not None and AskedBy.REFERENCE in outside.questions
    numbering = Numbering()
    found = []
    for index, block in enumerate(blocks):
        if not isinstance(block, TextBlock) or block.is_footnote:
            continue
        raw = " ".join(piece.text for piece in block.paragraph)
        parsed = numbering.parse(raw)
        if by_reference and reference_at(block.paragraph, form):
            continue  # a list item that looks like the questions
        if parsed is None or _is_contents(block.paragraph, raw, form):
            continue
        score = wording_score(parsed[1]) + _context_score(blocks, index, form)
        score += _type_score(block, document, body)
        found.append(Candidate(index, parsed[0], score))
    return found


def _context_score(blocks: Sequence[Block], index: int, form: Form) -> float:
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    match following:
        case HeadBlock() | RowBlock():
            return 3.0
        case TextBlock(paragraph):
            text = collapse(" ".join(piece.text for piece in paragraph))
            if is_instruction_label(text, form) or notice_start(text, form):
                return 4.0
            return 2.0 if parse_number(text) else 1.0
        case _:
            return 0.0


def _type_score(block: TextBlock, document: Document, body: float | None) -> float:
    first = block.paragraph[0].line
    if document.headings:
        return _STYLE_SCORE if first.number in document.headings else -2.0
    if first.size is None or body is None:
        return 0.0
    if first.size > body * 1.05:
        return 2 * _EMPHASIS_SCORE
    return _EMPHASIS_SCORE if first.bold else -_EMPHASIS_SCORE
