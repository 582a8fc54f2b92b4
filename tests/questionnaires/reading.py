"""Reads an invented questionnaire with a form file, written by hand or drafted from a sample."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.extract import extract_bytes
from extractors.rules import user_form
from extractors.themes import builtin_taxonomy
from models.form import Form
from models.report import Report
from pipeline.forms.suggesting import suggest_form
from tests.questionnaires import draw
from tests.questionnaires.content import Drawn

SAMPLE = 1
"""The seed of the board that forms are drafted from."""
FORMS = Path(__file__).parent / "forms"


def read_by_form(shape: str, drawn: Drawn) -> Report:
    """Returns the report as read with the hand-written form of its shape."""
    return extract_bytes(
        drawn.data, drawn.name, [form_of(shape, drawn.paper.language)], builtin_taxonomy()
    )


def read_by_suggestion(shape: str, drawn: Drawn) -> Report:
    """Returns the report as read with an unedited form drafted from another board."""
    file_format = drawn.name.rpartition(".")[2]
    form = suggested_form(shape, drawn.paper.language, file_format)
    return extract_bytes(drawn.data, drawn.name, [form], builtin_taxonomy())


@cache
def suggested_form(shape: str, language: str, file_format: str) -> Form:
    """Returns the form drafted from one board of a shape.

    Raises:
        RuleFileError: The draft cannot be used as it is.
    """
    sample = draw(shape, language, file_format, SAMPLE)
    with TemporaryDirectory() as folder:
        report, form = Path(folder, sample.name), Path(folder, "form.toml")
        report.write_bytes(sample.data)
        suggest_form([report], form)
        return user_form(form)


@cache
def form_of(shape: str, language: str) -> Form:
    """Returns the form of a shape; one per language if it has icons, which have words.

    Raises:
        RuleFileError: The file cannot be used.
    """
    path = FORMS / f"{shape}.{language}.toml"
    return user_form(path if path.is_file() else FORMS / f"{shape}.toml")
