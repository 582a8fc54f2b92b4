"""Sets a report on pages: lines in columns, rows cut where a page ends.

All renderers share one layout. Its unit is a line of text for the dumps and a PDF point for the
PDFs; only measuring text differs. So the place and the cut of every row are known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tests.generator.content import Block, Heading, Kind, Row, Table, Text, Truth
from tests.generator.wrapping import wrap

Look = StrEnum("Look", ["BODY", "BOLD", "H1", "H2", "H3", "HEAD", "SMALL", "TITLE"])


@dataclass(frozen=True)
class Setting:
    """How a report is set. Lengths are in lines or points, widths in the unit of `measure`.

    `row_gap` is the space above and below a cell's text; `cell_gap` that beside it. With `tight`,
    there is no space between rows, after headings and labels, and before bullets.
    """

    measure: Callable[[str, Look], float]
    leading: Callable[[Look], float]
    page_height: float
    text_width: float
    two: tuple[float, float]
    three: tuple[float, float, float]
    paragraph_gap: float = 1
    row_gap: float = 0
    cell_gap: float = 0
    repeat_heads: bool = True
    new_page: bool = True
    divide: bool = False
    bold_questions: bool = True
    blank_after_answer: bool = True
    least_lines: int = 2
    keep_rows: bool = False
    mark_width: float = 0
    blank_marks: bool = False
    tight: bool = False


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line of a cell. `gap` is the space above it unless it is first on its page.

    `marked` is the line of a blank answer whose mark is drawn nevertheless.
    """

    text: str
    role: str
    look: Look = Look.BODY
    gap: float = 0
    opens: bool = False
    told: bool = True
    divided: bool = False
    marked: bool = False
    y: float = 0

    @property
    def blank(self) -> bool:
        return not self.text and not self.marked


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a row on one page, a list of lines for each column."""

    row: Row
    cells: tuple[tuple[CellLine, ...], ...]
    y: float
    height: float
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Head:
    """Column headers; the lines of each."""

    cells: tuple[tuple[str, ...], ...]
    y: float
    height: float
    repeated: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of a heading or of a text outside tables."""

    lines: tuple[str, ...]
    look: Look
    role: str
    y: float
    height: float
    number: str = ""


Item = Paragraph | Head | Fragment


@dataclass
class PageLayout:
    """The contents of a page, from the top."""

    number: int
    items: list[Item] = field(default_factory=list)
    used: float = 0


def paginate(truth: Truth, setting: Setting, *, before: int = 0) -> list[PageLayout]:
    """Sets a report on pages; `before` pages (a title page, a table of contents) come first."""
    setter = _Setter(setting, before + 1)
    for text in truth.preamble:
        setter.text(text)
    for block in truth.blocks:
        setter.block(block)
    return setter.pages


