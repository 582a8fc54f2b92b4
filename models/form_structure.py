"""How a form recognises what is outside tables: sections, and questions in running text."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from models.form_tables import Strict
from models.rules_file import WrongKeyError

Level = Annotated[int, Field(ge=1, le=9)]


class AskedBy(StrEnum):
    """How a question outside tables is recognised.

    Attributes:
        LABEL: One of the labels `question` opens it.
        REFERENCE: A reference opens it.
        HEADING: It is a heading.
        QUESTION_MARK: It is a paragraph that ends with a question mark.
        KNOWN: Its text is one of the form's questions.
    """

    LABEL = "label"
    REFERENCE = "reference"
    HEADING = "heading"
    QUESTION_MARK = "question_mark"
    KNOWN = "known"


class OutsideTables(Strict):
    """Questions outside tables.

    Attributes:
        questions: How they are recognised; any one of these is enough.
        levels: Levels of the headings that are questions, with `heading`; if empty, those that open
            no section.
    """

    questions: tuple[AskedBy, ...]
    levels: tuple[Level, ...] = ()

    @model_validator(mode="after")
    def _says_how(self) -> Self:
        if not self.questions:
            raise WrongKeyError(
                "it does not say how questions are recognised. Name one or more of "
                f"{', '.join(AskedBy)}.",
                "questions",
            )
        if self.levels and AskedBy.HEADING not in self.questions:
            raise WrongKeyError(
                'levels only apply if questions are recognised by "heading". Add it.', "levels"
            )
        return self


class Sections(Strict):
    """How sections are recognised.

    Attributes:
        numbered: Whether headings with ascending numbers open sections.
        headings: Whether unnumbered headings open sections: what the source marks as a heading,
            otherwise larger or bolder type.
        levels: Which levels of such headings do, if the source gives levels; all if empty.
    """

    numbered: bool = True
    headings: bool = False
    levels: tuple[Level, ...] = ()

    @model_validator(mode="after")
    def _levels_are_of_headings(self) -> Self:
        if self.levels and not self.headings:
            raise WrongKeyError("levels only apply with `headings = true`. Add it.", "levels")
        return self

    def opens_section(self, level: int) -> bool:
        """Whether an unnumbered heading of this level opens a section."""
        return self.headings and (not self.levels or level in self.levels)
