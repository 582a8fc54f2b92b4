"""Finding table heads on a page, also where they run over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.blocks import Piece
from extractors.layout.runs import Run, TextLine
from extractors.text import fold
from models.form import Form, TableForm

_MOST_LINES = 4
_WIDEST_PITCH = 1.9
_BLANKS = re.compile(r"\s+")
_NO_LETTER = re.compile(r"[\W_]+")


class Head(NamedTuple):
    """A table head on a page.

    Attributes:
        table: The kind of table.
        first: Index of its first line among the page's lines.
        stop: One past its last line.
        columns: The runs of each column's head, from the left.
    """

    table: TableForm
    first: int
    stop: int
    columns: tuple[tuple[Run, ...], ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """All its runs, column by column."""
        return tuple(run for column in self.columns for run in column)

    def span(self, column: int) -> tuple[float, float]:
        """Returns the left and right edge of a column's head."""
        runs = self.columns[column]
        return min(run.x0 for run in runs), max(run.x1 for run in runs)


def key_of(text: str) -> str:
    """Returns the letters of a text, case folded: heads are compared so, however divided."""
    return _NO_LETTER.sub("", text).casefold()


def find_heads(lines: Sequence[TextLine], form: Form) -> list[Head]:
    """Finds the table heads on a page, from the top."""
    prefixes = _prefixes(form)
    heads: list[Head] = []
    at = 0
    while at < len(lines):
        head = (
            _head_at(lines, at, form) if key_of(lines[at].runs[0].piece.text) in prefixes else None
        )
        if head:
            heads.append(head)
        at = head.stop if head else at + 1
    return heads


def is_head_line(texts: Sequence[str], form: Form) -> bool:
    """Whether runs side by side are table heads, or whole words of heads that run over lines."""
    heads = [
        fold(head).split()
        for table in form.tables
        for column in table.columns
        for head in column.heads
    ]
    return all(any(_is_part(fold(text), head) for head in heads) for text in texts)


def _is_part(text: str, head: list[str]) -> bool:
    """Whether a text is some words of a head in a row, or its first word divided by a hyphen."""
    words = text.split()
    if text.endswith("-"):
        return head[0].startswith(text[:-1])
    return any(words == head[at : at + len(words)] for at in range(len(head) - len(words) + 1))


def _head_at(lines: Sequence[TextLine], first: int, form: Form) -> Head | None:
    """Returns the longest head that begins at a line."""
    found: Head | None = None
    runs: list[Run] = []
    for stop in range(first + 1, min(first + _MOST_LINES, len(lines)) + 1):
        line = lines[stop - 1]
        if stop > first + 1:
            above = lines[stop - 2]
            if line.base - above.base > _WIDEST_PITCH * above.size:
                break
        runs += _parted(line.runs, form)
        columns = _columns(runs)
        table = table_with([key_of(" ".join(run.piece.text for run in c)) for c in columns], form)
        if table:
            found = Head(table, first, stop, columns)
    return found


def _parted(runs: Sequence[Run], form: Form) -> list[Run]:
    """Parts runs that hold the heads of two columns, as where only one blank stands between."""
    return [own for run in runs for own in _part(run, form)]


def _part(run: Run, form: Form) -> list[Run]:
    text = run.piece.text
    for match in _BLANKS.finditer(text):
        left, right = key_of(text[: match.start()]), key_of(text[match.end() :])
        for _, columns in _heads_of(_texts(form)):
            for one, other in pairwise(columns):
                if left in one and right in other:
                    width = (run.x1 - run.x0) / len(text)
                    line, start, end = run.piece.line, run.piece.start, run.piece.end
                    head = Piece(line, start, start + match.start())
                    rest = Piece(line, start + match.end(), end)
                    return [
                        run._replace(piece=head, x1=run.x0 + width * match.start()),
                        run._replace(piece=rest, x0=run.x0 + width * match.end()),
                    ]
    return [run]


def _columns(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    """Groups runs that stand over one another or a word space apart, from the left."""
    columns: list[list[Run]] = []
    right = 0.0
    for run in sorted(runs, key=lambda run: run.x0):
        if columns and run.x0 < right + 0.45 * run.size:
            columns[-1].append(run)
            right = max(right, run.x1)
        else:
            columns.append([run])
            right = run.x1
    return tuple(tuple(sorted(column, key=_reading)) for column in columns)


def _reading(run: Run) -> tuple[float, float]:
    return round(run.base), run.x0


def table_with(keys: Sequence[str], form: Form) -> TableForm | None:
    """Returns the kind of table whose columns have these heads."""
    for table, heads in _heads_of(_texts(form)):
        if len(heads) == len(keys) and all(
            key in column for key, column in zip(keys, heads, strict=True)
        ):
            return next(own for own in form.tables if own.id == table)
    return None


_Texts = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def _texts(form: Form) -> _Texts:
    return tuple(
        (table.id, tuple(column.heads for column in table.columns)) for table in form.tables
    )


@lru_cache(maxsize=16)
def _heads_of(texts: _Texts) -> list[tuple[str, list[frozenset[str]]]]:
    """Returns each table's heads as keys, column by column."""
    return [
        (table, [frozenset(map(key_of, column)) for column in columns]) for table, columns in texts
    ]


def _prefixes(form: Form) -> frozenset[str]:
    return _prefixes_of(_texts(form))


@lru_cache(maxsize=16)
def _prefixes_of(texts: _Texts) -> frozenset[str]:
    """Returns every key that the first run of a head can have: a beginning of a head."""
    return frozenset(
        key[:length]
        for _, columns in _heads_of(texts)
        for column in columns
        for key in column
        for length in range(2, len(key) + 1)
    )
