"""A taxonomy: the themes to look for in comments, and the cues that tell how they are meant.

All Swedish wording stands in files (`extractors/rules/themes/`), none of it in code. A user's
file can stand alone or extend another taxonomy.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from models.cues import Cue
from models.rules_file import RuleFileError, read_toml, validate

GAP = "…"
"""Stands in a pattern for up to `MAX_GAP` words between its two parts."""

OPEN = "~"
"""Stands after a word of a pattern: compounds that begin with the word count too."""

MAX_GAP = 6


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _check_pattern(pattern: str) -> str:
    """Refuses what can never match, or would match everything."""
    words = pattern.split()
    if not words:
        raise ValueError("a pattern is empty. Remove it, or write the words that it looks for.")
    if words.count(GAP) > 1 or GAP in (words[0], words[-1]):
        raise ValueError(f"{pattern!r} may hold one {GAP}, between words. Mend it.")
    bare = [word.rstrip(OPEN) for word in words if word != GAP]
    if not any(character.isalpha() for word in bare for character in word):
        raise ValueError(
            f"{pattern!r} holds no letters, so it would match anything. Write a word or remove it."
        )
    for word, text in zip((w for w in words if w != GAP), bare, strict=True):
        if OPEN in text or (word != text and len(text) < 3):
            raise ValueError(
                f"{pattern!r}: {OPEN} may only end a word of three letters or more, else it "
                "matches too much. Mend it."
            )
    return " ".join(words)


Text = Annotated[str, Field(max_length=2000)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Pattern = Annotated[str, Field(max_length=200)]
Patterns = tuple[Pattern, ...]


class Guard(_Strict):
    """When a pattern does not count, told by the words around it.

    Words are compared without regard to case and as they stand, not by their base form.

    Attributes:
        patterns: The patterns of the theme that it guards, as they stand there; empty for all.
        unless_before: Words right before the mention with which it does not count.
        unless_after: Words right after the mention with which it does not count.
        unless_near: Words in the sentence with which it does not count.
        only_near: Words in the sentence of which one is needed.
        not_in_name: Does not count beside another capitalised word, as in a person's name.
        parts_of_speech: Universal tags with which it counts, where a trained pipeline is in use.
    """

    patterns: Patterns = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    only_near: tuple[str, ...] = ()
    not_in_name: bool = False
    parts_of_speech: tuple[str, ...] = ()


class Group(_Strict):
    """A group of themes, with its labels."""

    id: Id
    sv: Text
    en: Text


class Theme(_Strict):
    """A theme, and the patterns that name it.

    Attributes:
        id: Its id in the datasets.
        sv: Swedish label.
        en: English label.
        group: Id of its group.
        parent: Id of the wider theme that it belongs to, or "".
        phenomenon: Whether it is something that happens, as hate crime, and not something that a
            board does: a board that answers yes may well say that it does not occur.
        definition: What it is, for a person.
        counts: What counts as a mention.
        excludes: What does not count.
        words: Words and phrases in their base form; every inflection counts. Words of four letters
            or fewer count only as they stand.
        names: Acronyms and names in their exact case, also as the head of a compound.
        titles: Names of programmes and materials that hide the themes inside them.
        variants: Common misspellings, read as `words`.
        ignore: Phrases inside which this theme does not count.
        guards: When a pattern does not count, told by the words around it.
    """

    id: Id
    sv: Text
    en: Text
    group: Id
    parent: str = ""
    phenomenon: bool = False
    definition: Text = ""
    counts: Text = ""
    excludes: Text = ""
    words: Patterns = ()
    names: Patterns = ()
    titles: Patterns = ()
    variants: Patterns = ()
    ignore: Patterns = ()
    guards: tuple[Guard, ...] = ()

    @field_validator("words", "names", "titles", "variants", "ignore")
    @classmethod
    def _patterns_can_match(cls, patterns: Patterns) -> Patterns:
        checked = tuple(map(_check_pattern, patterns))
        for pattern in checked:
            if checked.count(pattern) > 1:
                raise ValueError(f"the pattern {pattern!r} stands twice. Remove one.")
        return checked

    @property
    def patterns(self) -> Patterns:
        """All patterns that name the theme."""
        return self.words + self.names + self.titles + self.variants

    @model_validator(mode="after")
    def _is_whole(self) -> Theme:
        if not self.patterns:
            raise ValueError(
                f"the theme {self.id!r} has no patterns. Give it words, names or titles."
            )
        for guard in self.guards:
            for pattern in guard.patterns:
                if pattern not in self.patterns:
                    raise ValueError(
                        f"a guard of {self.id!r} names {pattern!r}, which is no pattern of it. "
                        "Write the pattern as it stands there."
                    )
        return self


class Taxonomy(_Strict):
    """All themes and cues.

    Attributes:
        id: Its id, for people.
        title: Its name for people.
        language: BCP 47 language tag of its wording.
        groups: Groups of themes.
        themes: The themes.
        ignore: Phrases inside which no theme counts.
        abbreviations: Abbreviations after whose full stop no sentence ends.
        closing: Abbreviations that a sentence often ends with, as `etc.`; one ends there unless a
            small letter follows.
        conjunctions: Words between the parts of a compound list, as in `vålds- och drogvanor`.
        done: Phrases with which a board tells of work that it does.
        cues: ConText rules for the assertion.
    """

    id: Id
    title: Text
    language: str = "sv"
    groups: tuple[Group, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    ignore: Patterns = ()
    abbreviations: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()

    @field_validator("ignore")
    @classmethod
    def _ignore_can_match(cls, patterns: Patterns) -> Patterns:
        return tuple(map(_check_pattern, patterns))

    @model_validator(mode="after")
    def _ids_fit(self) -> Taxonomy:
        groups = [group.id for group in self.groups]
        themes = [theme.id for theme in self.themes]
        for kind, ids in (("group", groups), ("theme", themes)):
            for item in ids:
                if ids.count(item) > 1:
                    raise ValueError(f"the {kind} id {item!r} stands twice. Rename or remove one.")
        for theme in self.themes:
            if theme.group not in groups:
                raise ValueError(
                    f"the theme {theme.id!r} is in the group {theme.group!r}, which is not there. "
                    f"Use one of {', '.join(groups)}, or add the group."
                )
            if theme.parent and theme.parent not in themes:
                raise ValueError(
                    f"the theme {theme.id!r} has the parent {theme.parent!r}, which is no theme. "
                    "Mend or remove `parent`."
                )
            if theme.id in self._ancestors(theme):
                raise ValueError(f"the theme {theme.id!r} is its own ancestor. Mend `parent`.")
        return self

    def _ancestors(self, theme: Theme) -> list[str]:
        parents = {item.id: item.parent for item in self.themes}
        found: list[str] = []
        parent = theme.parent
        while parent and parent not in found:
            found.append(parent)
            parent = parents.get(parent, "")
        return found

    @cached_property
    def digest(self) -> str:
        """First 16 hexadecimal digits of a SHA-256 over all that it holds."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @cached_property
    def by_id(self) -> dict[str, Theme]:
        """Themes by id."""
        return {theme.id: theme for theme in self.themes}

    def family(self, theme: str) -> frozenset[str]:
        """Ids of a theme and of all wider themes above it."""
        return frozenset([theme, *self._ancestors(self.by_id[theme])])


