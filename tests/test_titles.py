"""Titles from running headers: without the page number."""

from __future__ import annotations

import pytest

from extractors.structure.titles import running_title

TITLE = "Uppföljning av trygghetsplanen 2025"


@pytest.mark.parametrize(
    "numbers",
    [
        (f"{TITLE} Sida 2 (12)", f"{TITLE} Sida 3 (12)"),
        (f"{TITLE} 2(12)", f"{TITLE} 3(12)"),
        (f"{TITLE} | sida 2 av 12", f"{TITLE} | sida 3 av 12"),
        (f"{TITLE} – 2/12", f"{TITLE} – 3/12"),
        (f"2 {TITLE}", f"3 {TITLE}"),
        (f"{TITLE} 2", f"{TITLE} 3"),
        (f"{TITLE} Page 2", f"{TITLE} Page 3"),
        (TITLE, TITLE),
    ],
)
def test_a_running_page_number_is_not_part_of_the_title(numbers: tuple[str, str]) -> None:
    assert running_title(numbers) == TITLE


def test_a_year_that_stays_the_same_is_part_of_the_title() -> None:
    assert running_title(["Årsrapport 2025", "Årsrapport 2025", "2", "3"]) == "Årsrapport 2025"


def test_without_running_header_there_is_no_title() -> None:
    assert running_title([]) == ""
    assert running_title(["2 (12)", "3 (12)"]) == ""
