"""Which lines of which pages are tables, from a table's head to where it ends, over pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.columns import Columns, find_columns, find_columns_without_head, find_moved
from extractors.layout.heads import Head, find_heads
from extractors.layout.paragraphs import opens_detail
from extractors.layout.rules import Stroke, Strokes, shade_edges
from extractors.layout.runs import TextLine, text_lines
from extractors.text import fold
from models.form import Form

_NEAR = 8.0
_LARGER = 0.9
_FAR = 2.6
_WIDE_BLANK = 1.4
_OUTDENT = 1.5
_CHAIN = 6.0
_EDGE_ZONE = 0.15
_MOST_STRAY = 3
_SECTION = re.compile(r"^\d+(?:\.\d+)+\.?\s+\S|^\d+\.?\s+[A-ZÅÄÖ]")


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page as layout sees it: its lines without running ones, and what is drawn."""

    number: int
    height: float
    lines: tuple[TextLine, ...]
    strokes: Strokes
    footnotes: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TextArea:
    """Lines of one page outside tables."""

    lines: tuple[TextLine, ...]
    first_on_page: bool
    is_footnote: bool = False


@dataclass(frozen=True, slots=True)
class TableArea:
    """The part of a table on one page.

    Attributes:
        lines: Its lines below the head.
        columns: Its columns.
        strokes: What is drawn on the page.
        head: Its head on this page, or None where it goes on without.
        continues: Whether it goes on from the page before.
    """

    lines: tuple[TextLine, ...]
    columns: Columns
    strokes: Strokes
    head: Head | None
    continues: bool

    def column(self, index: int, lines: Sequence[TextLine] | None = None) -> list[TextLine]:
        """Returns one column of its lines, or of some of them."""
        own = self.lines if lines is None else lines
        runs = [run for line in own for run in line.runs if self.columns.of(run) == index]
        return text_lines(runs, self.lines[0].page) if runs else []

    @property
    def borders(self) -> tuple[float, ...]:
        """Heights of the drawn lines and shading edges that can part rows."""
        return tuple(stroke.at for stroke in row_strokes(self.strokes, self.columns))

    @property
    def ruled_borders(self) -> tuple[float, ...]:
        """Heights of the drawn lines alone."""
        return tuple(
            stroke.at for stroke in row_strokes(Strokes(self.strokes.across), self.columns)
        )


@dataclass(slots=True)
class Table:
    """A table over all its pages, with the stray text that stands between its parts."""

    head: Head
    parts: list[TableArea | TextArea] = field(default_factory=list)

    @property
    def areas(self) -> list[TableArea]:
        """Its parts without the stray text."""
        return [part for part in self.parts if isinstance(part, TableArea)]


def find_tables(pages: Sequence[PageLines], form: Form) -> list[Table | TextArea]:
    """Parts the pages into tables and text outside them, in reading order."""
    return _Scan(form).run(pages)


