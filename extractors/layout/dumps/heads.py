"""The column headers of a dump's tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from extractors.layout.blocks import Piece
from extractors.text import collapse, fold
from models.document import Line
from models.form import Form
from models.form_tables import TableForm

_MOST_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The header of one column, apart from the others: the dump goes column by column.

    Attributes:
        pieces: Its pieces.
        table: Id of the kind of table in the form.
        column: 0 for the first column.
    """

    pieces: tuple[Piece, ...]
    table: str
    column: int


def column_heads(form: Form) -> dict[str, tuple[str, int]]:
    """Returns the header of each column with its table and position; of equal ones, the first.

    By itself a header is often a single word, so its case must match: "Svar", not "svar".
    """
    found: dict[str, tuple[str, int]] = {}
    for table in form.tables:
        for place, column in enumerate(table.columns):
            for head in column.heads:
                found.setdefault(collapse(head), (table.id, place))
    return found


def head_texts(form: Form) -> dict[str, str]:
    """Returns each table's column headers as they read in a dump, with the table's id."""
    return _head_texts(form.tables)


@lru_cache(maxsize=16)
def _head_texts(tables: tuple[TableForm, ...]) -> dict[str, str]:
    return {
        fold(" ".join(heads)): table.id
        for table in tables
        for heads in product(*(column.heads for column in table.columns))
    }


def find_heads(
    lines: Sequence[Line], texts: dict[str, str], running: frozenset[int]
) -> Iterator[tuple[int, tuple[int, str]]]:
    """Yields where column headers begin and end, with their table; they can take several lines."""
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
