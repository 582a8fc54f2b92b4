"""How far down a page a table reaches: what distinguishes its rows from the text after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from extractors.layout.cells.line_breaks import has_room
from extractors.layout.cells.openings import is_unfinished, opens_detail
from extractors.layout.cells.runs import TextLine, joined
from extractors.layout.tables.columns import Columns
from extractors.layout.tables.drawn_extent import lines_above_last_rule, lines_beside_borders
from extractors.layout.tables.rules import Strokes
from extractors.text import fold, fold_all
from models.form import Form

LARGER = 0.9
"""Points by which type must be larger than a table's to begin text outside it."""
_FAR = 2.6
_WIDE_BLANK = 1.4
_OUTDENT = 1.5
_QUESTION = 8
"""Most lines of a question, before its detail."""
_ROOMY = 8
"""Number of further letters that would have fitted after a line that its column wrapped."""
SECTION = re.compile(r"^\d+(?:\.\d+)+\.?\s+\S|^\d+\.?\s+[A-ZÅÄÖ]")
"""How a numbered heading begins."""


def extent(
    lines: Sequence[TextLine],
    columns: Columns,
    strokes: Strokes,
    form: Form,
    known_left: float | None,
    *,
    before_head: bool,
) -> int:
    """Returns how many of the lines belong to the table.

    Args:
        lines: The lines below the column headers, or from the top of the page, down to the next
            headers or the end of the page.
        columns: The table's columns.
        strokes: What is drawn on the page.
        form: The form.
        known_left: Left edge of the question column's text on the previous page.
        before_head: Whether the headers of another table follow.
    """
    if columns.ruled:
        drawn = lines_beside_borders(lines, columns, strokes)
        if drawn is not None:
            return drawn
    crossed = list(map(columns.crossed_by, lines))
    reached = list(map(columns.reached_by, lines))
    clues = _Clues.of(lines, crossed, reached, columns, form, known_left)
    ruled = lines_above_last_rule(lines, columns, strokes, before_head=before_head)
    ruled = max([ruled, *(at for at, line in enumerate(lines, start=1) if line.row)])
    # Text wider than its column can overflow it inside the table: a web address, for example.
    inside = max((at for at, line in enumerate(lines) if columns.aligned_with(line)), default=-1)
    stop = next(
        (
            at
            for at, line in enumerate(lines)
            if (
                crossed[at]
                and at >= max(ruled, inside)
                and not columns.begun_by(line)
                and not (at and clues.overhangs(lines[at - 1 : at + 2]))
            )
            or clues.heading(line, reached=reached[at])
        ),
        len(lines),
    )
    rows = [at for at in range(stop) if reached[at]]
    last = max(rows[-1] + 1 if rows else 0, min(ruled, stop))
    closed = 0 < ruled <= last and ruled < len(lines)
    if 0 < last < stop and not ruled and clues.stands_apart(lines, last, stop):
        return last
    for at in range(last, stop):
        above = lines[at - 1] if at else None
        asks = clues.ask(lines[at : min(at + _QUESTION, stop)])
        if clues.outside(lines[at], above, closed=closed and at == ruled, asks=asks):
            return at
    if before_head and stop == len(lines) and not ruled:
        return clues.before_next_head(lines, last)
    return stop


