"""Corrections by reviewers, as they are stored.

A correction records what was read and what the source actually says. It is kept beside the
datasets: extraction knows nothing of it, and it is applied when datasets are published.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.report import Answer, Assertion


class Kind(StrEnum):
    """What a correction does."""

    FIELD = "field"
    FALSE_ROW = "false-row"
    MISSED_ROW = "missed-row"
    ONE_ROW = "one-row"
    TWO_ROWS = "two-rows"
    THEME_ADDED = "theme-added"
    THEME_STRUCK = "theme-struck"
    ASSERTION = "assertion"
    WITHDRAWN = "withdrawn"


ROW_KINDS = frozenset({Kind.FALSE_ROW, Kind.MISSED_ROW, Kind.ONE_ROW, Kind.TWO_ROWS})
"""Corrections that add, remove, merge or split rows."""

THEME_KINDS = frozenset({Kind.THEME_ADDED, Kind.THEME_STRUCK, Kind.ASSERTION})
"""Corrections of the themes in a comment."""

FIELDS = ("section", "ref", "question", "detail", "answer", "code", "comment")
"""Fields that can be corrected."""

TEXTS = ("section", "question", "detail", "answer", "comment")
"""Fields that decide whether two rows read the same; the others follow from them."""

Text = Annotated[str, Field(max_length=100_000)]
Name = Annotated[str, Field(max_length=1_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RowText(_Strict):
    """The texts of a row; `ref` is "" if the row has none."""

    section: Name = ""
    ref: Name = ""
    question: Text = ""
    detail: Text = ""
    answer: Text = ""
    code: Name = ""
    comment: Text = ""

    @classmethod
    def of(cls, answer: Answer) -> RowText:
        """The texts of an answer."""
        return cls(**{name: getattr(answer, name) or "" for name in FIELDS})

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that are compared to see whether two rows read the same."""
        return tuple(getattr(self, name) for name in TEXTS)


class ThemeMark(_Strict):
    """A mention of a theme in the comment that the reviewer saw.

    Attributes:
        theme: Id of the theme.
        surface: The text of the mention.
        start: First character in the comment, from 0.
        end: One past the last character.
        sentence: The sentence around it.
        assertion: What the comment says about it: as read, or for an added theme as it should be.
    """

    theme: Name
    surface: Text
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    sentence: Text = ""
    assertion: Assertion = Assertion.AFFIRMED


_READ_ROWS = {Kind.ONE_ROW: (2, 2), Kind.MISSED_ROW: (0, 1)}
_NEW_ROWS = {Kind.MISSED_ROW: 1, Kind.ONE_ROW: 1, Kind.TWO_ROWS: 2}


class Correction(_Strict):
    """A correction by one reviewer.

    Attributes:
        id: Id of the correction.
        at: When it was made, in UTC, in ISO 8601 format.
        reviewer: Who made it.
        kind: What it does.
        report_id: The report it was made on.
        source: That report's file, used to find the report again when it is resubmitted.
        organisation: That report's board, used for the same purpose.
        position: Position of the row as read, or of the first of two rows. For a missed row, the
            position of the row before it; 0 if it comes first.
        key: Key of that row.
        read: The rows as they were read: one, two for `one-row`; for a missed row the row before.
        digest: `digest` of `read`.
        field: The corrected field, for `field`.
        value: Its correct text, for `field`; the right assertion, for `assertion`.
        rows: The rows that should replace them, for the kinds that change rows.
        page: 1-based page of a missed row, or None.
        mention: The mention, for corrections of themes.
        replaces: Ids of earlier corrections that no longer count. A `withdrawn` correction does
            nothing else.
        note: The reviewer's note.
    """

    id: Name
    at: Name
    reviewer: Name
    kind: Kind
    report_id: Name
    source: Name = ""
    organisation: Name = ""
    position: int = Field(default=0, ge=0)
    key: Name = ""
    read: tuple[RowText, ...] = ()
    digest: Name = ""
    field: Name = ""
    value: Text = ""
    rows: tuple[RowText, ...] = ()
    page: int | None = None
    mention: ThemeMark | None = None
    replaces: tuple[Name, ...] = ()
    note: Text = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Correction:
        if self.kind is Kind.WITHDRAWN:
            if not self.replaces:
                raise ValueError("replaces: names no correction to withdraw. Add its id.")
            return self
        low, high = _READ_ROWS.get(self.kind, (1, 1))
        if not low <= len(self.read) <= high:
            raise ValueError(f"read: {self.kind} is about {high} rows as they were read.")
        if self.digest != digest(self.read):
            raise ValueError("digest: is not that of `read`. Restore the line, or remove it.")
        if len(self.rows) != _NEW_ROWS.get(self.kind, 0):
            raise ValueError(f"rows: {self.kind} has {_NEW_ROWS.get(self.kind, 0)} rows.")
        if self.kind is Kind.FIELD and self.field not in FIELDS:
            raise ValueError(f"field: must be one of {', '.join(FIELDS)}.")
        if self.kind in THEME_KINDS and self.mention is None:
            raise ValueError("mention: is missing. Add the theme and its place.")
        if self.kind is Kind.ASSERTION and self.value not in set(Assertion):
            raise ValueError(f"value: must be one of {', '.join(Assertion)}.")
        return self


def digest(read: Iterable[RowText]) -> str:
    """First 16 hexadecimal digits of a SHA-256 over rows as they were read."""
    return sha256("\0".join(text for row in read for text in row.texts).encode()).hexdigest()[:16]
