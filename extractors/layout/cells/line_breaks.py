"""Paragraph ends at lines that end although the next word had room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.cells.openings import is_unfinished, opens_detail, starts_item
from extractors.layout.cells.runs import TextLine
from extractors.layout.cells.spacing import Spacing, is_seen
from extractors.layout.dumps.letters import sans
from extractors.line_ends.joiner import reads_on
from models.form import Form

_FULL = 0.25
"""Share of the font size within which a justified line reaches the right edge: signs may hang."""
_MANY = 0.3
_GAPLESS = 2
"""Ratio of lines ending early without a gap to those with one, from which gaps do not show."""
_SPARE = 4
"""Spare room, in letters, for a line without a full stop to end its paragraph."""


class LineBreaks(NamedTuple):
    """How often a line ends although the next word had room: inside paragraphs, between them."""

    inside: int
    between: int

    @property
    def gapless(self) -> bool:
        """Whether no gap shows between paragraphs."""
        return self.inside > _GAPLESS * (self.between + 1)


def count_breaks(
    cells: Iterable[tuple[Sequence[TextLine], float]], spacing: Spacing, form: Form
) -> LineBreaks:
    """Counts where lines end early, with and without a gap after them.

    Details opened by a label are left out: they are known at page breaks too.

    Args:
        cells: Lines of cells on one page, with the right edge of their column's text.
        spacing: Line spacing of the document.
        form: The form, for its labels.
    """
    inside = between = 0
    for lines, right in cells:
        for above, below in pairwise(lines):
            if above.bold != below.bold or above.text.endswith("?"):
                continue
            if ends_early(above, below, right) and not opens_detail(below.text, form):
                is_apart = is_seen(spacing.white(above, below), below.size)
                between += is_apart
                inside += not is_apart
    return LineBreaks(inside, between)


def is_justified(cells: Iterable[tuple[Sequence[TextLine], float]]) -> bool:
    """Whether more lines of cells reach the right edge of their column than by chance.

    The last line of a cell is left out.
    """
    full = lines = 0
    for own, right in cells:
        full += sum(is_full(line, right) for line in own[:-1])
        lines += max(len(own) - 1, 0)
    return full > _MANY * lines


def is_full(line: TextLine, right: float) -> bool:
    """Whether a line reaches the right edge, as in justified type."""
    return abs(right - line.x1) <= _FULL * line.size


def is_stretched(paragraph: Sequence[TextLine], right: float) -> bool:
    """Whether a paragraph would stretch its last line if it went on.

    No line of a single word can be stretched, and the items of a list often are not.
    """
    others = [is_full(line, right) for line in paragraph[:-1] if " " in line.text]
    is_likely = 2 * sum(others) >= len(others) and (others or not starts_item(paragraph[0].text))
    return " " in paragraph[-1].text and bool(is_likely)


def ends_early(above: TextLine, below: TextLine, right: float) -> bool:
    """Whether a line ends its paragraph, if gaps do not show.

    It does if the next word would have fitted on it, unless the text continues.
    """
    if below.text[:1].islower() or above.text.endswith(":") or reads_on(above.text):
        return False
    return has_room(above, below, right, spare=_SPARE if is_unfinished(above.text) else 0.5)


def has_room(above: TextLine, below: TextLine, right: float, *, spare: float = 0.5) -> bool:
    """Whether the first word of a line would have had room on the line above.

    Args:
        above: The line.
        below: The next line; its letters give the width of its first word.
        right: Right edge of the column's text, in points.
        spare: Number of extra letters that must have fitted.
    """
    measure = sans()
    width, length = below.x1 - below.x0, max(measure(below.text), 1.0)
    word = measure(f" {below.text.split(maxsplit=1)[0]}")
    return above.x1 + width * (word + spare) / length < right
