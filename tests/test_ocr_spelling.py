"""Words that Tesseract was almost sure of although one of their letters is wrong."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")

from extractors.ocr.hocr import ReadWord
from extractors.ocr.spelling import doubted
from extractors.ocr.words import SURE


def words(text: str, line: int = 0, confidence: float = 91.0) -> list[ReadWord]:
    return [ReadWord(word, 0, 0, 9, 9, 9, 9, confidence, line) for word in text.split()]


def doubts(*pages: list[ReadWord]) -> list[str]:
    read = doubted(pages)
    assert [[w.text for w in page] for page in read] == [[w.text for w in page] for page in pages]
    return [word.text for page in read for word in page if word.confidence < SURE]


def test_an_abbreviation_that_differs_from_one_of_the_report_is_doubted():
    """The text had GVT for GVI, and no row said so."""
    assert doubts(words("Enligt GVI och polisen är GVI klar."), words("Planen i (GVT).")) == [
        "(GVT)."
    ]


def test_an_abbreviation_that_is_surely_read_nowhere_else_is_doubted():
    """Both places had GVT for GVI, one of them doubted."""
    read = doubted([words("Planen i (GVT)."), words("Mer om GVT sedan.", confidence=87.0)])
    assert read[0][2].confidence < SURE
    assert doubts(words("Planen i (GVT)."), words("Mer om GVT sedan.")) == []


def test_a_word_one_letter_away_from_a_swedish_word_is_doubted():
    assert doubts(words("Fler bärn och varje medarbetäre deltar.")) == ["bärn", "medarbetäre"]


@pytest.mark.parametrize(
    "text",
    [
        "Förvaltningen stödjer barn och medarbetare.",
        "Grannstödsbilen och trygghetsvandringen.",
        "Fältarna deltar. Även fältarna på norr.",
        "Sidorna 2025-2027 och ÅVC1.",
        "Ej",
    ],
    ids=["words", "compounds", "own words", "numbers", "short"],
)
def test_words_of_the_language_and_of_the_report_are_believed(text: str):
    assert doubts(words(text)) == []


def test_a_word_that_tesseract_is_certain_of_is_believed():
    assert doubts(words("Fler bärn deltar.", confidence=96.0)) == []


def test_the_rest_of_a_divided_word_is_no_word_of_its_own():
    assert doubts([*words("Alla medarbe-"), *words("tärna deltar", 1)]) == []
