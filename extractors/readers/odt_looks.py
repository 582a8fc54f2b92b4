"""The appearance of ODT table cells: their shading, pictures and coloured signs."""

from __future__ import annotations

import io
import zipfile
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.readers.looks import MOST_PICTURES, SIGNS, colour_written, looks_of_picture
from extractors.readers.odt_styles import Styles, q

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LINK = "{http://www.w3.org/1999/xlink}href"
_LARGEST = 1_000_000
"""Maximum size of a picture in bytes; no answer mark is larger."""


class CellLooks:
    """Returns the appearance of cells; each picture in the file is decoded once.

    Args:
        data: The bytes of the file.
        styles: Its styles.
    """

    def __init__(self, data: bytes, styles: Styles) -> None:
        self._data = data
        self._styles = styles
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, cell: Element) -> tuple[str, ...]:
        """Returns the appearance of a cell, as forms name it."""
        found = [colour_written(self._styles.background(cell.get(q("table:style-name"), "")))]
        for at, picture in enumerate(cell.iter(q("draw:image"))):
            if at < MOST_PICTURES:
                found += self._picture(picture.get(_LINK, ""))
        for span in cell.iter(q("text:span"), q("text:p")):
            if "".join(span.itertext()).strip() in SIGNS:
                found.append(
                    colour_written(self._styles.colour(span.get(q("text:style-name"), "")))
                )
        return tuple(dict.fromkeys(filter(None, found)))

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self._data))

    def _picture(self, name: str) -> tuple[str, ...]:
        if name not in self._known:
            data = self._read(name.removeprefix("./"))
            self._known[name] = looks_of_picture(data) if data else ()
        return self._known[name]

    def _read(self, name: str) -> bytes:
        """Returns the bytes of a picture in the file; none if it is missing or too large."""
        try:
            if self._archive.getinfo(name).file_size > _LARGEST:
                return b""
            return self._archive.read(name)
        except Exception:  # a missing or damaged part can raise nearly any error
            return b""
