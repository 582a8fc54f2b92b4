"""Dumps with the columns of tables one after another: reported, and every row doubted."""

from __future__ import annotations

import pytest

from extractors.checks import untiled
from extractors.extract import extract_bytes
from extractors.layout.dumps import flow
from extractors.readers import text
from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.report import Report
from tests.generator import make_board, render

BEGINNING = """\
1 Program för trygga stadsdelar

1.1 Arbetsprocessen

"""
QUESTIONS = """\
Har ni gjort en plan?

Strategi 1:1 Alla ska ha en plan.

Har planen övats?

Strategi 1:2 Planen ska övas

Finns det värdar på torget?

Strategi 1:3 Värdarna ska synas.

Är belysningen hel?

"""
ANSWERS = """\
Ja

Planen är klar.

Nej

Övningen är flyttad till hösten.

Delvis

De går på helger.

Ja

Lamporna är bytta.
"""
HEADS = "Uppföljningsfråga\n\nSvar och kommentar\n\n"
HEADS_APART = ("Uppföljningsfråga\n\n", "Svar och kommentar\n\n")


def extract(dump: str) -> Report:
    return extract_bytes(dump.encode(), "dump.txt", builtin_forms(), builtin_taxonomy())


@pytest.mark.parametrize(
    "dump",
    [
        BEGINNING + HEADS + QUESTIONS + ANSWERS,
        BEGINNING + HEADS_APART[0] + QUESTIONS + HEADS_APART[1] + ANSWERS,
        f"{BEGINNING}\f{HEADS_APART[0]}{QUESTIONS}{HEADS_APART[1]}{ANSWERS}",
    ],
    ids=["heads-together", "heads-apart", "heads-apart-on-a-page"],
)
def test_column_after_column_is_reported_and_every_row_doubtful(dump: str) -> None:
    report = extract(dump)
    (problem,) = (one for one in report.problems if one.code == "columns-in-turn")
    assert "PDF" in problem.message
    assert report.answers
    for answer in report.answers:
        assert "column-uncertain" in answer.flags
        assert answer.confidence <= 0.2


def test_no_line_of_a_dump_by_columns_is_lost() -> None:
    document = text.read((BEGINNING + HEADS + QUESTIONS + ANSWERS).encode())
    report = extract(BEGINNING + HEADS + QUESTIONS + ANSWERS)
    assert not list(untiled(document, report.parts))


def test_answers_within_comments_are_not_a_sign_of_columns() -> None:
    row = "Har ni gjort nummer {}?\n\nStrategi 1:{} Allt ska göras.\n\nJa\n\n{}\n\n"
    rows = "".join(
        row.format(number, number, comment)
        for number, comment in enumerate(
            ["Det är klart.", "Nej\n\nVi har inte börjat.", "Det går bra.", "Det är gjort."] * 3, 1
        )
    )
    report = extract(BEGINNING + HEADS + rows)
    assert not [one for one in report.problems if one.code == "columns-in-turn"]


@pytest.mark.parametrize("kind", ["dump-pdfminer"])
def test_real_dumps_by_columns_are_recognised(kind: str) -> None:
    """pdfminer groups the text of a page by its columns."""
    form = builtin_forms()[0]
    told = [
        flow.parse(text.read(render(make_board(seed), kind, seed).data), form).by_columns
        for seed in range(3060, 3066)
    ]
    assert sum(told) >= 4


def test_dumps_by_rows_are_not_taken_for_columns() -> None:
    form = builtin_forms()[0]
    for seed in range(3070, 3082):
        document = text.read(render(make_board(seed), "dump", seed).data)
        assert not flow.parse(document, form).by_columns, seed


def test_a_few_pages_by_columns_are_enough() -> None:
    """pdfminer takes some pages by rows and others by columns."""
    row = "Har ni gjort nummer {0}?\n\nStrategi 1:{0} Allt ska göras.\n\nJa\n\nDet är klart.\n\n"
    rows = "".join(row.format(number) for number in range(1, 21))
    report = extract(BEGINNING + HEADS + rows + QUESTIONS + ANSWERS)
    assert [one for one in report.problems if one.code == "columns-in-turn"]
    assert all("column-uncertain" in answer.flags for answer in report.answers)
