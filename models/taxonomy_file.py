"""Loading a taxonomy from its file, either complete in itself or extending another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from models.cues import Cue, Grammar, Slots
from models.rules_file import RuleFileError, read_toml, validate
from models.taxonomy import Taxonomy, Theme

_LANGUAGE = (
    "cues",
    "abbreviations",
    "closing",
    "conjunctions",
    "done",
    "denials",
    "elsewhere",
    "general_words",
)
_WORD_LISTS = ("slots", "grammar", "openings", "sets")
_ADDED = ("words", "names", "titles", "variants", "debatable", "ignore", "guards")


class _CueFile(BaseModel):
    """The content of a cue file."""

    model_config = ConfigDict(extra="forbid")

    cues: tuple[Cue, ...]
    slots: Slots = {}
    grammar: Grammar = Grammar()
    done: tuple[Cue, ...] = ()
    denials: tuple[str, ...] = ()
    openings: dict[str, tuple[str, ...]] = {}
    elsewhere: tuple[str, ...] = ()
    general_words: tuple[str, ...] = ()


def load_taxonomy(path: Path, base: Taxonomy | None = None) -> Taxonomy:
    """Loads a taxonomy from its file, and its cues from the file that its `cues_file` names.

    With `extends = true` the file adds to `base`: a theme with a known id keeps what the file does
    not mention, gains the patterns it lists, and loses those it lists under `without`; `drop` names
    themes to leave out. Otherwise the file is complete in itself, except that it takes the cues and
    abbreviations of `base` if it has none of its own.

    Raises:
        RuleFileError: The file cannot be used; the message names file and key, and how to fix it.
    """
    content, _ = read_toml(path)
    name = content.pop("cues_file", None)
    if name is not None:
        language = _read_language(path, name)
        language["cues"] = [*_tables(content, "cues", path), *language.get("cues", [])]
        content |= language
    extends = content.pop("extends", False)
    if not isinstance(extends, bool):
        raise RuleFileError(f"{path}: extends: must be true or false.")
    if extends and base is None:
        raise RuleFileError(f"{path}: extends: there is nothing to extend. Remove it.")
    if base is not None:
        inherited = base.model_dump(mode="json")
        content = _extend(path, inherited, content) if extends else _fill(inherited, content)
    _check_themes(path, content)
    return validate(path, Taxonomy, content)


def _read_language(path: Path, name: object) -> dict[str, Any]:
    """Reads the cues, slots and grammar of the file `name` beside `path`."""
    if not isinstance(name, str):
        raise RuleFileError(f"{path}: cues_file: must be the name of a file, in quotes.")
    file = path.parent / name
    content, _ = read_toml(file)
    validate(file, _CueFile, content)
    return content


def _tables(content: dict[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    """The tables under a key of a rule file."""
    found = content.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise RuleFileError(f"{path}: {key}: must be tables. Write [[{key}]] above each.")
    return found


def _check_themes(path: Path, content: dict[str, Any]) -> None:
    """Validates themes one by one, so that errors name the theme rather than its index."""
    for number, theme in enumerate(_tables(content, "themes", path), start=1):
        try:
            Theme.model_validate(theme)
        except ValidationError:
            name = f"themes[{theme.get('id', number)}]"
            validate(Path(f"{path}: {name}"), Theme, theme)


def _fill(base: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """A stand-alone file's content, with the language's cues and abbreviations if it has none."""
    filled = dict(content)
    for key in (*_LANGUAGE, *_WORD_LISTS):
        filled[key] = content.get(key) or base[key]
    return filled


def _extend(path: Path, base: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The content of `base`, extended by that of a file."""
    merged = base | {key: content[key] for key in ("id", "title", "language") if key in content}
    for key in content:
        if key not in (*Taxonomy.model_fields, "drop"):
            raise RuleFileError(f"{path}: {key}: is not a known key here. Remove it.")
    for key in ("ignore", *_LANGUAGE):
        merged[key] = [*base[key], *content.get(key, [])]
    for key in _WORD_LISTS:
        merged[key] = _add_words(base[key], content.get(key, {}))
    groups = {group["id"]: group for group in base["groups"]}
    groups |= {group.get("id", ""): group for group in _tables(content, "groups", path)}
    merged["groups"] = list(groups.values())
    themes = {theme["id"]: theme for theme in base["themes"]}
    seen: set[str] = set()
    for theme in _tables(content, "themes", path):
        name = str(theme.get("id", ""))
        if name in seen:
            raise RuleFileError(
                f"{path}: themes: the theme id {name!r} is given twice. Rename or remove one."
            )
        seen.add(name)
        themes[name] = _merge(themes[name], theme) if name in themes else theme
    for name in content.get("drop", []):
        if name not in themes:
            raise RuleFileError(f"{path}: drop: there is no theme {name!r}. Fix the id.")
        del themes[name]
    merged["themes"] = list(themes.values())
    return merged


def _add_words(base: dict[str, Any], more: object) -> dict[str, Any]:
    """Named word lists with the words that a file adds."""
    if not isinstance(more, dict):
        return base
    return base | {name: [*base.get(name, ()), *words] for name, words in more.items()}


def _merge(base: dict[str, Any], theme: dict[str, Any]) -> dict[str, Any]:
    """A theme of the base with the changes that a file makes to it."""
    merged = base | {key: value for key, value in theme.items() if key != "without"}
    without = theme.get("without", [])
    for key in _ADDED:
        extra = [item for item in theme.get(key, []) if item not in base[key]]
        merged[key] = [item for item in [*base[key], *extra] if item not in without]
    merged["guards"] = [_without(guard, without) for guard in merged["guards"]]
    return merged


def _without(guard: dict[str, Any], patterns: list[str]) -> dict[str, Any]:
    """A guard without the patterns that were removed from the theme."""
    kept = [pattern for pattern in guard.get("patterns", ()) if pattern not in patterns]
    return guard | {"patterns": kept}
