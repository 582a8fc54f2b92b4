"""Both PDF readers on other producers' pages: sideways, stamped, fonts without a mapping."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import pipeline.checking
from extractors.readers import pdfium
from extractors.readers.pdf_text import clean, needs_care
from models.document import Document, Line
from tests.test_reader_pdf import READERS, pdf


def from_the_top(document: Document) -> list[Line]:
    """The lines in the order of their height: readers differ in the order of turned pages."""
    return sorted(document.lines, key=lambda line: line.box[1] if line.box else 0)


FONT = Path(pipeline.checking.__file__).with_name("DejaVuSansMono.ttf")


@READERS
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_lines_of_a_font_without_height_are_as_high_as_any(reader: ModuleType, rotation: int):
    words = ["tryckyta på", "Ordna", "rena", "(jfr §)"]

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.setFont("DejaVu", 10)
        for number, word in enumerate(words):
            canvas.drawString(72, 400 - 20 * number, word)

    pdfmetrics.registerFont(TTFont("DejaVu", str(FONT)))
    told = pdf(page, pageCompression=0)
    untold = re.sub(
        rb"/(Ascent|Descent) (-?[\d.]+)",
        lambda found: b"/%s %s" % (found[1], b"0".ljust(len(found[2]))),
        told,
    )
    assert untold != told
    lines = from_the_top(reader.read(untold))
    assert [line.text for line in lines] == words
    boxes = [line.box[1::2] for line in lines if line.box is not None]
    steps = [after[k] - before[k] for before, after in pairwise(boxes) for k in range(2)]
    assert steps == pytest.approx([20.0] * 6, abs=0.1)
    heights = [high - low for low, high in boxes]
    assert heights == pytest.approx([11] * 4, abs=1.5)


@READERS
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_with_sideways_text_is_read_upright(reader: ModuleType, rotation: int):
    def page(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(rotation)
        for number in range(4):
            canvas.drawString(-100, 100 - 20 * number, f"Rad {number}")
        canvas.rect(-100, 20, 200, 1, fill=1, stroke=0)

    document = reader.read(pdf(page, size=(500, 700)))
    (upright,) = document.pages
    lines = from_the_top(document)
    assert [line.text for line in lines] == ["Rad 0", "Rad 1", "Rad 2", "Rad 3"]
    lefts = [line.box.x0 for line in lines if line.box is not None]
    tops = [line.box.y0 for line in lines if line.box is not None]
    assert lefts == pytest.approx([lefts[0]] * 4, abs=0.5)
    assert [b - a for a, b in pairwise(tops)] == pytest.approx([20.0] * 3, abs=0.5)
    (rule,) = upright.rules
    assert rule.box.x1 - rule.box.x0 == pytest.approx(200, abs=0.5)
    assert rule.box.x0 == pytest.approx(lefts[0], abs=1)
    assert (upright.width, upright.height) == ((500, 700) if rotation == 180 else (700, 500))
    assert upright.sheet is not None
    seen = upright.sheet.to_sheet(rule.box)
    assert (seen.y1 - seen.y0 if rotation != 180 else seen.x1 - seen.x0) == pytest.approx(
        200, abs=1
    )
    assert upright.sheet.to_page(seen) == pytest.approx(rule.box)
    assert not any(line.aside for line in upright.lines)


@READERS
@pytest.mark.parametrize("angle", [4, 55, 90])
def test_a_slanted_or_sideways_stamp_is_separated_from_the_text(reader: ModuleType, angle: int):
    def page(canvas: Canvas) -> None:
        for number in range(4):
            canvas.drawString(72, 700 - 20 * number, f"Svaret gäller nämnden som helhet {number}.")
        canvas.translate(200, 600)
        canvas.rotate(angle)
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(0, 0, "UTKAST 2025")

    (page_read,) = reader.read(pdf(page)).pages
    assert [line.text for line in page_read.lines if not line.aside] == [
        f"Svaret gäller nämnden som helhet {number}." for number in range(4)
    ]
    stamp = " ".join(line.text for line in page_read.lines if line.aside)
    assert stamp == "UTKAST 2025"


SLICED = "Delad rad som går på tvären"


def _sliced(text: str = SLICED, *, whole_above: bool, clipped: bool = True) -> bytes:
    """Two pages of one long picture: the line between them is drawn on both, a part on each."""

    def page(texts: list[tuple[float, str]]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            if clipped:
                path = canvas.beginPath()
                path.rect(50, 60, 500, 700)
                canvas.clipPath(path, stroke=0)
            for baseline, text in texts:
                canvas.drawString(72, baseline, text)

        return draw

    # Letters reach from 2 points below the baseline to 8 above; the cut is at 60 and at 760.
    above, below = (59, 759) if whole_above else (55, 755)
    return pdf(
        page([(200, "Först."), (above, text)]),
        page([(below, text), (600, "Sist.")]),
    )


@pytest.mark.parametrize("text", [SLICED, "polis.", ", och en rad som ett komma inleder"])
@pytest.mark.parametrize(("whole_above", "page"), [(True, 1), (False, 2)])
def test_a_line_cut_lengthwise_by_the_edge_of_a_page_is_read_once(
    whole_above: bool, page: int, text: str
):
    document = pdfium.read(_sliced(text, whole_above=whole_above))
    kept = [(line.page, line.text) for line in document.lines if not line.aside]
    assert set(kept) == {(1, "Först."), (page, text), (2, "Sist.")}
    assert len(kept) == 3
    assert len(document.lines) == 4


def test_a_bullet_below_a_line_that_is_cut_lengthwise_stays():
    """The bullets of a list look the same: each half had been set aside for another bullet."""

    def page(bullets: list[float]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            path = canvas.beginPath()
            path.rect(50, 60, 500, 700)
            canvas.clipPath(path, stroke=0)
            for baseline in bullets:
                canvas.drawString(72, baseline, "•")
                canvas.drawString(92, baseline, f"Punkt {baseline % 700:g}")

        return draw

    document = pdfium.read(pdf(page([90, 57]), page([757, 737, 717])))
    kept = [(line.page, line.text) for line in document.lines if not line.aside]
    assert [page for page, text in kept if text == "•"] == [1, 1, 2, 2]


def test_a_drawn_bullet_belongs_to_the_half_line_after_it():
    """Shapes are drawn on both pages like the line: a bullet alone had opened the next comment."""

    def page(baseline: float, other: float) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            path = canvas.beginPath()
            path.rect(50, 60, 500, 700)
            canvas.clipPath(path, stroke=0)
            canvas.circle(76, baseline + 3.5, 1.4, stroke=0, fill=1)
            canvas.drawString(84, baseline, SLICED)
            canvas.drawString(72, other, f"Text {other}")

        return draw

    document = pdfium.read(pdf(page(59, 200), page(759, 600)))
    kept = [(line.page, line.text) for line in document.lines if not line.aside]
    assert sorted(kept) == [(1, SLICED), (1, "Text 200"), (1, "•"), (2, "Text 600")]


def test_a_line_that_is_printed_on_two_pages_is_read_twice():
    document = pdfium.read(_sliced(whole_above=True, clipped=False))
    assert not any(line.aside for line in document.lines)


@READERS
def test_bullets_drawn_as_shapes_are_in_the_text(reader: ModuleType):
    def page(canvas: Canvas) -> None:
        for number, word in enumerate(["Utbildning av chefer", "Ny rutin"]):
            canvas.circle(76, 703.5 - 20 * number, 1.4, stroke=0, fill=1)
            canvas.drawString(84, 700 - 20 * number, word)
        canvas.circle(76, 643.5, 4.5, stroke=0, fill=1)
        canvas.drawString(84, 640, "Ja")

    document = reader.read(pdf(page))
    assert [line.text for line in document.lines] == [
        "•", "Utbildning av chefer", "•", "Ny rutin", "Ja",
    ]  # fmt: skip
    bullet = document.lines[0]
    assert bullet.box is not None
    assert bullet.box.x0 == pytest.approx(74.6, abs=0.3)
    assert len(document.pages[0].marks) == 3


def test_a_bullet_of_a_symbol_font_is_the_bullet_of_any_font():
    assert clean("\uf0b7 Ny rutin") == "• Ny rutin"
    assert needs_care("\uf0b7 Ny rutin")
