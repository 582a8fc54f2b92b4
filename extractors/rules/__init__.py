"""The built-in rules: data that an analyst can edit, copy and override."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from models.form import Form
from models.form_file import load_form

FOLDER = Path(__file__).parent
"""Folder of the built-in rule files."""


@cache
def builtin_forms() -> tuple[Form, ...]:
    """Returns the built-in forms: the city's own, then those that many use, by their file names."""
    folder = FOLDER / "forms"
    paths = [*sorted(folder.glob("*.toml")), *sorted(folder.glob("general/*.toml"))]
    return tuple(map(user_form, paths))


def user_form(path: Path) -> Form:
    """Loads a form, which can use the built-in vocabularies.

    Raises:
        RuleFileError: The file cannot be used; the message names file, line and key, and how to
            fix it.
    """
    return load_form(path, FOLDER / "vocabularies")
