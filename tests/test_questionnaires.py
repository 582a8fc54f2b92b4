"""The invented questionnaires: the files say what their gold says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from extractors.extract import read_document
from models.report import Answer, Report, Status
from tests.questionnaires import FORMATS, LANGUAGES, SHAPES, draw
from tests.questionnaires.reading import read_by_form
from tests.questionnaires.scoring import Score, score

EVERY = pytest.mark.parametrize("shape", SHAPES)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@EVERY
@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gold_text_is_in_the_file_and_on_its_page(shape, language, file_format):
    drawn = draw(shape, language, file_format, 1)
    document = read_document(drawn.data, drawn.name)
    has = Counter(_words(" ".join(line.text for line in document.lines)))
    wants: Counter[str] = Counter()
    shares = shape == "merged"
    for row in drawn.paper.rows:
        answer = (
            "" if shape in {"four-grades", "lights", "ratings", "ticked"} or shares else row.answer
        )
        comment = "" if shares else row.comment
        wants += Counter(_words(f"{row.ref if row.ref not in row.question else ''}"))
        wants += Counter(_words(f"{row.question} {answer} {comment}"))
    assert not wants - has
    on_page = [Counter(_words(" ".join(x.text for x in page.lines))) for page in document.pages]
    for row, page in zip(drawn.paper.rows, drawn.pages, strict=bool(drawn.pages)):
        assert _words(row.question)[0] in on_page[page - 1]
        assert _words(row.question)[-1] in on_page[page - 1] + on_page[min(page, len(on_page) - 1)]


@EVERY
@pytest.mark.parametrize("file_format", FORMATS)
def test_boards_differ_and_the_same_board_is_the_same_file(shape, file_format):
    first, again, other = (draw(shape, "sv", file_format, seed) for seed in (1, 1, 2))
    assert first.data == again.data
    assert [row.question for row in first.paper.rows] == [row.question for row in other.paper.rows]
    assert first.paper.rows != other.paper.rows


def _as_found(drawn):
    """A report that reads the file exactly as its gold says."""
    pages = drawn.pages or [None] * len(drawn.paper.rows)
    answers = tuple(
        Answer(
            position=place,
            section=row.section,
            key=f"#{place}",
            ref=row.ref or None,
            question=row.question,
            detail="",
            answer=row.answer,
            code=row.code,
            comment=row.comment,
            page_first=page,
        )
        for place, (row, page) in enumerate(zip(drawn.paper.rows, pages, strict=True), 1)
    )
    return Report("0", drawn.name, answers=answers, status=Status.OK)


def test_scoring_counts_lost_false_and_wrong_rows_and_those_without_doubt():
    drawn = draw("headings", "sv", "pdf", 1)
    truth = _as_found(drawn)
    assert (score(drawn, truth).exact, score(drawn, truth).misses) == (20, [])
    first, second, third, fourth, *others = truth.answers
    wrong = replace(first, comment="fel")
    doubted = replace(second, code="no" if second.code == "yes" else "yes", confidence=0.5)
    elsewhere = replace(third, page_first=9)
    unasked = replace(fourth, question="Vem?", key="#x")
    found = replace(truth, answers=(wrong, doubted, elsewhere, unasked, *others))
    result = score(drawn, found)
    assert (result.rows, result.exact, result.lost, result.false) == (20, 16, 1, 1)
    assert result.silent == 4
    assert [miss.kind for miss in result.misses] == ["comment", "code", "page", "lost", "false"]


@pytest.mark.parametrize(
    ("shape", "language", "seed"), [("ratings", "sv", 60), ("security", "en", 67)]
)
def test_a_header_repeated_where_a_page_break_cuts_a_row_loses_no_row(shape, language, seed):
    drawn = draw(shape, language, "pdf", seed)
    result = score(drawn, read_by_form(shape, drawn))
    assert result.exact == result.rows, result.misses


@pytest.mark.parametrize(("shape", "seed"), [("numbered", 90), ("shifted", 90), ("shifted", 91)])
def test_a_sentence_that_ends_with_a_page_leaves_the_paragraph_in_doubt(shape, seed):
    drawn = draw(shape, "sv", "pdf", seed)
    result = score(drawn, read_by_form(shape, drawn))
    assert result.whole == result.rows
    assert result.silent == 0, result.misses


def test_rows_above_a_repeated_header_are_not_part_of_it():
    drawn = draw("ratings", "sv", "pdf", 40)
    found = read_by_form("ratings", drawn)
    assert [answer.ref for answer in found.answers][9:12] == ["IND-10", "IND-11", "IND-12"]


LEAST_EXACT = 0.98


@EVERY
@pytest.mark.parametrize(("language", "file_format"), [("sv", "pdf"), ("en", "docx")])
def test_a_form_file_alone_reads_every_shape(shape, language, file_format):
    result = Score()
    for seed in (20, 21):
        drawn = draw(shape, language, file_format, seed)
        found = read_by_form(shape, drawn)
        result += score(drawn, found)
        assert not [p for p in found.problems if p.code in {"text-lost", "text-doubled"}]
    assert result.exact >= LEAST_EXACT * result.rows, result.misses
    assert result.whole == result.rows, result.misses
    assert result.silent == 0, result.misses
    assert result.lost == result.false == 0, result.misses
