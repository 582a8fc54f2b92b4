"""What every test may use: the built-in rules, and the real report where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from models.form import Form
from models.taxonomy import Taxonomy

SYDVAST = Path(__file__).resolve().parents[1].parent / "shared" / "reports" / "sydvast.txt"


@pytest.fixture
def sydvast() -> Path:
    if not SYDVAST.is_file():
        pytest.skip(f"the real report is not here: {SYDVAST}")
    return SYDVAST


@pytest.fixture
def form() -> Form:
    return builtin_forms()[0]


@pytest.fixture
def taxonomy() -> Taxonomy:
    return builtin_taxonomy()