_LANGUAGE = ("cues", "abbreviations", "closing", "conjunctions", "done")
_ADDED = ("words", "names", "titles", "variants", "ignore", "guards")


def load_taxonomy(path: Path, base: Taxonomy | None = None) -> Taxonomy:
    """Loads a taxonomy from its file, and its cues from the file that its `cues_file` names.

    With `extends = true` the file adds to `base`: a theme with a known id keeps what the file does
    not say, gains the patterns that it lists, and loses those that it lists under `without`;
    `drop` names themes to leave out. Otherwise the file stands alone, with the cues and
    abbreviations of `base` where it has none of its own.

    Raises:
        RuleFileError: The file cannot be used; the message names the file, the key and the mend.
    """
    content, _ = read_toml(path)
    cues = list(_tables(content, "cues", path))
    name = content.pop("cues_file", None)
    if name is not None:
        cues += _read_cues(path, name)
    content["cues"] = cues
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


def _read_cues(path: Path, name: object) -> list[dict[str, Any]]:
    """Reads the ConText rules of the JSON file `name` beside `path`."""
    if not isinstance(name, str):
        raise RuleFileError(f"{path}: cues_file: must be the name of a file, in quotes.")
    cues = path.parent / name
    try:
        found = json.loads(cues.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RuleFileError(f"{cues}: is no readable JSON file ({error}). Mend it.") from error
    if not isinstance(found, dict) or not isinstance(found.get("context_rules"), list):
        raise RuleFileError(f"{cues}: context_rules: is missing. Add it: a list of rules.")
    for number, rule in enumerate(found["context_rules"]):
        try:
            Cue.model_validate(rule)
        except ValidationError as error:
            item = error.errors()[0]
            place = ".".join(map(str, ("context_rules", number, *item["loc"])))
            raise RuleFileError(f"{cues}: {place}: {item['msg']}. Mend it.") from error
    return list(found["context_rules"])


def _tables(content: dict[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    """The tables under a key of a rule file."""
    found = content.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise RuleFileError(f"{path}: {key}: must be tables. Write [[{key}]] above each.")
    return found


def _check_themes(path: Path, content: dict[str, Any]) -> None:
    """Names the theme in the errors that are found before its place is lost to a number."""
    for number, theme in enumerate(_tables(content, "themes", path), start=1):
        try:
            Theme.model_validate(theme)
        except ValidationError:
            name = f"themes[{theme.get('id', number)}]"
            validate(Path(f"{path}: {name}"), Theme, theme)


def _fill(base: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """A file that stands alone, with the language's cues and abbreviations where it has none."""
    filled = dict(content)
    for key in _LANGUAGE:
        filled[key] = content.get(key) or base[key]
    return filled


def _extend(path: Path, base: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The content of `base` with that of a file that extends it."""
    merged = base | {key: content[key] for key in ("id", "title", "language") if key in content}
    for key in content:
        if key not in (*Taxonomy.model_fields, "drop"):
            raise RuleFileError(f"{path}: {key}: is not a key that is known here. Remove it.")
    for key in ("ignore", *_LANGUAGE):
        merged[key] = [*base[key], *content.get(key, [])]
    groups = {group["id"]: group for group in base["groups"]}
    groups |= {group.get("id", ""): group for group in _tables(content, "groups", path)}
    merged["groups"] = list(groups.values())
    themes = {theme["id"]: theme for theme in base["themes"]}
    seen: set[str] = set()
    for theme in _tables(content, "themes", path):
        name = str(theme.get("id", ""))
        if name in seen:
            raise RuleFileError(
                f"{path}: themes: the theme id {name!r} stands twice. Rename or remove one."
            )
        seen.add(name)
        themes[name] = _merge(themes[name], theme) if name in themes else theme
    for name in content.get("drop", []):
        if name not in themes:
            raise RuleFileError(f"{path}: drop: there is no theme {name!r}. Mend the id.")
        del themes[name]
    merged["themes"] = list(themes.values())
    return merged


def _merge(base: dict[str, Any], theme: dict[str, Any]) -> dict[str, Any]:
    """A theme of the base with what a file says of it."""
    merged = base | {key: value for key, value in theme.items() if key != "without"}
    without = theme.get("without", [])
    for key in _ADDED:
        extra = [item for item in theme.get(key, []) if item not in base[key]]
        merged[key] = [item for item in [*base[key], *extra] if item not in without]
    merged["guards"] = [_without(guard, without) for guard in merged["guards"]]
    return merged


def _without(guard: dict[str, Any], patterns: list[str]) -> dict[str, Any]:
    """A guard that no longer names patterns which were taken out."""
    kept = [pattern for pattern in guard.get("patterns", ()) if pattern not in patterns]
    return guard | {"patterns": kept}
