"""Which row each line of a table belongs to, from the report's truth."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from extractors.layout.cells.runs import TextLine
from extractors.layout.tables.tables import Table, TableArea
from models.form_tables import Column, TableForm
from models.report import Answer

_REACH = 4000
"""Letters ahead in which a line is searched for; what is skipped is not in a table."""
_LEAST = 6
"""Number of letters of a line that are searched for further on."""


class Stream:
    """The letters of one column of all rows, with the row of each.

    Args:
        texts: Texts in order, each with its row.
    """

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self._rows: list[int] = []
        self._starts: set[int] = set()
        letters: list[str] = []
        for row, text in texts:
            bare = letters_only(text)
            letters.append(bare)
            self._starts.add(len(self._rows))
            self._rows += [row] * len(bare)
        self._text = "".join(letters)
        self._at = 0

    def skip_to(self, row: int) -> None:
        """Skips the text of rows before a given one."""
        while self._at < len(self._rows) and self._rows[self._at] < row:
            self._at += 1

    def row_of(self, text: str) -> int | None:
        """Returns the row of the next line of the column, or None if it is in no row."""
        found = self.find(text)
        return found[0] if found else None

    def find(self, text: str) -> tuple[int, bool] | None:
        """Returns the row of the next line, and whether one of the texts begins with it."""
        bare = letters_only(text)
        if not bare:
            return None
        at = self._at
        if not self._text.startswith(bare, at):
            if len(bare) < _LEAST:
                return None
            at = self._text.find(bare, at, at + _REACH)
        if at < 0:
            return None
        self._at = at + len(bare)
        return self._rows[at], at in self._starts


def rows_of_lines(
    tables: Sequence[Table], truth: Sequence[Answer]
) -> Iterator[tuple[TableArea, list[int | None]]]:
    """Yields each table on each page with the row of each of its lines.

    Args:
        tables: The tables of a document in reading order.
        truth: The rows that the document contains.
    """
    streams = {
        Column.QUESTION: Stream([(row.position, f"{row.question} {row.detail}") for row in truth]),
        Column.ANSWER: Stream([(row.position, row.answer) for row in truth]),
        Column.COMMENT: Stream([(row.position, row.comment) for row in truth]),
    }
    both = Stream([(row.position, f"{row.answer} {row.comment}") for row in truth])
    for table in tables:
        for area in table.areas:
            yield area, [_row(area, line, table.head.table, streams, both) for line in area.lines]


def _row(
    area: TableArea,
    line: TextLine,
    kind: TableForm,
    streams: dict[Column, Stream],
    both: Stream,
) -> int | None:
    found = set()
    for column, cell in zip(kind.columns, area.cells(line), strict=True):
        if cell is not None:
            stream = streams.get(column.holds, both)
            row = stream.row_of(cell.text)
            if row is not None:
                found.add(row)
                for other in (*streams.values(), both):
                    other.skip_to(row)
    return found.pop() if len(found) == 1 else None


def letters_only(text: str) -> str:
    """Returns only the letters and digits of a text."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