class _Setter:
    def __init__(self, setting: Setting, first: int) -> None:
        self.setting = setting
        self.pages = [PageLayout(first)]

    @property
    def page(self) -> PageLayout:
        return self.pages[-1]

    @property
    def room(self) -> float:
        return self.setting.page_height - self.page.used

    def turn(self) -> None:
        self.pages.append(PageLayout(self.page.number + 1))

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.heading(block)
        elif isinstance(block, Text):
            self.text(block)
        else:
            self.table(block)

    def heading(self, heading: Heading) -> None:
        look = Look[f"H{min(heading.level, 3)}"]
        if heading.level == 1 and self.setting.new_page and self.page.items:
            self.turn()
        least = 6 * self.setting.leading(Look.BODY)
        self.paragraph(
            f"{heading.number} {heading.title}", look, "heading", least, number=heading.number
        )

    def text(self, text: Text) -> None:
        look = Look.BOLD if text.kind is Kind.LABEL else Look.BODY
        least = 3 * self.setting.leading(Look.BODY) if text.kind is Kind.LABEL else 0
        self.paragraph(text.text, look, str(text.kind), least)

    def paragraph(
        self, text: str, look: Look, role: str, least: float = 0, *, number: str = ""
    ) -> None:
        setting = self.setting
        wrapped = wrap(text, setting.text_width, lambda part: setting.measure(part, look))
        leading = setting.leading(look)
        height = leading * len(wrapped)
        gap = self.gap_before(role)
        if self.page.items and gap + height + least > self.room:
            self.turn()
            gap = 0
        lines = tuple(line.text for line in wrapped)
        y = self.page.used + gap
        self.page.items.append(Paragraph(lines, look, role, y, height, number))
        self.page.used = y + height

    def gap_before(self, role: str) -> float:
        if not self.page.items:
            return 0
        above = self.page.items[-1]
        after_label = isinstance(above, Paragraph) and above.role in ("heading", Kind.LABEL)
        if self.setting.tight and (after_label or role == Kind.BULLET):
            return 0
        return self.setting.paragraph_gap

    def table(self, table: Table) -> None:
        for index, row in enumerate(table.rows):
            self.row(table, row, first_of_table=index == 0)

    def head(self, table: Table, *, repeated: bool) -> None:
        setting = self.setting
        widths = setting.two if table.columns == 2 else setting.three
        cells = tuple(
            tuple(
                line.text
                for line in wrap(
                    head,
                    width - 2 * setting.cell_gap,
                    lambda part: setting.measure(part, Look.HEAD),
                )
            )
            for head, width in zip(table.heads, widths, strict=True)
        )
        gap = setting.paragraph_gap if self.page.items else 0
        lines = max(len(cell) for cell in cells)
        height = lines * setting.leading(Look.HEAD) + 2 * setting.row_gap
        y = self.page.used + gap
        self.page.items.append(Head(cells, y, height, repeated))
        self.page.used = y + height

    def row(self, table: Table, row: Row, *, first_of_table: bool) -> None:
        setting = self.setting
        cells = self.cells(table, row)
        leading = setting.leading(Look.BODY)
        least = setting.least_lines * leading + 2 * setting.row_gap
        head_room = setting.paragraph_gap + setting.leading(Look.HEAD) + 2 * setting.row_gap
        whole = max(_height(cell, leading) for cell in cells) + 2 * setting.row_gap
        wanted = whole if setting.keep_rows and whole < setting.page_height / 2 else least
        between = 0 if setting.row_gap or setting.tight else 1
        if self.page.items and wanted + between + (head_room if first_of_table else 0) > self.room:
            self.turn()
            if not first_of_table and setting.repeat_heads:
                self.head(table, repeated=True)
        if first_of_table:
            self.head(table, repeated=False)
        first = True
        while True:
            gap = between if self.page.items else 0
            y = self.page.used + gap
            room = setting.page_height - y - 2 * setting.row_gap
            taken, left = self.cut(cells, room)
            height = max(_height(cell, leading) for cell in taken) + 2 * setting.row_gap
            last = not any(left)
            placed = tuple(_placed(cell, leading) for cell in taken)
            self.page.items.append(Fragment(row, placed, y, height, first, last))
            self.page.used = y + height
            if last:
                return
            cells, first = left, False
            self.turn()
            if setting.repeat_heads:
                self.head(table, repeated=True)

    def cells(self, table: Table, row: Row) -> tuple[tuple[CellLine, ...], ...]:
        setting = self.setting
        widths = setting.two if table.columns == 2 else setting.three
        inner = [width - 2 * setting.cell_gap for width in widths]
        question = self.lines((row.question,), inner[0], "question", bold=setting.bold_questions)
        if row.detail:
            question += [CellLine("", "detail"), *self.lines(row.detail, inner[0], "detail")]
        answer = self.lines((row.answer,), inner[1] - setting.mark_width, "answer")
        if not answer and setting.blank_marks:
            answer = [CellLine("", "answer", marked=True)]
        comment = self.lines(row.comment, inner[-1], "comment")
        if table.columns == 3:
            return (tuple(question), tuple(answer), tuple(comment))
        if comment:
            gap = setting.paragraph_gap if setting.blank_after_answer or not answer else 0
            comment[0] = replace(comment[0], gap=gap)
        blank = [CellLine("", "answer")] if setting.blank_after_answer else []
        return (tuple(question), (*answer, *blank, *comment))

    def lines(
        self, texts: tuple[str, ...], width: float, role: str, *, bold: bool = False
    ) -> list[CellLine]:
        look = Look.BOLD if bold else Look.BODY
        result: list[CellLine] = []
        for index, text in enumerate(texts):
            wrapped = wrap(
                text,
                width,
                lambda part: self.setting.measure(part, look),
                divide=self.setting.divide,
            )
            for place, line in enumerate(wrapped):
                opens = place == 0
                blank_between = role == "detail" and opens and index > 0
                if blank_between:
                    result.append(CellLine("", role))
                result.append(
                    CellLine(
                        line.text,
                        role,
                        look,
                        gap=self.setting.paragraph_gap
                        if opens and index and role == "comment"
                        else 0,
                        opens=opens,
                        told=role != "comment" or line.text[0] in "•-–\uf0b7",
                        divided=line.divided,
                    )
                )
        return result

    def cut(
        self, cells: tuple[tuple[CellLine, ...], ...], room: float
    ) -> tuple[tuple[tuple[CellLine, ...], ...], tuple[tuple[CellLine, ...], ...]]:
        """Splits the cells into what fits in the available space and the rest."""
        leading = self.setting.leading(Look.BODY)
        taken, left = [], []
        for cell in cells:
            count = _fitting(cell, room, leading)
            if count < len(cell):
                count = _moved(cell, count, self.setting.divide)
            rest = list(cell[count:])
            while rest and rest[0].blank:
                rest.pop(0)
            taken.append(cell[:count])
            left.append(tuple(rest))
        return tuple(taken), tuple(left)


def _height(cell: tuple[CellLine, ...], leading: float) -> float:
    return sum(leading + (line.gap if index else 0) for index, line in enumerate(cell))


def _placed(cell: tuple[CellLine, ...], leading: float) -> tuple[CellLine, ...]:
    """Lines with their distance from the top of the cell's text."""
    y = 0.0
    placed = []
    for index, line in enumerate(cell):
        y += line.gap if index else 0
        placed.append(replace(line, y=y))
        y += leading
    return tuple(placed)


def _fitting(cell: tuple[CellLine, ...], room: float, leading: float) -> int:
    used = 0.0
    for index, line in enumerate(cell):
        used += leading + (line.gap if index else 0)
        if used > room + 1e-6:
            return index
    return len(cell)


def _moved(cell: tuple[CellLine, ...], count: int, divide: bool) -> int:
    """Moves a cut back so that the report still shows what was cut.

    If a comment's paragraph ends exactly at the end of a page, nothing on paper shows whether
    the next page opens a new one. With divided words, a cut within a word is sought.
    """
    if divide:
        for place in range(count, max(count - 3, 1), -1):
            if cell[place - 1].divided:
                return place
    moved = count
    while (
        moved > 0 and cell[moved].role == "comment" and cell[moved].opens and not cell[moved].told
    ):
        moved -= 1
        if cell[moved].role != "comment":
            return count
    return moved
