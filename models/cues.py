"""Cues: the words that tell how a theme is meant, as ConText rules."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.report import Assertion


class Direction(StrEnum):
    """Where the words that a cue bears on stand. PSEUDO cues only hide shorter ones inside them."""

    FORWARD = "FORWARD"
    BACKWARD = "BACKWARD"
    BIDIRECTIONAL = "BIDIRECTIONAL"
    TERMINATE = "TERMINATE"
    PSEUDO = "PSEUDO"


class Cue(BaseModel):
    """A ConText rule, in the public JSON form of medspaCy.

    Attributes:
        literal: The words, in any case.
        category: NEGATED, PLANNED, ENDED or HYPOTHETICAL; AFFIRMED takes back a weaker cue; other
            names only for TERMINATE and PSEUDO.
        direction: Where the mentions stand that it bears on.
        max_scope: How many tokens away it reaches, or None for the whole sentence.
        max_targets: How many mentions it bears on, the nearest first, or None for all.
        allowed_types: Ids of the only themes that it bears on; empty for all.
        excluded_types: Ids of themes that it does not bear on.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    literal: Annotated[str, Field(min_length=1, max_length=200)]
    category: str
    direction: Direction
    max_scope: Annotated[int, Field(ge=1)] | None = None
    max_targets: Annotated[int, Field(ge=1)] | None = None
    allowed_types: tuple[str, ...] = ()
    excluded_types: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _category_is_known(self) -> Cue:
        bears = self.direction not in (Direction.TERMINATE, Direction.PSEUDO)
        if bears and self.category.lower() not in {str(item) for item in Assertion}:
            raise ValueError(
                f"the cue {self.literal!r} has the category {self.category!r}. It must be one of "
                + ", ".join(str(item).upper() for item in Assertion)
                + "."
            )
        if not self.literal.strip():
            raise ValueError("a cue is empty. Remove it, or write its words.")
        return self
