"""A taxonomy: the themes to look for in comments, and the cues that tell how they are meant.

All Swedish wording stands in files (`extractors/rules/themes/`), none of it in code. A user's
file can stand alone or extend another taxonomy.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from models.cues import Cue, Grammar, Slots

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
        raise ValueError(f"{pattern!r} may hold one {GAP}, between words. Fix it.")
    bare = [word.rstrip(OPEN) for word in words if word != GAP]
    if not any(character.isalpha() for word in bare for character in word):
        raise ValueError(
            f"{pattern!r} holds no letters, so it would match anything. Write a word or remove it."
        )
    for word, text in zip((w for w in words if w != GAP), bare, strict=True):
        if OPEN in text or (word != text and len(text) < 3):
            raise ValueError(
                f"{pattern!r}: {OPEN} may only end a word of three letters or more, else it "
                "matches too much. Fix it."
            )
    return " ".join(words)


def expanded(pattern: str, sets: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Returns a pattern with each word of the set that it names in braces; itself without one.

    Raises:
        ValueError: There is no such set.
    """
    match = re.search(r"\{(\w+)\}", pattern)
    if match is None:
        return [pattern]
    if match.group(1) not in sets:
        known = ", ".join(sorted(sets)) or "none"
        raise ValueError(
            f"the pattern {pattern!r} names the set {match.group(1)!r}, which is not there. "
            f"The sets are {known}."
        )
    return [pattern.replace(match.group(), words) for words in sets[match.group(1)]]


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
        not_after_number: Does not count right after a number, as in a time.
        not_in_name: Does not count beside another capitalised word, as in a person's name.
        parts_of_speech: Universal tags with which it counts, where a trained pipeline is in use.
    """

    patterns: Patterns = ()
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    only_near: tuple[str, ...] = ()
    not_after_number: bool = False
    not_in_name: bool = False
    parts_of_speech: tuple[str, ...] = ()


class Group(_Strict):
    """A group of themes, with its labels."""

    id: Id
    sv: Text
    en: Text


class Kind(StrEnum):
    """What sort of thing a theme is, which tells what can be said of it.

    A MEASURE is done by somebody, and can be planned or wished for. A PHENOMENON happens: it is at
    risk, but nobody plans it, and a board that works against it may well say that it does not
    occur. An ACTOR and a LAW are there whatever a board plans or wishes to do with them.
    """

    MEASURE = "measure"
    PHENOMENON = "phenomenon"
    ACTOR = "actor"
    LAW = "law"


class Theme(_Strict):
    """A theme, and the patterns that name it.

    Attributes:
        id: Its id in the datasets.
        sv: Swedish label.
        en: English label.
        group: Id of its group.
        parent: Id of the wider theme that it belongs to, or "".
        kind: What sort of thing it is.
        definition: What it is, for a person.
        counts: What counts as a mention.
        excludes: What does not count.
        words: Words and phrases in their base form; every inflection counts. Words of four letters
            or fewer count only as they stand.
        names: Acronyms and names in their exact case, also as the head of a compound.
        titles: Names of programmes and materials that hide the themes inside them.
        variants: Common misspellings, read as `words`.
        debatable: Those of its patterns that often mean something else, as they stand there.
        ignore: Phrases inside which this theme does not count.
        guards: When a pattern does not count, told by the words around it.
    """

    id: Id
    sv: Text
    en: Text
    group: Id
    parent: str = ""
    kind: Kind = Kind.MEASURE
    definition: Text = ""
    counts: Text = ""
    excludes: Text = ""
    words: Patterns = ()
    names: Patterns = ()
    titles: Patterns = ()
    variants: Patterns = ()
    debatable: Patterns = ()
    ignore: Patterns = ()
    guards: tuple[Guard, ...] = ()

    @field_validator("words", "names", "titles", "variants", "ignore")
    @classmethod
    def _patterns_can_match(cls, patterns: Patterns) -> Patterns:
        checked = tuple(map(_check_pattern, patterns))
        for pattern in checked:
            if checked.count(pattern) > 1:
                raise ValueError(f"the pattern {pattern!r} is given twice. Remove one.")
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
        for pattern in self.debatable:
            if pattern not in self.patterns:
                raise ValueError(
                    f"`debatable` of {self.id!r} names {pattern!r}, which is no pattern of it. "
                    "Write the pattern as it stands there."
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
        sets: Words and phrases of which each may stand in a pattern, by the name that it gives in
            braces.
        ignore: Phrases inside which no theme counts.
        abbreviations: Abbreviations after whose full stop no sentence ends.
        closing: Abbreviations that a sentence often ends with, as `etc.`; one ends there unless a
            small letter follows.
        conjunctions: Words between the parts of a compound list, as in `vålds- och drogvanor`.
        done: Cues that tell that something is there or is done, for contradictions.
        denials: Words that deny the verb beside them.
        openings: Words with which a comment says an answer, by the answer's code.
        elsewhere: Texts that tell that a sentence speaks of others, or of a part only.
        general_words: Words of questions that say nothing of their matter.
        cues: Words that tell how themes are meant.
        slots: Words that may stand in cues.
        grammar: Words that tell what cues govern.
    """

    id: Id
    title: Text
    language: str = "sv"
    groups: tuple[Group, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    sets: dict[str, Patterns] = {}
    ignore: Patterns = ()
    abbreviations: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    done: tuple[Cue, ...] = ()
    denials: tuple[str, ...] = ()
    openings: dict[str, tuple[str, ...]] = {}
    elsewhere: tuple[str, ...] = ()
    general_words: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    slots: Slots = {}
    grammar: Grammar = Grammar()

    @field_validator("ignore")
    @classmethod
    def _ignore_can_match(cls, patterns: Patterns) -> Patterns:
        return tuple(map(_check_pattern, patterns))

    @model_validator(mode="after")
    def _sets_are_known(self) -> Taxonomy:
        for theme in self.themes:
            for pattern in (*theme.patterns, *theme.ignore):
                expanded(pattern, self.sets)
        return self

    @model_validator(mode="after")
    def _slots_are_known(self) -> Taxonomy:
        for cue in self.cues:
            cue.literals(self.slots)
        return self

    @model_validator(mode="after")
    def _ids_fit(self) -> Taxonomy:
        groups = [group.id for group in self.groups]
        themes = [theme.id for theme in self.themes]
        for kind, ids in (("group", groups), ("theme", themes)):
            for item in ids:
                if ids.count(item) > 1:
                    raise ValueError(
                        f"the {kind} id {item!r} is given twice. Rename or remove one."
                    )
        for theme in self.themes:
            if theme.group not in groups:
                raise ValueError(
                    f"the theme {theme.id!r} is in the group {theme.group!r}, which is not there. "
                    f"Use one of {', '.join(groups)}, or add the group."
                )
            if theme.parent and theme.parent not in themes:
                raise ValueError(
                    f"the theme {theme.id!r} has the parent {theme.parent!r}, which is no theme. "
                    "Fix or remove `parent`."
                )
            if theme.id in self._ancestors(theme):
                raise ValueError(f"the theme {theme.id!r} is its own ancestor. Fix `parent`.")
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
