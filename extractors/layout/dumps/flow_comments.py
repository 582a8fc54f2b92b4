"""Which row each comment of a table of three columns belongs to: nothing but the text tells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.dumps.flow_cell_starts import Before
from extractors.layout.dumps.flow_chunks import Chunk
from extractors.layout.dumps.flow_cuts import continues, openness
from extractors.layout.dumps.flow_evidence import opens_list_item
from models.form import Form


def comment_cells(
    comments: Sequence[Chunk], count: int, before: Before | None, form: Form
) -> tuple[list[list[Chunk]], bool]:
    """Parts a comment column into the rest from the page before and a cell for each row.

    Returns the cells, and whether there was no choice.
    """
    if not count or not comments:
        return [list(comments), *([] for _ in range(count))], not count or before is None
    if count == 1 and before is None:
        return [[], list(comments)], True
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for cell in range(count + 1):
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (score, cuts) in best.items():
            if not cell and before is None:
                ends = range(1)
            elif cell == count:
                ends = range(len(comments), len(comments) + 1)
            else:
                ends = range(start, len(comments) + 1)
            for end in ends:
                total = score + _cell_score(comments, start, end, cell, before, form)
                if cell == count and start == end and openness(comments[-1].text, form):
                    # What breaks off at the end of the page is the last row's.
                    total -= 4.0
                if end not in step or total > step[end][0]:
                    step[end] = (total, (*cuts, end))
        best = step
    _, cuts = best[len(comments)]
    edges = [0, *cuts]
    return [list(comments[start:end]) for start, end in pairwise(edges)], False


def _cell_score(
    comments: Sequence[Chunk], start: int, end: int, cell: int, before: Before | None, form: Form
) -> float:
    """How well some chunks make a comment; the first cell is the rest of the one before."""
    if not cell:
        previous = before.comment if before else ""
        if start == end:
            return -4.0 if openness(previous, form) else 0.0
        return continues(previous, comments[start].text, form) - 0.1 * (end - start) ** 2
    if start == end:
        return -2.5
    text = comments[start].text
    previous = comments[start - 1].text if start else before.comment if before else ""
    score = -0.1 * (end - start) ** 2
    score -= 5.0 if text[:1].islower() else 0.0
    score -= 4.0 if opens_list_item(text) or previous.endswith(":") else 0.0
    state = openness(previous, form)
    return score + (-4.0 if state == 1 else 1.0 if state else 0.0)
