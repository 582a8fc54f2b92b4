"""Charts in Vega-Lite: the content is data, the appearance is shared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from pipeline.publishing.colours import ink

WIDTH = 560
"""Width of the plot area, in page pixels."""

BAR = 20
"""Height of a bar including the gap to the next."""

ROWS = 45
"""Maximum bars in a figure: more are split over several figures, each fitting on a page."""

NARROW = 0.06
"""A part of a bar below this share of the longest bar has no number in it."""


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Parts:
    """Legend of the parts of a bar, or of the cells of a matrix.

    Attributes:
        words: The label of each part, in order.
        colours: The colour of each part.
    """

    words: Mapping[str, str]
    colours: Mapping[str, str]


def stretches(rows: Sequence[Item]) -> list[Sequence[Item]]:
    """Splits rows into as few figures as possible, with about the same number in each."""
    count = math.ceil(len(rows) / ROWS)
    ends = [round(len(rows) * n / count) for n in range(count + 1)] if count else []
    return [rows[start:end] for start, end in pairwise(ends)]


def stacked_bars(
    rows: Sequence[tuple[str, Mapping[str, int]]], parts: Parts, unit: str
) -> dict[str, Any]:
    """Returns a stacked bar chart with a bar for each row.

    Args:
        rows: Each bar's label and the size of each part.
        parts: The legend of the parts.
        unit: Title of the axis.
    """
    used = [part for part in parts.words if any(counts.get(part) for _, counts in rows)]
    longest = max((sum(counts.values()) for _, counts in rows), default=0)
    values = [
        {
            "row": label,
            "part": parts.words[part],
            "order": order,
            "n": counts[part],
            "ink": ink(parts.colours[part]),
            "shown": str(counts[part]) if counts[part] >= NARROW * longest else "",
        }
        for label, counts in rows
        for order, part in enumerate(used)
        if counts.get(part)
    ]
    shared = {
        "y": {"field": "row", "type": "nominal", "sort": None, "title": None, "axis": _labels()},
        "order": {"field": "order", "type": "quantitative"},
    }
    axis = {"tickMinStep": 1, "format": "d", "grid": True}
    length = {"field": "n", "type": "quantitative", "stack": "zero", "title": unit, "axis": axis}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.7},
            "encoding": {"x": length, "color": _colours(parts, used)},
        },
        {
            "mark": {"type": "text", "fontSize": 11},
            "encoding": {
                "x": {**length, "bandPosition": 0.5},
                "text": {"field": "shown", "type": "nominal"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
                "detail": {"field": "part", "type": "nominal"},
            },
        },
    ]
    return _chart(values, {"width": WIDTH, "height": {"step": BAR}}, shared, layers)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of a matrix.

    Attributes:
        row: Its row.
        column: Its column.
        part: Index of its part in the legend.
        mark: Text in the cell, so that it can be read without colour.
    """

    row: str
    column: str
    part: str
    mark: str


def matrix(cells: Sequence[MatrixCell], columns: Sequence[str], parts: Parts) -> dict[str, Any]:
    """Returns a chart with a coloured cell for each row and column.

    Args:
        cells: The cells, row by row.
        columns: All columns, in their order.
        parts: The legend of the cells.
    """
    used = [part for part in parts.words if any(cell.part == part for cell in cells)]
    values = [
        {
            "row": cell.row,
            "column": cell.column,
            "part": parts.words[cell.part],
            "ink": ink(parts.colours[cell.part]),
            "shown": cell.mark,
        }
        for cell in cells
    ]
    shared = {
        "y": {"field": "row", "type": "nominal", "sort": None, "title": None, "axis": _labels()},
        "x": {
            "field": "column",
            "type": "nominal",
            "scale": {"domain": list(columns)},
            "title": None,
            "axis": {**_labels(), "orient": "top", "labelAngle": -60},
        },
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "rect", "stroke": "white", "strokeWidth": 1},
            "encoding": {"color": _colours(parts, used)},
        },
        {
            "mark": {"type": "text", "fontSize": 10},
            "encoding": {
                "text": {"field": "shown", "type": "nominal"},
                "color": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
    ]
    size = {"width": {"step": 24}, "height": {"step": 18}}
    return _chart(values, size, shared, layers)


def _chart(
    values: list[dict[str, Any]],
    size: dict[str, Any],
    encoding: dict[str, Any],
    layers: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "data": {"values": values},
        **size,
        "encoding": encoding,
        "layer": layers,
        "config": {
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
            "legend": {"labelFontSize": 12},
            "scale": {"bandPaddingInner": 0.15},
        },
    }


def _labels() -> dict[str, Any]:
    return {"labelLimit": 340, "ticks": False, "domain": False}


def _colours(parts: Parts, used: Sequence[str]) -> dict[str, Any]:
    return {
        "field": "part",
        "type": "nominal",
        "scale": {
            "domain": [parts.words[part] for part in used],
            "range": [parts.colours[part] for part in used],
        },
        "legend": {"orient": "top", "title": None, "symbolType": "square", "columns": 6},
    }
