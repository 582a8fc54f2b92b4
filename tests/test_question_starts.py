"""Questions with nothing between them and the cell above."""

from __future__ import annotations

import pytest

from extractors.layout.dumps.question_starts import question_starts
from extractors.rules import builtin_forms
from extractors.structure.labels import detail_label

FORM = builtin_forms()[0]
TWO_CELLS = [
    "Har ni en rutin för hot?",
    "Strategi 1:1 Rutiner ska finnas",
    "i alla verksamheter",
    "Är skolvägarna",
    "trygga?",
    "Strategi 1:2 Skolvägar ska inventeras.",
]


def test_question_begins_where_a_reference_follows_it() -> None:
    assert question_starts(TWO_CELLS, FORM) == [3]


def test_name_that_opens_a_line_of_a_question_begins_none() -> None:
    lines = ["Används arbetssättet", "SSPF i skolan?", "Strategi 1:1 Arbetssättet ska användas."]
    assert question_starts(lines, FORM) == []


def test_question_after_the_end_of_a_comment() -> None:
    lines = ["Rutinen är beslutad.", "Är skolvägarna", "trygga?", "Strategi 1:2 Skolvägar"]
    assert question_starts(lines, FORM) == [1]


def test_question_that_opens_with_its_own_reference() -> None:
    lines = ["Arbetet går bra.", "1:2:2 Har något ändrats", "sedan förra året?"]
    assert question_starts(lines, FORM) == [1]


def test_questions_that_open_with_references_one_after_the_other() -> None:
    lines = ["1:2:1 Finns regler?", "1:2:2 Har något ändrats", "sedan förra året?"]
    assert question_starts(lines, FORM) == [1]


def test_bare_reference_of_a_detail_begins_no_question() -> None:
    lines = ["Finns regler?", "1:1 Regler ska finnas", "överallt", "Följs reglerna?", "1:2 Regler"]
    assert question_starts(lines, FORM) == [3]


def test_reference_in_the_middle_of_a_sentence_begins_no_question() -> None:
    lines = ["Se svaret på", "1:2:2 Har något ändrats?"]
    assert question_starts(lines, FORM) == []


def test_request_after_a_detail_begins_a_question() -> None:
    lines = ["Nås målet?", "Målet är att alla är", "trygga.", "Beskriv det största", "hindret."]
    assert question_starts(lines, FORM) == [3]
    assert question_starts(["Rutinen är ny.", "Ange gärna fler."], FORM) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Förväntat resultat: Fler är trygga", True),
        ("Genomförs aktiviteter i enlighet", True),
        ("Genomförs akt", True),
        ("Genomförs", False),
        ("Genomförs tillsyn i enlighet med planen", False),
    ],
)
def test_label_that_the_end_of_a_line_cuts(text: str, found: bool) -> None:
    assert (detail_label(text, FORM) is not None) is found
