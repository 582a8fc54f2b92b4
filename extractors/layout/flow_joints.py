"""Where a question begins although no empty line parts it from what stands before it.

Some tools write cells that stand below each other as one paragraph. A question is told by what
follows it: the reference or label of its cell; or by the reference that it opens with itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.blocks import Paragraph, Piece
from extractors.layout.flow_chunks import Chunk, Gap
from extractors.layout.flow_cuts import openness
from extractors.layout.flow_evidence import ends_question, opening_reference, starts_detail
from models.form import Form

_LONGEST_QUESTION = 6
"""Lines of a question, at most; in a narrow column."""


def part_questions(chunk: Chunk, form: Form) -> list[Chunk]:
    """Returns a chunk in parts, each question with what follows it in its cell.

    Args:
        chunk: Lines that nothing parts.
        form: The form, for references and labels.
    """
    starts = sorted(set(_starts(chunk.pieces, form)))
    if not starts:
        return [chunk]
    edges = [0, *starts, len(chunk.pieces)]
    return [
        replace(chunk, pieces=chunk.pieces[start:end])
        if not start
        else Chunk(chunk.pieces[start:end], Gap.NONE, False, False, chunk.doubtful)
        for start, end in pairwise(edges)
    ]


def hides_question(cell: Sequence[Paragraph], form: Form) -> bool:
    """Whether a question with its reference or label stands in a cell that is another's.

    Args:
        cell: A comment, or a question cell without its first line.
        form: The form, for references and labels.
    """
    pieces = [piece for paragraph in cell for piece in paragraph]
    has_detail = False
    for index, piece in enumerate(pieces):
        has_detail |= starts_detail(piece.text, form)
        if has_detail and _asks_with_detail(pieces, index, form):
            return True
    return False


def _starts(pieces: Sequence[Piece], form: Form) -> Iterator[int]:
    """Yields the lines inside a paragraph that a question begins with."""
    has_detail = False
    for index, piece in enumerate(pieces):
        if index and _asks_with_detail(pieces, index, form):
            # A question cell can hold names; what stands before a cell must look like an end.
            if start := _first_line(pieces, index, 1.0 if has_detail else 0.1, form):
                yield start
        elif index and _asks_with_reference(pieces, index, form):
            yield index
        has_detail |= starts_detail(piece.text, form)


def _asks_with_detail(pieces: Sequence[Piece], index: int, form: Form) -> bool:
    """Whether a question ends with a line, and a reference or label follows it."""
    following = pieces[index + 1].text if index + 1 < len(pieces) else ""
    return ends_question(pieces[index].text) and starts_detail(following, form)


def _first_line(pieces: Sequence[Piece], end: int, openest: float, form: Form) -> int | None:
    """Returns the first line of a question from its last: a capital after what may be an end."""
    for index in range(end, max(0, end - _LONGEST_QUESTION), -1):
        begins = pieces[index].text[:1].isupper()
        if begins and openness(pieces[index - 1].text, form) < openest:
            return index
    return None


def _asks_with_reference(pieces: Sequence[Piece], index: int, form: Form) -> bool:
    """Whether a line opens with a reference, and a question goes on from it to its end."""
    if opening_reference(pieces[index].text, form) is None:
        return False
    if openness(pieces[index - 1].text, form) == 1:
        return False
    for piece in pieces[index : index + _LONGEST_QUESTION]:
        if ends_question(piece.text):
            return True
        if piece.text.endswith((".", "!")):
            return False
    return False
