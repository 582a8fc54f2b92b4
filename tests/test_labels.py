"""Labels that open the paragraphs of a question cell."""

from __future__ import annotations

import pytest

from extractors.rules import builtin_forms
from extractors.structure.labels import detail_label

FORM = builtin_forms()[0]


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
