"""Scans with invisible text from an earlier text recognition, good or poor."""

from __future__ import annotations

import pytest

from extractors.extract import Options, extract_bytes, read_document
from extractors.ocr import engine as tesseract
from extractors.ocr.layers import reads_better, with_poor_layers
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.document import Box, Document, Format, Line, Page, ReadProblem
from tests.generator import make_board, render
from tests.generator.scans import layered

PAGE = range(4, 5)
ENGLISH = str.maketrans({"å": "a", "ä": "é", "ö": "6", "Å": "A", "Ä": "A", "Ö": "O", "f": "l"})
"""What recognition in English makes of Swedish, and of a worn scan."""


def as_english(text: str) -> str:
    return text.translate(ENGLISH)


@pytest.fixture(scope="module")
def board():
    return render(make_board(900), "pdf-ruled", 900)


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def test_a_good_layer_is_used_as_it_is(board):
    document = read_document(layered(board.data, 1, PAGE, dpi=80), "scan.pdf", Options(ocr="auto"))
    assert codes(document) == ["invisible-text"]
    assert not document.pages[0].recognised


def test_a_poor_layer_is_an_error_where_no_page_is_recognised(board):
    data = layered(board.data, 1, PAGE, as_english, dpi=80)
    document = read_document(data, "scan.pdf", Options(ocr="never"))
    assert codes(document) == ["invisible-text", "poor-layer"]
    assert document.problems[1].severity == "error"


@pytest.mark.skipif(
    tesseract.engine() is None, reason="tesseract (with its Swedish data) is not installed"
)
def test_a_poor_layer_is_read_again(board):
    data = layered(board.data, 1, PAGE, as_english)
    report = extract_bytes(data, "scan.pdf", builtin_forms(), builtin_taxonomy())
    truth = {answer.question for answer in board.truth.answers}
    assert report.ocr_pages == 1
    assert {answer.question for answer in report.answers} & truth
    assert not {"poor-layer", "invisible-text"} & {problem.code for problem in report.problems}


def document(text: str, *, invisible: bool) -> Document:
    line = Line(1, text, 1, Box(0, 0, 100, 10), 10.0, False)
    problems = (ReadProblem("invisible-text", "", "info", 1),) if invisible else ()
    return Document(Format.PDF, "pdfium", (Page(1, 595, 842, (line,)),), problems=problems)


def test_visible_text_is_never_doubted_whatever_its_language():
    words = "This report is written in English and has no Swedish words at all " * 10
    plain = document(words, invisible=False)
    assert with_poor_layers(plain) is plain
    assert codes(with_poor_layers(document(words, invisible=True)))[1:] == ["poor-layer"]


def test_a_few_words_decide_nothing():
    few = document("Xqzt bnrk wplm", invisible=True)
    assert with_poor_layers(few) is few


def test_a_layer_in_another_language_is_not_replaced_by_what_reads_no_better():
    english = ["the quick brown dog was seen there"]
    assert not reads_better(["tbe quick brown dog vas seen tbere"], english)
    assert reads_better(
        ["frågan ska inte besvaras av nämnden"], ["lragan ska inte besvaras av namnden"]
    )
