"""What a text dump costs grows with its length, and no faster, whatever is repeated in it.

Work is counted in calls of functions, which no load of the machine changes.
"""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.extract import extract_bytes
from extractors.layout.dumps.windows import Windows
from extractors.rules import builtin_forms
from extractors.structure.headings import Candidate, choose
from extractors.themes import builtin_taxonomy
from tests.hostile.dumps import DUMPS

_FEW, _MANY = 100, 400
_MOST_GROWTH = 1.12 * _MANY / _FEW


def _calls(work: Callable[[], object]) -> int:
    profile = Profile()
    profile.runcall(work)
    return sum(int(entry.callcount) for entry in profile.getstats())


def _read(text: str) -> None:
    report = extract_bytes(text.encode(), "dump.txt", builtin_forms(), builtin_taxonomy())
    assert not [problem for problem in report.problems if problem.code.startswith("text-lost")]


@pytest.mark.parametrize("repeated", DUMPS)
def test_work_grows_with_the_text(repeated: str) -> None:
    make = DUMPS[repeated]
    _read(make(2))  # what is loaded once
    few, many = (_calls(lambda n=count: _read(make(n))) for count in (_FEW, _MANY))
    assert many < _MOST_GROWTH * few


def test_headings_that_count_up_are_found_among_many_numbers() -> None:
    numbers = [(chapter, part) for chapter in range(1, 100) for part in range(1, 100)]
    candidates = [Candidate(at, number, 3.0) for at, number in enumerate(numbers)]
    chosen: list[Candidate] = []
    calls = _calls(lambda: chosen.extend(choose(candidates)))
    assert chosen == candidates
    assert calls < 300 * len(candidates)


@given(st.text("ab å\U0001f600\n", max_size=60), st.text("ab å\U0001f600", min_size=3, max_size=3))
def test_windows_contain_what_the_text_contains(text: str, piece: str) -> None:
    assert (piece in Windows(text, 3)) is (piece in text)
