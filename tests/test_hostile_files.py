"""Files that no program writes, small: each gives a report that says what it is, and no trace."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable

import pytest

from extractors.extract import extract_bytes
from extractors.ocr.pages import Reading
from extractors.readers.pdf_forms import _could_draw
from extractors.readers.pdf_shapes import Drawings
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Sheet
from models.report import Report
from pipeline.failures import Failure, failed_report
from tests.hostile.packages import (
    PACKAGES,
    html_numbers,
    odt_blanks,
    odt_numbers,
    odt_repeated,
    word_numbers,
)
from tests.hostile.pdfs import PDFS, form_entries, stream, with_pages

SMALL = 100
FEW = {"doubling forms": 8}
"""What doubles with each step is made of few."""
QUICK = {odt_repeated, odt_blanks, odt_numbers, html_numbers, word_numbers}
"""Files that only say to be large are made as the benchmark makes them."""


def read(data: bytes, source: str) -> Report:
    return extract_bytes(data, source, builtin_forms(), builtin_taxonomy())


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_is_read_or_reported_as_damaged(name: str) -> None:
    make, count = PDFS[name]
    report = read(make(min(count, FEW.get(name, SMALL))), "a.pdf")
    assert report.answers or report.problems


@pytest.mark.parametrize(("suffix", "make", "count"), PACKAGES.values(), ids=list(PACKAGES))
def test_a_package_or_a_page_is_read_or_refused(
    suffix: str, make: Callable[[int], bytes], count: int
) -> None:
    report = read(make(count if make in QUICK else min(count, SMALL)), f"a{suffix}")
    assert report.answers or report.problems


@pytest.mark.parametrize("name", ["draws itself", "draw each other", "nested forms"])
def test_forms_that_draw_themselves_hide_no_row(name: str) -> None:
    report = read(PDFS[name][0](50), "a.pdf")
    assert [answer.code for answer in report.answers] == ["yes"] * 5


def test_a_reference_of_thousands_of_digits_is_text_as_any_other() -> None:
    digits = "9" * 5000
    asked = [
        f"{ref} Har nämnden bytt belysning?\n\n Ja\nDet är gjort.\n"
        for ref in ("2:1", f"2:{digits}", "2:3", "2:4")
    ]
    head = "1 Trygghet\n\nUppföljningsfrågor\n\nSvarsalternativ med kommentar\n"
    report = read("\n".join([head, *asked]).encode(), "a.txt")
    read_texts = [answer.question for answer in report.answers]
    assert [text for text in read_texts if digits in text], report.problems


def test_forms_that_double_are_refused_before_they_are_drawn() -> None:
    report = read(PDFS["doubling forms"][0](40), "a.pdf")
    (problem,) = report.problems
    assert (report.status, problem.code) == ("failed", "broken-pdf")
    assert "more than 200,000 times" in problem.message
    assert "Ask the sender to export the report again." in problem.message


def test_forms_whose_contents_are_damaged_at_the_end_are_counted_up_to_there() -> None:
    form = zlib.compress(b"/X1 Do /X2 Do " + random.Random(1).randbytes(50_000))
    damaged = form[:40_000] + bytes(1000) + form[41_000:]
    data = b"".join(
        b"<< /Subtype /Form /Filter /FlateDecode >>\nstream\n%b\nendstream\n" % damaged
        for _ in range(20)
    )
    assert _could_draw(data) >= 2**20


def test_forms_that_draw_much_but_not_endlessly_are_read() -> None:
    report = read(PDFS["doubling forms"][0](12), "a.pdf")
    assert [answer.code for answer in report.answers] == ["yes"] * 5


def test_two_forms_can_draw_endlessly() -> None:
    drawn = {
        1000001: stream(b"/X1000002 Do " * 30_000, form_entries(1000002)),
        1000002: stream(b"/X1000003 Do " * 30_000, form_entries(1000003)),
        1000003: stream(b"0 0 m 9 9 l S", form_entries()),
    }
    entries = b"/XObject << /X1000001 1000001 0 R >>"
    report = read(with_pages([stream(b"/X1000001 Do")], entries, drawn), "a.pdf")
    assert [problem.code for problem in report.problems] == ["broken-pdf"]


def test_content_that_is_packed_very_small_is_read_to_its_end() -> None:
    report = read(PDFS["blanks"][0](20_000_000), "a.pdf")
    assert [answer.code for answer in report.answers] == ["yes"] * 5
    assert not report.problems


def test_a_process_that_dies_is_reported_as_a_damaged_file() -> None:
    report = failed_report("0" * 16, "a.pdf", Failure.CRASHED, "signal 6", {})
    (problem,) = report.problems
    assert "a.pdf died (signal 6): the file is damaged" in problem.message
    assert "Export the file again" in problem.advice


def test_a_damaged_page_without_a_size_has_no_strokes() -> None:
    reading = Reading(Sheet(1, 0.0, 0.0), 0.0, [], [(2.0, 3)], Drawings())
    assert reading.strokes_of([0.0]) == [(0.0, 3)]
