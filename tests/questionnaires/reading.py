"""Reads an invented questionnaire by a form file alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extractors.extract import extract_bytes
from extractors.rules import user_form
from extractors.themes import builtin_taxonomy
from models.form import Form
from models.report import Report
from tests.questionnaires.content import Drawn

FORMS = Path(__file__).parent / "forms"


def read_by_form(shape: str, drawn: Drawn) -> Report:
    """Returns the report as the form of its shape, written by hand, reads it."""
    return extract_bytes(
        drawn.data, drawn.name, [form_of(shape, drawn.paper.language)], builtin_taxonomy()
    )


@cache
def form_of(shape: str, language: str) -> Form:
    """Returns the form of a shape; icons have words, so there it is one for each language.

    Raises:
        RuleFileError: The file cannot be used.
    """
    path = FORMS / f"{shape}.{language}.toml"
    return user_form(path if path.is_file() else FORMS / f"{shape}.toml")
