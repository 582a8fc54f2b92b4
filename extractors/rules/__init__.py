"""The built-in rules: data that an analyst can edit, copy and override."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from models.form import Form, load_form

FOLDER = Path(__file__).parent
"""Folder of the built-in rule files."""


@cache
def builtin_forms() -> tuple[Form, ...]:
    """Returns the built-in forms, in the order of their file names."""
    return tuple(load_form(path) for path in sorted((FOLDER / "forms").glob("*.toml")))
