"""Scans: pages that are pictures are read by text recognition, and say so."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.extract import Options, extract_bytes, read_document
from extractors.ocr import engine as tesseract
from extractors.ocr.drawn import find_rules, without
from extractors.ocr.hocr import ReadWord, words_of
from extractors.ocr.picture import ink_of, paper_of, skew_of, straightened
from extractors.ocr.recognise import recognise
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Box, Sheet
from models.report import Report
from tests.generator import make_board, render
from tests.generator.scans import CLEAN_300, OFFICE, ScanStyle, scanned

needs_tesseract = pytest.mark.skipif(
    tesseract.engine() is None, reason="tesseract (with its Swedish data) is not installed"
)
HOCR = """<div class='ocr_page' title='image "x"; bbox 0 0 600 200'>
 <span class='ocr_line' title="bbox 100 50 300 90; baseline 0.01 -8; x_size 34; x_descenders 8">
  <span class='ocrx_word' title='bbox 100 50 180 90; x_wconf 96'>Är</span>
  <span class='ocrx_word' title='bbox 200 50 300 90; x_wconf 41'><strong>å &amp; ö?</strong></span>
 </span>
</div>"""


def page_of_lines() -> Image.Image:
    """A page with bars for lines of text, ruled above and on its left."""
    image = Image.new("L", (1240, 1754), 240)
    draw = ImageDraw.Draw(image)
    draw.line((100, 100, 1100, 100), fill=0, width=3)
    draw.line((100, 100, 100, 800), fill=0, width=3)
    for y in range(150, 800, 40):
        for x in range(130, 1000, 30):
            draw.rectangle((x, y, x + 18, y + 14), fill=20)
    return image


def test_words_come_from_hocr_with_place_baseline_and_confidence():
    assert words_of(HOCR) == [
        ReadWord("Är", 100, 50, 180, 90, 82 + 0.01 * 40, 34, 96, 0),
        ReadWord("å & ö?", 200, 50, 300, 90, 82 + 0.01 * 150, 34, 41, 0),
    ]


def test_hocr_without_words_or_broken_off_gives_what_is_there():
    assert words_of("<div class='ocr_page'></div>") == []
    assert [word.text for word in words_of(HOCR[: HOCR.index("<strong>")])] == ["Är"]


@pytest.mark.parametrize("angle", [0.0, 0.7, -1.5, 4.0])
def test_a_page_askew_is_set_straight(angle: float):
    askew = np.asarray(page_of_lines().rotate(angle, Image.Resampling.BICUBIC, fillcolor=240))
    ink = ink_of(askew, paper_of(askew))
    assert skew_of(ink) == pytest.approx(-angle, abs=0.06)
    straight = straightened(askew, skew_of(ink), 240)
    assert skew_of(ink_of(straight, paper_of(straight))) == pytest.approx(0, abs=0.06)


def test_shading_is_paper_and_no_ink():
    image = page_of_lines()
    ImageDraw.Draw(image).rectangle((200, 900, 1000, 1100), fill=190)
    ImageDraw.Draw(image).text((300, 1000), "text", fill=0)
    grey = np.asarray(image)
    ink = ink_of(grey, paper_of(grey))
    assert not ink[905:980, 205:995].any()
    assert ink[990:1020, 290:330].any()


def test_drawn_lines_are_found_and_wiped_away():
    grey = np.asarray(page_of_lines())
    paper = paper_of(grey)
    found = find_rules(ink_of(grey, paper), 72 / 150)
    boxes = sorted(tuple(round(value) for value in rule.box) for rule in found.rules)
    assert boxes == [(48, 48, 49, 384), (48, 48, 528, 49)]
    clean = without(grey, found.ink, [], paper)
    assert clean[95:105, 150:1000].min() > 200
    assert clean[150:164, 130:148].max() < 30


def test_a_place_on_a_page_askew_is_found_again_on_the_sheet():
    sheet = Sheet(1, 595, 842, skew=1.5)
    box = Box(100, 200, 104, 204)
    there = sheet.to_page(box)
    assert (there.x0, there.y0) == pytest.approx((97.1 - 3.0, 208.0), abs=6)
    back = sheet.to_sheet(there)
    middles = [((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2) for b in (box, back)]
    assert middles[0] == pytest.approx(middles[1], abs=0.01)
    assert back.x0 <= box.x0 and back.y1 >= box.y1


def scan(style: ScanStyle = CLEAN_300, pages: range = range(4, 5)) -> bytes:
    return scanned(render(make_board(900), "pdf-ruled", 900).data, style, 1, pages)


def read(data: bytes, **options: str) -> Report:
    return extract_bytes(
        data, "scan.pdf", builtin_forms(), builtin_taxonomy(), options=Options(**options)
    )


def test_never_reads_no_picture():
    report = read(scan(), ocr="never")
    assert report.status == "failed"
    assert [problem.code for problem in report.problems] == ["scan"]
    assert report.ocr_pages == 0


def test_without_tesseract_the_problem_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tesseract, "engine", lambda: None)
    (problem,) = read(scan(), ocr="auto").problems
    assert problem.code == "scan"
    assert "pip install 'svarsutdrag[ocr]'" in problem.message


@needs_tesseract
def test_a_scan_gives_its_rows_and_says_how_they_were_read():
    report = read(scan(OFFICE))
    assert report.ocr_pages == 1
    assert "ocr" in [problem.code for problem in report.problems if problem.severity == "info"]
    assert report.answers
    assert {answer.code for answer in report.answers} >= {"yes"}


@needs_tesseract
def test_a_pdf_with_text_is_left_alone_unless_always_is_said():
    data = render(make_board(900), "pdf-ruled", 900).data
    plain = read_document(data, "x.pdf", Options(ocr="auto"))
    assert not any(page.recognised for page in plain.pages)
    assert recognise(plain, data) is plain
