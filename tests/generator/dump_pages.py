"""Text dumps page by page, with columns side by side."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.generator.content import Truth
from tests.generator.paging import (
    Fragment,
    Head,
    Look,
    PageLayout,
    Paragraph,
    Setting,
    paginate,
)


@dataclass(frozen=True)
class PagesStyle:
    """How a dump with pages was made.

    Attributes:
        width: Characters in a line of running text.
        lines: Lines on a page, without running header and footer.
        repeat_heads: Whether column headers are repeated on a new page.
        running_head: Whether the report's title is at the top of every page.
        running_foot: Whether the page number is at the bottom of every page.
        mark: What became of an answer mark: a sign and a space, or nothing.
        indent: Spaces before every line.
        question_share: Width of the question column, as a share of the table.
        tight: Whether there is no space between rows, after headings and before bullets.
    """

    width: int = 88
    lines: int = 50
    repeat_heads: bool = True
    running_head: bool = True
    running_foot: bool = True
    mark: str = ""
    indent: int = 4
    question_share: float = 0.45
    tight: bool = False


def random_pages_style(random: Random) -> PagesStyle:
    """A random style that such a dump can have."""
    return PagesStyle(
        width=random.choice([80, 88, 96]),
        lines=random.choice([44, 50, 58]),
        repeat_heads=random.random() < 0.7,
        running_head=random.random() < 0.7,
        running_foot=random.random() < 0.8,
        mark=random.choice(["", "", "", "● "]),
        indent=random.choice([0, 4, 9]),
        question_share=random.choice([0.4, 0.45, 0.5]),
        tight=random.random() < 0.4,
    )


def _setting(style: PagesStyle) -> Setting:
    left = int(style.width * style.question_share)
    answer = 16
    third = int((style.width - answer) * 0.42)
    return Setting(
        measure=lambda text, look: len(text) * (1.3 if look in (Look.H1, Look.H2) else 1),
        leading=lambda look: 1,
        page_height=style.lines,
        text_width=style.width,
        two=(left, style.width - left),
        three=(third, answer, style.width - answer - third),
        cell_gap=1.5,
        repeat_heads=style.repeat_heads,
        tight=style.tight,
    )


def _offsets(item: Head | Fragment, setting: Setting) -> list[int]:
    widths = setting.two if len(item.cells) == 2 else setting.three
    return [int(sum(widths[:column])) for column in range(len(widths))]


def render_layout(truth: Truth, style: PagesStyle) -> tuple[str, list[PageLayout]]:
    """The dump with its columns side by side, as `pdftotext -layout` lays it out."""
    setting = _setting(style)
    pages = paginate(truth, setting)
    texts = []
    for page in pages:
        grid = _Grid(style.indent)
        for item in page.items:
            _draw(grid, item, setting, style)
        lines = grid.lines()
        if style.running_head:
            lines = [" " * style.indent + truth.title, "", *lines]
        if style.running_foot:
            foot = f"{page.number} ({len(pages)})"
            lines = [*lines, "", " " * (style.indent + style.width - len(foot)) + foot]
        texts.append("\n".join(lines) + "\n\f")
    return "".join(texts), pages


class _Grid:
    def __init__(self, indent: int) -> None:
        self.indent = indent
        self.rows: dict[int, str] = {}

    def put(self, y: float, x: int, text: str) -> None:
        row = self.rows.get(int(y), "")
        self.rows[int(y)] = row.ljust(self.indent + x) + text

    def lines(self) -> list[str]:
        return [self.rows.get(y, "") for y in range(max(self.rows, default=-1) + 1)]


def _draw(
    grid: _Grid, item: Paragraph | Head | Fragment, setting: Setting, style: PagesStyle
) -> None:
    if isinstance(item, Paragraph):
        for index, line in enumerate(item.lines):
            grid.put(item.y + index, 0, line)
        return
    for x, cell in zip(_offsets(item, setting), item.cells, strict=True):
        for index, line in enumerate(cell):
            if isinstance(line, str):
                grid.put(item.y + index, x, line)
            elif line.text:
                lead = style.mark if line.role == "answer" and index == 0 else ""
                grid.put(item.y + line.y, x, lead + line.text)
