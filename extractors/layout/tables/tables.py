"""Which lines are tables, from a table's column headers to its end, across pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from extractors.layout.cells.grid_answers import part_answers
from extractors.layout.cells.runs import TextLine
from extractors.layout.furniture.footnotes import reads_as_footnotes
from extractors.layout.tables.columns import Columns, find_columns
from extractors.layout.tables.columns_on_grid import columns_below
from extractors.layout.tables.drawn import Drawn, borders_above, drawn_across
from extractors.layout.tables.extent import LARGER, extent
from extractors.layout.tables.going_on import find_comment_alone, find_moved
from extractors.layout.tables.heading_rows import HeadingRow, drawn_headings, headings_above_rows
from extractors.layout.tables.heads import Head, HeadFinder
from extractors.layout.tables.rules import Strokes
from models.form import Form

_NEAR = 8.0
_EDGE_ZONE = 0.15
_MOST_STRAY = 3


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page as layout sees it: its lines without running headers and footers, and its drawings."""

    number: int
    height: float
    lines: tuple[TextLine, ...]
    strokes: Strokes
    footnotes: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TextArea:
    """Lines of one page outside tables, or a heading among the rows of one."""

    lines: tuple[TextLine, ...]
    is_footnote: bool = False
    is_heading: bool = False


