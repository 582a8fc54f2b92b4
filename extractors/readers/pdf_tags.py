"""The tags of a tagged PDF: which paragraph and table row each text belongs to.

Browsers and word processors write such tags, since the law requires them of public bodies. An
element is the same on two pages if its position in the tree is, which identifies what a page break
cuts. Tags that contradict the visible pages are ignored.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium

from extractors.readers import pdf_engine as engine
from models.document import Line, Page, Tag

_PARAGRAPHS = frozenset({"P", "H", "LI", "Caption", "TOCI", "Note", "BlockQuote", "Title"})
_ROW = "TR"
_MOST_ELEMENTS = 20_000
"""Maximum per page; no legible page has more."""
_MOST_DEEP = 64
_WRONG = 0.05
"""Share of adjacent lines whose tags contradict the page from which all tags are ignored."""
_FEWEST = 3
_TORN = 0.8
"""Gap between two lines, as a share of the font size, that no paragraph contains."""

Place = tuple[int, ...]
"""Position of an element in the tree: the child index at each level down to it."""


class _Element(NamedTuple):
    handle: int
    place: Place
    paragraph: int
    row: int


class Tags:
    """The tags of a document, with paragraphs and rows numbered as encountered.

    Args:
        document: pdfium's handle of the document.
    """

    def __init__(self, document: engine.Handle) -> None:
        self._is_tagged = bool(pdfium.FPDFCatalog_IsTagged(document))
        self._numbers: dict[Place, int] = {}
        self._kinds: dict[Place, str] = {}
        self._buffer = ctypes.create_string_buffer(64)

    def of_page(self, page: engine.Handle) -> dict[int, Tag]:
        """Returns the tag of each marked content of a page, by its id."""
        if not self._is_tagged:
            return {}
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if not tree:
            return {}
        try:
            return dict(self._tags(tree))
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def _tags(self, tree: engine.Handle) -> Iterator[tuple[int, Tag]]:
        root = engine.address_of(tree)
        left = [
            self._element(child, (at,), 0, 0)
            for at in range(min(engine.tree_count(root), _MOST_ELEMENTS))
            if (child := engine.tree_child(root, at))
        ]
        seen = 0
        while left and seen < _MOST_ELEMENTS:
            handle, place, paragraph, row = left.pop()
            seen += 1
            for at in range(min(engine.element_count(handle), _MOST_ELEMENTS)):
                child = engine.element_child(handle, at)
                if child:
                    if len(place) < _MOST_DEEP:
                        left.append(self._element(child, (*place, at), paragraph, row))
                elif (content := engine.element_content(handle, at)) >= 0:
                    yield content, Tag(paragraph, row)

    def _element(self, handle: int, place: Place, paragraph: int, row: int) -> _Element:
        kind = self._kinds.get(place)
        if kind is None:
            kind = self._kinds[place] = self._kind(handle)
        if kind == _ROW:
            return _Element(handle, place, 0, self._number(place))
        if kind in _PARAGRAPHS or (kind[:1] == "H" and kind[1:].isdigit()):
            return _Element(handle, place, self._number(place), row)
        return _Element(handle, place, paragraph, row)

    def _kind(self, handle: int) -> str:
        size = engine.element_type(handle, ctypes.addressof(self._buffer), len(self._buffer))
        known = 2 <= size <= len(self._buffer)
        return self._buffer.raw[: size - 2].decode("utf-16-le", "replace") if known else ""

    def _number(self, place: Place) -> int:
        return self._numbers.setdefault(place, len(self._numbers) + 1)


def believed(pages: Sequence[Page]) -> list[Page]:
    """Returns pages without their tags if these contradict what is visible."""
    if _are_sound(pages):
        return list(pages)
    return [
        replace(page, lines=tuple(line._replace(tag=None) for line in page.lines)) for page in pages
    ]


def _are_sound(pages: Sequence[Page]) -> bool:
    """Whether no paragraph contains a gap, and no sentence continues from one to the next."""
    same = torn = different = cut = 0
    for page in pages:
        for above, below in pairwise(page.lines):
            if not (above.tag and below.tag and _follows(above, below)):
                continue
            if above.tag.paragraph == below.tag.paragraph:
                same += 1
                torn += _white(above, below) > _TORN * (below.size or 0.0)
            else:
                different += 1
                cut += above.text[-1:].isalpha() and below.text[:1].islower()
    return torn <= max(_WRONG * same, _FEWEST) and cut <= max(_WRONG * different, _FEWEST)


def _follows(above: Line, below: Line) -> bool:
    """Whether two lines in paragraphs are directly below one another."""
    if not (above.tag and above.tag.paragraph and below.tag and below.tag.paragraph):
        return False
    if above.box is None or below.box is None:
        return False
    return (
        above.box.y1 <= below.box.y1 and above.box.x0 < below.box.x1 > below.box.x0 < above.box.x1
    )


def _white(above: Line, below: Line) -> float:
    return below.box.y0 - above.box.y1 if above.box and below.box else 0.0
