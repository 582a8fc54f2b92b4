"""What an invented report says, before anything decides how it looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from extractors.rules import builtin_forms
from models.report import Answer, Report, Section

Kind = StrEnum("Kind", ["TEXT", "LABEL", "BULLET", "NOTICE"])

NOTICE = "Ska ej besvaras av "


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading."""

    number: str
    title: str
    asked: bool = True

    @property
    def level(self) -> int:
        return self.number.count(".") + 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph outside tables."""

    text: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its answer. Texts are raw: double spaces and typing errors are kept."""

    position: int
    question: str
    detail: tuple[str, ...]
    ref: str | None
    answer: str = ""
    comment: tuple[str, ...] = ()
    trap: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of two columns, or of three where answer and comment have their own."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        return len(self.heads)


Block = Heading | Text | Table


@dataclass(frozen=True, slots=True)
class Truth:
    """A report that is known in full."""

    seed: int
    organisation: str
    title: str
    preamble: tuple[Text, ...]
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> list[Row]:
        return [row for block in self.blocks if isinstance(block, Table) for row in block.rows]

    def report(self, **known: object) -> Report:
        """The gold: what extraction should return. `known` sets further fields of the report."""
        return _Gold(self).report(**known)


def clean(text: str) -> str:
    """Text as in the gold: with white space collapsed."""
    return re.sub(r"\s+", " ", text).strip()


def paragraphs(texts: tuple[str, ...]) -> str:
    return "\n\n".join(clean(text) for text in texts)


def plain_bullets(truth: Truth) -> Truth:
    """The report with • for the private bullet, which WinAnsi does not have."""

    def plain(text: str) -> str:
        return text.replace("\uf0b7", "•")

    blocks: list[Block] = []
    for block in truth.blocks:
        if isinstance(block, Text):
            blocks.append(replace(block, text=plain(block.text)))
        elif isinstance(block, Table):
            rows = tuple(
                replace(row, comment=tuple(plain(text) for text in row.comment))
                for row in block.rows
            )
            blocks.append(replace(block, rows=rows))
        else:
            blocks.append(block)
    preamble = tuple(replace(text, text=plain(text.text)) for text in truth.preamble)
    return replace(truth, preamble=preamble, blocks=tuple(blocks))


def label_between_tables(truth: Truth) -> Truth:
    """The report with a label before text between two tables of a section.

    Without geometry nothing else would distinguish it from another paragraph of the last comment.
    """
    blocks: list[Block] = []
    for block in truth.blocks:
        if blocks and isinstance(blocks[-1], Table) and isinstance(block, Text):
            blocks.append(Text("Anvisning", Kind.LABEL))
        blocks.append(block)
    return replace(truth, blocks=tuple(blocks))


def one_paragraph_in_three_columns(truth: Truth) -> Truth:
    """The report with one paragraph at most in a comment that has a column of its own.

    If columns are separated, nothing shows which row's comment a further paragraph belongs to.
    """
    blocks: list[Block] = []
    for block in truth.blocks:
        if isinstance(block, Table) and block.columns == 3:
            rows = tuple(replace(row, comment=row.comment[:1]) for row in block.rows)
            blocks.append(replace(block, rows=rows))
        else:
            blocks.append(block)
    return replace(truth, blocks=tuple(blocks))


@dataclass
class _Gold:
    truth: Truth
    sections: list[Section] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    asked_here: int = 0

    def report(self, **known: object) -> Report:
        instructions: list[list[str]] = []
        for block in self.truth.blocks:
            if isinstance(block, Heading):
                self._open(block)
                instructions.append([])
            elif isinstance(block, Table):
                for row in block.rows:
                    self._answer(row)
            elif block.kind in (Kind.TEXT, Kind.BULLET):
                instructions[-1].append(block.text)
        report = Report(
            report_id="",
            source="",
            form="trygghet",
            organisation=self.truth.organisation,
            title=self.truth.title,
            confidence=1.0,
            preamble=paragraphs(
                tuple(text.text for text in self.truth.preamble if text.kind is not Kind.LABEL)
            ),
            sections=tuple(
                replace(section, instruction=paragraphs(tuple(texts)))
                for section, texts in zip(self.sections, instructions, strict=True)
            ),
            answers=tuple(self.answers),
        )
        return replace(report, **known)  # type: ignore[arg-type]

    def _open(self, heading: Heading) -> None:
        parent = heading.number.rpartition(".")[0] or None
        self.sections.append(
            Section(heading.number, clean(heading.title), heading.level, parent, heading.asked)
        )
        self.asked_here = 0

    def _answer(self, row: Row) -> None:
        self.asked_here += 1
        section = self.sections[-1].section
        code = builtin_forms()[0].codes.get(row.answer.casefold(), "other")
        self.answers.append(
            Answer(
                position=row.position,
                section=section,
                key=f"{section}/{row.ref or f'#{self.asked_here}'}",
                ref=row.ref,
                question=clean(row.question),
                detail=paragraphs(row.detail),
                answer=row.answer,
                code=str(code) if row.answer else "missing",
                comment=paragraphs(row.comment),
            )
        )
