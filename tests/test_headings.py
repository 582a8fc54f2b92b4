"""Headings: what counts up is a heading; what only looks like one is not."""

from __future__ import annotations

import pytest

from extractors.extract import extract_bytes
from extractors.rules import builtin_forms
from extractors.structure.headings import (
    Candidate,
    Numbering,
    choose,
    is_contents_entry,
    parse_number,
    wording_score,
)
from extractors.themes import builtin_taxonomy
from tests.hostile.dumps import sections


def chosen(*numbers: str, scores: dict[int, float] | None = None) -> list[str]:
    candidates = [
        Candidate(index, tuple(map(int, number.split("."))), (scores or {}).get(index, 3.0))
        for index, number in enumerate(numbers)
    ]
    return [".".join(map(str, candidate.number)) for candidate in choose(candidates)]


def test_headings_count_up_over_levels():
    numbers = ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"]
    assert chosen(*numbers) == numbers


def test_a_comment_that_opens_with_a_number_out_of_order_is_not_a_heading():
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


def test_years_at_the_end_of_a_title_are_not_page_numbers():
    assert not is_contents_entry("1 Program 2022–2026")
    assert wording_score("Program 2022–2026") == 0
    assert wording_score("av planen gäller för alla.") < 0


def numbered(*texts: str) -> list[str]:
    numbering = Numbering()
    return [".".join(map(str, own[0])) if (own := numbering.parse(t)) else "" for t in texts]


def test_numbers_above_99_count_on() -> None:
    assert numbered("99 Slut", "100 Början", "100.1 Del", "101 Mer")[1:] == ["100", "100.1", "101"]
    assert numbered("1.99 Torg", "1.100 Park", "1.101 Bad")[1:] == ["1.100", "1.101"]


@pytest.mark.parametrize(
    "text",
    [
        "2024 Nämnden har bytt belysning",
        "150 000 kronor har avsatts",
        "1.250 Personer deltog",
        "12.5.2024 Mötet",
        "100 Trygga platser",
    ],
)
def test_years_amounts_and_dates_are_no_section_numbers(text: str) -> None:
    assert parse_number(text) is None
    assert numbered("1 Trygghet", "1.1 Torg", "12 Bad", text)[-1] == ""


def _dump_of(count: int) -> str:
    comment = "Ja, under 2023.\n\n2024 Nämnden bytte belysning\n\n150 000 Kronor avsattes\n\n"
    return sections(count).replace("\n\n1.50 ", f"\n\n{comment}1.50 ", 1)


def test_a_dump_of_more_than_99_sections_has_them_all() -> None:
    report = extract_bytes(_dump_of(130).encode(), "r.txt", builtin_forms(), builtin_taxonomy())
    found = [section.section for section in report.sections]
    assert found == ["1", *(f"1.{number}" for number in range(1, 131))]
    assert len(report.answers) == 130
    assert [answer.section for answer in report.answers] == found[1:]


def test_a_page_of_more_than_99_sections_has_them_all() -> None:
    table = (
        "<table><tr><th>{0}</th><th>{1}</th></tr>"
        "<tr><td>Har nämnden bytt belysning?</td><td>Ja, 2024.</td></tr></table>"
    )
    form = builtin_forms()[0]
    head = table.format(*(column.heads[0] for column in form.tables[0].columns[:2]))
    page = "<h1>1 Trygghet</h1>" + "".join(
        f"<h2>1.{number} Plats</h2><p>2024 Nämnden mötte boende</p>{head}"
        for number in range(1, 131)
    )
    report = extract_bytes(page.encode(), "r.html", builtin_forms(), builtin_taxonomy())
    found = [section.section for section in report.sections]
    assert found == ["1", *(f"1.{number}" for number in range(1, 131))]
