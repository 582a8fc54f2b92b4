"""Paragraphs from lines: by gaps, weight, bullets and indents, also across page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph, TextBlock
from extractors.layout.cells.cues import ends_question, openness
from extractors.layout.cells.line_breaks import ends_early, has_room, is_full, is_stretched
from extractors.layout.cells.openings import (
    hangs,
    is_indented,
    is_item,
    is_unfinished,
    opens_detail,
    starts_item,
)
from extractors.layout.cells.page_ends import Cut, PageEnds, chance_of_end
from extractors.layout.cells.runs import TextLine, told_apart
from extractors.layout.cells.spacing import Spacing, is_seen, pitch_of, tears
from extractors.line_ends.joiner import reads_on
from extractors.text import SUPERSCRIPTS, fold
from models.form import Form

_NUMBERED_HEADING = re.compile(r"\d+(?:\.\d+)*\.?\s+[^\W\d_]")
_CONTENTS_LINE = re.compile(r"(?:(?:\.\s?){4,}|…{2,})\s*\d{1,4}$")
_SMALL_WORD = re.compile(r"(?<![\w-])[^\W\d_A-ZÅÄÖÉÜ]\w*")
_CAPITAL_WORD = re.compile(r"[^\w-]*([A-ZÅÄÖÉÜ][\w-]*)")
_NAME = re.compile(r"(?<=[a-zåäöéü,] )[A-ZÅÄÖÉÜ][\w-]*")
_SPARE = 4
"""Letters of free room from which a line is certainly not full."""
_BESIDE = 2.0
"""Points within which a line begins below the bullet of an item: it may continue or follow it."""
_SURE = 0.95
"""Probability from which it is certain whether a paragraph ends with its page."""


class End(NamedTuple):
    """Whether a paragraph ends with a line.

    Attributes:
        here: Whether it does.
        sure: Whether that is certain.
        may_show: Whether the ends of pages may tell more, if it is not certain.
    """

    here: bool
    sure: bool = True
    may_show: bool = True


class Read(NamedTuple):
    """The paragraphs of a cell, and whether it is certain where all of them end."""

    paragraphs: Cell
    sure: bool


_ENDS = End(True)
_GOES_ON = End(False)


class Reader:
    """Splits the lines of cells and of running text into paragraphs.

    Args:
        spacing: Line spacing of the document.
        form: The form, for its labels.
        texts: All lines of the document: a word written in lower case there is not a name.
        on_grid: Whether the lines are on a character grid, where another column's line can fill a
            gap.
        broken_lines: Whether lines are broken inside the paragraphs of question cells, so that a
            short line above a page break does not end one.
        gapless: Whether gaps between paragraphs do not show, so that a sentence that ends a short
            line ends its paragraph too.
        justified: Whether all lines of a paragraph but its last reach the right edge.
        pages: What pages show about paragraphs at their ends, if cells go on over pages.
    """

    def __init__(
        self,
        spacing: Spacing,
        form: Form,
        texts: Iterable[str] = (),
        *,
        on_grid: bool = False,
        broken_lines: bool = False,
        gapless: bool = False,
        justified: bool = False,
        pages: PageEnds | None = None,
    ) -> None:
        self._on_grid = on_grid
        self._gapless = gapless
        self._justified = justified
        self._pages = pages
        self._broken_lines = broken_lines
        self._spacing = spacing
        self._form = form
        self._texts = texts
        self._labels = frozenset(
            fold(label) for label in (*form.labels.instruction, *form.labels.contents)
        )
        self._notices = tuple(fold(label) for label in form.labels.not_asked)

    def cell(self, lines: Sequence[TextLine], right: float, *, weight_parts: bool) -> Read:
        """Returns the paragraphs of a cell.

        Args:
            lines: Its lines in reading order, over all pages.
            right: Right edge of the column's text, in points.
            weight_parts: Whether bold and regular lines are different paragraphs.
        """
        if not lines:
            return Read((), sure=True)
        left = min(line.x0 for line in lines)
        paragraphs: list[list[TextLine]] = [[lines[0]]]
        sure = True
        for at, line in enumerate(lines[1:], 1):
            end = self._end(paragraphs[-1], line, left, right, weight_parts=weight_parts)
            if not end.sure and end.may_show and line.page != lines[at - 1].page and self._pages:
                end = self._end_of_page(self._pages.cut(lines, at, right), right)
            sure &= end.sure
            if end.here:
                paragraphs.append([line])
            else:
                paragraphs[-1].append(line)
        return Read(tuple(map(_pieces, paragraphs)), sure)

    def text(
        self, lines: Sequence[TextLine], right: float, *, is_footnote: bool = False
    ) -> list[TextBlock]:
        """Returns the paragraphs of lines outside tables, whose text reaches to `right`."""
        paragraphs: list[list[TextLine]] = []
        for line in lines:
            if paragraphs and not self._text_parts(paragraphs[-1], line, right):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
        return [TextBlock(_pieces(own), is_footnote=is_footnote) for own in paragraphs]

    def _text_parts(self, paragraph: list[TextLine], below: TextLine, right: float) -> bool:
        above = paragraph[-1]
        if (parted := told_apart(above, below)) is not None:
            return parted
        if abs(above.size - below.size) > 0.6 or above.bold != below.bold:
            return True
        text = fold(below.text)
        return (
            (
                _NUMBERED_HEADING.match(below.text) is not None
                and (below.bold or _NUMBERED_HEADING.match(paragraph[0].text) is not None)
            )
            or self._opens_after_break(paragraph, below, right)
            or fold(above.text) in self._labels
            or text in self._labels
            or text.startswith(self._notices)
            or (above.text[-1:].isdigit() and _CONTENTS_LINE.search(above.text) is not None)
            or self._end(paragraph, below, paragraph[0].x0, right, weight_parts=True).here
        )

    def _opens_after_break(self, paragraph: list[TextLine], below: TextLine, right: float) -> bool:
        """Whether a paragraph opens a page: a numbered heading, or what follows a short line."""
        above = paragraph[-1]
        if above.page == below.page:
            return False
        is_heading = _NUMBERED_HEADING.match(below.text) is not None
        may_be_asked = self._form.outside_tables is not None and not is_unfinished(above.text)
        return ends_early(above, below, right) or (
            is_heading and (may_be_asked or has_room(above, below, right))
        )

    def _end(
        self,
        paragraph: list[TextLine],
        below: TextLine,
        left: float,
        right: float,
        *,
        weight_parts: bool,
    ) -> End:
        """Decides whether a paragraph ends above a line."""
        above = paragraph[-1]
        parted = told_apart(above, below)
        if parted and _cuts_sentence(above, below):
            return End(False, sure=False, may_show=False)
        if parted or (weight_parts and above.bold != below.bold):
            return _ENDS
        if above.page != below.page or below.base <= above.base:
            if parted is False:
                return _GOES_ON
            return self._end_at_break(paragraph, below, left, right, in_question=weight_parts)
        return self._end_on_page(paragraph, below, left, right, in_question=weight_parts)

    def _end_on_page(
        self,
        paragraph: list[TextLine],
        below: TextLine,
        left: float,
        right: float,
        *,
        in_question: bool,
    ) -> End:
        above, spacing = paragraph[-1], self._spacing
        white, pitch = spacing.white(above, below), pitch_of(below, spacing.pitch)
        if is_seen(white, below.size):
            at_seam = spacing.at_seam(above, below)
            torn = tears(above, below)
            if torn and reads_on(above.text) and white < 2 * pitch:
                return _GOES_ON
            told = spacing.is_usual(above, below) and not torn and not at_seam
            # A raised number pushes its line down.
            is_uneven = spacing.is_uneven or not SUPERSCRIPTS.isdisjoint(below.text)
            if told or not is_uneven or white >= pitch:
                sure = openness(above.text, self._form) < 1.0 and not spacing.is_odd(above, below)
                return End(True, sure)
            end = self._end_at_break(paragraph, below, left, right, in_question=in_question)
            return end._replace(sure=end.sure and at_seam)
        hides_gaps = self._gapless or (in_question and spacing.is_uneven)
        if hides_gaps and (
            self._opens_detail(paragraph, below) if in_question else ends_early(above, below, right)
        ):
            return _ENDS
        ends = (
            is_item(paragraph, below, left)
            or is_indented(paragraph, below, left)
            or self._ends_item(paragraph, below, right)
        )
        first = paragraph[0]
        beside_sign = starts_item(first.text) and abs(below.x0 - first.x0) < _BESIDE
        may_end = (
            (self._gapless or beside_sign)
            and not self._on_grid
            and not self._end_of_full_line(paragraph, below).sure
        )
        # If a program drops white space, a line that ends early may end its paragraph.
        may_end |= (
            spacing.is_uneven
            and not (in_question and self._broken_lines)
            and has_room(above, below, right, spare=_SPARE)
        )
        return End(ends, sure=ends or not (may_end and below.text[:1].isupper()))

    def _end_at_break(
        self,
        paragraph: list[TextLine],
        below: TextLine,
        left: float,
        right: float,
        *,
        in_question: bool,
    ) -> End:
        """Decides whether a paragraph ends above a line, without evidence from white space."""
        above = paragraph[-1]
        if (
            (in_question and self._opens_detail(paragraph, below))
            or is_item(paragraph, below, left)
            or (starts_item(below.text) and has_room(above, below, right))
        ):
            return _ENDS
        if below.text[:1].islower() or reads_on(above.text) or hangs(paragraph, below):
            return _GOES_ON
        may_be_broken = in_question and self._broken_lines
        if self._justified and is_stretched(paragraph, right):
            is_short = not is_full(above, right)
        else:
            is_short = ends_early(above, below, right)
        if is_short and not may_be_broken:
            # Programs that measure type otherwise than it is drawn break lines that had room.
            doubtful = above.page != below.page and is_unfinished(above.text)
            return End(True, sure=not doubtful, may_show=False)
        return self._end_of_full_line(paragraph, below)

    def _ends_item(self, paragraph: list[TextLine], below: TextLine, right: float) -> bool:
        """Whether a list item ends with a line: many programs leave no space after lists."""
        above = paragraph[-1]
        return (
            starts_item(paragraph[0].text)
            and below.text[:1].isupper()
            and not reads_on(above.text)
            and has_room(above, below, right, spare=_SPARE)
        )

    def _end_of_full_line(self, paragraph: list[TextLine], below: TextLine) -> End:
        """Decides from the wording alone whether a paragraph ends with a full line."""
        above = paragraph[-1]
        if not is_unfinished(above.text):
            return End(False, sure=False)
        word = _CAPITAL_WORD.match(below.text)
        is_open = openness(above.text, self._form) == 1.0 and not above.text[-1:].isdigit()
        if word is None or is_open or word[1] in self._names:
            return _GOES_ON
        ends = starts_item(paragraph[0].text) or word[1].lower() in self._small_words
        return End(ends, sure=False)

    def _end_of_page(self, cut: Cut, right: float) -> End:
        """Decides whether a paragraph ends with a page, by how pages end."""
        is_even = (
            self._justified and is_full(cut.above[-1], right) and is_stretched(cut.above, right)
        )
        chance = chance_of_end(cut._replace(is_even=is_even))
        return End(chance > 1 / 2, sure=max(chance, 1 - chance) >= _SURE)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        """Words that occur in lower case somewhere in the document."""
        return frozenset(word for text in self._texts for word in _SMALL_WORD.findall(text))

    @cached_property
    def _names(self) -> frozenset[str]:
        """Words that occur capitalised inside a sentence in the document."""
        return frozenset(word for text in self._texts for word in _NAME.findall(text))

    def _opens_detail(self, paragraph: Sequence[TextLine], below: TextLine) -> bool:
        """Whether a paragraph ends the question, and its detail begins with the next line."""
        end = " ".join(line.text for line in paragraph[-2:])
        return ends_question(end) or (
            not is_unfinished(end) and opens_detail(below.text, self._form)
        )


def _cuts_sentence(above: TextLine, below: TextLine) -> bool:
    """Whether a page ends inside a sentence: some programs tag each part as a paragraph."""
    return (
        above.page != below.page
        and is_unfinished(above.text)
        and below.text[:1].islower()
        and not starts_item(below.text)
    )


def _pieces(lines: Sequence[TextLine]) -> Paragraph:
    return tuple([run.piece for line in lines for run in line.runs])
