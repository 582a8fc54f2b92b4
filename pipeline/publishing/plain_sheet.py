"""A worksheet that takes rows whole: a fifth of XlsxWriter's time for each cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

LINE = 15
"""Height of a line of text, in points."""

HIGHEST = 405
"""Height of the highest row, in points; Excel allows 409."""

_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What cannot stand in a cell's XML as it is; all else is written without a further look."""


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet in constant memory whose rows hold texts and numbers alone.

    XlsxWriter looks at each cell for what it could be. Here every text is an inline string,
    whatever it looks like, also one that begins like XlsxWriter's own mark-up of rich text.
    """

    def write_plain_row(
        self, row: int, cells: Iterable[tuple[str | float, Format]], lines: int
    ) -> None:
        """Writes a row; rows come in order, from the top.

        Args:
            row: Its number, from 0.
            cells: What stands in it and how, from the left; "" is blank.
            lines: How many lines of text it is to show.
        """
        self._write_single_row(row)
        number = row + 1
        height = min(lines * LINE, HIGHEST)
        parts = [f'<row r="{number}" ht="{height}" customHeight="1">']
        column = -1
        for column, (value, style) in enumerate(cells):
            if value == "":
                continue
            place = f'<c r="{xl_col_to_name(column)}{number}" s="{style._get_xf_index()}"'
            if isinstance(value, str):
                text = self._escaped(value) if _SPECIAL.search(value) else value
                kept = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() else ""
                parts.append(f'{place} t="inlineStr"><is><t{kept}>{text}</t></is></c>')
            else:
                parts.append(f"{place}><v>{value}</v></c>")
        parts.append("</row>")
        self.fh.write("".join(parts))
        self._check_dimensions(row, max(column, 0))

    def _escaped(self, text: str) -> str:
        escaped: str = self._escape_data(self._escape_control_characters(text))
        return escaped
