"""Dumps that do not show their pages or words: reported, and every row doubted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Report
from tests.generator import make_board, render

SYLLABLE = re.compile(r"(?<=[aeiouyåäö])(?=[b-df-hj-np-tvxz][aeiouyåäö])")
NUMBER = re.compile(r"(?m)^ +\d+ \(\d+\)$")


def drawn(seed: int) -> str:
    return render(make_board(seed), "dump-layout", seed).data.decode()


def extract(dump: str) -> Report:
    return extract_bytes(dump.encode(), "dump.txt", builtin_forms(), builtin_taxonomy())


def test_a_long_dump_without_pages_is_doubtful_as_a_whole() -> None:
    report = extract(NUMBER.sub("", drawn(3)).replace("\f", ""))
    (problem,) = (one for one in report.problems if one.code == "pages-unknown")
    assert "page" in problem.message
    assert report.answers
    assert all(answer.confidence <= 0.2 for answer in report.answers)
    assert all(answer.page_first is None for answer in report.answers)


def test_printed_page_numbers_are_as_good_as_form_feeds() -> None:
    fed, joined = extract(drawn(3)), extract(drawn(3).replace("\f", ""))
    assert joined.answers == fed.answers
    assert joined.pages == fed.pages
    assert not [one for one in joined.problems if one.code == "pages-unknown"]


def divided(dump: str) -> str:
    """Puts blanks between the syllables of paragraphs, as tools do with soft hyphens."""
    lines = (
        line if "Svar" in line or line.strip()[:1].isdigit() else SYLLABLE.sub(" ", line)
        for line in dump.split("\n")
    )
    return "\n".join(lines)


def run_together(dump: str) -> str:
    return re.sub(r"(?<=[a-zåäö]) (?=[a-zåäö])", "", dump)


@pytest.mark.parametrize("kind", ["dump", "dump-layout"])
@pytest.mark.parametrize("damaged", [divided, run_together])
def test_words_that_are_divided_or_run_together_leave_no_row_sure(
    kind: str, damaged: Callable[[str], str]
) -> None:
    """mutool and pypdf of a PDF with soft hyphens; pypdf of a PDF by LaTeX."""
    dump = render(make_board(3), kind, 3).data.decode()
    report = extract(damaged(dump))
    assert [one for one in report.problems if one.code == "words-damaged"]
    assert all(answer.confidence <= 0.2 for answer in report.answers)
    assert not [one for one in extract(dump).problems if one.code == "words-damaged"]
