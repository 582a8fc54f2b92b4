"""The visible part of a PDF page object after clipping."""

from __future__ import annotations

from array import array

from extractors.readers import pdf_engine as engine

_MOST_POINTS = 200
"""Maximum points examined of a clipping path: one with more is not a rectangle anyway."""


Bounds = tuple[float, float, float, float]


def clip_of(owner: int, known: dict[tuple[int, ...], Bounds | None] | None = None) -> Bounds | None:
    """Returns a rectangle around the visible part of an object: left, bottom, right, top.

    None means that nothing is clipped.

    Args:
        owner: pdfium's handle of the object.
        known: Earlier results on the same page, since objects often share their clipping.
    """
    path = engine.object_clip(owner)
    count = max(engine.clip_count(path), 0) if path else 0
    if not count:
        return None
    if known is None:
        return _bounds(path, count)
    key = (count, *(engine.clip_segment(path, index, 0) or 0 for index in range(count)))
    if key not in known:
        known[key] = _bounds(path, count)
    return known[key]


def _bounds(path: int, count: int) -> Bounds | None:
    numbers = array("f", bytes(8))
    start, _ = numbers.buffer_info()
    boxes = []
    for index in range(count):
        length = engine.clip_segments(path, index)
        if length > _MOST_POINTS:
            continue
        points = []
        for place in range(max(length, 0)):
            if engine.segment_point(engine.clip_segment(path, index, place), start, start + 4):
                points.append(tuple(numbers))
        if points:
            xs, ys = zip(*points, strict=True)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)
