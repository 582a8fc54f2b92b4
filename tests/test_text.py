"""Joining lines: blanks collapsed, hyphens resolved, nothing else changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import LineJoiner, collapse, unmark

CONJUNCTIONS = ("och", "eller", "samt", "respektive")


def join(*lines: str, elsewhere: str = "") -> str:
    return LineJoiner([*lines, elsewhere], CONJUNCTIONS).join(lines)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Ett litet ", " ord  till"], "Ett litet ord till"),
        (["vålds- ", "och drogförebyggande"], "vålds- och drogförebyggande"),
        (["ungdoms-", "och/eller familjebehandling"], "ungdoms- och/eller familjebehandling"),
        (["SSPF-", "koordinator"], "SSPF-koordinator"),
        (["mini-", "SSPF"], "mini-SSPF"),
        (["ett 3-", "årigt projekt"], "ett 3-årigt projekt"),
        (["åren 2022-", "2025"], "åren 2022-2025"),
        (["åren 2022–", "2025"], "åren 2022–2025"),
        (["trygghets-", "vandringar"], "trygghetsvandringar"),
        (["trygghets\u00ad", "vandringar"], "trygghetsvandringar"),
        (["platsen -", "som är ny"], "platsen - som är ny"),
        (["tid – ", "eller rum"], "tid – eller rum"),
        (["", "  ", "ord"], "ord"),
    ],
)
def test_lines_become_text(lines, text):
    assert join(*lines) == text


def test_a_hyphen_that_is_written_elsewhere_in_the_document_stays():
    lines = ["arbete med e-", "tjänster"]
    assert join(*lines) == "arbete med etjänster"
    assert join(*lines, elsewhere="Våra e-tjänster är nya.") == "arbete med e-tjänster"


def test_a_word_that_is_written_both_ways_elsewhere_is_joined():
    assert join("e-", "post", elsewhere="Skriv e-post eller epost.") == "epost"


def test_a_divided_word_can_end_like_a_conjunction():
    assert join("arbetet sker gemen-", "samt", elsewhere="Vi arbetar gemensamt.") == (
        "arbetet sker gemensamt"
    )


@given(st.lists(st.text(), max_size=6))
def test_no_letter_is_lost_or_added(lines):
    joined = join(*lines)
    hyphens = "-\u2010\u2011\u00ad"
    plain = {ord(letter): None for letter in hyphens}
    letters = "".join("".join(lines).split()).translate(plain)
    assert "".join(joined.split()).translate(plain) == letters


@given(st.text())
def test_collapse_is_idempotent(text):
    assert collapse(collapse(text)) == collapse(text)


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        ("● Ja", "Ja"),
        ("☒ Delvis", "Delvis"),
        ("[x] Nej", "Nej"),
        ("l Ja", "Ja"),
        ("i Ale", "i Ale"),
        ("Ja", "Ja"),
        ("(Ja)", "(Ja)"),
    ],
)
def test_a_mark_before_an_answer_is_no_part_of_it(printed, answer):
    assert unmark(printed) == answer