class _Scan:
    """Goes through the pages, keeping the table that reached the bottom of the last one."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._found: list[Table | TextArea] = []
        self._open: Table | None = None

    def run(self, pages: Sequence[PageLines]) -> list[Table | TextArea]:
        for page in pages:
            if page.lines:
                self._page(page)
            if page.footnotes:
                self._text(page.footnotes, first=not page.lines, is_footnote=True)
        return self._found

    def _page(self, page: PageLines) -> None:
        heads = find_heads(page.lines, self._form)
        stops = [*(head.first for head in heads), len(page.lines)][1:]
        at = self._go_on(page, heads[0].first if heads else len(page.lines))
        for head, stop in zip(heads, stops, strict=True):
            self._between(page, at, head.first)
            at = self._table(page, head, stop)
        self._between(page, at, len(page.lines))

    def _between(self, page: PageLines, at: int, stop: int) -> None:
        """Takes lines as text outside tables; it closes the open table, but for a stray foot."""
        if at == stop:
            return
        is_foot = page.lines[at].base > (1 - _EDGE_ZONE / 2) * page.height
        if stop < len(page.lines) or not is_foot:
            self._open = None
        self._text(page.lines[at:stop], first=at == 0)

    def _text(self, lines: Sequence[TextLine], *, first: bool, is_footnote: bool = False) -> None:
        area = TextArea(tuple(lines), first, is_footnote)
        if self._open:
            self._open.parts.append(area)
        else:
            self._found.append(area)

    def _go_on(self, page: PageLines, stop: int) -> int:
        """Continues the open table on a new page; returns how many lines were used."""
        table = self._open
        if table is None or stop == 0:
            return 0
        for skip in range(min(_MOST_STRAY, stop - 1) + 1):
            if skip and page.lines[skip - 1].base > _EDGE_ZONE * page.height:
                break
            lines = page.lines[skip:stop]
            page_left = min(line.x0 for line in page.lines)
            columns = _columns_going_on(table, lines, page.strokes, page_left)
            left = _known_left(table, columns)
            before_head = stop < len(page.lines)
            count = _extent(lines, columns, page, self._form, left, before_head=before_head)
            if count and (not skip or _in_columns(lines[:count], columns)):
                if skip:
                    self._text(page.lines[:skip], first=True)
                self._area(page, lines[:count], columns, None, continues=True)
                return skip + count
        self._open = None
        return 0

    def _table(self, page: PageLines, head: Head, stop: int) -> int:
        """Adds the table below a head; returns the index of the first line after it."""
        below = page.lines[head.stop : stop]
        columns, clear = find_columns(head, below, page.strokes)
        before_head = stop < len(page.lines) and clear == len(below)
        continues = (
            self._open is not None
            and self._open.head.table is head.table
            and self._open.areas[-1].lines[-1:] != ()
            and self._open.areas[-1].lines[-1].page != page.number
        )
        left = _known_left(self._open, columns) if continues and self._open else None
        count = _extent(below[:clear], columns, page, self._form, left, before_head=before_head)
        if not continues:
            self._open = Table(head)
            self._found.append(self._open)
        self._area(page, below[:count], columns, head, continues=continues)
        return head.stop + count

    def _area(
        self,
        page: PageLines,
        lines: Sequence[TextLine],
        columns: Columns,
        head: Head | None,
        *,
        continues: bool,
    ) -> None:
        if self._open:
            area = TableArea(tuple(lines), columns, page.strokes, head, continues)
            self._open.parts.append(area)


def _columns_going_on(
    table: Table, lines: Sequence[TextLine], strokes: Strokes, page_left: float
) -> Columns:
    """Returns the columns of a table that goes on without its head.

    They are those of the page before unless the page stands elsewhere as a whole, or nothing
    begins there any more and text crosses them; new lines can narrow the white between them.
    """
    area = next((own for own in reversed(table.areas) if own.lines), table.areas[-1])
    before = area.columns
    starts = [[line.x0 for line in area.column(index)] for index in range(len(before.borders) + 1)]
    moved = find_moved(lines, before, starts, strokes)
    if moved or before.ruled:
        return moved or before
    heads = [table.head.span(index)[0] for index in range(1, len(table.head.columns))]
    begins = {round(x0) for column in (heads, *starts[1:]) for x0 in column}
    stays = any(
        round(run.x0) + off in begins for line in lines for run in line.runs for off in (-1, 0, 1)
    )
    if not stays and any(before.crossed_by(line) for line in lines):
        found = find_columns_without_head(lines, before, page_left)
        if found:
            return found
    columns, clear = find_columns(table.head, (*area.lines, *lines), Strokes())
    return columns if clear >= len(area.lines) and not _moved(table) else before


def _known_left(table: Table, columns: Columns) -> float | None:
    """Returns the left edge of the question column's text, unless the columns have moved."""
    area = table.areas[-1]
    if abs(area.columns.borders[-1] - columns.borders[-1]) > 2:
        return None
    return min((line.x0 for own in table.areas[-2:] for line in own.column(0)), default=None)


