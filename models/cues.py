"""Cues: words that decide the assertion of a theme, and the grammar of what they govern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from itertools import product
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from models.report import Assertion


class Direction(StrEnum):
    """On which side of a cue the words it bears on are found.

    A VERB cue (`ska`, `inte`) governs a verb, and bears on what that verb brings about. TERMINATE
    ends the scope of other cues. PSEUDO cues only hide shorter ones inside them.
    """

    FORWARD = "FORWARD"
    BACKWARD = "BACKWARD"
    BIDIRECTIONAL = "BIDIRECTIONAL"
    VERB = "VERB"
    TERMINATE = "TERMINATE"
    PSEUDO = "PSEUDO"

    @property
    def bears(self) -> bool:
        """Whether cues of this direction decide the assertion of mentions."""
        return self not in (Direction.TERMINATE, Direction.PSEUDO)


class Reach(StrEnum):
    """How far a cue bears within its scope.

    OBJECT: only what it governs, so not a mention inside a prepositional phrase of its own, or
    beyond another verb. CLAUSE: every mention in the clause.
    """

    OBJECT = "OBJECT"
    CLAUSE = "CLAUSE"


_SLOT = re.compile(r"\{(\w+)\}")

Words = tuple[Annotated[str, Field(min_length=1, max_length=200)], ...]


class Cue(BaseModel):
    """Words with the same effect, following the ConText rules.

    Attributes:
        words: The words, in any case; `{name}` stands for each of the words of a slot, and `…`
            before the last word for one to four words, as in `kommer … att`.
        category: NEGATED, PLANNED, ENDED or HYPOTHETICAL; UNCERTAIN for words that too often mean
            something else; AFFIRMED overrides the others.
        direction: On which side the mentions it bears on are found.
        reach: How far it bears.
        max_scope: How many tokens away it reaches, or None for the rest of the sentence.
        max_targets: How many mentions it bears on, the nearest first, or None for all.
        at_start: Counts only where it begins a sentence.
        verb_may_precede: The verb that a VERB cue governs may stand before it (`arbetar inte`).
        present_only: The verb that a VERB cue governs must not be in a past tense.
        is_condition: Overrides PLANNED: what depends on a condition is not a plan.
        allowed_types: Ids of the only themes it bears on; empty for all.
        excluded_types: Ids of themes that it does not bear on.
        examples: Texts with `[mention]` whose assertion it must decide.
        counterexamples: Texts with `[mention]` that must be affirmed even though the cue's words
            occur.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Annotated[Words, Field(min_length=1)]
    category: str = ""
    direction: Direction
    reach: Reach = Reach.OBJECT
    max_scope: Annotated[int, Field(ge=1)] | None = None
    max_targets: Annotated[int, Field(ge=1)] | None = None
    at_start: bool = False
    verb_may_precede: bool = False
    present_only: bool = False
    is_condition: bool = False
    allowed_types: tuple[str, ...] = ()
    excluded_types: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _category_is_known(self) -> Cue:
        if self.direction.bears and self.category.lower() not in {str(item) for item in Assertion}:
            raise ValueError(
                f"the cue {self.words[0]!r} has the category {self.category!r}. It must be one of "
                + ", ".join(str(item).upper() for item in Assertion)
                + "."
            )
        if not all(words.strip() for words in self.words):
            raise ValueError("a cue is empty. Remove it, or write its words.")
        for words in self.words:
            if "…" in words and not re.fullmatch(r"[^…]*\S … [^\s…]+", words):
                raise ValueError(
                    f"the cue {words!r} has its gap in the wrong place. Write … between spaces, "
                    "once, with words before it and one word after it, like `kommer … att`."
                )
        for text in (*self.examples, *self.counterexamples):
            if not re.search(r"\[[^\[\]]+\]", text):
                raise ValueError(f"the example {text!r} marks no mention. Put it in [brackets].")
        return self

    def literals(self, slots: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Returns its words with every slot filled in every way.

        Raises:
            ValueError: A slot has no words.
        """
        found: list[str] = []
        for words in self.words:
            parts = _SLOT.split(words)
            for name in parts[1::2]:
                if name not in slots:
                    known = ", ".join(sorted(slots)) or "none"
                    raise ValueError(
                        f"the cue {words!r} names the slot {name!r}, which has no words. "
                        f"The slots are {known}."
                    )
            choices = [slots[part] if place % 2 else (part,) for place, part in enumerate(parts)]
            found += [" ".join("".join(choice).split()) for choice in product(*choices)]
        return list(dict.fromkeys(found))


Slots = dict[str, tuple[str, ...]]
"""The words that can fill a slot of a cue, by slot name; an empty text leaves the slot out."""


class Grammar(BaseModel):
    """The words that decide what a cue governs.

    Verbs are given in the infinitive, with their particle (`ta fram`); all their forms count. Those
    of four letters or fewer count only as written here.

    Attributes:
        prepositions: Words that open a phrase which no cue reaches into.
        through: Words with the preposition through which a cue does reach: `arbeta med`.
        bring_about: Verbs whose object exists only once they are done: `införa`.
        appear: Verbs whose subject exists only once they are done: `starta`.
        change: Verbs whose object exists beforehand: `stärka`.
        auxiliaries: Other finite verbs, which separate a subject from what follows.
        verb_endings: Endings of the forms of the listed verbs; other endings make nouns of the same
            stem.
        noun_endings: Exceptions: endings that match `verb_endings` but make nouns.
        past_endings: Endings of past forms of the listed verbs.
        passive_endings: Endings of passive verb forms, whose subject is what is acted on.
        infinitive_endings: Endings of infinitives.
        conjunctions: Words that join what is governed to what may not be.
        bullets: Marks that open the items of a list.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    prepositions: Words = ()
    through: Words = ()
    bring_about: Words = ()
    appear: Words = ()
    change: Words = ()
    auxiliaries: Words = ()
    verb_endings: Words = ()
    noun_endings: Words = ()
    past_endings: Words = ()
    passive_endings: Words = ()
    infinitive_endings: Words = ()
    conjunctions: Words = ()
    bullets: Words = ()

    @field_validator("through")
    @classmethod
    def _through_has_a_preposition(cls, phrases: Words) -> Words:
        for phrase in phrases:
            if len(phrase.split()) < 2:
                raise ValueError(
                    f"{phrase!r} must be a word with its preposition, as `arbeta med`. Fix it."
                )
        return phrases
