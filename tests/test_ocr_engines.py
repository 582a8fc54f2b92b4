"""Tesseract both as a library and as a program, and pages that it leaves out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extractors.extract import extract_bytes
from extractors.ocr import engine as tesseract
from extractors.ocr.hocr import ReadWord
from extractors.ocr.picture import Grey
from extractors.ocr.words import SURE
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Severity
from tests.generator import make_board, render
from tests.generator.scans import CLEAN_300, page_pictures, scanned

PAGE = range(4, 5)
needs_library = pytest.mark.skipif(
    tesseract.engine() is None, reason="tesseract (with its Swedish data) is not installed"
)
needs_program = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract (the program) is not installed"
)


def part_of_a_page() -> Grey:
    """Some lines of a scanned report."""
    (picture,) = page_pictures(render(make_board(900), "pdf-ruled", 900).data, CLEAN_300, 1, PAGE)
    return np.asarray(picture)[300:900]


def sure_words(words: list[ReadWord]) -> list[str]:
    return [word.text for word in words if word.confidence >= SURE]


def test_a_scan_is_named_where_the_extra_is_missing(tmp_path: Path):
    """The import of scipy ended the report with a traceback."""
    path = tmp_path / "a.png"
    Image.new("L", (1240, 1754), "white").save(path)
    code = (
        "import sys; sys.modules['scipy'] = None\n"
        "from pathlib import Path; from extractors.extract import read_document\n"
        f"print(read_document(Path({str(path)!r}).read_bytes(), 'a.png').problems[0].code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["scan"]


@needs_library
@needs_program
def test_the_program_reads_what_the_library_reads(monkeypatch: pytest.MonkeyPatch):
    library = tesseract.engine()
    monkeypatch.setattr(tesseract, "find_spec", lambda name: name == "scipy" or None)
    program = tesseract.engine.__wrapped__()
    assert library is not None and program is not None
    assert type(program) is not type(library)
    part = part_of_a_page()
    read, also_read = (sure_words(engine.words(part, 300)) for engine in (library, program))
    assert len(read) > 50
    assert SequenceMatcher(None, read, also_read).ratio() >= 0.95  # two versions of Tesseract
    monkeypatch.setattr(tesseract, "engine", lambda: program)
    assert tesseract.version.__wrapped__()[:1].isdigit()


@needs_program
def test_a_program_that_fails_or_hangs_or_is_gone_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    blank = np.full((100, 100), 255, np.uint8)
    script = tmp_path / "tesseract"
    script.write_text("#!/bin/sh\necho first >&2\necho 'no room left' >&2\nexit 3\n")
    script.chmod(0o755)
    with pytest.raises(tesseract.RecognitionError, match="no room left"):
        tesseract._Program(str(script)).words(blank, 300)
    script.write_text("#!/bin/sh\nexec sleep 20\n")
    monkeypatch.setattr(tesseract, "PAGE_SECONDS", 0.2)
    with pytest.raises(tesseract.RecognitionError, match="too long"):
        tesseract._Program(str(script)).words(blank, 300)
    script.unlink()
    with pytest.raises(tesseract.RecognitionError, match="cannot be started"):
        tesseract._Program(str(script)).words(blank, 300)


def test_without_library_and_program_there_is_no_engine(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tesseract, "find_spec", lambda name: name == "scipy" or None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert tesseract.engine.__wrapped__() is None


class HalfBlind:
    """Sees the upper lines of a page only: words as wide as the page."""

    def words(self, grey: Grey, dpi: int) -> list[ReadWord]:
        dark = np.flatnonzero((grey[: len(grey) // 3] < 128).any(axis=1))
        top, foot = int(dark[0]), int(dark[-1])
        box = (0, top, grey.shape[1], foot)
        return [ReadWord("Text", *box, foot, 40.0, 96.0, 0)]


class GivesUp:
    def words(self, grey: Grey, dpi: int) -> list[ReadWord]:
        raise tesseract.RecognitionError("it took too long")


def problems_with(engine: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    pytest.importorskip("scipy")
    monkeypatch.setattr(tesseract, "engine", lambda: engine)
    monkeypatch.setattr(tesseract, "version", lambda: "5")
    data = scanned(render(make_board(900), "pdf-ruled", 900).data, CLEAN_300, 1, PAGE)
    report = extract_bytes(data, "scan.pdf", builtin_forms(), builtin_taxonomy())
    errors = [own for own in report.problems if own.severity is Severity.ERROR]
    return {own.code: own.message for own in errors}


def test_ink_outside_words_is_an_error_on_its_page(monkeypatch: pytest.MonkeyPatch):
    problems = problems_with(HalfBlind(), monkeypatch)
    assert "left out" in problems["ocr-unread"]
    assert "page 1" in problems["ocr-unread"]


def test_a_page_that_tesseract_gives_up_on_is_an_error(monkeypatch: pytest.MonkeyPatch):
    problems = problems_with(GivesUp(), monkeypatch)
    assert "page 1 (it took too long)" in problems["ocr-failed"]
