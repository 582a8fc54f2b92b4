"""A worksheet written column by column, in a twentieth of XlsxWriter's time per cell."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pipeline.publishing.excel_limits import long_texts, pieces
from pipeline.publishing.sheets.model import Batch, Cells

LINE = 15
"""Height of a line of text, in points."""

HIGHEST = 405
"""Maximum height of a row, in points; Excel allows 409."""

_SPECIAL = r"[&<>\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_"
"""What must be escaped in a cell's XML, as a regular expression for Arrow's RE2."""


class TooLongError(Exception):
    """A text does not fit in its cell."""


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Indices of the workbook's cell formats.

    Attributes:
        text: For texts.
        number: For whole numbers.
        share: For fractions.
        styles: For styled cells, by style.
    """

    text: int
    number: int
    share: int
    styles: Mapping[str, int]


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A constant-memory worksheet for texts and numbers only.

    XlsxWriter inspects each cell to guess its type. Here every text is an inline string, whatever
    it looks like, even one that begins like XlsxWriter's own rich-text markup.
    """

    def write_batch(
        self, first: int, batch: Batch, widths: Sequence[int], formats: CellFormats
    ) -> int:
        """Writes rows with heights to fit their texts; batches must come in order, from the top.

        Args:
            first: 0-based index of the first row.
            batch: Their cells.
            widths: Widths of the columns, in characters.
            formats: Formats of the cells.

        Returns:
            The number of rows written.

        Raises:
            TooLongError: A text does not fit in its cell.
        """
        count = len(batch[0].values)
        numbers = pa.array(range(first + 1, first + count + 1)).cast(pa.string())
        lines = np.ones(count, np.int64)
        parts: list[object] = ['<row r="', numbers, '" ht="', None, '" customHeight="1">']
        for index, (cells, width) in enumerate(zip(batch, widths, strict=True)):
            if cells.values.null_count == count:
                continue
            place = pc.binary_join_element_wise(f'<c r="{xl_col_to_name(index)}', numbers, "")
            if pa.types.is_string(cells.values.type):
                parts.append(self._texts(place, cells, formats))
                lines = np.maximum(lines, _lines(cells.values, width))
            else:
                parts.append(_figures(place, cells.values, formats))
        parts[3] = pa.array(np.minimum(lines * LINE, HIGHEST)).cast(pa.string())
        rows = pc.binary_join_element_wise(
            *parts, "</row>", "", null_handling="replace", null_replacement=""
        )
        self.fh.flush()
        self.fh.buffer.write(_utf8(rows))
        self._check_dimensions(first, 0)
        self._check_dimensions(first + count - 1, len(batch) - 1)
        return count

    def _texts(self, place: pa.Array, cells: Cells, formats: CellFormats) -> pa.Array:
        """The XML of texts; null where there is none."""
        texts = pc.if_else(pc.equal(cells.values, ""), None, cells.values)
        if any(len(pieces(text)) > 1 for text in long_texts(texts)):
            raise TooLongError
        style: str | pa.Array = str(formats.text)
        if cells.styles is not None:
            coded = cells.styles.dictionary_encode()
            known = [
                formats.styles.get(style, formats.text) for style in coded.dictionary.to_pylist()
            ]
            styled = pa.array(known, pa.int64()).take(coded.indices)
            style = pc.fill_null(styled, formats.text).cast(pa.string())
        bare = pc.equal(pc.utf8_trim_whitespace(texts), texts)
        kept = pc.if_else(bare, "", ' xml:space="preserve"')
        inline = '" t="inlineStr"><is><t'
        return pc.binary_join_element_wise(
            place, '" s="', style, inline, kept, ">", self._safe(texts), "</t></is></c>", ""
        )

    def _safe(self, texts: pa.Array) -> pa.Array:
        """Texts escaped for XML."""
        special = pc.fill_null(pc.match_substring_regex(texts, _SPECIAL), False)
        if not pc.any(special).as_py():
            return texts
        mended = [
            self._escape_data(self._escape_control_characters(text))
            for text in texts.filter(special).to_pylist()
        ]
        return pc.replace_with_mask(texts, special, pa.array(mended, pa.string()))

    def _write_optimized_sheet_data(self) -> None:
        """Copies the rows into the sheet's file as XlsxWriter does, but as bytes."""
        self._xml_start_tag("sheetData")
        self.fh.flush()
        self.row_data_fh.flush()
        self.row_data_fh.buffer.seek(0)
        shutil.copyfileobj(self.row_data_fh.buffer, self.fh.buffer, 1 << 20)
        self.row_data_fh.close()
        Path(self.row_data_filename).unlink()
        self._xml_end_tag("sheetData")


def _figures(place: pa.Array, values: pa.Array, formats: CellFormats) -> pa.Array:
    """The XML of numbers; null where there is none."""
    style = formats.share if pa.types.is_floating(values.type) else formats.number
    return pc.binary_join_element_wise(
        place, f'" s="{style}"><v>', values.cast(pa.string()), "</v></c>", ""
    )


def _lines(texts: pa.Array, width: int) -> NDArray[np.int64]:
    """Estimated number of lines that texts need, from the characters that fit on a line.

    Excel computes row heights itself; other programs show one line if no height is given.
    """
    lengths = pc.fill_null(pc.utf8_length(texts), 0).to_numpy()
    lines = 1 + np.maximum(lengths - 1, 0) // width
    broken = pc.fill_null(pc.match_substring(texts, "\n"), False)
    lines[broken.to_numpy(zero_copy_only=False)] = [
        sum(1 + max(len(part) - 1, 0) // width for part in text.split("\n"))
        for text in texts.filter(broken).to_pylist()
    ]
    return np.asarray(lines, np.int64)


def _utf8(texts: pa.Array) -> memoryview:
    """All texts concatenated, as UTF-8."""
    _, offsets, data = texts.buffers()
    last = np.frombuffer(offsets, np.int32)[len(texts)]
    return memoryview(data)[:last]
