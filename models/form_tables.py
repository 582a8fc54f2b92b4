"""The tables of a form: their columns, and what each column holds."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.rules_file import WrongKeyError

Phrase = Annotated[str, Field(min_length=1, max_length=200)]


class Strict(BaseModel):
    """Base of all parts of a form: immutable, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(StrEnum):
    """What a column of a table holds.

    Attributes:
        QUESTION: The question, with its detail.
        ANSWER: The answer alone.
        COMMENT: The comment.
        ANSWER_COMMENT: The answer, and below it the comment.
        TICK: A tick where the column's head is the answer.
        REF: The question's reference.
        SECTION: The section that the question belongs to.
        OTHER: Anything else: kept beside the answer, or skipped.
    """

    QUESTION = "question"
    ANSWER = "answer"
    COMMENT = "comment"
    ANSWER_COMMENT = "answer_comment"
    TICK = "tick"
    REF = "ref"
    SECTION = "section"
    OTHER = "other"


class FullWidth(StrEnum):
    """What a row with a single cell across all columns means.

    Attributes:
        TEXT: Text outside the table.
        SECTION: The heading of the rows below it.
        COMMENT: The comment of the row above it.
    """

    TEXT = "text"
    SECTION = "section"
    COMMENT = "comment"


class TableColumn(Strict):
    """A column of a table.

    Attributes:
        holds: What it holds.
        heads: The column headers it can have.
        keep: Whether its content goes into the datasets; only a column that holds `other` can be
            skipped.
        free_text: Whether any text is an answer, e.g. "Page 4"; only for a column that holds
            `answer`.
    """

    holds: Column
    heads: tuple[Phrase, ...] = Field(min_length=1)
    keep: bool = True
    free_text: bool = False

    @model_validator(mode="after")
    def _suits_what_it_holds(self) -> Self:
        if not self.keep and self.holds is not Column.OTHER:
            raise WrongKeyError(
                f"a column that holds {self.holds} is always kept. Remove `keep`.", "keep"
            )
        if self.free_text and self.holds is not Column.ANSWER:
            raise WrongKeyError(
                f"a column that holds {self.holds} cannot have it. Remove `free_text`, or set "
                '`holds = "answer"`.',
                "free_text",
            )
        return self


_ONCE = frozenset(Column) - {Column.OTHER, Column.TICK}
_ANSWERING = (Column.ANSWER, Column.ANSWER_COMMENT, Column.TICK)
_PLAIN = (
    [Column.QUESTION, Column.ANSWER_COMMENT],
    [Column.QUESTION, Column.ANSWER, Column.COMMENT],
    [Column.QUESTION, Column.ANSWER],
)


class TableForm(Strict):
    """A kind of table.

    Attributes:
        id: Its name in the form.
        columns: Its columns, left to right.
        full_width_rows: What a row with a single cell across all columns means.
    """

    id: Phrase
    columns: tuple[TableColumn, ...]
    full_width_rows: FullWidth = FullWidth.TEXT

    @model_validator(mode="after")
    def _has_possible_columns(self) -> Self:
        holds = self.holds
        for column, count in Counter(holds).items():
            if count > 1 and column in _ONCE:
                last = len(holds) - 1 - holds[::-1].index(column)
                raise WrongKeyError(
                    f"{count} columns hold {column}. Only one can; let the others hold `other`.",
                    "columns",
                    last,
                    "holds",
                )
            if count == 1 and column is Column.TICK:
                raise WrongKeyError(
                    "only one column holds a tick. Give one for each answer, or let it hold "
                    "`answer`.",
                    "columns",
                    holds.index(column),
                    "holds",
                )
        if Column.QUESTION not in holds:
            raise WrongKeyError("no column holds the question. Fix `holds`.", "columns", 0)
        answering = [column for column in _ANSWERING if column in holds]
        if len(answering) > 1:
            raise WrongKeyError(
                f"columns hold both {' and '.join(answering)}. Keep one of these kinds.",
                "columns",
                0,
            )
        if not answering and Column.COMMENT not in holds:
            raise WrongKeyError(
                "no column holds an answer or a comment. Fix `holds`.", "columns", 0
            )
        return self

    @property
    def holds(self) -> list[Column]:
        """What its columns hold, left to right."""
        return [column.holds for column in self.columns]

    @cached_property
    def is_plain(self) -> bool:
        """Whether it has only question, answer and comment columns, in that order."""
        return (
            self.holds in _PLAIN
            and self.full_width_rows is FullWidth.TEXT
            and not any(column.free_text for column in self.columns)
        )

    def at(self, *kinds: Column) -> int | None:
        """Returns the 0-based column that holds one of some kinds, or None."""
        return next((at for at, own in enumerate(self.holds) if own in kinds), None)
