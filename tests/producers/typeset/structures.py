"""Other ways than a row a question in which exports of planning tools lay out the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.producers.typeset.story import Cell, Grid, Paragraph, Story

Block = Paragraph | Grid


def arranged(story: Story, structure: str) -> Story:
    """The story with its tables laid out in another way; its tables have three columns."""
    if not structure:
        return story
    if structure == "heading-rows":
        return replace(story, blocks=list(_heading_rows(story.blocks)))
    blocks: list[Block] = []
    for block in story.blocks:
        blocks += STRUCTURES[structure](block) if isinstance(block, Grid) else [block]
    return replace(story, blocks=blocks)


def _heading_rows(blocks: list[Block]) -> Iterator[Block]:
    """A heading right above a table is the table's first row."""
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and block.level is not None and isinstance(after, Grid):
            continue
        before = blocks[number - 1] if number else None
        if isinstance(block, Grid) and isinstance(before, Paragraph) and before.level is not None:
            heading = [Paragraph(before.text, bold=True)]
            yield replace(block, rows=[[heading], *block.rows])
        else:
            yield block


def _question_rows(grid: Grid) -> list[Block]:
    """The question over the whole width, below it the heads of the other columns, and these."""
    labels = [_label(head) for head in grid.heads[1:]]
    rows = []
    for question, *others in grid.rows:
        rows += [[question], labels, others]
    return [Grid([0.25, 0.75], [], rows)]


def _question_headings(grid: Grid) -> list[Block]:
    """The question as text over a table of one row with the other columns."""
    blocks: list[Block] = []
    for question, *others in grid.rows:
        blocks += [*question, Grid([0.25, 0.75], grid.heads[1:], [others])]
    return blocks


def _comment_rows(grid: Grid) -> list[Block]:
    """Question and answer beside each other, the comment below them over the whole width."""
    rows: list[list[Cell]] = []
    for question, answer, comment in grid.rows:
        rows.append([question, answer])
        rows.append([[*_label(f"{grid.heads[2]}:"), *comment]])
    return [Grid([0.7, 0.3], grid.heads[:2], rows)]


def _records(grid: Grid) -> list[Block]:
    """A table a question, a row a column, its head on the left."""
    return [
        Grid([0.22, 0.78], [], [[_label(h), c] for h, c in zip(grid.heads, row, strict=True)])
        for row in grid.rows
    ]


def _label(text: str) -> Cell:
    return [Paragraph(text, bold=True)]


STRUCTURES: dict[str, Callable[[Grid], list[Block]]] = {
    "heading-rows": lambda grid: [grid],
    "question-rows": _question_rows,
    "question-headings": _question_headings,
    "comment-rows": _comment_rows,
    "records": _records,
}
