"""Adds to the truth what a rendering knows: the file, its pages, and the place of each row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from models.report import Report
from tests.generator.content import Truth
from tests.generator.paging import Fragment, PageLayout, Paragraph


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file and its truth."""

    data: bytes
    name: str
    truth: Report


def rendered(
    truth: Truth, data: bytes, name: str, form: str, pages: list[PageLayout] | None = None
) -> Rendered:
    """Makes the gold of a file. Pages are given if the file shows them."""
    report = truth.report(report_id=sha256(data).hexdigest()[:16], source=name, format=form)
    return Rendered(data, name, with_pages(report, pages) if pages else report)


def with_pages(report: Report, pages: list[PageLayout]) -> Report:
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    headings: dict[str, int] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, Fragment):
                first.setdefault(item.row.position, page.number)
                last[item.row.position] = page.number
            elif isinstance(item, Paragraph) and item.number:
                headings[item.number] = page.number
    return replace(
        report,
        pages=pages[-1].number,
        sections=tuple(
            replace(section, page=headings.get(section.section)) for section in report.sections
        ),
        answers=tuple(
            replace(answer, page_first=first[answer.position], page_last=last[answer.position])
            for answer in report.answers
        ),
    )