def _moved(table: Table) -> bool:
    """Whether the columns no longer stand below the table's head."""
    return abs(table.areas[-1].columns.borders[-1] - table.areas[0].columns.borders[-1]) > _NEAR


def row_strokes(strokes: Strokes, columns: Columns) -> list[Stroke]:
    """Returns the horizontal lines and shading edges that can part rows, from the top.

    A line must reach from the table's left edge over the last border. The edges of a shaded area
    count when it fills the table or a column of it.
    """
    last = columns.borders[-1]
    far = last + 0.5 * (columns.right - last)
    found = [
        stroke
        for stroke in strokes.across
        if stroke.start <= columns.left + _NEAR and stroke.end >= far
    ]
    lefts = (columns.left, *columns.borders)
    rights = (*columns.borders, columns.right)
    for edge in shade_edges(strokes.shades):
        fills = any(
            edge.start <= left + _NEAR / 2 and edge.end >= right - _NEAR
            for left, right in zip(lefts, rights, strict=True)
        )
        if fills:
            found.append(edge)
    found.sort()
    return found


def _in_columns(lines: Sequence[TextLine], columns: Columns) -> bool:
    """Whether some line has text in a later column that begins where the column does."""
    return any(
        abs(run.x0 - border) < 3 * _NEAR
        for line in lines
        for run in line.runs
        for border in columns.borders
    )


def _extent(
    lines: Sequence[TextLine],
    columns: Columns,
    page: PageLines,
    form: Form,
    known_left: float | None,
    *,
    before_head: bool,
) -> int:
    """Returns how many of the lines belong to the table.

    Args:
        lines: The lines below the head, or from the page's top, down to the next head or its end.
        columns: The table's columns.
        page: The page.
        form: The form.
        known_left: Left edge of the question column's text on the page before.
        before_head: Whether another table's head follows.
    """
    if columns.ruled:
        drawn = _extent_of_borders(lines, columns, page.strokes)
        if drawn is not None:
            return drawn
    clues = _Clues.of(lines, columns, form, known_left)
    ruled = _within_rules(lines, columns, page.strokes, before_head=before_head)
    stop = next(
        (
            at
            for at, line in enumerate(lines)
            if (columns.crossed_by(line) and at >= ruled) or clues.heading(line)
        ),
        len(lines),
    )
    rows = [at for at in range(stop) if any(columns.of(run) for run in lines[at].runs)]
    last = max(rows[-1] + 1 if rows else 0, min(ruled, stop))
    closed = 0 < ruled <= last and ruled < len(lines)
    for at in range(last, stop):
        above = lines[at - 1] if at else None
        if clues.outside(lines[at], above, closed=closed and at == ruled):
            return at
    if before_head and stop == len(lines) and not ruled:
        return clues.before_next_head(lines, last)
    return stop


def _extent_of_borders(lines: Sequence[TextLine], columns: Columns, strokes: Strokes) -> int | None:
    """Returns how many lines stand beside the drawn lines between the columns, None if none do."""
    end: float | None = None
    if not lines:
        return 0
    for stroke in sorted(strokes.upright, key=lambda stroke: stroke.start):
        if not any(abs(stroke.at - border) <= 3 for border in columns.borders):
            continue
        if end is None and stroke.end > lines[0].top and stroke.start < lines[0].base + _CHAIN:
            end = stroke.end
        elif end is not None and stroke.start <= end + _CHAIN:
            end = max(end, stroke.end)
    if end is None:
        return None
    return sum(1 for line in lines if line.base - 0.3 * line.size <= end)


