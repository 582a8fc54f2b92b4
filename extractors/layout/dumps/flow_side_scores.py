"""How much a chunk of a page looks like text, like a question cell, or like what answers it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from extractors.layout.dumps.flow_cell_starts import Before, is_short, opens_cell
from extractors.layout.dumps.flow_chunks import Chunk
from extractors.layout.dumps.flow_column_style import Entry, Sides, leads_to_detail
from extractors.layout.dumps.flow_cuts import Widths, continues, openness
from extractors.layout.dumps.flow_evidence import asks, opens_list_item, starts_detail
from extractors.structure.labels import detail_label
from extractors.text import fold

_MOST_WRAPS = 3
_MOST_SENTENCES = 3
_SENTENCE_END = re.compile(r"\w{3}[.!]\s+[^\W\d_a-zåäö]")


class Side(Enum):
    """Where a chunk of a page stands."""

    TEXT = "text"
    LEFT = "left"
    RIGHT = "right"


def side_score(
    page: Sequence[Entry], index: int, side: Side, name: str, ends: bool, sides: Sides
) -> float:
    """Returns how much a chunk looks like one of a side, by itself and its neighbours.

    Args:
        page: The chunks and heads of a page.
        index: Which of them.
        side: The side.
        name: The kind of the table that it would belong to.
        ends: Whether it is a heading or the like that ends a table.
        sides: Form and style.
    """
    chunk = page[index]
    assert isinstance(chunk, Chunk)
    form, widths = sides.form, sides.style.widths.get(name, Widths())
    if side is Side.TEXT:
        return _text_score(page, index, sides) + (3.0 if ends else 0.0)
    if opens_cell(chunk, form):
        # Answers of three columns come with the questions, else they begin the second column.
        if not sides.is_three(name):
            return 0.0 if side is Side.RIGHT else -4.0
        before = page[index - 1] if index else None
        has_own = isinstance(before, Chunk) and opens_cell(before, form)
        return -1.0 if side is Side.RIGHT else -2.0 if has_own else 0.0
    score = _question_score(page, index, sides)
    if side is Side.RIGHT:
        score = -score
    elif not score:
        score -= _prose_score(page, index, sides)
    own = widths.question if side is Side.LEFT else widths.comment
    return score + 2.0 * _wraps(chunk, own) - (4.0 if ends else 0.0)


def first_score(
    chunk: Chunk, side: Side, before: Before | None, has_left: bool, is_three: bool, sides: Sides
) -> float:
    """Returns how well a chunk opens its column: how it goes on with the page before, or begins.

    Args:
        chunk: The first chunk of its column.
        side: Left or right.
        before: Where the column left off on the page before; None where its table begins here.
        has_left: Whether the first column of the table has begun.
        is_three: Whether answers have a column of their own.
        sides: Form and style.
    """
    form = sides.form
    if side is Side.RIGHT and opens_cell(chunk, form):
        # A row begins with its question, on the page of its answer.
        return 0.0 if has_left or before is None else -5.0
    if before is None:
        is_new = side is Side.RIGHT and not is_three
        return later_score(chunk) - (0.0 if not is_new else 1.0 if is_short(chunk) else 3.0)
    if side is Side.RIGHT:
        # No item of a list goes on with a sentence that a page cuts.
        cuts = opens_list_item(chunk.text) and openness(before.comment, form) == 1
        return 0.7 + continues(before.comment, chunk.text, form) - (3.0 if cuts else 0.0)
    if openness(before.question, form):
        return continues(before.question, chunk.text, form)
    return 0.0 if asks(chunk.text, form) or starts_detail(chunk.text, form) else -2.0


def later_score(chunk: Chunk) -> float:
    """Returns how well a chunk follows another one of its column."""
    return -2.0 if chunk.text[:1].islower() else 0.0


def _text_score(page: Sequence[Entry], index: int, sides: Sides) -> float:
    chunk, last = page[index], page[index - 1] if index else None
    assert isinstance(chunk, Chunk)
    led = isinstance(last, Chunk) and (last.text.endswith(":") or opens_list_item(last.text))
    in_list = opens_list_item(chunk.text) and led
    score = -4.0 if opens_cell(chunk, sides.form) else 1.5 if in_list else 0.0
    return score + 2.0 * _wraps(chunk, sides.style.text)


def _question_score(page: Sequence[Entry], index: int, sides: Sides) -> float:
    """How much a chunk looks like a question, or like the rest of its cell; 0 where it does not."""
    chunk = page[index]
    assert isinstance(chunk, Chunk)
    form, text = sides.form, chunk.text
    if chunk.pieces[0].line.number in sides.questions.mentions:
        return -1.5
    score = 3.0 if fold(text) in sides.questions.known else 0.0
    if opens_list_item(text):
        score -= 1.0
    if starts_detail(text, form):
        before = page[index - 1] if index else None
        return score + 1.5 + (_follows_score(before, text, sides) if before else 0.0)
    if asks(text, form) or leads_to_detail(page, index, form):
        score += 1.0
    return score


def _follows_score(before: Entry, text: str, sides: Sides) -> float:
    """How much what stands before a reference or label speaks for its being of the same cell."""
    form = sides.form
    if not isinstance(before, Chunk):
        return 0.0
    if asks(before.text, form) or fold(before.text) in sides.questions.known:
        return 1.0
    # The reference of a question cell follows its question; one that follows other prose, or a
    # detail, is a comment that names a plan.
    is_prose = len(before.pieces) > 2 or starts_detail(before.text, form)
    is_label = detail_label(text, form) is not None
    return -3.0 if is_prose and not is_label and not openness(before.text, form) else 0.0


def _prose_score(page: Sequence[Entry], index: int, sides: Sides) -> float:
    """How much a chunk that opens like no part of a question cell looks like a comment."""
    chunk, before = page[index], page[index - 1] if index else None
    assert isinstance(chunk, Chunk)
    sentences = min(len(_SENTENCE_END.findall(chunk.text)), _MOST_SENTENCES)
    if not isinstance(before, Chunk):
        return 0.3 * sentences
    if asks(before.text, sides.form) or fold(before.text) in sides.questions.known:
        asks_more = 0.6 if "?" in chunk.text else 0.0
        return 0.5 * sentences + 0.3 - 1.3 * sides.questions.detailed - asks_more
    return 0.5 * sentences + 1.5


def _wraps(chunk: Chunk, width: int) -> float:
    """How well lines are broken for a width: 0 at best, less a line that is too long or short."""
    if not width:
        return 0.0
    lines = [piece.text for piece in chunk.pieces]
    wrong = 1.5 * sum(len(line) > width * 1.03 for line in lines)
    for line, following in pairwise(lines):
        word = following.split()[0]
        wrong += len(line) + 1 + len(word) < 0.95 * width
    return -float(min(wrong, _MOST_WRAPS))
