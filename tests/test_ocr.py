"""Scans: pages that are pictures are read by text recognition, and say so."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.extract import extract_bytes, read_document
from extractors.ocr import engine as tesseract
from extractors.ocr.boxes import widened
from extractors.ocr.drawn import find_rules, without
from extractors.ocr.hocr import ReadWord, words_of
from extractors.ocr.letters import corrected
from extractors.ocr.picture import ink_of, paper_of, skew_of, specks_of, straightened
from extractors.ocr.recognise import recognise
from extractors.ocr.signs import Signs, find_signs
from extractors.ocr.unread import ManyPagesError
from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Box, Sheet
from models.report import Report, Status
from pipeline.engines.local import LocalEngine
from pipeline.worker import (
    SECONDS_A_SCANNED_PAGE,
    Setup,
    Task,
    deserialize,
    run_task,
    seconds_for,
)
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


def test_hocr_without_words_or_broken_off_gives_what_it_has():
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
    clean = without(grey, [found.ink], [], paper)
    assert clean[95:105, 150:1000].min() > 200
    assert clean[150:164, 130:148].max() < 30


def test_a_place_on_a_page_askew_is_found_again_on_the_sheet():
    image = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(image).rectangle((498, 98, 502, 102), fill=0)
    down, along = np.nonzero(straightened(np.asarray(image), 1.5, 255) < 128)
    sheet = Sheet(1, 600, 800, skew=1.5)
    there = sheet.to_page(Box(498, 98, 503, 103))
    assert (there.x0 + there.x1) / 2 == pytest.approx(along.mean() + 0.5, abs=0.6)
    assert (there.y0 + there.y1) / 2 == pytest.approx(down.mean() + 0.5, abs=0.6)
    back = sheet.to_sheet(there)
    assert back.x0 <= 498 < 503 <= back.x1 and back.x1 - back.x0 < 6
    assert (back.y0 + back.y1) / 2 == pytest.approx(100.5, abs=0.01)


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
def test_a_pdf_with_text_is_not_recognised_unless_always_is_given():
    data = render(make_board(900), "pdf-ruled", 900).data
    plain = read_document(data, "x.pdf", Options(ocr="auto"))
    assert not any(page.recognised for page in plain.pages)
    assert recognise(plain, data) is plain


def drawn(width: int = 900, height: int = 200) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (width, height), 255)
    return image, ImageDraw.Draw(image)


def signs_of(image: Image.Image) -> Signs:
    grey = np.asarray(image)
    return find_signs(ink_of(grey, paper_of(grey)), 72 / 300)


def test_boxes_are_found_empty_ticked_and_doubtful():
    image, draw = drawn()
    for x in (50, 250, 450, 650):
        draw.rectangle((x, 80, x + 36, 116), outline=0, width=3)
    draw.line((250, 80, 286, 116), fill=0, width=3)
    draw.line((286, 80, 250, 116), fill=0, width=3)
    draw.line((430, 70, 470, 104), fill=0, width=4)  # a pen slips out of its box
    draw.rectangle((664, 96, 668, 100), fill=0)  # a speck, or a faint tick
    found = signs_of(image)
    assert sorted(round(box.x0) for box in found.boxes) == [12, 60, 108, 156]
    assert sorted(round(tick.x0 / 10) * 10 for tick in found.ticks) == [60, 110]
    assert [round(box.x0) for box in found.unsure] == [156]


def test_rings_and_dots_are_distinguished_from_letters():
    image, draw = drawn()
    draw.ellipse((50, 80, 90, 120), outline=0, width=4)
    draw.ellipse((250, 80, 290, 120), outline=0, width=4)
    draw.ellipse((262, 92, 278, 108), fill=0)
    draw.ellipse((450, 90, 464, 104), fill=0)
    draw.line((600, 70, 600, 110), fill=0, width=4)  # an i, with its dot
    draw.ellipse((594, 50, 606, 62), fill=0)
    draw.rectangle((700, 70, 730, 110), outline=0, width=4)  # an O that is no square
    found = signs_of(image)
    assert sorted(round(ring.x0) for ring in found.rings) == [12, 60]
    assert len(found.ticks) == 1
    assert [round(dot.x0) for dot in found.dots] == [108]


def test_a_dot_in_tight_lines_is_found_and_a_colon_is_not_one():
    image, draw = drawn()
    draw.ellipse((50, 60, 78, 88), fill=0)  # before an answer, with a letter right below it
    draw.rectangle((52, 100, 60, 130), fill=0)
    for x in (180, 220, 260):
        draw.rectangle((x, 52, x + 30, 95), fill=0)
    draw.ellipse((300, 64, 309, 73), fill=0)  # the colon of a heading
    draw.ellipse((300, 86, 309, 95), fill=0)
    assert [round(dot.x0) for dot in signs_of(image).dots] == [12]


def test_a_row_of_dots_leads_to_a_page_number_and_is_not_a_word():
    image, draw = drawn()
    for x in range(100, 500, 12):
        draw.rectangle((x, 100, x + 4, 104), fill=0)
    ((_, count),) = signs_of(image).leaders
    assert count == len(range(100, 500, 12))


def word(text: str, x0: int, y0: int, x1: int, y1: int, base: int = 140) -> ReadWord:
    return ReadWord(text, x0, y0, x1, y1, base, 42.0, 96.0, 0)


TALL = word("Hall", 20, 110, 60, 140)  # tells the size of the line: about 43 pixels


def test_a_word_takes_the_letters_that_its_box_left_out():
    image, draw = drawn()
    for x0, x1 in ((20, 60), (100, 118), (124, 200), (240, 270), (276, 300)):
        draw.rectangle((x0, 110, x1 - 1, 139), fill=0)
    draw.rectangle((304, 135, 307, 139), fill=0)  # a full stop is none of its letters
    words = [TALL, word("Norr", 124, 110, 200, 140), word("äng", 240, 110, 270, 140)]
    found = widened(words, np.asarray(image) < 128)
    assert [(own.x0, own.x1) for own in found] == [(20, 60), (100, 200), (240, 300)]


@pytest.mark.parametrize(("width", "dash"), [(11, "-"), (22, "–"), (43, "—")])
def test_dashes_are_distinguished_by_their_widths(width: int, dash: str):
    image, draw = drawn()
    draw.rectangle((100, 126, 100 + width - 1, 128), fill=0)
    words = corrected([TALL, word("—", 100, 126, 100 + width, 129)], np.asarray(image) < 128)
    assert words[1].text == dash


def test_a_full_stop_that_was_passed_over_is_read():
    image, draw = drawn()
    draw.rectangle((100, 110, 160, 140), fill=0)
    draw.rectangle((166, 135, 169, 139), fill=0)
    words = corrected([TALL, word("det", 100, 110, 160, 140)], np.asarray(image) < 128)
    assert words[1].text == "det."


@pytest.mark.parametrize(("read", "width"), [("barn!", 5), ("barn?", 14)])
def test_the_raised_number_of_a_note_is_not_a_full_stop(read: str, width: int):
    image, draw = drawn()
    draw.rectangle((100, 120, 160, 140), fill=0)
    draw.rectangle((166, 108, 165 + width, 122), fill=0)
    raised = word(read, 100, 108, 166 + width, 140)
    words = corrected([TALL, raised], np.asarray(image) < 128)
    assert words[1] == raised._replace(confidence=0.0)
    draw.rectangle((168, 136, 170, 139), fill=0)  # the dot of a real one
    assert corrected([TALL, raised], np.asarray(image) < 128)[1] == raised


def test_a_capital_is_distinguished_from_a_small_letter_by_its_height():
    image, draw = drawn()
    draw.rectangle((100, 119, 118, 140), fill=0)
    words = corrected([TALL, TALL, word("Sa", 100, 119, 118, 140)], np.asarray(image) < 128)
    assert words[2].text == "sa"


@pytest.mark.parametrize(("top", "read"), [(119, "ja"), (107, "Ja")])
def test_a_small_j_is_distinguished_from_a_capital_by_its_dot(top: int, read: str):
    """An answer word in a sentence was read as a capitalised one."""
    image, draw = drawn()
    draw.rectangle((104, top, 108, 150), fill=0)
    if read == "ja":
        draw.rectangle((104, 107, 108, 111), fill=0)
    draw.rectangle((114, 119, 130, 140), fill=0)
    words = corrected([TALL, TALL, word("Ja", 104, 107, 130, 150)], np.asarray(image) < 128)
    assert words[2].text == read


def test_an_address_split_at_its_sign_is_rejoined_and_marked_unsure():
    image, draw = drawn()
    draw.rectangle((100, 110, 200, 140), fill=0)
    draw.ellipse((204, 108, 244, 148), outline=0, width=4)
    draw.rectangle((248, 110, 400, 140), fill=0)
    parts = [word("info", 100, 110, 200, 140), word("Q", 204, 108, 222, 148)]
    parts.append(word("almhamn.se.", 248, 110, 400, 140))
    words = corrected([TALL, *parts], np.asarray(image) < 128)
    assert [(w.text, w.confidence) for w in words[1:]] == [("info@almhamn.se.", 0.0)]
    apart = [parts[0], parts[1]._replace(x0=230), parts[2]]
    draw.rectangle((190, 100, 224, 150), fill=255)
    assert len(corrected([TALL, *apart], np.asarray(image) < 128)) == 4


def scans_without_tesseract(
    data: bytes, source: str, forms: object, taxonomy: object, *, options: Options
) -> Report:
    """Stands for a scan of 40 pages."""
    if options.ocr_pages is not None and options.ocr_pages < 40:
        raise ManyPagesError(40)
    return Report("0" * 16, source, status=Status.OK, ocr_pages=options.ocr_pages)


def test_a_scan_is_read_again_with_time_for_its_pages(tmp_path: Path):
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    task = Task("0" * 16, "scan.pdf", str(tmp_path / "scan.pdf"), sha256(b"scan").hexdigest())
    setup = Setup(options=Options(), extract="tests.test_ocr:scans_without_tesseract", timeout=5.0)
    assert run_task(task, setup).scanned == 40
    assert seconds_for(replace(task, scanned=40), setup) == 5 + 40 * SECONDS_A_SCANNED_PAGE
    engine = LocalEngine(setup, 1)
    try:
        (result,) = filter(None, engine.run([task]))
    finally:
        engine.close()
    assert result.status == "ok"
    assert deserialize(result.batches)["reports"].to_pylist()[0]["ocr_pages"] == 40


def test_specks_are_dirt_but_a_full_stop_is_not():
    image, draw = drawn()
    draw.rectangle((100, 100, 103, 103), fill=0)  # the full stop of small type
    for x in range(200, 300, 10):
        draw.rectangle((x, 100, x + 1, 101), fill=0)
    ink = np.asarray(image) < 128
    specks = specks_of(ink, 72 / 300)
    assert specks is not None
    assert not specks[:, :150].any()
    assert specks[100:102, 200].all()
    assert signs_of(image).leaders == []
    assert specks_of(ink & ~specks, 72 / 300) is None


def test_letters_of_a_large_heading_are_not_boxes_nor_its_full_stops_dots():
    image, draw = drawn()
    for x in (100, 150, 200):  # three letters like boxes, as far apart as those of a heading
        draw.rectangle((x, 60, x + 41, 101), outline=0, width=6)
    draw.ellipse((250, 93, 258, 101), fill=0)
    draw.rectangle((268, 60, 280, 101), fill=0)
    found = signs_of(image)
    assert (found.boxes, found.dots) == ([], [])
