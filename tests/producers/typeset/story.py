"""A report as paragraphs and grids of cells: what every program here renders."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from random import Random

from tests.generator.content import Heading, Kind, Row, Table, Text, Truth, plain_bullets
from tests.producers.html import three_columns


@dataclass(frozen=True)
class Look:
    """How a report looks; lengths are points.

    Attributes:
        rules: `grid`, `none`, `lines`, `zebra`: how the rows of a table are separated.
        font: The program's name for the font; its default if "".
        question: Width of the question column as a share of the table.
        three: Whether every table has a column of its own for the answers.
        wide: Whether pages are in landscape.
        whole_rows: Whether rows are kept off page breaks.
        lists: Whether items are native lists, so that their marks are not in the text.
        structure: One of `structures.STRUCTURES`, or "" for a row a question.
        gap: Space between paragraphs.
    """

    rules: str = "grid"
    font: str = ""
    size: float = 10
    question: float = 0.42
    three: bool = False
    wide: bool = False
    justified: bool = False
    repeat_heads: bool = True
    whole_rows: bool = False
    bold_questions: bool = True
    lists: bool = False
    mark: str = ""
    gap: float = 6
    padding: float = 4
    structure: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Attributes:
        level: Level of a heading, 0 for the title, None for other text.
        item: Whether it is a list item, so that its mark is not in the text.
    """

    text: str
    bold: bool = False
    italic: bool = False
    level: int | None = None
    item: bool = False


Cell = list[Paragraph]


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        shares: Its columns' widths, which add up to 1.
        heads: Texts of its head, or none.
        rows: Where a row has fewer cells than columns, its last is merged over the rest.
    """

    shares: list[float]
    heads: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Story:
    """A report.

    Attributes:
        blocks: Title and organisation first; the rest begins on a new page.
    """

    title: str
    organisation: str
    blocks: list[Paragraph | Grid]


def varied(look: Look, random: Random) -> Look:
    """The look with other dimensions, so that no threshold is right by luck."""
    return replace(
        look,
        size=look.size + random.choice([-1, -0.5, 0, 0.5]),
        question=look.question + random.choice([-0.05, 0, 0.06]),
        bold_questions=random.random() < 0.7,
        gap=random.choice([5, 6, 9]),
        padding=random.choice([3, 4, 6]),
    )


def tell(truth: Truth, look: Look) -> Story:
    """The report as a story."""
    truth = plain_bullets(truth)
    if look.three:
        truth = three_columns(truth)
    name = truth.organisation[0].upper() + truth.organisation[1:]
    blocks: list[Paragraph | Grid] = [_text(text, look) for text in truth.preamble]
    for block in truth.blocks:
        if isinstance(block, Heading):
            blocks.append(Paragraph(f"{block.number} {block.title}", level=min(block.level, 4)))
        elif isinstance(block, Text):
            blocks.append(_text(block, look))
        else:
            blocks.append(_grid(block, look))
    return Story(truth.title, name, blocks)


def as_json(story: Story, look: Look) -> str:
    """The story and its look, for programs not written in Python."""
    return json.dumps({"story": asdict(story), "look": asdict(look)}, ensure_ascii=False)


def _text(text: Text, look: Look) -> Paragraph:
    if text.kind is Kind.BULLET:
        return _paragraph(text.text, look)
    return Paragraph(text.text, bold=text.kind is Kind.LABEL, italic=text.kind is Kind.NOTICE)


def _paragraph(text: str, look: Look) -> Paragraph:
    is_item = look.lists and text.startswith("• ")
    return Paragraph(text[2:] if is_item else text, item=is_item)


def _grid(table: Table, look: Look) -> Grid:
    shares = [look.question, 1 - look.question]
    if table.columns == 3:
        shares = [look.question - 0.06, 0.18, 0.88 - look.question]
    return Grid(shares, list(table.heads), [_row(row, table.columns, look) for row in table.rows])


def _row(row: Row, columns: int, look: Look) -> list[Cell]:
    question = [Paragraph(row.question, bold=look.bold_questions)]
    question += [_paragraph(text, look) for text in row.detail]
    answer = [Paragraph(look.mark + row.answer)] if row.answer else []
    comment = [_paragraph(text, look) for text in row.comment]
    return [question, answer, comment] if columns == 3 else [question, answer + comment]
