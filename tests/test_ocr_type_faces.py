"""Weights of recognised words, measured by their strokes."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")

from extractors.ocr.type_faces import are_bold
from extractors.readers.pdf_lines import Word


def test_an_answer_close_to_a_bold_question_is_not_bold():
    """It was joined to the question's line, and the row was lost."""
    places = [("nå", 212.6, 222.6), ("Delvis", 231.3, 256.5)]
    words = [
        Word(text, start, 100.0, end, 112.0, 10.0, False, 0, True, at)
        for at, (text, start, end) in enumerate(places)
    ]
    assert are_bold(words, [(0.144, 84), (0.1106, 185)], 0.1067) == [True, False]
