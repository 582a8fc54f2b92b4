"""Whether a dump has the columns of its tables one after the other, so rows cannot be recovered.

In such a dump, all questions of a page come first and then all its comments. It does not show which
comment belongs to which question, where a page break cuts one, or even where one ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.layout.blocks import HeadBlock
from extractors.layout.dumps.chunk import Chunk
from extractors.layout.dumps.heads import ColumnHead

Item = Chunk | HeadBlock | ColumnHead

_MOST_OUT_OF_ROW = 0.2
"""Maximum share of parts out of order: comments can contain questions and answers too."""
_MOST_UNANSWERED = 0.08
"""Maximum questions without answer and comment, as a share of the answers."""
_FEWEST = 2


def goes_by_columns(tables: Iterable[Sequence[Chunk]], items: Sequence[Item]) -> bool:
    """Whether answers follow answers, questions follow details, or cells are between headers.

    Args:
        tables: The chunks of each table.
        items: Chunks and column headers of the whole dump.
    """
    answers = out_of_row = unanswered = 0
    for chunks in tables:
        parts = [part for chunk in chunks for part in chunk.parts]
        # What is certainly an answer, or certainly from a question cell.
        found = [part.is_answer for part in parts if part.is_answer or part.asks or part.kind]
        answers += sum(found)
        out_of_row += sum(one and other for one, other in pairwise(found))
        unanswered += sum(_questions_after_details(parts))
    if unanswered > max(_FEWEST, _MOST_UNANSWERED * answers):
        return True
    if out_of_row + unanswered > max(_FEWEST, _MOST_OUT_OF_ROW * answers):
        return True
    return sum(_heads_stand_apart(items)) >= _FEWEST


def _questions_after_details(parts: Sequence[Chunk]) -> Iterator[bool]:
    """For each question, whether it follows another one's detail without a comment in between."""
    sentences: int | None = None
    for part in parts:
        if part.is_answer:
            sentences = None
        elif part.asks:
            yield sentences is not None and sentences <= 1
            sentences = None
        elif part.kind:
            sentences = 0
        if sentences is not None and part.text.endswith((".", "!")):
            sentences += 1


def _heads_stand_apart(items: Sequence[Item]) -> Iterator[bool]:
    """For each header but that of the first column, whether cells come right before it."""
    for before, item in pairwise(items):
        if isinstance(item, ColumnHead) and item.column > 0:
            yield isinstance(before, Chunk)
