"""Invented questionnaires of many shapes, each with the rows that should be found in it.

A shape is the way questions are presented: as headings, in ten columns, with a coloured dot for an
answer. `draw` fills one in for a seed and draws it as PDF or Word; the same arguments give the same
bytes. The questions of a shape are the same for all seeds, the answers are not.
"""

from __future__ import annotations

from tests.questionnaires.content import Drawn
from tests.questionnaires.pdf import draw_pdf
from tests.questionnaires.shapes import SHAPES
from tests.questionnaires.word import draw_word
from tests.questionnaires.words import Words

LANGUAGES = ("sv", "en")
FORMATS = ("pdf", "docx")

__all__ = ["FORMATS", "LANGUAGES", "SHAPES", "Drawn", "draw"]


def draw(shape: str, language: str, file_format: str, seed: int) -> Drawn:
    """Returns the questionnaire of a shape as filled in by one board."""
    paper = SHAPES[shape](Words(language, seed))
    drawer = {"pdf": draw_pdf, "docx": draw_word}[file_format]
    return drawer(paper, f"{shape}-{language}-{seed}")
