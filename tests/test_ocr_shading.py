"""Shading in the picture of a page: areas that separate the rows of a table."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from extractors.extract import extract_bytes
from extractors.ocr import engine as tesseract
from extractors.ocr.dark import find_dark, turned_light
from extractors.ocr.picture import Grey, Ink, ink_of, paper_of
from extractors.ocr.shading import find_shades, without_shades
from extractors.options import Options
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from tests.generator import make_board, render
from tests.generator.scans import CLEAN_300, OFFICE, page_pictures, scanned

SCALE = 72 / 300
HEAD, ROW = 191, 237
"""Grey of a table's head and of every other row, of 255."""


def table() -> Image.Image:
    """A table from 50 to 350 points: a head, a shaded row, a white one, a shaded one, with text."""
    image = Image.new("L", (1700, 1200), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((208, 208, 1458, 282), fill=HEAD)
    draw.rectangle((208, 283, 1458, 499), fill=ROW)
    draw.rectangle((208, 700, 1458, 899), fill=ROW)
    for y in range(230, 880, 50):
        for x in range(230, 1400, 34):
            draw.rectangle((x, y, x + 8, y + 24), fill=0)
            draw.rectangle((x, y, x + 24, y + 5), fill=0)
    return image


def noisy(image: Image.Image) -> Image.Image:
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32)
    grey += np.random.default_rng(1).normal(0, 10, grey.shape)
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


def shades_of(image: Image.Image) -> list[tuple[int, ...]]:
    grey: Grey = np.asarray(image)
    rules = [shade.rule(SCALE) for shade in find_shades(grey, paper_of(grey), SCALE)]
    assert all(rule.filled for rule in rules)
    return [tuple(round(side) for side in rule.box) for rule in rules]


AREAS = [(50, 50, 350, 68), (50, 68, 350, 120), (50, 168, 350, 216)]


@pytest.mark.parametrize("scan", [lambda image: image, noisy], ids=["clean", "noisy"])
def test_shaded_rows_are_found_behind_their_text(scan):
    assert shades_of(scan(table())) == AREAS


def test_shading_is_made_as_bright_as_the_paper_and_its_edges_leave_nothing():
    """At the edges of a lossy picture Tesseract saw bars and semicolons."""
    buffer = BytesIO()
    noisy(table()).save(buffer, "JPEG", quality=40)
    grey = np.asarray(Image.open(buffer))
    flat = without_shades(grey, find_shades(grey, paper_of(grey), SCALE))
    plain = without_text(table())
    assert flat[plain].min() > 200
    assert np.median(flat[plain]) > 250
    assert flat[235:250, 230:238].mean() < 80


def without_text(image: Image.Image) -> Ink:
    """Where no letters are, with some room around them."""
    dark = np.asarray(image) < 100
    return ~ndimage.binary_dilation(dark, iterations=6)


@pytest.mark.parametrize("ground", [20, 100, 160])
@pytest.mark.parametrize("scan", [lambda image: image, noisy], ids=["clean", "noisy"])
def test_light_text_on_a_dark_header_becomes_dark_text_on_white(scan, ground: int):
    """Such header rows were taken for one spot of ink, and none of their words was read."""
    grey = np.asarray(table()).copy()
    grey[275:300] = np.where(grey[275:300] == 0, ROW, grey[275:300])  # no text over the edge
    grey[275:283, 208:1459] = HEAD
    head = grey[208:283, 208:1459]
    letters = head == 0
    head[:] = np.where(letters, 255, ground)
    grey = np.asarray(scan(Image.fromarray(grey)))
    (area,) = find_dark(grey, SCALE)
    assert area.rule(SCALE).box == pytest.approx(AREAS[0], abs=1)
    light = turned_light(grey, [area])[208:283, 208:1459]
    around = ~ndimage.binary_dilation(letters, iterations=4)
    assert np.percentile(light[around], 1) > 160
    assert np.percentile(light[ndimage.binary_erosion(letters, iterations=1)], 99) < 120


def test_dark_text_and_areas_without_light_text_are_unchanged():
    image = table()
    ImageDraw.Draw(image).rectangle((208, 950, 1458, 1050), fill=30)  # words blotted out
    assert find_dark(np.asarray(image), SCALE) == []
    assert find_dark(np.asarray(noisy(image)), SCALE) == []
    board = render(make_board(900), "pdf-ruled", 900)
    for style in (CLEAN_300, OFFICE):
        (page,) = page_pictures(board.data, style, 1, range(4, 5))
        assert find_dark(np.asarray(page), SCALE) == []


def test_shaded_columns_and_a_shaded_cell_are_areas_of_their_own():
    image = table()
    ImageDraw.Draw(image).rectangle((1000, 520, 1200, 640), fill=220)
    assert shades_of(image) == [*AREAS[:2], (240, 125, 288, 154), AREAS[2]]


def test_a_shadow_with_a_soft_edge_is_not_an_area():
    grey = np.full((1200, 1700), 250, np.float32)
    grey[:, :400] -= 40 * np.linspace(1, 0, 400)  # the fold of a book
    grey[900:] -= 30 * np.linspace(0, 1, 300)[:, None]
    assert shades_of(Image.fromarray(grey.astype(np.uint8))) == []


def test_text_lines_and_a_photograph_are_not_areas():
    image = Image.new("L", (1700, 1200), 250)
    draw = ImageDraw.Draw(image)
    for y in range(100, 700, 30):
        draw.line((100, y, 1500, y), fill=0, width=4)
    numbers = np.random.default_rng(2)
    photograph = numbers.integers(40, 220, (10, 20)).astype(np.uint8)
    image.paste(
        Image.fromarray(photograph).resize((600, 300), Image.Resampling.BICUBIC), (400, 800)
    )
    assert shades_of(image) == []


def test_the_edge_of_dark_shading_is_not_ink():
    grey = np.asarray(table()).copy()
    grey[208:283, 208:1459] = np.where(grey[208:283, 208:1459] == HEAD, 120, 0)
    ink = ink_of(grey, paper_of(grey))
    assert not ink[200:225].any()
    assert ink[230:255].any()


@pytest.mark.skipif(
    tesseract.engine() is None, reason="tesseract (with its Swedish data) is not installed"
)
def test_rows_separated_only_by_shading_are_read_from_a_scan():
    """Without the shading they flowed into one another, and marks were read as letters."""
    board = render(make_board(703), "pdf-shaded", 703)
    report = extract_bytes(
        scanned(board.data, CLEAN_300, 703, range(4, 6)),
        "scan.pdf",
        builtin_forms(),
        builtin_taxonomy(),
        options=Options(ocr="auto"),
    )
    keys = [answer.key.rsplit("/")[-1] for answer in report.answers]
    truth = {answer.question: answer.code for answer in board.truth.answers}
    assert len(keys) == len(set(keys)) >= 2
    assert all(truth[answer.question] == answer.code for answer in report.answers[:-1])
