"""Loading rule files that an analyst edits: TOML, checked, with errors that say how to fix it."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class RuleFileError(ValueError):
    """A rule file cannot be used. The message names the file, the place and how to fix it."""


def read_toml(path: Path) -> tuple[dict[str, object], str]:
    """Reads a TOML file.

    Returns:
        Its content, and the first 16 hexadecimal digits of its SHA-256.

    Raises:
        RuleFileError: The file cannot be read or is no TOML.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RuleFileError(
            f"{path}: cannot be read ({error.strerror}). Give the path of a file that you can read."
        ) from error
    digest = hashlib.sha256(data).hexdigest()[:16]
    try:
        return tomllib.loads(data.decode("utf-8-sig")), digest
    except UnicodeDecodeError as error:
        raise RuleFileError(f"{path}: is not UTF-8. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(
            f"{path}: is not valid TOML: {error}. Fix the line; text needs quotes around it."
        ) from error


def validate(path: Path, model: type[Model], content: dict[str, object]) -> Model:
    """Validates the content of a rule file.

    Raises:
        RuleFileError: Something in it is wrong; every wrong key is named.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise RuleFileError(_explain(path, error)) from error


def _explain(path: Path, error: ValidationError) -> str:
    """Puts the errors of a validation into words, one per line."""
    lines = []
    for item in error.errors():
        place = ".".join(str(part) for part in item["loc"]) or "the file"
        match item["type"]:
            case "missing":
                text = "is missing. Add it."
            case "extra_forbidden":
                text = "is not a key that is known here. Remove it, or fix its spelling."
            case "value_error":
                text = f"{item['msg'].removeprefix('Value error, ')}"
            case _:
                text = f"{item['msg']} (it is {item['input']!r})."
        lines.append(f"{path}: {place}: {text}")
    return "\n".join(lines)