def _within_rules(
    lines: Sequence[TextLine], columns: Columns, strokes: Strokes, *, before_head: bool
) -> int:
    """Returns how many lines stand above the table's last horizontal line on the page."""
    heights = [stroke.at for stroke in row_strokes(Strokes(strokes.across), columns)]
    if before_head and lines:
        # What is drawn below the last line may be the next head's.
        heights = [height for height in heights if height < lines[-1].base]
    if not heights or not lines:
        return 0
    return sum(1 for line in lines if line.base - 0.3 * line.size < heights[-1])


@dataclass(frozen=True, slots=True)
class _Clues:
    """What the cells of a table look like, so that text outside it stands out."""

    form: Form
    size: float
    left: float
    gap: float
    columns: Columns

    @classmethod
    def of(
        cls,
        lines: Sequence[TextLine],
        columns: Columns,
        form: Form,
        known_left: float | None,
    ) -> _Clues:
        inside = [run for line in lines if not columns.crossed_by(line) for run in line.runs]
        later = [run.size for run in inside if columns.of(run)] or [run.size for run in inside]
        sizes = sorted(later)
        rows = [at for at, line in enumerate(lines) if any(columns.of(run) for run in line.runs)]
        known = [lines[at].x0 for at in rows if not columns.of(lines[at].runs[0])]
        if known_left is not None:
            known.append(known_left)
        gaps = [lines[at].base - lines[at - 1].base for at in rows if at and at - 1 in rows]
        return cls(
            form=form,
            size=sizes[len(sizes) // 2] if sizes else 0.0,
            left=min(known, default=columns.left),
            gap=max(gaps, default=0.0),
            columns=columns,
        )

    def heading(self, line: TextLine) -> bool:
        """Whether a line can only be a heading or label outside the table."""
        if any(self.columns.of(run) for run in line.runs):
            return self._is_divided_heading(line)
        text = fold(line.text)
        labels = self.form.labels
        if text in {fold(label) for label in (*labels.instruction, *labels.contents)}:
            return True
        if any(text.startswith(fold(label)) for label in labels.not_asked):
            return True
        if self.size and line.size > self.size + _LARGER:
            return True
        return line.bold and "." in text.split(" ", 1)[0] and bool(_SECTION.match(line.text))

    def _is_divided_heading(self, line: TextLine) -> bool:
        """Whether a numbered heading only seems to reach into a later column.

        A wide blank in it, as a slip of typing leaves, can fall just where a column begins.
        """
        first, *others = line.runs
        return (
            bool(_SECTION.match(line.text))
            and not self.columns.of(first)
            and all(
                other.x0 - run.x1 < _WIDE_BLANK * run.size and other.piece.text[:1].islower()
                for run, other in pairwise((first, *others))
            )
        )

    def before_next_head(self, lines: Sequence[TextLine], last: int) -> int:
        """Returns where the table ends whose lines run down to the next table's head.

        Something stands between two tables. Where it looks like a question cell's last paragraph,
        it is that paragraph, unless it opens as a detail does.

        Args:
            lines: The lines from the table's head, or the page's top, to the next head.
            last: One past the last line with text in a later column.
        """
        for at in range(len(lines) - 1, last - 1, -1):
            gap = lines[at].base - lines[at - 1].base if at else 0.0
            if gap > 1.4 * lines[at].size:
                text = lines[at].text
                is_detail = opens_detail(text, self.form) or text[:1].islower()
                return len(lines) if is_detail else at
        return len(lines)

    def outside(self, line: TextLine, above: TextLine | None, *, closed: bool) -> bool:
        """Whether a line with nothing beside it stands outside the table.

        Args:
            line: The line; no line below it belongs to a later column.
            above: The line above it.
            closed: Whether the table's last drawn line stands right above it.
        """
        if closed or self.heading(line) or line.x0 < self.left - _OUTDENT:
            return True
        gap = line.base - above.base if above else 0.0
        if _SECTION.match(line.text) and (line.bold or not above or gap > 1.5 * line.size):
            return True
        return self.gap > 0 and gap > max(self.gap, _FAR * line.size) + 2