@dataclass(frozen=True, slots=True)
class _Clues:
    """What the cells of a table look like, so that text outside it can be recognised."""

    form: Form
    size: float
    left: float
    gap: float
    columns: Columns

    @classmethod
    def of(
        cls,
        lines: Sequence[TextLine],
        crossed: Sequence[bool],
        reached: Sequence[bool],
        columns: Columns,
        form: Form,
        known_left: float | None,
    ) -> _Clues:
        inside = [run for at, line in enumerate(lines) if not crossed[at] for run in line.runs]
        later = [run.size for run in inside if columns.of(run)] or [run.size for run in inside]
        sizes = sorted(later)
        rows = [at for at, is_row in enumerate(reached) if is_row]
        known = [lines[at].x0 for at in rows if not columns.of(lines[at].runs[0])]
        if known_left is not None:
            known.append(known_left)
        gaps = [
            lines[at].base - lines[before].base for before, at in pairwise(rows) if before == at - 1
        ]
        return cls(
            form=form,
            size=sizes[len(sizes) // 2] if sizes else 0.0,
            left=min(known, default=columns.left),
            gap=max(gaps, default=0.0),
            columns=columns,
        )

    def heading(self, line: TextLine, *, reached: bool) -> bool:
        """Whether a line can only be a heading or label outside the table.

        Args:
            line: The line.
            reached: Whether the line has text in a later column.
        """
        if reached:
            return self._is_divided_heading(line) or self._is_large_heading(line)
        text = fold(line.text)
        labels = self.form.labels
        if text in fold_all(labels.instruction) or text in fold_all(labels.contents):
            return True
        if text.startswith(fold_all(labels.not_asked)):
            return True
        if self.size and line.size > self.size + LARGER:
            return True
        return line.bold and "." in text.split(" ", 1)[0] and bool(SECTION.match(line.text))

    def overhangs(self, around: Sequence[TextLine]) -> bool:
        """Whether a line of a cell is wider than its column: it goes on, labels, or is one word.

        Args:
            around: The line above it, the line, and the line below it, if any.
        """
        above, line = around[:2]
        gap = line.base - above.base
        if not 0 < gap < _FAR * line.size or abs(line.x0 - self.left) >= _OUTDENT:
            return False
        if self.wraps_inside(around[:2]) or " " not in line.text:
            return True
        is_letter = all(
            run.x1 - border < line.size
            for run in line.runs
            for border in self.columns.borders
            if run.x0 < border
        )
        return is_letter and (
            gap < _WIDE_BLANK * line.size
            or opens_detail(line.text, self.form)
            or self.wraps_inside(around[1:])
        )

    def _is_divided_heading(self, line: TextLine) -> bool:
        """Whether a numbered heading only seems to reach into a later column.

        A wide space in it, such as a typing mistake leaves, can be exactly where a column begins.
        """
        if not SECTION.match(line.text):
            return False
        first, *others = line.runs
        return not self.columns.of(first) and all(
            other.x0 - run.x1 < _WIDE_BLANK * run.size and other.text[:1].islower()
            for run, other in pairwise((first, *others))
        )

    def _is_large_heading(self, line: TextLine) -> bool:
        """Whether a numbered line in large type crosses a border with only word spaces in it.

        In justified text the word spaces of a heading can be as wide as column gutters. Then its
        weight decides: no row is bold in all its columns.
        """
        return (
            self.size > 0
            and line.size > self.size + LARGER
            and SECTION.match(line.text) is not None
            and (
                all(run.bold for run in line.runs)
                or any(
                    x0 < border < x1 for x0, x1 in joined(line) for border in self.columns.borders
                )
            )
        )

    def before_next_head(self, lines: Sequence[TextLine], last: int) -> int:
        """Returns where a table ends whose lines continue down to the next table's headers.

        There is text between the two tables. If it looks like the last paragraph of a question
        cell, it is that paragraph, unless it begins as a detail does.

        Args:
            lines: The lines from the table's headers, or the top of the page, to the next headers.
            last: One past the last line with text in a later column.
        """
        for at in range(len(lines) - 1, last - 1, -1):
            gap = lines[at].base - lines[at - 1].base if at else 0.0
            if gap > 1.4 * lines[at].size:
                text = lines[at].text
                is_detail = opens_detail(text, self.form) or text[:1].islower()
                is_inside = is_detail or self.wraps_inside(lines[at:])
                return len(lines) if is_inside else at
        return len(lines)

    def wraps_inside(self, lines: Sequence[TextLine]) -> bool:
        """Whether the first paragraph of some lines wraps as in the question column.

        Text outside the table would have had more room, up to the table's right edge.
        """
        paragraph = takewhile(
            lambda pair: pair[1].base - pair[0].base <= _WIDE_BLANK * pair[1].size, pairwise(lines)
        )
        return any(
            is_unfinished(above.text)
            and below.text[:1].islower()
            and has_room(above, below, self.columns.right, spare=_ROOMY)
            for above, below in paragraph
        )

    def stands_apart(self, lines: Sequence[TextLine], at: int, stop: int) -> bool:
        """Whether text after the last comment is outside the table, not the end of its row.

        The paragraphs of a question cell are close together, however long the comment beside
        them, and a row with no answer at all contains a question.

        Args:
            lines: The lines from the table's headers, or the top of the page.
            at: One past the last line with text in a later column.
            stop: The latest place where the table can end.
        """
        above = [line for line in lines[:at] if not self.columns.of(line.runs[0])]
        if not above or lines[at].base - above[-1].base <= _FAR * lines[at].size:
            return False
        texts = [line.text for line in lines[at:stop]]
        return (
            lines[at].base - lines[at - 1].base > _WIDE_BLANK * lines[at].size
            and texts[0][:1].isupper()
            and texts[-1].endswith((".", ":"))
            and not any("?" in text or opens_detail(text, self.form) for text in texts)
            and not self.form.request_pattern.match(texts[0])
        )

    def ask(self, lines: Sequence[TextLine]) -> bool:
        """Whether lines hold a row that nobody answered: a question with its detail, or a cell."""
        if self.wraps_inside(lines):
            return True
        texts = [line.text for line in lines]
        return any("?" in text for text in texts) and any(
            opens_detail(text, self.form) for text in texts
        )

    def outside(
        self, line: TextLine, above: TextLine | None, *, closed: bool, asks: bool = False
    ) -> bool:
        """Whether a line with nothing beside it is outside the table.

        Args:
            line: The line; no line below it belongs to a later column.
            above: The line above it.
            closed: Whether the table's last drawn line is right above it.
            asks: Whether it begins a question with its detail.
        """
        if closed or self.heading(line, reached=False) or line.x0 < self.left - _OUTDENT:
            return True
        gap = line.base - above.base if above else 0.0
        if SECTION.match(line.text) and (line.bold or not above or gap > 1.5 * line.size):
            return True
        return not asks and self.gap > 0 and gap > max(self.gap, _FAR * line.size) + 2
