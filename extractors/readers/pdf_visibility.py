"""Hidden text in a PDF: it is left out and reported, so that it cannot become an answer.

Text is certainly hidden if it is not drawn at all, has the colour of what is directly beneath it,
is completely under something drawn later, or is completely clipped. In doubt, text is taken as
visible.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pypdfium2.raw as pdfium

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_clips import Bounds, clip_of
from extractors.readers.pdf_geometry import View
from extractors.readers.pdf_lines import Word
from extractors.readers.pdf_painting import Colour, Painted, Painting
from models.document import Box

_PAPER = (255, 255, 255)
_SAME = 3
"""Difference, out of 255, below which two colours look the same."""
_FILLED_ONLY = pdfium.FPDF_TEXTRENDERMODE_FILL
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_EDGE = 1.0
_DEEP = 0.2
"""Share of a line's height at top and bottom that the letters of most fonts do not reach."""


def unseen(text_page: int, words: Sequence[Word], painting: Painting, view: View) -> frozenset[int]:
    """Returns the sources of the hidden words.

    Args:
        text_page: pdfium's handle of the page's text.
        words: The words as on the page in the file.
        painting: What is painted on it.
        view: How the page is seen.
    """
    clips: dict[tuple[int, ...], Bounds | None] = {}
    colours = array("I", bytes(16))
    start, _ = colours.buffer_info()
    places = tuple(range(start, start + 16, 4))
    last_area = painting.areas[-1].order if painting.areas else 0
    gone = []
    for word in words:
        owner = engine.char_object(text_page, word.source)
        if not owner:
            continue
        mode = engine.render_mode(owner)
        is_filled = mode == _FILLED_ONLY and bool(engine.fill_color(owner, *places))
        red, green, blue, alpha = colours
        colour = (red, green, blue)
        if (
            mode == _INVISIBLE
            or (is_filled and alpha == 0)
            or (is_filled and _is_on_its_own_colour(word, colour, owner, painting, view))
            or (
                last_area > painting.texts.get(owner, last_area)
                and _is_covered(word, owner, painting, view)
            )
        ):
            gone.append(word.source)
        elif owner in painting.outer:
            clip = clip_of(owner, clips)
            if clip is not None and not _meet(view.seen(*clip), word.box):
                gone.append(word.source)
    return frozenset(gone)


def _is_on_its_own_colour(
    word: Word, colour: Colour, owner: int, painting: Painting, view: View
) -> bool:
    """Whether the topmost area beneath a word has its colour, or it is white on bare paper."""
    order, box = painting.texts.get(owner, 0), word.box
    is_white = _alike(colour, _PAPER)
    if not painting.is_whole or not (is_white or colour in painting.colours):
        return False
    under = [own for own in painting.areas if own.order < order and _meet(own.box, box)]
    if not under:
        return is_white
    top = under[-1]
    return (
        top.colour is not None
        and _alike(colour, top.colour)
        and _holds(top.box, box)
        and _is_left_by_clip(top, box, view)
    )


def _is_covered(word: Word, owner: int, painting: Painting, view: View) -> bool:
    """Whether something opaque, drawn later, covers a word."""
    order, box = painting.texts[owner], word.box
    return any(
        own.order > order
        and own.covers
        and _holds(own.box, box)
        and not engine.is_transparent(own.handle)
        and _is_left_by_clip(own, box, view)
        for own in painting.areas
    )


def _is_left_by_clip(area: Painted, box: Box, view: View) -> bool:
    clip = clip_of(area.handle)
    return clip is None or _holds(view.seen(*clip), box)


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _holds(area: Box, box: Box) -> bool:
    """Whether an area covers the letters of a line."""
    free = _DEEP * (box.y1 - box.y0)
    return (
        area.x0 <= box.x0 + _EDGE
        and area.x1 >= box.x1 - _EDGE
        and area.y0 <= box.y0 + free
        and area.y1 >= box.y1 - free
    )
