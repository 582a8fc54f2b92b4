"""A worksheet that takes rows whole: a fifth of XlsxWriter's own time for each cell."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.publishing.parted import CELL, pieces
from pipeline.publishing.sheets.model import Cell, Styled

LINE = 15
"""Height of a line of text, in points."""

HIGHEST = 405
"""Height of the highest row, in points; Excel allows 409."""

KNOWN = 20_000
"""Texts of which a sheet remembers what it wrote: most stand in it many times."""

_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What cannot stand in a cell's XML as it is; all else is written without a further look."""


class TooLongError(Exception):
    """A text does not fit in its cell."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Numbers of the workbook's formats.

    Attributes:
        text: Of texts.
        number: Of whole numbers.
        share: Of numbers with a fraction.
        styles: Of what stands for something, by its style.
    """

    text: int
    number: int
    share: int
    styles: Mapping[str, int]


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet in constant memory whose rows hold texts and numbers alone.

    XlsxWriter looks at each cell for what it could be. Here every text is an inline string,
    whatever it looks like, also one that begins like XlsxWriter's own mark-up of rich text.
    """

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[str, tuple[str, float]] = {}

    def write_plain_row(
        self, row: int, cells: Sequence[Cell], widths: Sequence[int], looks: Looks
    ) -> None:
        """Writes a row as high as its texts; rows come in order, from the top.

        Args:
            row: Its number, from 0.
            cells: Its cells from the left.
            widths: Their widths, in characters.
            looks: How they look.

        Raises:
            TooLongError: A text does not fit in its cell.
        """
        number, lines = row + 1, 1
        parts = []
        for column, cell, width in zip(_letters(len(cells)), cells, widths, strict=True):
            if cell is None:
                continue
            text = cell.text if isinstance(cell, Styled) else cell
            if isinstance(text, str):
                if not text:
                    continue
                inline, longest = self._texts.get(text) or self._learn(text)
                if longest > width:
                    lines = max(lines, _lines(text, width))
                look = looks.text
                if isinstance(cell, Styled):
                    look = looks.styles.get(cell.style, look)
                parts.append(f'<c r="{column}{number}" s="{look}"{inline}')
            else:
                look = looks.share if isinstance(text, float) else looks.number
                parts.append(f'<c r="{column}{number}" s="{look}"><v>{text}</v></c>')
        height = min(lines * LINE, HIGHEST)
        self._write_single_row(row)
        self.fh.write(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(parts)}</row>')
        self._check_dimensions(row, max(len(cells) - 1, 0))

    def _learn(self, text: str) -> tuple[str, float]:
        """A text's cell from its style on, and how wide it is: endless with several lines."""
        if 2 * len(text) > CELL and len(pieces(text)) > 1:
            raise TooLongError
        kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        safe = text
        if _SPECIAL.search(text):
            safe = self._escape_data(self._escape_control_characters(text))
        inline = f' t="inlineStr"><is><t{kept}>{safe}</t></is></c>'
        if len(self._texts) == KNOWN:
            self._texts.clear()
        known = self._texts[text] = inline, math.inf if "\n" in text else len(text)
        return known


@cache
def _letters(count: int) -> list[str]:
    """The names of the first columns."""
    return [xl_col_to_name(index) for index in range(count)]


def _lines(text: str, width: int) -> int:
    """How many lines a text needs, by about how many characters go on a line.

    Excel finds the height of rows by itself; other programs show one line if they are not told.
    """
    return sum(1 + max(len(part) - 1, 0) // width for part in text.split("\n"))
