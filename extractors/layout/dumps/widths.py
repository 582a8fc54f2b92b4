"""How wide the columns of a dump are, and its letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.blocks import HeadBlock, Piece
from extractors.layout.dumps.answers import answer_look, has_answer_column
from extractors.layout.dumps.chunks import Chunk, Item, is_answer, parts_of
from extractors.layout.rows.wording import asks
from models.form import Form

_MOST_PARTS = 8
_WIDEST = 0.97
_FEWEST_WRAPS = 12
_ROOM_WITHOUT_WRAPS = 0.8
_USUAL_WRAPS = 0.03
_NEAR = 0.2
_ALIKE = 0.9
_USUAL_WIDTH = 20
_WIDTHS = {"ijl": 9, "tfI .,:;!|'/": 11, "r-()": 13, "cksvxyzJ": 20, "mM": 33, "wW": 30}
"""Widths of letters, in twentieths of the usual width; small letters have 22, capitals 27."""
_LETTER_WIDTHS = bytes(
    next(
        (width for letters, width in _WIDTHS.items() if chr(code) in letters),
        27 if chr(code).isupper() else 22,
    )
    for code in range(256)
)


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a column is, in characters; 0 where nothing is known.

    Attributes:
        widest: Its widest line, rare outliers aside.
        full: Length from which a line and the next word are too long for one of its lines.
    """

    widest: float = 0.0
    full: float = 0.0


@dataclass(slots=True)
class _Beside:
    """Lines that stand beside the sure answers of a kind of table."""

    questions: list[list[Piece]] = field(default_factory=list)
    comments: list[list[Piece]] = field(default_factory=list)


def text_width(text: str) -> float:
    """Width of a text in a common sans serif font, in characters of usual width."""
    return sum(text.encode("latin-1", "replace").translate(_LETTER_WIDTHS)) / _USUAL_WIDTH


def has_letter_widths(flow: Sequence[Chunk]) -> bool:
    """Whether the lines of paragraphs are more alike in width than in characters."""
    lines = [
        (before.text, after.text)
        for part in flow
        for before, after in pairwise(part.pieces)
        if after.text[:1].islower()
    ]
    return len(lines) >= _FEWEST_WRAPS and _spread(lines, text_width) < _ALIKE * _spread(lines, len)


def _spread(lines: Sequence[tuple[str, str]], length: Callable[[str], float]) -> float:
    """How much the widths of full lines vary, as a share of their middle."""
    own = sorted(length(before) for before, _ in lines)
    middle = own[len(own) // 2]
    near = [width for width in own if abs(width - middle) < _NEAR * middle]
    return sum(abs(width - middle) for width in near) / (len(near) * middle)


def column_widths(
    items: Sequence[Item], form: Form, length: Callable[[str], float]
) -> dict[str, tuple[Width, Width]]:
    """The widths of both columns of each kind of table, seen beside its sure answers."""
    beside: dict[str, _Beside] = {}
    columns = {table.id for table in form.tables if has_answer_column(table)}
    table = ""
    flow: list[Chunk] = []
    for item in [*items, None]:
        if isinstance(item, Chunk):
            flow += parts_of(item, form)
            continue
        own = beside.setdefault(table, _Beside())
        has_column = table in columns
        for at, part in enumerate(flow):
            if answer_look(part, form, has_column) > 1:
                own.questions.append(_column(reversed(flow[max(0, at - _MOST_PARTS) : at]), form))
                own.comments.append(_column(flow[at + 1 : at + _MOST_PARTS], form))
        flow, table = [], item.table if isinstance(item, HeadBlock) else table
    return {
        table: (_width(own.questions, length), _width(own.comments, length))
        for table, own in beside.items()
    }


def _column(parts: Sequence[Chunk] | Iterator[Chunk], form: Form) -> list[Piece]:
    """The lines of parts beside an answer, up to a question, an answer or a page."""
    pieces: list[Piece] = []
    for part in parts:
        if is_answer(part.text, form) or asks(part.text, form) or part.page_start:
            break
        pieces += part.pieces
    return sorted(pieces, key=lambda piece: piece.line.number)


def _width(cells: Sequence[Sequence[Piece]], length: Callable[[str], float]) -> Width:
    lengths = sorted(length(piece.text) for cell in cells for piece in cell)
    if not lengths:
        return Width()
    widest = lengths[int(len(lengths) * _WIDEST)]
    wraps = sorted(
        length(f"{before.text} {after.text.split(maxsplit=1)[0]}")
        for cell in cells
        for before, after in pairwise(cell)
        if after.text[:1].islower()
    )
    if len(wraps) < _FEWEST_WRAPS:
        return Width(widest, _ROOM_WITHOUT_WRAPS * widest)
    return Width(widest, max(wraps[int(len(wraps) * _USUAL_WRAPS)], _ROOM_WITHOUT_WRAPS * widest))
