"""A row in its source: images of its pages, or its lines."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache

from models.document import Document
from pipeline.checking.drawing import as_png
from pipeline.checking.page_picture import DRAWN, PictureError, page_pictures, pages_of
from pipeline.checking.source_lines import SourceLine, source_lines
from pipeline.errors import StoppedError
from pipeline.web.board import Shown
from pipeline.web.desk import Desk

DPI = 110
"""Resolution of the images in dpi: body text is sharp, and one takes a tenth of a second."""

KEPT_PICTURES = 64
KEPT_DOCUMENTS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row is in its source.

    Attributes:
        pages: 1-based pages with an image.
        lines: Source lines, if there are no images.
        missing: Whether the source was not found among the inputs of the run.
    """

    pages: tuple[int, ...] = ()
    lines: tuple[SourceLine, ...] = ()
    missing: bool = False


class Sources:
    """Images and lines of a desk's sources, with the latest cached."""

    def __init__(self, desk: Desk, passwords: tuple[str, ...] = ()) -> None:
        self._desk = desk
        self._passwords = passwords
        self._found: set[str] = set()
        self._one_at_a_time = threading.Lock()  # so that no page is drawn twice
        self._document = lru_cache(KEPT_DOCUMENTS)(self._read_document)
        self._pictures = lru_cache(KEPT_PICTURES)(self._draw)

    def place(self, shown: Shown) -> Place:
        """Where a row is; for a row added by a reviewer, the page they gave."""
        if shown.board.now.format in DRAWN:
            found = self._is_found(shown.board.id)
            return Place(tuple(pages_of(shown.answer)) if found else (), missing=not found)
        with self._one_at_a_time:
            document = self._document(shown.board.id)
        if document is None:
            return Place(missing=True)
        return Place(lines=tuple(source_lines(document, shown.board.now, shown.answer)))

    def picture(self, shown: Shown, page: int, *, whole: bool) -> bytes | None:
        """A PNG of one of a row's pages, with its fields boxed; None if there is none."""
        with self._one_at_a_time:
            pages = self._pictures(shown.board.id, shown.name, shown.board.digest, whole)
        return pages.get(page)

    def _is_found(self, report_id: str) -> bool:
        if report_id not in self._found:
            one = self._desk.source(report_id)
            if one is not None and one.load() is not None:
                self._found.add(report_id)
        return report_id in self._found

    def _read_document(self, report_id: str) -> Document | None:
        one = self._desk.source(report_id)
        try:
            return one.document(self._passwords) if one else None
        except StoppedError:
            return None

    def _draw(self, report_id: str, name: str, digest: str, whole: bool) -> dict[int, bytes]:
        """The pages of a row as PNG by number; `digest` identifies what is drawn, for the cache."""
        shown = self._desk.find(report_id, name)
        one = self._desk.source(report_id)
        data = one.load() if shown and one else None
        if shown is None or data is None:
            return {}
        try:
            pictures = page_pictures(
                data,
                shown.board.now,
                shown.answer,
                passwords=self._passwords,
                dpi=DPI,
                crop=not whole,
            )
        except PictureError:
            return {}
        return {page: as_png(picture) for page, picture in pictures.items()}
