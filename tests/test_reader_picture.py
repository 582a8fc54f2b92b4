"""Reports that are pictures: scans saved as PNG, JPEG or TIFF."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from extractors.extract import extract_bytes, read_document
from extractors.ocr import engine as tesseract
from extractors.options import Options
from extractors.readers import picture
from extractors.readers.dispatch import format_of
from extractors.readers.errors import ReadError
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Format
from models.report import Report
from pipeline.checking.page_picture import page_pictures
from pipeline.inputs import find_inputs
from tests.generator import make_board, render
from tests.generator.scans import CLEAN_300
from tests.generator.scans import page_pictures as scanned_pages

needs_tesseract = pytest.mark.skipif(
    tesseract.engine() is None, reason="tesseract (with its Swedish data) is not installed"
)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def page(width: int = 1240, height: int = 1754, mode: str = "L") -> Image.Image:
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 200, 120), fill="black")
    return image


def sizes(data: bytes) -> list[tuple[int, int]]:
    return [(round(own.width or 0), round(own.height or 0)) for own in picture.read(data).pages]


A4 = (595, 842)


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("TIFF", "a")])
def test_pictures_are_recognised_by_their_first_bytes(kind: str, name: str):
    assert format_of(saved(page(), kind), name) is Format.PICTURE


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_picture_on_its_side_is_turned_once(kind: str):
    """Pages of turned TIFF files were as wide as they should be high, their text squeezed."""
    held = Image.Exif()
    held[0x0112] = 6
    data = saved(page(1754, 1240), kind, exif=held, dpi=(150, 150))
    assert sizes(data) == [A4]
    (drawn,) = pdfium.PdfDocument(picture.as_pdf(data))[0].get_objects()
    assert drawn.get_px_size() == (1240, 1754)


def test_the_resolution_counts_only_where_it_gives_a_likely_page():
    assert sizes(saved(page(), "PNG", dpi=(150, 150))) == [A4]
    assert sizes(saved(page(1754, 2480), "PNG", dpi=(150, 150))) == [(842, 1190)]
    assert sizes(saved(page(), "PNG")) == [(595, 842)]
    assert sizes(saved(page(2480, 3508), "JPEG", dpi=(72, 72))) == [(595, 842)]


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_dots_across_and_down_may_differ(kind: str):
    """A fax came out half as high as it was."""
    assert sizes(saved(page(1686, 1146), kind, dpi=(204, 98))) == [(595, 842)]
    assert sizes(saved(page(1240, 1754), kind, dpi=(150, 1))) == [A4]  # no page is so long


@pytest.mark.parametrize("kind", ["TIFF", "JPEG"])
def test_dots_across_and_down_change_places_where_a_picture_is_turned(kind: str):
    held = Image.Exif()
    held[0x0112] = 6
    assert sizes(saved(page(1146, 1686), kind, exif=held, dpi=(98, 204))) == [A4]


def test_a_photograph_on_its_side_is_turned_as_it_is_seen():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(page(1754, 1240), "JPEG", exif=exif)
    assert sizes(data) == [A4]
    drawn = pdfium.PdfDocument(picture.as_pdf(data))[0].render(scale=1, grayscale=True).to_pil()
    assert drawn.width < drawn.height
    assert drawn.convert("L").getpixel((595 - 53, 72)) < 128


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGBA", "RGB", "P", "I;16", "CMYK"])
def test_colours_of_any_kind_become_grey_on_white(mode: str):
    image = page().convert("I").point(lambda grey: grey * 257).convert("I;16")
    if mode != "I;16":
        image = page().convert(mode)
    kind = "TIFF" if mode == "CMYK" else "PNG"
    drawn = pdfium.PdfDocument(picture.as_pdf(saved(image, kind)))[0].render(grayscale=True)
    grey = drawn.to_pil().convert("L")
    assert (grey.getpixel((300, 300)), grey.getpixel((70, 52))) == (255, 0)


def test_each_picture_of_a_tiff_file_is_a_page():
    data = saved(page(), "TIFF", save_all=True, append_images=[page(1754, 1240), page()])
    assert sizes(data) == [A4, (842, 595), A4]
    assert len(pdfium.PdfDocument(picture.as_pdf(data))) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (saved(page(64, 64), "PNG"), "other-kind"),
        (saved(page(9000, 9000, "1"), "PNG"), "too-large"),
        (saved(page(40_000, 40_000, "1"), "TIFF", compression="group4"), "too-large"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "broken-picture"),
    ],
    ids=["small", "large", "huge", "broken"],
)
def test_pictures_that_can_be_no_page_are_refused_before_they_are_decoded(data: bytes, code: str):
    with pytest.raises(ReadError) as refused:
        picture.read(data)
    assert refused.value.code == code


@needs_tesseract
def test_a_picture_that_is_cut_off_is_a_failed_report():
    data = saved(Image.effect_noise((1240, 1754), 50), "PNG")
    report = read(data[: len(data) // 2])
    assert [problem.code for problem in report.problems] == ["broken-picture"]


def read(data: bytes, ocr: str = "auto") -> Report:
    options = Options(ocr=ocr)
    return extract_bytes(data, "x.png", builtin_forms(), builtin_taxonomy(), options=options)


def test_without_text_recognition_the_problem_says_what_to_do(monkeypatch: pytest.MonkeyPatch):
    (problem,) = read(saved(page(), "PNG"), "never").problems
    assert (problem.code, problem.page) == ("scan", 1)
    assert "--ocr auto" in problem.message
    monkeypatch.setattr(tesseract, "engine", lambda: None)
    (problem,) = read(saved(page(), "PNG")).problems
    assert "pip install 'svarsutdrag[ocr]'" in problem.message


@needs_tesseract
def test_a_scan_saved_as_a_picture_gives_its_rows_and_can_be_shown():
    board = render(make_board(900), "pdf-ruled", 900)
    (scan,) = scanned_pages(board.data, CLEAN_300, 1, range(4, 5))
    data = saved(scan, "PNG", dpi=(300, 300))
    report = read(data)
    assert (report.format, report.reader, report.ocr_pages) == ("picture", "picture", 1)
    truth = {answer.question: answer.code for answer in board.truth.answers}
    (first, *_) = [answer for answer in report.answers if answer.question in truth]
    assert truth[first.question] == first.code
    shown = page_pictures(data, report, first)
    assert list(shown) == [1]
    assert read_document(data, "x.png", Options(ocr="auto")).pages[0].recognised


def test_pictures_in_a_folder_are_reports(tmp_path: Path):
    for name in ("a.PNG", "b.tif", "c.jpeg", "d.gif"):
        (tmp_path / name).write_bytes(b"")
    found = find_inputs([str(tmp_path)]).files
    assert [file.source for file in found if not file.other_kind] == ["a.PNG", "b.tif", "c.jpeg"]
