"""A taxonomy: the themes to look for in comments, and the cues that decide their assertion.

All Swedish wording comes from files (`extractors/rules/themes/`), none of it from code. A user's
file can be complete in itself or extend another taxonomy.
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
"""In a pattern, stands for up to `MAX_GAP` words between its two parts."""

OPEN = "~"
"""After a word in a pattern: compounds that begin with the word count too."""

MAX_GAP = 6


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _check_pattern(pattern: str) -> str:
    """Rejects patterns that can never match, or would match everything."""
    words = pattern.split()
    if not words:
        raise ValueError("a pattern is empty. Remove it, or write the words that it looks for.")
    if words.count(GAP) > 1 or GAP in (words[0], words[-1]):
        raise ValueError(f"{pattern!r} may contain one {GAP}, between words. Fix it.")
    bare = [word.rstrip(OPEN) for word in words if word != GAP]
    if not any(character.isalpha() for word in bare for character in word):
        raise ValueError(
            f"{pattern!r} contains no letters, so it would match anything. Write a word, or "
            "remove it."
        )
    for word, text in zip((w for w in words if w != GAP), bare, strict=True):
        if OPEN in text or (word != text and len(text) < 3):
            raise ValueError(
                f"{pattern!r}: {OPEN} may only end a word of three letters or more, else it "
                "matches too much. Fix it."
            )
    return " ".join(words)


def expanded(pattern: str, sets: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Returns a pattern once for each word of the set it names in braces, or as it is without one.

    Raises:
        ValueError: There is no such set.
    """
    match = re.search(r"\{(\w+)\}", pattern)
    if match is None:
        return [pattern]
    if match.group(1) not in sets:
        known = ", ".join(sorted(sets)) or "none"
        raise ValueError(
            f"the pattern {pattern!r} names the set {match.group(1)!r}, which does not exist. "
            f"The sets are {known}."
        )
    return [pattern.replace(match.group(), words) for words in sets[match.group(1)]]


Text = Annotated[str, Field(max_length=2000)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Pattern = Annotated[str, Field(max_length=200)]
Patterns = tuple[Pattern, ...]


class Guard(_Strict):
    """Context in which a pattern does not count.

    Words are compared ignoring case, as written rather than by base form.

    Attributes:
        patterns: The patterns of the theme it guards, as written there; empty for all.
        unless_before: Words immediately before the mention that rule it out.
        unless_after: Words immediately after the mention that rule it out.
        unless_near: Words in the sentence that rule it out.
        only_near: Words of which the sentence must contain at least one.
        not_after_number: Whether a number immediately before rules it out, as in a time.
        not_in_name: Whether a capitalised word beside it rules it out, as in a person's name.
        parts_of_speech: Universal POS tags with which it counts, if a trained pipeline is in use.
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
    """What sort of thing a theme is, which limits what can be asserted of it.

    A MEASURE is done by somebody, and can be planned or wished for. A PHENOMENON happens: it is at
    risk, but nobody plans it, and a board that works against it may well say that it does not
    occur. An ACTOR and a LAW exist whatever a board plans or wishes to do with them.
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
        parent: Id of the wider theme it belongs to, or "".
        kind: What sort of thing it is.
        definition: What it means, for people.
        counts: What counts as a mention.
        excludes: What does not count.
        words: Words and phrases in their base form; every inflection counts. Words of four letters
            or fewer count only as written.
        names: Acronyms and names in their exact case, including as the first part of a compound.
        titles: Names of programmes and materials that hide the themes inside them.
        variants: Common misspellings, read as `words`.
        debatable: Those of its patterns that often mean something else, as written there.
        ignore: Phrases inside which this theme does not count.
        guards: Contexts in which a pattern does not count.
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
        """All patterns of the theme."""
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
                    f"`debatable` of {self.id!r} names {pattern!r}, which is not one of its "
                    "patterns. Write the pattern exactly as the theme does."
                )
        for guard in self.guards:
            for pattern in guard.patterns:
                if pattern not in self.patterns:
                    raise ValueError(
                        f"a guard of {self.id!r} names {pattern!r}, which is not one of its "
                        "patterns. Write the pattern exactly as the theme does."
                    )
        return self


class Taxonomy(_Strict):
    """All themes and cues.

    Attributes:
        id: Its id.
        title: Its name for people.
        language: BCP 47 language tag of its wording.
        groups: Groups of themes.
        themes: The themes.
        sets: Words and phrases that can be inserted in a pattern, by the name it gives in braces.
        ignore: Phrases inside which no theme counts.
        abbreviations: Abbreviations whose full stop does not end a sentence.
        closing: Abbreviations that often end a sentence, e.g. `etc.`; the sentence ends there
            unless a lower-case letter follows.
        conjunctions: Words between the parts of a compound list, as in `vålds- och drogvanor`.
        done: Cues that something exists or is done, for contradictions.
        denials: Words that negate an adjacent verb.
        openings: Opening words with which a comment states an answer, by the answer's code.
        elsewhere: Phrases showing that a sentence is about others, or about a part only.
        general_words: Words of questions that say nothing about their subject.
        cues: Words that decide the assertion of themes.
        slots: Words that can fill the slots of cues.
        grammar: Words that decide what cues govern.
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
                    f"the theme {theme.id!r} is in the group {theme.group!r}, which does not "
                    f"exist. Use one of {', '.join(groups)}, or add the group."
                )
            if theme.parent and theme.parent not in themes:
                raise ValueError(
                    f"the theme {theme.id!r} has the parent {theme.parent!r}, which is not a "
                    "theme. Fix or remove `parent`."
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
        """First 16 hexadecimal digits of the SHA-256 of its whole content."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @cached_property
    def by_id(self) -> dict[str, Theme]:
        """Themes by id."""
        return {theme.id: theme for theme in self.themes}

    def family(self, theme: str) -> frozenset[str]:
        """Ids of a theme and of all wider themes above it."""
        return frozenset([theme, *self._ancestors(self.by_id[theme])])
