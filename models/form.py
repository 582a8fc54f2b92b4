"""A form: what one questionnaire looks like, as data.

All wording that extraction looks for stands in a form file (`extractors/rules/forms/*.toml`),
none of it in code. Phrases are compared without regard to case and to the number of blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from models.rules_file import read_toml, validate

REFERENCE = r"\d+(?::\d+)+"
"""A reference such as 1:1 or 2:3:1."""


class Code(StrEnum):
    """What an answer says, whatever its wording."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    NOT_APPLICABLE = "not_applicable"
    OTHER = "other"
    MISSING = "missing"


class Column(StrEnum):
    """What a column of a table holds."""

    QUESTION = "question"
    ANSWER = "answer"
    COMMENT = "comment"
    ANSWER_COMMENT = "answer_comment"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Phrase = Annotated[str, Field(min_length=1, max_length=200)]


class TableColumn(_Strict):
    """A column of a table: what it holds, and the heads that it can have."""

    holds: Column
    heads: tuple[Phrase, ...] = Field(min_length=1)


class TableForm(_Strict):
    """A kind of table, column by column from the left."""

    id: Phrase
    columns: tuple[TableColumn, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _has_question_and_answer(self) -> TableForm:
        holds = [column.holds for column in self.columns]
        allowed = (
            [Column.QUESTION, Column.ANSWER_COMMENT],
            [Column.QUESTION, Column.ANSWER, Column.COMMENT],
            [Column.QUESTION, Column.ANSWER],
        )
        if holds not in allowed:
            raise ValueError(
                "columns must hold question and answer_comment, question, answer and comment, or "
                "question and answer, in that order. Fix `holds`."
            )
        return self


class AnswerWord(_Strict):
    """An answer as printed, and the code that it stands for."""

    word: Phrase
    code: Code


class KnownQuestion(_Strict):
    """A question whose full text is known, so that a cut row can be checked against it."""

    question: Phrase
    detail: str = ""


class Labels(_Strict):
    """Phrases that tell the parts of a report.

    Attributes:
        instruction: A line that opens an instruction.
        not_asked: How a notice begins that says that the board does not answer a section; with
            `{organisation}` where the board's name stands.
        contents: A line that opens a table of contents.
        request: How a question begins that asks without a question mark ("Beskriv").
        detail: How a paragraph of the question cell can begin after the question.
        organisation: Words that a board's or company's name holds.
        never_last: Words that no sentence ends with: a text that ends with one goes on.
        conjunctions: Words before which a hyphen at a line's end is suspended ("vålds- och").
        kept_hyphens: Words whose hyphen at a line's end belongs to the word ("it-stöd").
    """

    instruction: tuple[Phrase, ...] = ()
    not_asked: tuple[Phrase, ...] = ()
    contents: tuple[Phrase, ...] = ()
    request: tuple[Phrase, ...] = ()
    detail: tuple[Phrase, ...] = ()
    organisation: tuple[Phrase, ...] = ()
    never_last: tuple[Phrase, ...] = ()
    conjunctions: tuple[Phrase, ...] = ()
    kept_hyphens: tuple[Phrase, ...] = ()


class Form(_Strict):
    """A questionnaire.

    Attributes:
        id: Its id in the datasets.
        title: Its name for people.
        language: BCP 47 language tag of its wording.
        tables: The kinds of tables that it has.
        answers: The answer words and their codes.
        labels: Phrases that tell the parts of a report.
        references: How a question refers to the plan that it follows up, with `{ref}` for the
            number: `Strategi {ref}`. The first that is found in the cell gives `Answer.ref`.
        questions: Questions whose text is known; may be empty.
        digest: First 16 hexadecimal digits of the file's SHA-256.
    """

    id: Phrase
    title: Phrase
    language: Phrase = "sv"
    tables: tuple[TableForm, ...] = Field(min_length=1)
    answers: tuple[AnswerWord, ...] = Field(min_length=1)
    labels: Labels = Labels()
    references: tuple[Phrase, ...] = ()
    questions: tuple[KnownQuestion, ...] = ()
    digest: str = ""

    @field_validator("references")
    @classmethod
    def _references_hold_ref(cls, references: tuple[str, ...]) -> tuple[str, ...]:
        for reference in references:
            if reference.count("{ref}") != 1:
                raise ValueError(f"{reference!r} must hold {{ref}} once, where the number stands.")
        return references

    @field_validator("answers")
    @classmethod
    def _answers_are_unique(cls, answers: tuple[AnswerWord, ...]) -> tuple[AnswerWord, ...]:
        words = [answer.word.casefold() for answer in answers]
        for word in words:
            if words.count(word) > 1:
                raise ValueError(f"the answer {word!r} stands twice. Remove one.")
        return answers

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Code by answer word, case folded."""
        return {answer.word.casefold(): answer.code for answer in self.answers}

    @cached_property
    def never_last(self) -> frozenset[str]:
        """Words that no sentence ends with, case folded."""
        return frozenset(word.casefold() for word in self.labels.never_last)

    @cached_property
    def request_pattern(self) -> re.Pattern[str]:
        """Matches the start of a question that asks without a question mark."""
        return re.compile(rf"(?:{_any_of(self.labels.request)})(?!\w)", re.IGNORECASE)

    @cached_property
    def answer_pattern(self) -> re.Pattern[str]:
        """Matches an answer word as a whole, at the start of a text; longest word first."""
        words = [answer.word for answer in self.answers]
        return re.compile(rf"(?:{_any_of(words)})(?!\w)", re.IGNORECASE)

    @cached_property
    def reference_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The references as patterns with the group `ref`."""
        return tuple(_reference_pattern(reference) for reference in self.references)


def _any_of(phrases: Iterable[str]) -> str:
    """Returns the alternatives of a pattern, the longest first; with none it matches nothing."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) or r"(?!)"


def _reference_pattern(reference: str) -> re.Pattern[str]:
    before, after = reference.split("{ref}")
    left = r"(?<!\w)" + r"\s+".join(map(re.escape, before.split())) if before.strip() else r"^\s*"
    gap = r"\s+" if before.endswith(" ") and before.strip() else ""
    right = r"\s*" + re.escape(after.strip()) if after.strip() else ""
    return re.compile(rf"{left}{gap}(?P<ref>{REFERENCE}){right}(?![\d:])", re.IGNORECASE | re.M)


def load_form(path: Path) -> Form:
    """Loads a form from its file.

    Raises:
        RuleFileError: The file cannot be used; the message names file and key, and how to fix it.
    """
    content, digest = read_toml(path)
    return validate(path, Form, {**content, "digest": digest})