@dataclass(frozen=True, eq=False)
class TableArea:
    """The part of a table on one page.

    Attributes:
        lines: Its lines below the column headers.
        columns: Its columns.
        page: The page.
        head: Its column headers on this page, or None if it continues without them.
        continues: Whether it continues from the previous page.
        answered: Results of `row_style.answer_beside`, by the id of the line.
    """

    lines: tuple[TextLine, ...]
    columns: Columns
    page: PageLines
    head: Head | None
    continues: bool
    answered: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)
    _cells: dict[int, tuple[TextLine | None, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _whole: list[list[TextLine]] = field(default_factory=list, compare=False, repr=False)

    def cells(self, line: TextLine) -> tuple[TextLine | None, ...]:
        """Returns the part of a line in each column; None where there is none."""
        return self._cells.get(id(line)) or self._part(line)

    def _part(self, line: TextLine) -> tuple[TextLine | None, ...]:
        cells = self._cells[id(line)] = self.columns.split(line)
        return cells

    def column(self, index: int, lines: Sequence[TextLine] | None = None) -> list[TextLine]:
        """Returns one column of its lines, or of some of them."""
        if lines is not None:
            return [cell for line in lines if (cell := self.cells(line)[index]) is not None]
        if not self._whole:
            self._whole.extend(self.by_column(self.lines))
        return self._whole[index]

    def by_column(self, lines: Sequence[TextLine]) -> list[list[TextLine]]:
        """Returns each column of some of its lines."""
        columns: list[list[TextLine]] = [[] for _ in range(len(self.columns.borders) + 1)]
        known = self._cells
        for line in lines:
            cells = known.get(id(line)) or self._part(line)
            for column, cell in zip(columns, cells, strict=True):
                if cell is not None:
                    column.append(cell)
        return columns

    @property
    def drawn(self) -> Drawn:
        """The borders drawn across it."""
        return self._drawn[0]

    @property
    def borders(self) -> dict[int, str]:
        """Which of its lines have a border right above them, and its kind."""
        return self._drawn[1]

    @cached_property
    def _drawn(self) -> tuple[Drawn, dict[int, str]]:
        drawn = drawn_across(self.page.strokes, self.columns)
        return drawn, borders_above(self.lines, drawn)


@dataclass(slots=True)
class Table:
    """A table over all its pages, with the stray text between its parts."""

    head: Head
    parts: list[TableArea | TextArea] = field(default_factory=list)

    @property
    def areas(self) -> list[TableArea]:
        """Its parts without the stray text."""
        return [part for part in self.parts if isinstance(part, TableArea)]

    @property
    def ends_with_heading(self) -> bool:
        """Whether its last part is a heading: the next one begins a row."""
        last = self.parts[-1] if self.parts else None
        return isinstance(last, TextArea) and last.is_heading


def find_tables(
    pages: Sequence[PageLines], form: Form, *, on_grid: bool = False
) -> list[Table | TextArea]:
    """Divides pages into tables and text outside them, in reading order.

    Args:
        pages: The pages.
        form: The form, for its column headers, labels and answers.
        on_grid: Whether the lines are on a character grid, where a single space can be all that
            separates an answer from the question.
    """
    return _Scan(form, on_grid=on_grid).run(pages)


class _Scan:
    """Goes through the pages, keeping open a table that reached the bottom of the last one."""

    def __init__(self, form: Form, *, on_grid: bool) -> None:
        self._form = form
        self._on_grid = on_grid
        self._heads = HeadFinder(form)
        self._found: list[Table | TextArea] = []
        self._open: Table | None = None

    def run(self, pages: Sequence[PageLines]) -> list[Table | TextArea]:
        for page in pages:
            if page.lines:
                self._page(page)
            if page.footnotes:
                self._text(page.footnotes, is_footnote=True)
        return self._found

    def _page(self, page: PageLines) -> None:
        heads = self._heads.find(page.lines)
        stops = [*(head.first for head in heads), len(page.lines)][1:]
        at = self._go_on(page, heads[0].first if heads else len(page.lines))
        for head, stop in zip(heads, stops, strict=True):
            self._between(page, at, head.first)
            at = self._table(page, head, stop)
        self._between(page, at, len(page.lines))

    def _between(self, page: PageLines, at: int, stop: int) -> None:
        """Takes lines as text outside tables; unless a stray footer, they close the open table."""
        if at == stop:
            return
        lines = page.lines[at:stop]
        is_last = stop == len(page.lines)
        is_footnote = is_last and reads_as_footnotes(lines, self._form)
        is_foot = is_last and lines[0].base > (1 - _EDGE_ZONE / 2) * page.height
        if not is_foot and not is_footnote:
            self._open = None
        self._text(lines, is_footnote=is_footnote)

    def _text(self, lines: Sequence[TextLine], *, is_footnote: bool = False) -> None:
        area = TextArea(tuple(lines), is_footnote)
        if self._open:
            self._open.parts.append(area)
        else:
            self._found.append(area)

    def _go_on(self, page: PageLines, stop: int) -> int:
        """Continues the open table on a new page; returns how many lines were used."""
        table = self._open
        if table is None or stop == 0:
            return 0
        last = next((area.lines for area in reversed(table.areas) if area.lines), page.lines)
        size = max(line.size for line in last)
        for skip in range(min(_MOST_STRAY, stop - 1) + 1):
            if skip and page.lines[skip - 1].base > _EDGE_ZONE * page.height:
                break
            lines = page.lines[skip:stop]
            if lines[0].size > size + LARGER:
                continue
            columns = _columns_going_on(table, lines, page.strokes, on_grid=self._on_grid)
            left = _known_left(table, columns)
            before_head = stop < len(page.lines)
            own, rows = self._extent(lines, columns, page.strokes, left, before_head=before_head)
            if own and (not skip or _in_columns(own, columns)):
                if skip:
                    self._text(page.lines[:skip])
                self._areas(page, own, rows, columns, None, continues=True)
                return skip + len(own)
        self._open = None
        return 0

    def _table(self, page: PageLines, head: Head, stop: int) -> int:
        """Adds the table below its headers; returns the index of the first line after it."""
        below = page.lines[head.stop : stop]
        columns, clear = find_columns(head, below, page.strokes, on_grid=self._on_grid)
        if self._on_grid and clear < len(below):
            columns, clear = columns_below(head, below, columns, clear)
        before_head = stop < len(page.lines) and clear == len(below)
        continues = (
            self._open is not None
            and self._open.head.table is head.table
            and self._open.areas[-1].lines[-1:] != ()
            and self._open.areas[-1].lines[-1].page != page.number
        )
        left = _known_left(self._open, columns) if continues and self._open else None
        lines = below[:clear]
        own, rows = self._extent(lines, columns, page.strokes, left, before_head=before_head)
        if not continues:
            self._open = Table(head)
            self._found.append(self._open)
        self._areas(page, own, rows, columns, head, continues=continues)
        return head.stop + len(own)

    def _extent(
        self,
        lines: Sequence[TextLine],
        columns: Columns,
        strokes: Strokes,
        left: float | None,
        *,
        before_head: bool,
    ) -> tuple[Sequence[TextLine], list[HeadingRow]]:
        """Returns the lines that belong to the table, and the headings among its rows."""

        def reached(start: int) -> int:
            rest = lines[start:]
            return start + extent(rest, columns, strokes, self._form, left, before_head=before_head)

        rows = list(drawn_headings(lines, columns, strokes))
        stop = reached(rows[-1].stop if rows else 0)
        for row in () if rows else headings_above_rows(lines, columns, self._form):
            if row.start > stop:
                break
            rows.append(row)
            stop = reached(row.stop)
        return lines[:stop], rows

    def _areas(
        self,
        page: PageLines,
        lines: Sequence[TextLine],
        rows: Sequence[HeadingRow],
        columns: Columns,
        head: Head | None,
        *,
        continues: bool,
    ) -> None:
        """Adds the part of the open table on a page, and the headings among its rows as text."""
        if self._open is None:
            return
        continues = continues and not self._open.ends_with_heading
        at = 0
        for row in (*rows, HeadingRow(len(lines), len(lines))):
            own = lines[at : row.start]
            if self._on_grid:
                own = part_answers(own, columns, self._form)
            if own or head:
                area = TableArea(tuple(own), columns, page, head, continues)
                self._open.parts.append(area)
            head, continues, at = None, False, row.stop
            if row.start < row.stop:
                heading = TextArea(tuple(lines[row.start : row.stop]), is_heading=True)
                self._open.parts.append(heading)


def _columns_going_on(
    table: Table,
    lines: Sequence[TextLine],
    strokes: Strokes,
    *,
    on_grid: bool,
) -> Columns:
    """Returns the columns of a table that continues without its column headers.

    They are those of the previous page unless this page is shifted as a whole; new lines can narrow
    the white space between them.
    """
    filled = [own for own in table.areas if own.lines] or table.areas
    area = filled[-1]
    if on_grid and not area.column(0):
        # A page with only the rest of a comment says little about where the columns are.
        area = next((own for own in reversed(filled) if own.column(0)), area)
    before = area.columns
    starts = [[line.x0 for line in area.column(index)] for index in range(len(before.borders) + 1)]
    moved = find_moved(lines, before, starts, strokes)
    if moved or before.ruled:
        return moved or before
    alone = find_comment_alone(lines, before, starts) if on_grid else None
    if alone:
        return alone
    columns, clear = find_columns(table.head, (*area.lines, *lines), Strokes())
    return columns if clear >= len(area.lines) else before


def _known_left(table: Table, columns: Columns) -> float | None:
    """Returns the left edge of the question column's text, unless the columns have moved."""
    area = table.areas[-1]
    if abs(area.columns.borders[-1] - columns.borders[-1]) > 2:
        return None
    return min((line.x0 for own in table.areas[-2:] for line in own.column(0)), default=None)


def _in_columns(lines: Sequence[TextLine], columns: Columns) -> bool:
    """Whether some line has text in a later column that begins where the column does."""
    return any(
        abs(run.x0 - border) < 3 * _NEAR
        for line in lines
        for run in line.runs
        for border in columns.borders
    )
