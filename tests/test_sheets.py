"""Two pages per sheet, sideways pages, stamps: read alike, with places on the file's pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.extract import extract_bytes, read_document
from extractors.sheets.two_up import as_pages
from models.document import Box, Sheet
from models.report import Report, Role
from tests.generator import make_board, render
from tests.generator.content import plain_bullets
from tests.producers import transforms
from tests.producers.platypus import PlatypusLook, render_platypus
from tests.producers.reading import first_chapters


@pytest.fixture(scope="module")
def plain() -> bytes:
    truth = first_chapters(plain_bullets(make_board(31)), 1)
    return render_platypus(truth, PlatypusLook("lines"))


@pytest.fixture
def read(form, taxonomy) -> Callable[[bytes], Report]:
    return lambda data: extract_bytes(data, "rapport.pdf", [form], taxonomy)


def rows(report: Report) -> list[tuple[str, ...]]:
    return [(row.key, row.question, row.detail, row.answer, row.comment) for row in report.answers]


def text_in_boxes(data: bytes, report: Report, field: str) -> list[str]:
    """The text in the first box of each answer's field, as the file shows it."""
    document = pdfium.PdfDocument(data)
    found = []
    for answer in report.answers:
        box = next(box for box in answer.boxes if box.field == field)
        page = document[box.page - 1]
        bottom, top = page.get_height() - box.y1, page.get_height() - box.y0
        text = page.get_textpage().get_text_bounded(box.x0 - 1, bottom - 1, box.x1 + 1, top + 1)
        found.append(" ".join(text.split()))
    return found


def test_two_pages_on_a_sheet_are_read_one_after_the_other(plain, read):
    sheets = transforms.two_up(plain)
    expected, found = read(plain), read(sheets)
    assert len(expected.answers) > 5
    assert rows(found) == rows(expected)
    assert [section.title for section in found.sections] == [s.title for s in expected.sections]


def test_places_on_a_sheet_of_two_pages_are_those_of_the_file(plain, read):
    sheets = transforms.two_up(plain)
    expected, found = read(plain), read(sheets)
    assert found.pages == -(-(expected.pages or 0) // 2)
    for one, other in zip(expected.answers, found.answers, strict=True):
        assert other.page_first == -(-(one.page_first or 0) // 2)
        assert other.page_last == -(-(one.page_last or 0) // 2)
        assert {box.page for box in other.boxes} <= {other.page_first, other.page_last}
    for answer, text in zip(found.answers, text_in_boxes(sheets, found, "question"), strict=True):
        assert text.startswith(answer.question[:20])
    assert {part.page for part in found.parts} == set(range(1, (found.pages or 0) + 1))


@pytest.mark.parametrize("kind", ["pdf-landscape", "pdf-three"])
def test_a_wide_table_stays_one_page(kind):
    board = render(make_board(5), kind, 5)
    document = read_document(board.data, board.name)
    assert as_pages(document) is document


def test_a_wide_table_whose_gutter_is_the_middle_of_the_page_stays_one_page():
    truth = first_chapters(plain_bullets(make_board(8)), 1)
    for question in (0.49, 0.5, 0.51):
        look = PlatypusLook("none", wide=True, question=question)
        document = read_document(render_platypus(truth, look), "rapport.pdf")
        assert as_pages(document) is document


def test_sideways_pages_are_read_upright_and_places_refer_to_the_file(plain, read):
    sideways = transforms.turned(plain, told=False)
    expected, found = read(plain), read(sideways)
    assert rows(found) == rows(expected)
    assert [a.page_first for a in found.answers] == [a.page_first for a in expected.answers]
    assert all(
        text.replace(" ", "").startswith(answer.question[:12].replace(" ", ""))
        for answer, text in zip(
            found.answers, text_in_boxes(sideways, found, "question"), strict=True
        )
    )


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_place_on_a_sheet_converts_to_the_page_and_back(turn):
    sheet = Sheet(1, 842.0, 595.0, turn, 120.0)
    box = Box(10.0, 20.0, 110.0, 33.0)
    assert sheet.to_page(sheet.to_sheet(box)) == pytest.approx(box)


@pytest.mark.parametrize("kind", transforms.STAMPS)
def test_a_stamp_is_not_part_of_a_row(plain, read, kind):
    expected, found = read(plain), read(transforms.stamped(plain, kind))
    assert rows(found) == rows(expected)
    assert [replace(s, page=None) for s in found.sections] == [
        replace(section, page=None) for section in expected.sections
    ]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("draft", "UTKAST"), ("margin", "Elektroniskt"), ("watermark", "ARBETSMATERIAL")],
)
def test_what_was_taken_for_a_stamp_is_kept_and_reported(plain, read, kind, words):
    data = transforms.stamped(plain, kind)
    found = read(data)
    (problem,) = [problem for problem in found.problems if problem.code == "stamp"]
    assert words in problem.message
    lines = {line.number: line.text for line in read_document(data, "rapport.pdf").lines}
    kept = [part for part in found.parts if words in lines[part.line]]
    assert {part.role for part in kept} == {Role.RUNNING}
    assert len(kept) == found.pages


def test_a_large_title_is_not_a_stamp(plain, read):
    found = read(plain)
    assert not [problem for problem in found.problems if problem.code == "stamp"]


def _laid_over(data: bytes, page: int | None, draw: Callable[[Canvas], None]) -> bytes:
    """The PDF with something drawn over a page, from 0, or over all."""
    writer = PdfWriter(clone_from=BytesIO(data))
    for number, sheet in enumerate(writer.pages):
        if page in (None, number):
            buffer = BytesIO()
            canvas = Canvas(buffer, pagesize=A4)
            draw(canvas)
            canvas.showPage()
            canvas.save()
            sheet.merge_page(PdfReader(BytesIO(buffer.getvalue())).pages[0])
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


@pytest.mark.parametrize("page", [1, 2])
def test_an_upright_stamp_over_the_text_is_not_part_of_a_row(plain, read, page):
    def stamp(canvas: Canvas) -> None:
        canvas.rect(360, 600, 150, 40)
        canvas.setFont("Courier-Bold", 11)
        canvas.drawString(368, 624, "INKOMMEN")
        canvas.drawString(368, 608, "2025-09-16 Dnr 418")

    assert rows(read(_laid_over(plain, page, stamp))) == rows(read(plain))


def test_text_that_is_not_drawn_among_text_that_is_belongs_to_no_row(plain, read):
    def unseen(canvas: Canvas) -> None:
        text = canvas.beginText(70, 700)
        text.setTextRenderMode(3)
        text.textLine("Osynlig text som ingen ser. Osynlig text som ingen ser.")
        canvas.drawText(text)

    found = read(_laid_over(plain, None, unseen))
    assert rows(found) == rows(read(plain))
    assert any("Osynlig text" in one.message for one in found.problems if one.code == "stamp")
