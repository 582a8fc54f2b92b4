"""Hidden text in a PDF: it is left out and reported, so that it cannot become an answer.

Text is certainly hidden if it is not drawn at all, has the colour of what is directly beneath it,
is completely under something drawn later, or is completely clipped. In doubt, text is taken as
visible. Text that is covered or clipped in part is read, and marked.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import pypdfium2.raw as pdfium

from extractors.readers import pdf_engine as engine
from extractors.readers.pdf_clips import Bounds, clip_of
from extractors.readers.pdf_geometry import IDENTITY, View, moved
from extractors.readers.pdf_lines import Word
from extractors.readers.pdf_painting import Colour, Painted, Painting
from models.document import Box

_PAPER = (255, 255, 255)
_SAME = 3
"""Difference, out of 255, below which two colours look the same."""
_FILLED_ONLY = pdfium.FPDF_TEXTRENDERMODE_FILL
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_EDGE = 1.0
_LETTER = 0.3
"""Width of a narrow letter, as a share of its line's height."""
_HALF = 0.5
"""Share of a line's height that is covered where its letters can no longer be read."""
_DEEP = 0.2
"""Share of a line's height at top and bottom that the letters of most fonts do not reach."""


class _Hidden(IntEnum):
    """How much of a word is hidden."""

    NOT = 0
    PARTLY = 1
    WHOLLY = 2


class Unseen(NamedTuple):
    """The sources of the words that are hidden, wholly or in part."""

    wholly: frozenset[int]
    partly: frozenset[int]


def unseen(text_page: int, words: Sequence[Word], painting: Painting, view: View) -> Unseen:
    """Returns which words are hidden.

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
    gone, partly = [], []
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
        ):
            gone.append(word.source)
            continue
        order = painting.texts.get(owner)
        if order is None:
            continue
        hidden = _hidden_by_clip(word.box, owner, clips, painting, view)
        if last_area > order and hidden is not _Hidden.WHOLLY:
            hidden = max(hidden, _hidden_by_areas(word.box, order, painting, view))
        if hidden is _Hidden.WHOLLY:
            gone.append(word.source)
        elif hidden is _Hidden.PARTLY:
            partly.append(word.source)
    return Unseen(frozenset(gone), frozenset(partly))


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


def _hidden_by_areas(box: Box, order: int, painting: Painting, view: View) -> _Hidden:
    """Returns how much of a word is under something opaque, drawn later."""
    hidden = _Hidden.NOT
    for own in painting.areas:
        if own.order <= order or not own.covers or not _meet(own.box, box):
            continue
        if engine.is_transparent(own.handle):
            continue
        clip = clip_of(own.handle)
        area = own.box if clip is None else _within(own.box, view.seen(*moved(clip, own.matrix)))
        if _holds(area, box):
            return _Hidden.WHOLLY
        if _cuts(area, box):
            hidden = _Hidden.PARTLY
    return hidden


def _hidden_by_clip(
    box: Box,
    owner: int,
    clips: dict[tuple[int, ...], Bounds | None],
    painting: Painting,
    view: View,
) -> _Hidden:
    """Returns how much of a word is clipped."""
    clip = clip_of(owner, clips)
    if clip is None:
        return _Hidden.NOT
    seen = view.seen(*moved(clip, painting.in_forms.get(owner, IDENTITY)))
    if not _meet(seen, box):
        return _Hidden.WHOLLY
    letter = _HALF * (box.y1 - box.y0)
    is_cut = box.x1 - seen.x1 > letter or seen.x0 - box.x0 > letter
    return _Hidden.PARTLY if is_cut else _Hidden.NOT


def _is_left_by_clip(area: Painted, box: Box, view: View) -> bool:
    clip = clip_of(area.handle)
    return clip is None or _holds(view.seen(*moved(clip, area.matrix)), box)


def _within(one: Box, other: Box) -> Box:
    return Box(
        max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1)
    )


def _cuts(area: Box, box: Box) -> bool:
    """Whether an area covers at least a letter of a line."""
    height = box.y1 - box.y0
    common = _within(area, box)
    return common.x1 - common.x0 > _LETTER * height and common.y1 - common.y0 > _HALF * height


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
