"""Converts places on split pages back to places on the pages of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.document import Box, Page, Sheet
from models.report import FieldBox, Report


def by_file(report: Report, pages: Sequence[Page]) -> Report:
    """Returns a report with its places in the file, as a person sees its pages.

    Args:
        report: A report with places on the pages as they were read. Problems from a reader already
            have places in the file.
        pages: The pages as they were read.
    """
    sheets = {page.number: page.sheet for page in pages if page.sheet is not None}
    if not sheets:
        return report

    def number(page: int | None) -> int | None:
        sheet = sheets.get(page or 0)
        return page if sheet is None else sheet.number

    return replace(
        report,
        sections=tuple(replace(one, page=number(one.page)) for one in report.sections),
        answers=tuple(
            replace(
                one,
                page_first=number(one.page_first),
                page_last=number(one.page_last),
                boxes=tuple(_on_sheet(box, sheets.get(box.page)) for box in one.boxes),
            )
            for one in report.answers
        ),
        problems=tuple(
            one if one.stage == "read" else replace(one, page=number(one.page))
            for one in report.problems
        ),
        parts=tuple(replace(one, page=number(one.page)) for one in report.parts),
    )


def _on_sheet(box: FieldBox, sheet: Sheet | None) -> FieldBox:
    if sheet is None:
        return box
    place = sheet.to_sheet(Box(box.x0, box.y0, box.x1, box.y1))
    return FieldBox(sheet.number, *place, box.field)
