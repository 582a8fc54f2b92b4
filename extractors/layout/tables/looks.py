"""The pictures in drawn cells, and how these are shaded: either can be an answer."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.tables.grid import DrawnTable, cell_at
from models.document import Box, Page

_COVERS = 0.6
"""Share of a cell's height that an area covers to be its shading."""
_SHADED = 6.0
"""Most points between the edge of a cell's shading and the cell's borders."""


def add_looks(tables: Sequence[DrawnTable], page: Page) -> None:
    """Records in the cells of a page which pictures are in them, and how they are shaded."""
    for mark in page.marks:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
        for cell in filter(None, (cell_at(table, x, y) for table in tables if mark.looks)):
            cell.looks += mark.looks
    for rule in page.rules:
        if rule.looks:
            x, y = (rule.box.x0 + rule.box.x1) / 2, (rule.box.y0 + rule.box.y1) / 2
            for cell in filter(None, (cell_at(table, x, y) for table in tables)):
                if _fills(rule.box, cell.box):
                    cell.looks.append(rule.looks)


def _fills(box: Box, cell: Box) -> bool:
    """Whether an area is as wide as a cell, and at least as high."""
    return (
        abs(box.x0 - cell.x0) < _SHADED
        and abs(box.x1 - cell.x1) < _SHADED
        and box.y1 - box.y0 > _COVERS * (cell.y1 - cell.y0)
    )
