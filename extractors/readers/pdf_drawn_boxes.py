"""Check boxes and radio buttons drawn as shapes, inserted among the words as characters.

Forms draw a box with a cross in it, or a ring with a dot. A person reads them as signs before a
text, and so does layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.readers.pdf_lines import Word
from extractors.readers.pdf_shapes import Drawings
from models.document import Box, Mark, MarkKind

_MOST_BOXES = 500
"""Maximum number on a page; one with more is a drawing."""
_REACH = 2.2
"""A box belongs to a word that begins within this many font sizes."""
_LARGEST = 1.8
"""Maximum height of a box, in font sizes."""
_MOST_FILLED = 0.85
"""Maximum share of a box's width for a tick in it; a larger area is its background."""
_FEWEST_RINGS = 2
"""A single ring is a picture; choices have at least two."""


def with_drawn_boxes(words: Sequence[Word], drawings: Drawings) -> list[Word]:
    """Returns the words of a page, with an extra word for each box or ring drawn before one.

    Args:
        words: Its words, in source order. A word inside a box is its tick.
        drawings: Its drawings; marks that become words are removed from them.
    """
    boxes = [mark.box for mark in drawings.marks if mark.kind is MarkKind.CHECKBOX]
    rings = drawings.rings if len(drawings.rings) >= _FEWEST_RINGS else []
    if not (boxes or rings) or len(boxes) + len(rings) > _MOST_BOXES:
        return list(words)
    signs: dict[int, list[Word]] = {}
    gone: set[int] = set()
    used: list[Mark] = []
    for box, empty, full in (
        *((box, "☐", "☒") for box in boxes),
        *((ring, "○", "◉") for ring in rings),
    ):
        inside = [at for at, word in enumerate(words) if _holds(box, word.box)]
        at = _word_after(box, words, set(inside))
        if at is None:
            continue
        ticked = bool(inside) or _is_ticked(box, drawings)
        signs.setdefault(at, []).append(_sign(full if ticked else empty, box, words[at]))
        gone.update(inside)
        used += [mark for mark in drawings.marks if mark.box == box or _holds(box, mark.box)]
    drawings.marks = [mark for mark in drawings.marks if mark not in used]
    return list(_merged(words, signs, gone))


def _is_ticked(box: Box, drawings: Drawings) -> bool:
    """Whether there is a stroke, curve, dot or smaller area in a box."""
    areas = [rule.box for rule in drawings.rules if rule.filled]
    areas += [mark.box for mark in drawings.marks if mark.kind is MarkKind.DOT]
    return any(_holds(box, ink) for ink in drawings.inks) or any(
        _holds(box, area) and area.x1 - area.x0 < _MOST_FILLED * (box.x1 - box.x0) for area in areas
    )


def _merged(words: Sequence[Word], signs: dict[int, list[Word]], gone: set[int]) -> Iterable[Word]:
    for at, word in enumerate(words):
        yield from sorted(signs.get(at, ()), key=lambda sign: sign.along0)
        if at not in gone:
            yield word._replace(spaced=True) if at in signs else word


def _word_after(box: Box, words: Sequence[Word], without: set[int]) -> int | None:
    """Returns the index of the nearest word to the right of a box, on its line."""
    middle = (box.y0 + box.y1) / 2
    found: tuple[float, int] | None = None
    for at, word in enumerate(words):
        gap = word.along0 - box.x1
        if (
            word.turn == 0
            and word.across0 <= middle <= word.across1
            and -1.0 <= gap <= _REACH * word.size
            and box.y1 - box.y0 <= _LARGEST * word.size
            and at not in without
            and (found is None or gap < found[0])
        ):
            found = (gap, at)
    return None if found is None else found[1]


def _sign(text: str, box: Box, word: Word) -> Word:
    return Word(
        text, box.x0, word.across0, box.x1, word.across1, word.size, False, 0, True, word.source
    )


def _holds(outer: Box, inner: Box) -> bool:
    """Whether a shape is inside a box, and is not the box itself."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return (
        outer != inner
        and outer.x0 < x < outer.x1
        and outer.y0 < y < outer.y1
        and inner.x1 - inner.x0 <= 1.2 * (outer.x1 - outer.x0)
        and inner.y1 - inner.y0 <= 1.6 * (outer.y1 - outer.y0)
    )
