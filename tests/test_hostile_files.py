"""Files that no program writes, small: each gives a report that says what it is, and no trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors.extract import extract_bytes
from extractors.ocr.pages import Reading
from extractors.readers.pdf_shapes import Drawings
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Sheet
from models.report import Report
from pipeline.failures import Failure, failed_report
from tests.hostile.packages import PACKAGES
from tests.hostile.pdfs import PDFS

SMALL = 100
FEW = {"doubling forms": 8}
"""What doubles with each step is made of few."""


def read(data: bytes, source: str) -> Report:
    return extract_bytes(data, source, builtin_forms(), builtin_taxonomy())


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_is_read_or_said_to_be_damaged(name: str) -> None:
    make, count = PDFS[name]
    report = read(make(min(count, FEW.get(name, SMALL))), "a.pdf")
    assert report.answers or report.problems


@pytest.mark.parametrize(("suffix", "make", "count"), PACKAGES.values(), ids=list(PACKAGES))
def test_a_package_or_a_page_is_read_or_refused(
    suffix: str, make: Callable[[int], bytes], count: int
) -> None:
    report = read(make(min(count, SMALL)), f"a{suffix}")
    assert report.answers or report.problems


@pytest.mark.parametrize("name", ["draws itself", "draw each other", "nested forms"])
def test_forms_that_draw_themselves_hide_no_row(name: str) -> None:
    report = read(PDFS[name][0](50), "a.pdf")
    assert [answer.code for answer in report.answers] == ["yes"] * 5


def test_a_process_that_dies_is_told_as_a_damaged_file() -> None:
    report = failed_report("0" * 16, "a.pdf", Failure.CRASHED, "signal 6", {})
    (problem,) = report.problems
    assert "a.pdf died (signal 6): the file is damaged" in problem.message
    assert "Export the file again" in problem.advice


def test_a_damaged_page_without_a_size_has_no_strokes() -> None:
    reading = Reading(Sheet(1, 0.0, 0.0), 0.0, [], [(2.0, 3)], Drawings())
    assert reading.strokes_of([0.0]) == [(0.0, 3)]
