"""A chunk of a text dump, and what its text says; each fact is computed once, when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from itertools import pairwise

from extractors.layout.blocks import Piece
from extractors.layout.cells import cues
from extractors.layout.cells.answers import is_answer
from extractors.layout.cells.openings import starts_item
from extractors.layout.dumps import wording
from extractors.layout.dumps.wording import Reference
from extractors.text import unmark
from models.form import Form

_ENDS = (".", "?", "!")
_FEW_WORDS = 5
_GLUED_QUESTION = re.compile(r"\w{3}\.\s+\w.*\?$")
"""A question after a sentence at the end: a comment that touches the question of the next row."""
_BEGINS_COMMENT = re.compile(r"[-–]\s+[^\W\d_a-zåäö]|[^a-zåäö,.;:(\-–/]")
"""What can follow an answer on its line: not a lower-case letter or a sign that continues it."""


class Gap(IntEnum):
    """What separates a chunk from the previous one."""

    NONE = 0
    BLANKS = 1
    EMPTY = 2


@dataclass(frozen=True)
class Chunk:
    """Consecutive lines with nothing in between.

    Attributes:
        pieces: One piece per line.
        form: The form, for its wording.
        gap: What precedes it.
        lead: Whether its first line begins with a space, unlike most lines of this dump.
        page_start: Whether it certainly begins a page: after a running header, a form feed or a
            repeated table header.
        after_empty: Whether it follows more blank lines than usual, as left by an empty cell.
        before_head: Whether a table header follows it immediately, inside a page.
    """

    pieces: tuple[Piece, ...]
    form: Form = field(repr=False, compare=False)
    gap: Gap = Gap.NONE
    lead: bool = False
    page_start: bool = False
    after_empty: bool = False
    before_head: bool = False

    @cached_property
    def lines(self) -> list[str]:
        """Text of each of its lines."""
        return [piece.text for piece in self.pieces]

    @cached_property
    def text(self) -> str:
        """Its lines joined with spaces."""
        return " ".join(self.lines)

    @cached_property
    def is_answer(self) -> bool:
        """Whether it is only an answer word, or options of which one is chosen."""
        return is_answer(self.text, self.form)

    @cached_property
    def unmarked(self) -> str:
        """Its text without the mark of an answer before it."""
        return unmark(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether it ends with a question mark, or begins like a request."""
        return wording.asks(self.text, self.form)

    @cached_property
    def kind(self) -> str:
        """The label or reference of the form that it opens with; "" for neither."""
        return wording.opening_kind(self.text, self.form)

    @cached_property
    def reference(self) -> Reference | None:
        """The reference that it gives its row."""
        return wording.row_reference(self.lines, self.form)

    @cached_property
    def openness(self) -> float:
        """How unfinished its end is, 0 to 1."""
        return cues.openness(self.text, self.form)

    @cached_property
    def is_item(self) -> bool:
        """Whether it opens with the bullet, dash or number of a list item."""
        return starts_item(self.text)

    @cached_property
    def squeezed(self) -> str:
        """Its text without what line ends can change."""
        return wording.squeeze(self.text)

    @cached_property
    def question(self) -> str:
        """Its text normalised for comparing questions."""
        return wording.without_reference(self.text, self.form)

    @cached_property
    def opens_with_answer(self) -> bool:
        """Whether it begins with an answer word of the form."""
        return self.form.answer_pattern.match(self.unmarked) is not None

    def answer_look(self, has_column: bool) -> int:
        """Returns how much it looks like an answer.

        3 if it is only an answer, 2 if it begins with one and the comment shares its line, 1 if by
        its length it could be one that the form does not know; otherwise 0.

        Args:
            has_column: Whether answers have their own column.
        """
        if self.is_answer:
            return 3
        text = self.unmarked
        if has_column and (match := self.form.answer_pattern.match(text)):
            rest = text[match.end() :].lstrip()
            return 2 if rest and _BEGINS_COMMENT.match(rest) else 0
        is_short = len(self.pieces) == 1 and len(text.split()) <= _FEW_WORDS
        if not is_short or text[:1].islower() or self.is_item:
            return 0
        return int(not text.endswith((".", "?", ":")))

    def parts_of(self, *, is_gapped: bool) -> tuple[Chunk, ...]:
        """Returns its parts: where a cell or a paragraph may begin, another part does.

        Args:
            is_gapped: Whether empty lines separate the cells of the dump. If so, chunks stay whole
                unless they end with a question after a sentence.
        """
        is_whole = is_gapped and not _GLUED_QUESTION.search(self.text)
        return (self,) if is_whole else self.parts

    @cached_property
    def parts(self) -> tuple[Chunk, ...]:
        """Its parts: each begins with a capital, a figure or a sign, or after a full stop."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[Chunk]:
        starts = [
            at
            for at, (before, line) in enumerate(pairwise(self.lines), start=1)
            if not line[:1].islower() or before.endswith(_ENDS) or starts_item(line)
        ]
        if not starts:
            yield self
            return
        yield replace(self, pieces=self.pieces[: starts[0]], before_head=False)
        for start, end in pairwise([*starts, len(self.pieces)]):
            is_last = end == len(self.pieces)
            yield Chunk(self.pieces[start:end], self.form, before_head=is_last and self.before_head)
