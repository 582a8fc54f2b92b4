"""Rows of a scan that the layout took for text outside its table are never lost silently."""

from __future__ import annotations

from extractors.ocr.missed import missed_rows
from extractors.rules import builtin_forms
from models.document import Box, Document, Format, Line, Page
from models.report import Part, Role, Severity

FORM = builtin_forms()[0]
QUESTION = Line(1, "Tas trygghetsfrågor upp tidigt?", 1, Box(70, 100, 300, 110), 9.0, False)
ANSWER = Line(2, "Ja", 1, Box(420, 102, 430, 112), 9.0, False)


def problems(*lines: Line, role: Role = Role.INSTRUCTION, recognised: bool = True):
    page = Page(1, 595, 842, lines, recognised=recognised)
    parts = [Part(role, line.number, 0, len(line.text), 1) for line in lines]
    return list(missed_rows(Document(Format.PDF, "pdfium", (page,)), parts, FORM))


def test_a_question_with_an_answer_outside_any_table_is_an_error_of_its_page():
    (problem,) = problems(QUESTION, ANSWER)
    assert (problem.severity, problem.code, problem.page) == (Severity.ERROR, "ocr-rows", 1)


def test_rows_of_a_table_and_pages_with_text_of_their_own_are_none():
    assert problems(QUESTION, ANSWER, role=Role.ANSWER) == []
    assert problems(QUESTION, ANSWER, recognised=False) == []


def test_answer_words_in_an_instruction_without_a_question_beside_them_are_none():
    above = QUESTION._replace(box=Box(70, 20, 300, 30))
    left_of_it = ANSWER._replace(box=Box(20, 102, 30, 112))
    assert problems(above, ANSWER) == []
    assert problems(QUESTION, left_of_it) == []
    assert problems(QUESTION, ANSWER._replace(text="Ja, svaret ges i kommentaren nedan")) == []
