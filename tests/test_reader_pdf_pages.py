"""Both PDF readers on pages as other producers make them: fonts that tell little."""

import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import pipeline.checking
from tests.test_reader_pdf import READERS, pdf

FONT = Path(pipeline.checking.__file__).with_name("DejaVuSansMono.ttf")


@READERS
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_font_that_does_not_tell_its_height_gives_lines_as_high_as_any(
    reader: ModuleType, rotation: int
):
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
    lines = reader.read(untold).pages[0].lines
    assert sorted(line.text for line in lines) == sorted(words)
    lines = sorted(lines, key=lambda line: words.index(line.text))
    across = slice(1, 4, 2) if rotation in {0, 180} else slice(0, 3, 2)
    boxes = [line.box[across] for line in lines if line.box is not None]
    steps = [abs(after[k] - before[k]) for before, after in pairwise(boxes) for k in range(2)]
    assert steps == pytest.approx([20.0] * 6, abs=0.1)
    heights = [high - low for low, high in boxes]
    assert heights == pytest.approx([11] * 4, abs=1.5)
