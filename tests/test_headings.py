"""Headings: what counts up is a heading; what only looks like one is not."""

from __future__ import annotations

import pytest

from extractors.structure.headings import (
    Candidate,
    choose,
    is_contents_entry,
    parse_number,
    wording_score,
)


def chosen(*numbers: str, scores: dict[int, float] | None = None) -> list[str]:
    candidates = [
        Candidate(index, tuple(map(int, number.split("."))), (scores or {}).get(index, 3.0))
        for index, number in enumerate(numbers)
    ]
    return [".".join(map(str, candidate.number)) for candidate in choose(candidates)]


def test_headings_count_up_over_levels():
    numbers = ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"]
    assert chosen(*numbers) == numbers


def test_a_comment_that_opens_with_a_number_out_of_order_is_no_heading():
    assert chosen("1", "1.1", "1.2", "1.1", "1.3") == ["1", "1.1", "1.2", "1.3"]


def test_a_table_of_contents_loses_against_the_headings():
    numbers = ["1", "1.1", "2", "1", "1.1", "2"]
    assert [
        c.index
        for c in choose(
            [
                Candidate(index, tuple(map(int, number.split("."))), -5.0 if index < 3 else 3.0)
                for index, number in enumerate(numbers)
            ]
        )
    ] == [3, 4, 5]


def test_a_report_may_lack_sections():
    assert chosen("1", "1.3", "4") == ["1", "1.3", "4"]


def test_a_number_far_ahead_is_rather_no_heading():
    assert chosen("1", "9.9", "1.1", "1.2", scores={1: 1.0}) == ["1", "1.1", "1.2"]


def test_nothing_is_chosen_from_what_speaks_against_itself():
    assert chosen("1", scores={0: -2.0}) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 Uppföljning", (1,)),
        ("1.2.3 Målområde 5: Minska", (1, 2, 3)),
        ("2. Plan", (2,)),
        ("2022 års plan", None),
        ("1.1", None),
        ("1:1 Samtliga nämnder", None),
        ("10 (33)", None),
        ("Kapitel 1", None),
    ],
)
def test_section_numbers(text, number):
    parsed = parse_number(text)
    assert (parsed and parsed[0]) == number


@pytest.mark.parametrize(
    "text", ["1 Uppföljning ........ 4", "1.1 Målområde\t12", "2 Plan . . . . 7", "3 Mål     9"]
)
def test_entries_of_a_table_of_contents(text):
    assert is_contents_entry(text)


def test_years_at_the_end_of_a_title_are_no_page_numbers():
    assert not is_contents_entry("1 Program 2022–2026")
    assert wording_score("Program 2022–2026") == 0
    assert wording_score("av planen gäller för alla.") < 0
