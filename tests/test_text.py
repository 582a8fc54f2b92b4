"""Text as it is kept and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import collapse, unmark


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
        ("- Ja", "Ja"),
        ("– 3 %", "– 3 %"),
        ("< 10", "< 10"),
        ("≥90 %", "≥90 %"),
        ("§ 43", "§ 43"),
        ("€ 400", "€ 400"),
        ("☐ Ja", "☐ Ja"),
    ],
)
def test_a_mark_before_an_answer_is_not_part_of_it(printed, answer):
    assert unmark(printed) == answer
