"""Paragraphs from lines: by gaps, weight, bullets and indents, also over page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.blocks import Cell, Paragraph
from extractors.layout.cells.runs import TextLine, pitch_of
from extractors.line_ends.joiner import reads_on
from extractors.structure import labels
from extractors.text import fold
from models.form import Form

_BULLETS = "•●▪■◦○‣»➢➤►✓✔·∙\uf0b7\uf0a7\uf0d8\uf0fc"
_BULLET = re.compile(rf"[{_BULLETS}]\s*\S")
_DASH = re.compile(r"[-–—]\s+\S")
_NUMBERED = re.compile(r"\(?(\d{1,2}|[a-zA-Z])[.)]\s+\S")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_NUMBERED_HEADING = re.compile(r"\d+(?:\.\d+)*\.?\s+[^\W\d_]")
_CONTENTS_LINE = re.compile(r"(?:(?:\.\s?){4,}|…{2,})\s*\d{1,4}$")
_INDENT = 5.0
_NO_GAP = 1.4
_SPARE = 4
"""Letters of room to spare that let a line without a full stop end its paragraph."""


class Reader:
    """Parts the lines of cells and of running text into paragraphs.

    Args:
        pitch: Usual distance of baselines by font size, as `runs.usual_pitch` returns it.
        form: The form, for its labels.
        on_grid: Whether the lines stand on a grid of characters, where another column's line can
            take the place of a gap.
        broken_lines: Whether lines are broken inside the paragraphs of question cells, so that a
            short line above a page break does not end one.
        gapless: Whether gaps between paragraphs do not show, so that a sentence that ends a short
            line ends its paragraph too.
    """

    def __init__(
        self,
        pitch: dict[int, float],
        form: Form,
        *,
        on_grid: bool = False,
        broken_lines: bool = False,
        gapless: bool = False,
    ) -> None:
        self._on_grid = on_grid
        self._gapless = gapless
        self._broken_lines = broken_lines
        self._pitch = pitch
        self._form = form
        self._labels = frozenset(
            fold(label) for label in (*form.labels.instruction, *form.labels.contents)
        )
        self._notices = tuple(fold(label) for label in form.labels.not_asked)

    def cell(self, lines: Sequence[TextLine], right: float, *, weight_parts: bool) -> Cell:
        """Returns the paragraphs of a cell.

        Args:
            lines: Its lines in reading order, over all pages.
            right: Right edge of the column's text, in points.
            weight_parts: Whether bold and regular lines are different paragraphs.
        """
        if not lines:
            return ()
        left = min(line.x0 for line in lines)
        paragraphs: list[list[TextLine]] = []
        for line in lines:
            if paragraphs and not self._parts(
                paragraphs[-1], line, left, right, weight_parts=weight_parts
            ):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
        return tuple(map(_pieces, paragraphs))

    def text(self, lines: Sequence[TextLine], right: float) -> list[list[TextLine]]:
        """Returns the paragraphs of lines outside tables, whose text reaches to `right`."""
        paragraphs: list[list[TextLine]] = []
        for line in lines:
            if paragraphs and not self._text_parts(paragraphs[-1], line, right):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
        return paragraphs

    def _text_parts(self, paragraph: list[TextLine], below: TextLine, right: float) -> bool:
        above = paragraph[-1]
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
            or self._parts(paragraph, below, paragraph[0].x0, right, weight_parts=True)
        )

    def _opens_after_break(self, paragraph: list[TextLine], below: TextLine, right: float) -> bool:
        """Whether a paragraph opens a page: a numbered heading, or what follows a short line."""
        above = paragraph[-1]
        if above.page == below.page:
            return False
        is_heading = _NUMBERED_HEADING.match(below.text) is not None
        return _ends_early(above, below, right) or (is_heading and _has_room(above, below, right))

    def _parts(
        self,
        paragraph: list[TextLine],
        below: TextLine,
        left: float,
        right: float,
        *,
        weight_parts: bool,
    ) -> bool:
        """Whether a line begins a new paragraph."""
        above = paragraph[-1]
        if weight_parts and above.bold != below.bold:
            return True
        if above.page != below.page or below.base <= above.base:
            return (
                (weight_parts and self._opens_detail(above, below, right))
                or _is_item(paragraph, below, left)
                or (starts_item(below.text) and _has_room(above, below, right))
                or (_ends_early(above, below, right) and not (weight_parts and self._broken_lines))
            )
        pitch = pitch_of(below, self._pitch)
        if above.size != below.size:
            pitch = max(pitch, pitch_of(above, self._pitch))
        gap = below.base - above.base - pitch
        if (
            gap > 1.2
            and gap > 0.14 * below.size
            and not (self._on_grid and gap < 1.1 * pitch and _reads_on(above, below))
        ):
            return True
        if self._gapless:
            ends = self._opens_detail if weight_parts else _ends_early
            if ends(above, below, right):
                return True
        return _is_item(paragraph, below, left) or _is_indented(paragraph, below, left)

    def _opens_detail(self, above: TextLine, below: TextLine, _right: float) -> bool:
        """Whether the question ends with a line, and its detail begins with the next."""
        return not is_unfinished(above.text) and (
            above.text.endswith("?") or opens_detail(below.text, self._form)
        )


class LineBreaks(NamedTuple):
    """How often a line ends although the next word had room: inside paragraphs, between them."""

    inside: int
    between: int


def count_breaks(cells: Iterable[tuple[Sequence[TextLine], float]], form: Form) -> LineBreaks:
    """Counts where lines end early, with and without a gap after them.

    What a label tells for the opening of a detail is left out: that is known at page breaks too.

    Args:
        cells: Lines of cells on one page, with the right edge of their column's text.
        form: The form, for its labels.
    """
    inside = between = 0
    for lines, right in cells:
        for above, below in pairwise(lines):
            if above.bold != below.bold or above.text.endswith("?"):
                continue
            if _ends_early(above, below, right) and not opens_detail(below.text, form):
                gap = below.base - above.base
                inside += gap < _NO_GAP * below.size
                between += gap >= _NO_GAP * below.size
    return LineBreaks(inside, between)


def opens_detail(text: str, form: Form) -> bool:
    """Whether a paragraph of the question cell begins as what follows a question does."""
    return detail_label(text, form) is not None


def detail_label(text: str, form: Form) -> str | None:
    """Returns the label, or the kind of reference, that opens the detail of a question cell."""
    if (label := labels.detail_label(text, form)) is not None:
        return label
    for phrase, pattern in zip(form.references, form.reference_patterns, strict=True):
        match = pattern.match(text)
        if match is not None and match.start("ref") > 0:
            return phrase
    return None


def _reads_on(above: TextLine, below: TextLine) -> bool:
    """Whether a sentence runs over from one line to the next."""
    return is_unfinished(above.text) and below.text[:1].islower() and not starts_item(below.text)


def is_unfinished(text: str) -> bool:
    """Whether a text breaks off inside a sentence."""
    # Most lines end with a letter: that tells without the pattern.
    return text[-1:].isalnum() or (bool(text) and _SENTENCE_END.search(text) is None)


def _is_item(paragraph: list[TextLine], below: TextLine, left: float) -> bool:
    """Whether a line begins an item of a list."""
    if not _may_start_item(below.text):
        return False
    if _BULLET.match(below.text):
        return True
    first, above = paragraph[0], paragraph[-1]
    if not (dash := _DASH.match(below.text)) and not _NUMBERED.match(below.text):
        return False
    if below.x0 > left + _INDENT and abs(below.x0 - above.x0) > _INDENT:
        return True
    same_kind = (_DASH if dash else _NUMBERED).match(first.text) is not None
    return (same_kind and not reads_on(above.text)) or not is_unfinished(above.text)


def _may_start_item(text: str) -> bool:
    """Whether a text begins with a sign, or has one right after its first letter or figures."""
    return not text[:1].isalnum() or not text[:3].isalnum()


def starts_item(text: str) -> bool:
    """Whether a line opens with the bullet, dash or number of an item of a list."""
    return _may_start_item(text) and any(kind.match(text) for kind in (_BULLET, _DASH, _NUMBERED))


def _is_indented(paragraph: list[TextLine], below: TextLine, left: float) -> bool:
    """Whether a line's left edge tells that a paragraph begins."""
    first, above = paragraph[0], paragraph[-1]
    if starts_item(first.text):
        hangs = paragraph[1].x0 if len(paragraph) > 1 else None
        if hangs is None:
            return below.x0 < first.x0 - _INDENT
        return below.x0 < hangs - _INDENT
    return below.x0 > above.x0 + _INDENT and above.x0 <= left + _INDENT


def _ends_early(above: TextLine, below: TextLine, right: float) -> bool:
    """Whether a line ends its paragraph, where no gap can tell.

    It does where the next word would still have had room beside it, unless the text reads on.
    """
    if below.text[:1].islower() or above.text.endswith(":") or reads_on(above.text):
        return False
    return _has_room(above, below, right, spare=_SPARE if is_unfinished(above.text) else 1)


def _has_room(above: TextLine, below: TextLine, right: float, *, spare: int = 1) -> bool:
    """Whether the first word of a line, and some letters, would have had room on the line above."""
    word = below.text.split(maxsplit=1)[0]
    letter = (below.x1 - below.x0) / max(1, len(below.text))
    return above.x1 + letter * (len(word) + 1) < right - spare * letter


def _pieces(lines: Sequence[TextLine]) -> Paragraph:
    return tuple([run.piece for line in lines for run in line.runs])
