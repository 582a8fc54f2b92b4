"""A text dump as a flow of cells: what remains of a page when its text is copied."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from random import Random

from tests.generator.content import Kind, Truth
from tests.generator.paging import (
    CellLine,
    Fragment,
    Head,
    Look,
    PageLayout,
    Paragraph,
    Setting,
    paginate,
)


@dataclass(frozen=True)
class DumpStyle:
    """How a dump was made.

    Attributes:
        width: Characters in a line of running text.
        lines: Lines on a page.
        repeat_heads: Whether column headers are repeated on a new page.
        form_feeds: Whether pages are separated by form feeds.
        running: Share of pages whose running header was not removed.
        trailing_blanks: Whether lines keep the space at their end.
        page_blank: Whether a new page's first line begins with a space.
        mark_blank: Whether the lost answer mark left a space before the answer.
        blank_answer_line: Whether a blank answer leaves an empty paragraph.
        question_share: Width of the question column where a table has two columns, as a share.
        third_share: Likewise with three columns, as a share of what the answer column leaves.
    """

    width: int = 78
    lines: int = 48
    repeat_heads: bool = True
    form_feeds: bool = False
    running: float = 0.06
    trailing_blanks: bool = True
    page_blank: bool = True
    mark_blank: bool = True
    stray_blanks: float = 0.05
    question_share: float = 0.47
    third_share: float = 0.46


def dump_setting(style: DumpStyle) -> Setting:
    """The page setting of a dump, in characters and lines."""
    inner = style.width + 4
    left = int(inner * style.question_share)
    answer = 12
    third = int((inner - answer) * style.third_share)
    return Setting(
        measure=lambda text, look: len(text) * (1.5 if look in (Look.H1, Look.H2) else 1),
        leading=lambda look: 1,
        page_height=style.lines,
        text_width=style.width,
        two=(left, inner - left),
        three=(third, answer, inner - answer - third),
        repeat_heads=style.repeat_heads,
    )


def random_style(random: Random) -> DumpStyle:
    """A random style that a dump can have."""
    style = DumpStyle(
        width=random.choice([70, 76, 78, 84]),
        lines=random.choice([42, 46, 50, 56]),
        repeat_heads=random.random() < 0.7,
        form_feeds=random.random() < 0.2,
        running=random.choice([0, 0, 0.06, 0.2]),
        trailing_blanks=random.random() < 0.8,
        page_blank=random.random() < 0.85,
        question_share=random.choice([0.42, 0.47, 0.5]),
    )
    if not (style.page_blank or style.form_feeds):
        # Something always shows where a page ends.
        return replace(style, repeat_heads=True)
    return style


def render_dump(truth: Truth, random: Random, style: DumpStyle) -> tuple[str, list[PageLayout]]:
    """Returns the text of the dump, and its pages."""
    pages = paginate(truth, dump_setting(style))
    flow = _Flow(truth, random, style, len(pages))
    for page in pages:
        flow.page(page)
    text = flow.text()
    return text, pages


class _Flow:
    def __init__(self, truth: Truth, random: Random, style: DumpStyle, pages: int) -> None:
        self.truth = truth
        self.random = random
        self.style = style
        self.pages = pages
        self.out: list[str] = []
        self.ran = False

    def text(self) -> str:
        lines = self.out
        if not self.style.trailing_blanks:
            lines = [line.rstrip(" ") for line in lines]
        return "\n".join(lines) + "\n"

    def line(self, text: str = "") -> None:
        self.out.append(f"{text} " if text else " ")

    def end(self) -> None:
        """Ends a paragraph or a cell with an empty line."""
        self.out.append("")

    def page(self, page: PageLayout) -> None:
        start = len(self.out)
        for index, item in enumerate(page.items):
            if isinstance(item, Paragraph):
                after = page.items[index + 1] if index + 1 < len(page.items) else None
                self.paragraph(item, after)
            elif isinstance(item, Head):
                self.line(" ".join(part for cell in item.cells for part in cell))
                self.end()
            else:
                self.fragment(item)
        while len(self.out) > start and not self.out[-1]:
            self.out.pop()
        if start < len(self.out) and start and not self.ran:
            opening = "\f" if self.style.form_feeds else ""
            blank = " " if self.style.page_blank else ""
            self.out[start] = opening + blank + self.out[start]
        elif self.ran and self.style.form_feeds:
            self.out[start] = "\f" + self.out[start]
        self.ran = False
        if page.number < self.pages and self.random.random() < self.style.running:
            self.running(page.number)

    def running(self, number: int) -> None:
        """A running footer that was copied too, with the empty paragraphs around it."""
        self.out += ["", " ", "", f"{self.truth.title} ", "", f"{number} ({self.pages}) ", ""]
        self.out += ["       ", "", "  ", "", " ", ""]
        self.ran = True

    def paragraph(self, item: Paragraph, after: object) -> None:
        for text in item.lines:
            self.line(text)
        if item.role == Kind.LABEL:
            self.line()
        before_notice = isinstance(after, Paragraph) and after.role == Kind.NOTICE
        if not before_notice:
            self.end()
        before_table = isinstance(after, Head)
        if before_table and item.role != "heading" and self.random.random() < 0.7:
            self.out += [self.random.choice([" ", "  "]), ""]

    def fragment(self, item: Fragment) -> None:
        question, *others = item.cells
        for line in question:
            self.line(line.text)
        if question:
            self.end()
        if len(others) == 2:
            self.three(item)
        else:
            self.two(others[0])
        if item.last and self.random.random() < self.style.stray_blanks:
            self.out += ["  ", ""]

    def two(self, cell: tuple[CellLine, ...]) -> None:
        mark = " " if self.style.mark_blank else ""
        wrote = False
        for index, line in enumerate(cell):
            if line.gap and index:
                self.end()
            lead = mark if line.role == "answer" and index == 0 and line.text else ""
            self.line(lead + line.text)
            wrote = True
        if wrote:
            self.end()

    def three(self, item: Fragment) -> None:
        _, answer, comment = item.cells
        texts: list[str] = []
        for index, line in enumerate(comment):
            if line.gap and index:
                texts.append("")
            texts.append(line.text)
        if answer:
            mark = " " if self.style.mark_blank else ""
            words = " ".join(line.text for line in answer)
            first = f"{mark}{words} {texts[0]}" if texts else mark + words
            texts[:1] = [first]
        elif not item.row.answer and item.first:
            # The empty paragraph of the blank answer's cell.
            self.line()
            self.end()
        for text in texts:
            if text:
                self.line(text)
            else:
                self.end()
        if texts:
            self.end()


ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "cp1252",
    "mac-lines",
    "windows-lines",
    "decomposed",
)


def encode(text: str, encoding: str = "utf-8") -> bytes:
    """The bytes of a dump in one of ENCODINGS."""
    if encoding == "mac-lines":
        return text.replace("\n", "\r").encode()
    if encoding == "windows-lines":
        return text.replace("\n", "\r\n").encode()
    if encoding == "decomposed":
        return unicodedata.normalize("NFD", text).encode()
    return text.encode(encoding)
