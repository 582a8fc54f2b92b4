"""The one real report, against a gold of line numbers that was read row by row against it.

Every line-end hyphen of this report belongs to its word or is suspended before a conjunction, so
the expected texts are built from the lines with a rule of their own, not with the code under test.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from extractors.checks import untiled
from extractors.extract import extract, extract_bytes, read_document
from models.report import Report

GOLD = tomllib.loads((Path(__file__).parent / "gold" / "sydvast_lines.toml").read_text("utf-8"))
CUTS = {tuple(cut) for cut in GOLD["cuts"]}


@pytest.fixture
def report(sydvast, form, taxonomy) -> Report:
    return extract(sydvast, [form], taxonomy)


@pytest.fixture
def lines(sydvast) -> list[str]:
    return ["", *sydvast.read_text("utf-8").split("\n")]


def expected(lines: list[str], ranges: list[list[int]], answer: str = "") -> str:
    """The text of some ranges of lines; paragraphs separated by a blank line."""
    text, before = "", None
    for first, last in ranges:
        paragraph = ""
        for line in lines[first : last + 1]:
            own = re.sub(r"\s+", " ", line).strip()
            suspended = re.match(r"(och|eller|samt|respektive)\b", own)
            glued = paragraph.endswith("-") and paragraph[-2:-1] != " " and not suspended
            paragraph += own if glued or not paragraph else " " + own
        if not text:
            text = paragraph
        elif (before, first) in CUTS:
            text += " " + paragraph
        else:
            text += "\n\n" + paragraph
        before = last
    return text.removeprefix(answer).lstrip() if answer else text


def test_counts(report):
    assert len(report.answers) == 41
    assert Counter(answer.code for answer in report.answers) == {"yes": 35, "no": 3, "partly": 3}
    assert report.status == "ok"
    assert report.organisation == "socialnämnd Sydväst"


def test_sections_have_exact_titles(report, lines):
    found = [(section.section, section.title, section.asked) for section in report.sections]
    wanted = []
    for gold in GOLD["sections"]:
        heading = expected(lines, gold["lines"])
        number, title = heading.split(" ", 1)
        assert number == gold["section"]
        wanted.append((number, title, gold["asked"]))
    assert found == wanted
    assert len(found) == 24
    assert sum(not asked for _, _, asked in found) == 3


def test_every_field_is_exactly_as_printed(report, lines):
    found = {answer.key: answer for answer in report.answers}
    assert list(found) == [gold["key"] for gold in GOLD["answers"]]
    for gold in GOLD["answers"]:
        answer = found[gold["key"]]
        shares_line = gold["answer"][0][0] == gold["comment"][0][0]
        assert answer.code == gold["code"], answer.key
        assert answer.question == expected(lines, gold["question"]), answer.key
        assert answer.detail == expected(lines, gold["detail"]), answer.key
        own = expected(lines, gold["comment"], answer.answer if shares_line else "")
        assert answer.comment == own, answer.key


def test_rows_whose_question_cell_is_cut_are_flagged(report):
    for answer in report.answers:
        if answer.key in GOLD["cut_questions"]:
            assert "cut" in answer.flags
            assert answer.confidence < 1


def test_parts_tile_the_report(report, sydvast):
    document = read_document(sydvast.read_bytes(), sydvast.name)
    assert list(untiled(document, report.parts)) == []
    assert not [problem for problem in report.problems if problem.code.startswith("text-")]


def test_running_headers_are_in_no_field(report, lines):
    running = {part.line for part in report.parts if part.role == "running"}
    assert running == {66, 67, 69, 2151, 2152, 2154}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_change_nothing(report, sydvast, form, taxonomy, encoding, line_end):
    text = sydvast.read_text("utf-8")
    if encoding == "cp1252":
        # It has no sign for the list bullets of the private use area.
        text = text.replace("\uf0b7", "•")
    data = text.replace("\n", line_end).encode(encoding)
    other = extract_bytes(data, "r.txt", [form], taxonomy)
    assert other.answers == report.answers
    assert [section.title for section in other.sections] == [
        section.title for section in report.sections
    ]


def test_decomposed_letters_change_nothing(report, sydvast, form, taxonomy):
    data = unicodedata.normalize("NFD", sydvast.read_text("utf-8")).encode()
    assert extract_bytes(data, "r.txt", [form], taxonomy).answers == report.answers


def test_stripped_lines_lose_no_row(report, sydvast, form, taxonomy):
    """An editor that strips trailing blanks takes evidence away; the rows must survive it."""
    text = "\n".join(line.rstrip() for line in sydvast.read_text("utf-8").split("\n"))
    other = extract_bytes(text.encode(), "r.txt", [form], taxonomy)
    assert [answer.key for answer in other.answers] == [answer.key for answer in report.answers]
    assert [answer.code for answer in other.answers] == [answer.code for answer in report.answers]
    for ours, theirs in zip(report.answers, other.answers, strict=True):
        same = (ours.question, ours.detail, ours.comment) == (
            theirs.question,
            theirs.detail,
            theirs.comment,
        )
        assert same or theirs.confidence < 0.9, ours.key
