"""The heads of a dump's tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from extractors.layout.blocks import Piece
from extractors.text import collapse, fold
from models.document import Line
from models.form import Form

_MOST_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of one column that stands apart from the others: the dump goes by columns.

    Attributes:
        pieces: Its pieces.
        table: Id of the kind of table in the form.
        column: 0 for the first column.
    """

    pieces: tuple[Piece, ...]
    table: str
    column: int


def column_heads(form: Form) -> dict[str, tuple[str, int]]:
    """Returns the head of every single column with its table and place; the first of equals.

    By itself a head is hardly more than a word, so that its case must agree: "Svar", not "svar".
    """
    found: dict[str, tuple[str, int]] = {}
    for table in form.tables:
        for place, column in enumerate(table.columns):
            for head in column.heads:
                found.setdefault(collapse(head), (table.id, place))
    return found


def head_texts(form: Form) -> dict[str, str]:
    """Returns every table head of a form as it reads in a dump, with the id of its table."""
    return {
        fold(" ".join(heads)): table.id
        for table in form.tables
        for heads in product(*(column.heads for column in table.columns))
    }


def find_heads(
    lines: Sequence[Line], texts: dict[str, str], running: frozenset[int]
) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yields where table heads begin and end, with their table; a head can take several lines."""
    starts = {text.split()[0] for text in texts}
    after = 0
    for start, line in enumerate(lines):
        words = line.text.split()
        is_taken = start < after or start in running
        if is_taken or not words or words[0].casefold() not in starts:
            continue
        text, found, count = "", None, 0
        for end in range(start, len(lines)):
            if not lines[end].text.strip() or end in running:
                continue
            text, count = fold(f"{text} {lines[end].text}"), count + 1
            if text in texts:
                found = (end + 1, texts[text])
            if count == _MOST_HEAD_LINES or not any(head.startswith(text) for head in texts):
                break
        if found:
            after = found[0]
            yield start, found
