"""Loading rule files that analysts edit: TOML, validated, with errors that say how to fix them."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)

_HEADER = re.compile(r"\s*\[(?P<list>\[?)(?P<name>[^\[\]]+)\]")
_KEY = re.compile(r"\s*(?P<key>[\w-]+|\"[^\"]*\"|'[^']*')\s*=")


class RuleFileError(ValueError):
    """A rule file cannot be used. The message names the file and place, and how to fix it."""


class WrongKeyError(ValueError):
    """A key of a rule file is wrong in a way that only its model can detect.

    Args:
        message: What is wrong and what to do.
        place: Path below the key being checked: key names, and 0-based list indices.
    """

    def __init__(self, message: str, *place: str | int) -> None:
        super().__init__(message)
        self.place = place


def read_toml(path: Path) -> tuple[dict[str, object], str]:
    """Reads a TOML file.

    Returns:
        Its content, and the first 16 hexadecimal digits of its SHA-256.

    Raises:
        RuleFileError: The file cannot be read or is not TOML.
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
        RuleFileError: Something in it is wrong; the message names every wrong key.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise RuleFileError(_explain(path, error, model)) from error


def _explain(path: Path, error: ValidationError, model: type[BaseModel]) -> str:
    """Puts validation errors into words, one per line."""
    source = _text_of(path)
    lines = []
    for item in error.errors():
        wrong = item.get("ctx", {}).get("error")
        loc = item["loc"] + (wrong.place if isinstance(wrong, WrongKeyError) else ())
        place = ".".join(str(part) for part in loc) or "the file"
        match item["type"]:
            case "missing":
                text = "is missing. Add it."
            case "extra_forbidden":
                text = "is not a known key here. Remove it, or fix its spelling."
                text += _nearest(str(loc[-1]), _keys_at(model, loc[:-1]))
            case "value_error":
                text = f"{item['msg'].removeprefix('Value error, ')}"
            case _:
                text = f"{item['msg']} (it is {item['input']!r})."
        line = line_of(source, loc)
        lines.append(f"{path}{f', line {line}' if line else ''}: {place}: {text}")
    return "\n".join(lines)


def _nearest(key: str, known: Iterable[str]) -> str:
    near = get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f" Did you mean “{near[0]}”?" if near else ""


def _keys_at(model: type[BaseModel], place: Sequence[str | int]) -> Iterable[str]:
    """Returns the keys known at a place in a model."""
    kind: object = model
    for part in place:
        if isinstance(part, str) and isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(part)
            kind = field.annotation if field else None
        while isinstance(kind, UnionType) or get_origin(kind) is not None:
            kind = next((own for own in get_args(kind) if own is not type(None)), None)
    return kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else ()


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def line_of(source: str, place: Sequence[str | int]) -> int | None:
    """Returns the 1-based line of a TOML text on which a place in its content begins, or None.

    Args:
        source: The text.
        place: Key names, and 0-based list indices.
    """
    best: tuple[int, int] | None = None
    table: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        if match := _HEADER.match(line):
            table = _path_of(match["name"], counts, is_list=bool(match["list"]))
            own = table
        elif match := _KEY.match(line):
            own = [*table, match["key"].strip("\"'")]
        else:
            continue
        shared = min(len(own), len(place))
        if shared and list(place[:shared]) == own[:shared] and (best is None or shared > best[0]):
            best = (shared, number)
    return best[1] if best else None


def _path_of(
    name: str, counts: dict[tuple[str | int, ...], int], *, is_list: bool
) -> list[str | int]:
    """Returns the path of a table header: its names, with the current index of each list."""
    path: list[str | int] = []
    names = [part.strip().strip("\"'") for part in name.split(".")]
    for at, part in enumerate(names):
        path.append(part)
        key = tuple(path)
        if at == len(names) - 1 and is_list:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            path.append(counts[key])
    return path
