"""Finds column headers on a page, including headers over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.layout.blocks import Piece
from extractors.layout.cells.runs import Run, TextLine
from extractors.text import fold
from models.form import Form
from models.form_tables import TableForm

_MOST_LINES = 8
_WIDEST_PITCH = 1.9
_MOST_CUT_OFF = 0.25
"""Largest share of a header's letters that a narrow column cuts off: less left may be any word."""
_BLANKS = re.compile(r"\s+")
_NO_LETTER = re.compile(r"[\W_]+")


class Head(NamedTuple):
    """The column headers of a table on a page.

    Attributes:
        table: The kind of table.
        first: Index of its first line among the page's lines.
        stop: One past its last line.
        columns: The runs of each column header, from the left.
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
        """Returns the left and right edge of a column header."""
        runs = self.columns[column]
        return min([run.x0 for run in runs]), max([run.x1 for run in runs])


def key_of(text: str) -> str:
    """Returns the letters of a text, case folded: headers are compared by this, however wrapped."""
    return _NO_LETTER.sub("", text).casefold() or text.strip()


class HeadFinder:
    """Finds the column headers of a form's tables.

    Args:
        form: The form.
    """

    def __init__(self, form: Form) -> None:
        self._tables = [
            (table, [frozenset(map(key_of, column.heads)) for column in table.columns])
            for table in form.tables
        ]
        self._prefixes = frozenset(
            key[:length]
            for _, columns in self._tables
            for column in columns
            for key in column
            for length in range(min(2, len(key)), len(key) + 1)
        )
        self._openings = frozenset(prefix for prefix in self._prefixes if len(prefix) <= 2)
        self._lefts = frozenset(
            key for _, columns in self._tables for column in columns[:-1] for key in column
        )
        self._longest = max(
            (sum(max(map(len, column)) for column in columns) for _, columns in self._tables),
            default=0,
        )

    def find(self, lines: Sequence[TextLine]) -> list[Head]:
        """Finds the tables' column headers on a page, from the top."""
        heads: list[Head] = []
        openings = self._openings
        stop = 0
        for at, line in enumerate(lines):
            if line.text[:2].casefold().strip() in openings and at >= stop and self._may_open(line):
                head = self._head_at(lines, at)
                if head:
                    heads.append(head)
                    stop = head.stop
        return heads

    def _may_open(self, line: TextLine) -> bool:
        """Whether a line can begin the column headers: its first run or its first word can."""
        text = line.runs[0].text
        return key_of(text) in self._prefixes or key_of(text.split(" ", 1)[0]) in self._prefixes

    def table_with(self, keys: Sequence[str]) -> TableForm | None:
        """Returns the kind of table whose columns have these headers."""
        for table, heads in self._tables:
            if len(heads) == len(keys) and all(
                key in column for key, column in zip(keys, heads, strict=True)
            ):
                return table
        return None

    def _head_at(self, lines: Sequence[TextLine], first: int) -> Head | None:
        """Returns the longest set of column headers that begins at a line."""
        found: Head | None = None
        runs: list[Run] = []
        letters = 0
        for stop in range(first + 1, min(first + _MOST_LINES, len(lines)) + 1):
            line = lines[stop - 1]
            if stop > first + 1:
                above = lines[stop - 2]
                if line.base - above.base > _WIDEST_PITCH * above.size:
                    break
            letters += len(key_of(line.text))
            if letters > self._longest:
                break
            runs += [own for run in line.runs for own in self._part(run)]
            columns = _columns(runs)
            table = self.table_with([key_of(" ".join(run.text for run in c)) for c in columns])
            if table:
                found = Head(table, first, stop, columns)
        return found

    def _part(self, run: Run) -> list[Run]:
        """Splits a run that holds the headers of two columns, with a single space between them."""
        text = run.text
        for match in _BLANKS.finditer(text):
            left = key_of(text[: match.start()])
            if left not in self._lefts:
                continue
            right = key_of(text[match.end() :])
            if any(
                left in one and right in other
                for _, columns in self._tables
                for one, other in pairwise(columns)
            ):
                width = (run.x1 - run.x0) / len(text)
                line, start, end = run.piece.line, run.piece.start, run.piece.end
                head = Piece(line, start, start + match.start())
                rest = Piece(line, start + match.end(), end)
                return [
                    run._replace(piece=head, text=head.text, x1=run.x0 + width * match.start()),
                    run._replace(piece=rest, text=rest.text, x0=run.x0 + width * match.end()),
                ]
        return [run]


def head_words(form: Form) -> list[list[str]]:
    """Returns the words of each table's column headers."""
    return [
        fold(head).split()
        for table in form.tables
        for column in table.columns
        for head in column.heads
    ]


def is_head_line(texts: Sequence[str], heads: Sequence[list[str]]) -> bool:
    """Whether runs side by side are column headers, or whole words of headers that wrap.

    Args:
        texts: The texts of the runs.
        heads: The words of the headers.
    """
    return all(any(_is_part(words, head) for head in heads) for words in map(_words, texts))


def _words(text: str) -> list[str]:
    return fold(text).split()


def _is_part(words: list[str], head: list[str]) -> bool:
    """Whether words are consecutive words of a header, or a part of one cut by a narrow column."""
    if words[-1].endswith("-"):
        return head[0].startswith(" ".join(words)[:-1])
    if len(words) == len(head) == 1 and _is_cut_off(words[0], head[0]):
        return True
    return words[0] in head and any(
        words == head[at : at + len(words)] for at in range(len(head) - len(words) + 1)
    )


def _is_cut_off(piece: str, head: str) -> bool:
    """Whether a word is a header without its last letters, or is those letters."""
    over = _MOST_CUT_OFF * len(head)
    if head.startswith(piece):
        return len(head) - len(piece) <= over
    return head.endswith(piece) and len(piece) <= over


def _columns(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    """Groups runs that are above one another or a word space apart, from the left."""
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
