"""Sheets as an Excel workbook, written in batches of rows so that memory use stays small.

Every text is written as text: none becomes a formula, a link, a number or a date, not even when a
person edits the cell later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.utility import xl_range

from pipeline.publishing.colours import FILLS, ink
from pipeline.publishing.excel_limits import ROWS, column_parts, column_stretches, cut, spread
from pipeline.publishing.plain_sheet import CellFormats, PlainSheet, TooLongError
from pipeline.publishing.sheets.model import Batch, Column, Note, Sheet, Styled, batches_of

if TYPE_CHECKING:
    from pipeline.publishing.words import Words

    Parts = dict[str, list[int]]
    """Number of cells that each column of a sheet needs, by the sheet's id."""

A4 = 9
COMPRESSION = 3
"""zlib level: half the time of XlsxWriter's 6, for a file a sixth larger."""

PAGE = 260
"""Maximum sheet width, in characters, that is still legible when fitted to one page."""

SMALL = 50
"""Print scale of wider sheets, in per cent, over several pages."""

HEAD = "head"
"""Style of the headings."""

MARK = 3
"""Width of the filter button in a heading, in characters."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(
    path: Path,
    sheets: Sequence[Sheet],
    about: Callable[[Sequence[Note]], Sheet],
    words: Words,
    tick: Callable[[int], None],
) -> None:
    """Writes a workbook.

    Args:
        path: The file; it is replaced.
        sheets: Its sheets.
        about: Returns the first sheet, given what had to be split.
        words: The words of its language.
        tick: Called from time to time with the number of further rows written.
    """
    parts: Parts = {}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        while True:  # long texts are rare: the cells they need are computed only once one is found
            writer = _Writer(path, folder, words, tick, parts)
            try:
                return writer.write(sheets, about)
            except TooLongError:
                parts[writer.at.id] = column_parts(writer.at)
            except XlsxFileError as error:
                raise OSError(str(error)) from error


class _Writer:
    """Writes one workbook."""

    def __init__(
        self, path: Path, folder: str, words: Words, tick: Callable[[int], None], parts: Parts
    ) -> None:
        self._book = xlsxwriter.Workbook(str(path), OPTIONS | {"tmpdir": folder})
        self._words = words
        self._tick = tick
        self._parts = parts
        self._notes: list[Note] = []
        self.at: Sheet
        plain: dict[str, object] = {"text_wrap": True, "valign": "top", "quote_prefix": True}
        styles: dict[str, dict[str, object]] = {
            name: {"bg_color": fill, "font_color": ink(fill)} for name, fill in FILLS.items()
        }
        styles[HEAD] = {"bold": True, "bg_color": "#e6ebf2", "bottom": 1}
        self._formats = CellFormats(
            self._format(plain),
            self._format({"valign": "top"}),
            self._format({"valign": "top", "num_format": "0.00"}),
            {name: self._format(plain | style) for name, style in styles.items()},
        )

    def _format(self, properties: dict[str, object]) -> int:
        number: int = self._book.add_format(properties)._get_xf_index()
        return number

    def write(self, sheets: Sequence[Sheet], about: Callable[[Sequence[Note]], Sheet]) -> None:
        first = self._book.add_worksheet(self._words.sheets["about"], PlainSheet)
        for sheet in sheets:
            self._write(sheet)
        own = about(self._notes)
        self._fill(first, own, range(len(own.columns)), own.batches(), own.count)
        with _compressed(COMPRESSION):
            self._book.close()

    def _write(self, sheet: Sheet) -> None:
        parts = self._parts.get(sheet.id, [1] * len(sheet.columns))
        stretches = column_stretches(sheet, parts)
        pages = 0
        for stretch in stretches:
            batches = cut(sheet.batches(), ROWS - 1)
            left = sheet.count
            while True:
                pages += 1
                title = sheet.title if pages == 1 else f"{sheet.title} ({pages})"
                count = min(left, ROWS - 1)
                page = self._book.add_worksheet(title, PlainSheet)
                self._fill(page, sheet, stretch, batches, count)
                left -= count
                if left <= 0:
                    break
        self._note(sheet, parts, len(stretches), pages)

    def _fill(
        self,
        page: PlainSheet,
        sheet: Sheet,
        stretch: Sequence[int],
        batches: Iterator[Batch],
        count: int,
    ) -> None:
        """Writes the header and the rows of one worksheet."""
        self.at = sheet
        all_parts = self._parts.get(sheet.id, [1] * len(sheet.columns))
        parts = [all_parts[index] for index in stretch]
        columns = list(
            chain.from_iterable(
                self._continued(sheet.columns[index], all_parts[index]) for index in stretch
            )
        )
        widths = [column.width for column in columns]
        self._set_up(page, sheet, columns, count)
        written = 0
        while written < count:
            batch = next(batches)
            own = spread([batch[index] for index in stretch], parts)
            rows = page.write_batch(1 + written, own, widths, self._formats)
            written += rows
            self._tick(rows)

    def _continued(self, column: Column, parts: int) -> Iterator[Column]:
        yield column
        for number in range(2, parts + 1):
            heading = self._words.columns["continued"].format(column=column.heading, number=number)
            yield Column(heading, column.width)

    def _set_up(
        self, page: PlainSheet, sheet: Sheet, columns: Sequence[Column], count: int
    ) -> None:
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width)
        headings = [Styled(column.heading, HEAD) for column in columns]
        widths = [column.width - MARK for column in columns]
        for head in batches_of([headings]):
            page.write_batch(0, head, widths, self._formats)
        last = len(columns) - 1
        page.freeze_panes(1, sheet.frozen)
        page.autofilter(0, 0, count, last)
        page.ignore_errors({"number_stored_as_text": xl_range(0, 0, count, last)})
        page.set_landscape()
        page.set_paper(A4)
        if sum(column.width for column in columns) <= PAGE:
            page.fit_to_pages(1, 0)
        else:
            page.set_print_scale(SMALL)
        page.repeat_rows(0)

    def _note(self, sheet: Sheet, parts: Sequence[int], stretches: int, pages: int) -> None:
        """Notes what had to be split."""
        say = self._words.about
        for column, count in zip(sheet.columns, parts, strict=True):
            if count > 1:
                self._add_note(
                    "parted_cells",
                    say["parted_cells_value"].format(
                        sheet=sheet.title, column=column.heading, parts=count
                    ),
                )
        for name, count in (("parted_columns", stretches), ("parted_rows", pages // stretches)):
            if count > 1:
                text = say[f"{name}_value"].format(sheet=sheet.title, parts=count)
                self._add_note(name, text)

    def _add_note(self, name: str, text: str) -> None:
        self._notes.append((self._words.about[name], text))


@contextmanager
def _compressed(level: int) -> Iterator[None]:
    """Sets how much XlsxWriter compresses, which it has no option for."""
    own = xlsxwriter.workbook.ZipFile
    xlsxwriter.workbook.ZipFile = partial(own, compresslevel=level)
    try:
        yield
    finally:
        xlsxwriter.workbook.ZipFile = own
